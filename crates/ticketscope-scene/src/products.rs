//! The products of a scene, gathered step by step: independent samples of the law, or a network's own paths.

use crate::run::{self, SceneError};
use crate::scene::Scene;
use ticketscope_core::counts::PathCounts;
use ticketscope_core::distance::{Distances, Search};
use ticketscope_core::law::ProductLaw;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::path::{HalfProducts, LISTED_PATHS, PathSampler};
use ticketscope_core::sample::{Comparing, Sampler, Sampling, chunk_count};
use ticketscope_core::shape::{Node, Shape};
use ticketscope_core::stats::{Histogram, Moments};

/// What was gathered.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathered {
    /// Whether these are all surviving paths, each once.
    pub exact: bool,
    /// Where they fell: ±window in the scene's bins.
    pub histogram: Histogram,
    /// Their moments.
    pub moments: Moments,
    /// Their distances from the law and from uniform on the window, and the share within it.
    pub distances: Distances,
}

/// A gathering under way. The result does not depend on how it is cut into steps.
#[derive(Debug)]
pub struct Gathering<'a> {
    source: Source<'a>,
    law: Option<ProductLaw>,
    stage: Stage,
    chunks: u32,
    chunks_seen: u64,
}

#[derive(Debug)]
enum Source<'a> {
    Law { samples: u64, window: f64, sampler: Sampler },
    Listed(Vec<f64>),
    Sampled { sampler: PathSampler<'a>, seed: u64, samples: u64 },
}

#[derive(Debug)]
enum Stage {
    /// Samples of the law, counted.
    Sampling(Box<Sampling>),
    /// Samples of the law, compared.
    Comparing(Box<Comparing>, Histogram, Moments),
    /// A network's products, in the first pass counted and compared, in later ones compared.
    Paths(Box<Paths>),
    Done(Box<Gathered>),
}

#[derive(Debug)]
struct Paths {
    histogram: Histogram,
    moments: Moments,
    search: Search,
    is_first_pass: bool,
    next: u32,
    buffer: Vec<f64>,
}

/// Values in a step of a list.
const CHUNK: usize = PathSampler::CHUNK as usize;

impl<'a> Gathering<'a> {
    /// Independent samples of the scene's law.
    pub fn of_law(scene: &Scene) -> Result<Self, SceneError> {
        let law = run::product_law(scene)?;
        let sampler = Sampler::new(&law, scene.seed);
        let source = Source::Law { samples: scene.samples, window: scene.window, sampler: sampler.clone() };
        let sampling = Sampling::new(sampler, scene.samples, bins(scene)).ok_or(SceneError::Bins)?;
        let stage = Stage::Sampling(Box::new(sampling));
        Ok(Self { source, law: Some(law), stage, chunks: chunk_count(scene.samples), chunks_seen: 0 })
    }

    /// The products along the paths that `mask` leaves of a network: all of them up to [`LISTED_PATHS`], else the scene's number
    /// of samples. `own_weights` have no law to compare with. The mask must hold no edge that leads nowhere (as those of a
    /// [`Moment`](ticketscope_core::prune::Moment) do not).
    pub fn of_network(scene: &Scene, network: &'a Network, mask: &Mask, own_weights: bool) -> Result<Self, SceneError> {
        let law = if own_weights { None } else { Some(run::product_law(scene)?) };
        let paths = PathCounts::of(mask).per_source().iter().sum::<num_bigint::BigUint>();
        let few = u64::try_from(&paths).is_ok_and(|paths| paths <= LISTED_PATHS);
        // Of reached edges alone there are never more half-paths than paths on either side.
        let halves = if few { HalfProducts::of(network, &reached(mask), 4 * LISTED_PATHS as usize) } else { None };
        let source = match (halves, PathSampler::new(network, mask)) {
            (Some(halves), _) => Source::Listed(halves.products()),
            (None, Some(sampler)) => Source::Sampled { sampler, seed: scene.seed, samples: scene.samples },
            (None, None) => Source::Listed(Vec::new()),
        };
        let (count, largest) = match &source {
            Source::Listed(list) => (list.len() as u64, list.iter().fold(0.0, |most: f64, z| most.max(z.abs()))),
            _ => (scene.samples, law.map_or(1.0, |law| law.weights().scale())),
        };
        let search = Search::new(scene.window, if largest > 0.0 { largest } else { 1.0 });
        let paths = Paths {
            histogram: bins(scene),
            moments: Moments::default(),
            search,
            is_first_pass: true,
            next: 0,
            buffer: vec![0.0; CHUNK],
        };
        Ok(Self { source, law, stage: Stage::Paths(Box::new(paths)), chunks: chunk_count(count), chunks_seen: 0 })
    }

