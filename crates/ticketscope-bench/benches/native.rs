//! The tasks under criterion. One core: no task starts a thread.

use criterion::Criterion;
use std::time::Duration;
use ticketscope_bench::tasks::everything;

fn main() {
    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for task in everything() {
        let mut work = None;
        criterion.bench_function(task.id, |bencher| {
            // Made ready once, and only if this task was asked for.
            let work = work.get_or_insert_with(|| (task.prepare)());
            bencher.iter(work);
        });
    }
    criterion.final_summary();
}
