//! Trials of luck, on as many threads as the machine has cores; that changes no number.

use crate::Streams;
use crate::error::Error;
use crate::progress::Progress;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{panic, thread};
use ticketscope_scene::Scene;
use ticketscope_scene::luck::Luck;
use ticketscope_scene::report::LuckReport;
use ticketscope_scene::run::Own;
use ticketscope_scene::searchable::NotSearchable;

/// The report of a scene's trials; none without trials.
pub fn report(scene: &Scene, own: &Own, streams: &mut Streams) -> Result<Option<LuckReport>, Error> {
    if scene.trials == 0 {
        return Ok(None);
    }
    let luck = trials(scene, own, &mut Progress::new(streams.error, streams.is_terminal))?;
    Ok(Some(LuckReport::new(scene, own, &luck)?))
}

/// Trials that one thread takes at a time: each range is decided by whoever is free.
const CHUNK: u64 = 256;

fn trials(scene: &Scene, own: &Own, progress: &mut Progress) -> Result<Luck, Error> {
    let threads = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let threads = threads.min(scene.trials.div_ceil(CHUNK));
    let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let work = || -> Result<Luck, NotSearchable> {
        let mut luck = Luck::default();
        loop {
            let from = next.fetch_add(CHUNK, Ordering::Relaxed);
            if from >= scene.trials {
                return Ok(luck);
            }
            let tell = |_| {
                done.fetch_add(1, Ordering::Relaxed);
                ControlFlow::Continue(())
            };
            if let Some(part) = Luck::of_trials(scene, own, from..(from + CHUNK).min(scene.trials), tell)? {
                luck.merge(&part);
            }
        }
    };
    let parts: Vec<Result<Luck, NotSearchable>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            progress.tell(done.load(Ordering::Relaxed) as f64 / scene.trials as f64);
            thread::park_timeout(std::time::Duration::from_millis(50));
        }
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| panic::resume_unwind(panic))).collect()
    });
    let mut luck = Luck::default();
    for part in parts {
        luck.merge(&part?);
    }
    Ok(luck)
}