    /// Goes on by some chunks of 4,096 products; true once all is gathered.
    pub fn step(&mut self, chunks: u32) -> bool {
        self.chunks_seen += u64::from(chunks);
        let next = match &mut self.stage {
            Stage::Done(_) => return true,
            Stage::Sampling(sampling) => {
                if !sampling.step(chunks) {
                    return false;
                }
                let Source::Law { samples, window, sampler } = &self.source else {
                    return true;
                };
                let comparing = Comparing::new(sampler.clone(), *samples, *window);
                let tally = sampling.tally();
                Stage::Comparing(Box::new(comparing), tally.histogram.clone(), tally.moments())
            }
            Stage::Comparing(comparing, histogram, moments) => {
                let Some(distances) = comparing.step(chunks) else {
                    return false;
                };
                let (histogram, moments) = (histogram.clone(), *moments);
                Stage::Done(Box::new(Gathered { exact: false, histogram, moments, distances }))
            }
            Stage::Paths(paths) => {
                let Some(distances) = paths.step(chunks, self.chunks, &self.source, self.law.as_ref()) else {
                    return false;
                };
                let exact = matches!(self.source, Source::Listed(_));
                let (histogram, moments) = (paths.histogram.clone(), paths.moments);
                Stage::Done(Box::new(Gathered { exact, histogram, moments, distances }))
            }
        };
        self.stage = next;
        matches!(self.stage, Stage::Done(_))
    }

    /// How far it is, 0..=1, as far as that can be known.
    pub fn progress(&self) -> f64 {
        match self.stage {
            Stage::Done(_) => 1.0,
            // Counting and two passes of comparing; a third one is rare.
            _ => (self.chunks_seen as f64 / (3.0 * f64::from(self.chunks.max(1)))).min(0.99),
        }
    }

    /// Every product in turn, in chunks, with how far that is (0..=1): for another sorting than the histogram's.
    pub fn each_chunk(&self, mut act: impl FnMut(&[f64], f64)) {
        let mut buffer = vec![0.0; CHUNK];
        for place in 0..self.chunks {
            let values = match &self.source {
                Source::Law { samples, sampler, .. } => {
                    let count = samples.saturating_sub(u64::from(place) * CHUNK as u64).min(CHUNK as u64) as usize;
                    sampler.fill(place, &mut buffer[..count]);
                    &buffer[..count]
                }
                source => chunk(source, place, &mut buffer),
            };
            act(values, f64::from(place) / f64::from(self.chunks));
        }
    }

    /// Whether these are all surviving paths, each once.
    pub fn is_exact(&self) -> bool {
        matches!(self.source, Source::Listed(_))
    }

    /// What was gathered, once [`Gathering::step`] has said so.
    pub fn gathered(&self) -> Option<&Gathered> {
        match &self.stage {
            Stage::Done(gathered) => Some(gathered),
            _ => None,
        }
    }

    /// All of it at once.
    pub fn finish(mut self) -> Gathered {
        loop {
            if let Stage::Done(gathered) = self.stage {
                return *gathered;
            }
            self.step(1 << 10);
        }
    }
}

impl Paths {
    fn step(&mut self, chunks: u32, all: u32, source: &Source, law: Option<&ProductLaw>) -> Option<Distances> {
        for _ in 0..chunks {
            if self.next < all {
                let values = chunk(source, self.next, &mut self.buffer);
                if self.is_first_pass {
                    self.histogram.add_all(values);
                    self.moments = self.moments.then(Moments::of(values));
                }
                self.search.take(values);
                self.next += 1;
            }
            if self.next >= all {
                let cdf = |z: f64| law.and_then(|law| law.cdf(z)).unwrap_or(f64::NAN);
                let continuous = law.is_some_and(|law| law.density(0.5).is_some());
                if let Some(distances) = self.search.end_pass(continuous.then_some(&cdf)) {
                    return Some(distances);
                }
                (self.next, self.is_first_pass) = (0, false);
            }
        }
        None
    }
}

/// The values of one chunk.
fn chunk<'b>(source: &'b Source, chunk: u32, buffer: &'b mut [f64]) -> &'b [f64] {
    let start = chunk as usize * CHUNK;
    match source {
        Source::Listed(list) => &list[start.min(list.len())..(start + CHUNK).min(list.len())],
        Source::Sampled { sampler, seed, samples } => {
            let count = samples.saturating_sub(start as u64).min(CHUNK as u64) as usize;
            sampler.fill(*seed, u64::from(chunk), &mut buffer[..count]);
            &buffer[..count]
        }
        Source::Law { .. } => &[],
    }
}

/// The histogram of a scene, empty.
fn bins(scene: &Scene) -> Histogram {
    Histogram::new(-scene.window, scene.window, scene.bins)
}

/// The edges of a mask whose tail some source reaches.
pub fn reached(mask: &Mask) -> Mask {
    let shape: Shape = *mask.shape();
    let mut is_reached = vec![false; shape.node_count() as usize];
    is_reached[..shape.sources() as usize].fill(true);
    Mask::from_fn(shape, |id| {
        let edge = shape.edge(id);
        let tail = shape.node_id(Node { layer: edge.layer, index: edge.from });
        let kept = mask.keeps(edge) && is_reached[tail as usize];
        if kept {
            is_reached[shape.node_id(Node { layer: edge.layer + 1, index: edge.to }) as usize] = true;
        }
        kept
    })
}
