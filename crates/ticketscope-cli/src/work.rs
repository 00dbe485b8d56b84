//! Long work, with progress told. Threads share it out; that changes no number.

use crate::error::Error;
use crate::progress::Progress;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;
use std::{panic, thread};
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Rule, Run, Timeline};
use ticketscope_core::survival::ExactCurve;
use ticketscope_scene::products::{Gathered, Gathering};
use ticketscope_scene::run::{Own, SceneError};
use ticketscope_scene::survival::Survival;
use ticketscope_scene::{Scene, exact};

/// Steps between two looks at the clock. A step of `synflow` goes through every edge: of large networks, fewer steps.
fn steps(scene: &Scene, network: &Network) -> u32 {
    const MOST: u32 = 256;
    const EDGES: u32 = 1 << 22;
    if scene.rule == Rule::Synflow { (EDGES / network.shape().edge_count()).clamp(1, MOST) } else { MOST }
}

/// Prunes a network to its end.
pub fn timeline(scene: &Scene, network: &Network, progress: &mut Progress) -> Timeline {
    let most = f64::from(scene.protect.prunable_edges(network.shape()).max(1));
    let mut run = Run::new(network, &scene.pruning());
    let steps = steps(scene, network);
    while run.advance(steps) {
        progress.tell(f64::from(run.steps()) / most);
    }
    run.into_timeline()
}

/// Works out the exact curve of a scene's ensemble, if it has one.
pub fn exact_curve(scene: &Scene, network: &Network, progress: &mut Progress) -> Option<ExactCurve> {
    let mut recurrence = exact::recurrence(scene, network)?;
    while !recurrence.step() {
        progress.tell(recurrence.progress());
    }
    recurrence.finish()
}

/// Chunks of products between two looks at the clock.
const CHUNKS: u32 = 64;

/// Gathers products to the last.
pub fn gathered(mut gathering: Gathering, progress: &mut Progress) -> Gathered {
    while !gathering.step(CHUNKS) {
        progress.tell(gathering.progress());
    }
    gathering.finish()
}

/// Runs a scene's ensemble, on as many threads as the machine has cores.
pub fn survival(scene: &Scene, own: &Own, progress: &mut Progress) -> Result<Survival, Error> {
    let threads = thread::available_parallelism().map_or(1, |cores| cores.get() as u64).min(scene.trials.max(1));
    let done = AtomicU64::new(0);
    let trials = |range: Range<u64>| {
        let tell = |_| {
            done.fetch_add(1, Ordering::Relaxed);
            ControlFlow::Continue(())
        };
        Survival::of_trials(scene, own, range, tell)
    };
    let parts: Vec<Result<Option<Survival>, SceneError>> = thread::scope(|scope| {
        let (working, finished) = mpsc::channel::<()>();
        let workers: Vec<_> = (0..threads)
            .map(|place| {
                let working = working.clone();
                let at = |place: u64| (u128::from(scene.trials) * u128::from(place) / u128::from(threads)) as u64;
                let range = at(place)..at(place + 1);
                scope.spawn(move || {
                    let _working = working;
                    trials(range)
                })
            })
            .collect();
        drop(working);
        // Nothing is ever sent: the channel closes when the last worker is done.
        while finished.recv_timeout(Duration::from_millis(100)) == Err(RecvTimeoutError::Timeout) {
            progress.tell(done.load(Ordering::Relaxed) as f64 / scene.trials as f64);
        }
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| panic::resume_unwind(panic))).collect()
    });
    let mut survival = Survival::default();
    for part in parts {
        survival.merge(&part?.unwrap_or_default());
    }
    Ok(survival)
}
