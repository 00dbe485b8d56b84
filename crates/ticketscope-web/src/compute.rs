//! What the worker computes: from a link, a network with its run, or products with their numbers.

use crate::files::Loaded;
use crate::jobs::Request;
use crate::lens::{Bars, Lit};
use crate::model::{Bounds, run_key};
use crate::products::{Bins, Figures, Products};
use core::fmt;
use num_bigint::BigUint;
use sha2::{Digest, Sha256};
use ticketscope_core::counts::PathCounts;
use ticketscope_core::float;
use ticketscope_core::network::Network;
use ticketscope_core::path::HalfPaths;
use ticketscope_core::prune::{Fates, Run, Timeline};
use ticketscope_draw::chart::Theory;
use ticketscope_scene::find;
use ticketscope_scene::products::{Gathered, Gathering, reached};
use ticketscope_scene::report::ProductsReport;
use ticketscope_scene::run::{self, Own, SceneError};
use ticketscope_scene::scene::{Of, Scene, TooLarge, View};
use ticketscope_scene::searchable::NotSearchable;
use ticketscope_scene::{NotALink, link, survival};

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
    halves: Option<KeptHalves>,
    files: Files,
}

/// The files that the page has given: all that fit the newest, and what of them is in use.
#[derive(Debug, Default)]
struct Files {
    read: Own,
    hashes: [Option<String>; 2],
    used: Own,
}

/// The half-paths of a run at a step, kept for the next bar; none where there are too many.
#[derive(Debug)]
struct KeptHalves {
    key: String,
    step: u32,
    halves: Option<HalfPaths>,
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
    /// Its scene is not searched.
    Find(NotSearchable),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(error) => error.fmt(f),
            Self::Size(error) => error.fmt(f),
            Self::Scene(error) => error.fmt(f),
            Self::Find(error) => error.fmt(f),
        }
    }
}

/// Reads a file. What files before gave stays as far as it is for the same shape and this one does not replace it.
pub fn file(
    kept: &mut Kept,
    number: u32,
    name: &str,
    bytes: &[u8],
) -> Result<Loaded, ticketscope_scene::file::Refused> {
    let file = ticketscope_scene::file::open(name, bytes)?;
    let files = &mut kept.files;
    if files.read.shape() != Some(file.shape) {
        (files.read, files.hashes) = (Own::default(), [None, None]);
    }
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let shape = file.shape;
    for (place, has) in [file.weights.is_some(), file.mask.is_some()].into_iter().enumerate() {
        if has {
            files.hashes[place] = Some(hash.clone());
        }
    }
    // The shapes agree: it is taken.
    let _ = files.read.take(file);
    let [weights, mask] = files.hashes.clone();
    Ok(Loaded { number, name: name.to_owned(), shape, weights, mask })
}

/// From here on the files stand for the drawn network, or nothing does.
pub fn use_files(kept: &mut Kept, used: bool) {
    let mut files = core::mem::take(&mut kept.files);
    if !used {
        files = Files::default();
    }
    files.used = files.read.clone();
    *kept = Kept { files, ..Kept::default() };
}

/// Steps between two looks at the clock.
const STEPS: u32 = 256;

/// The run of a link.
pub fn run<'a>(kept: &'a mut Kept, key: &str, report: &mut impl FnMut(f64)) -> Result<&'a KeptRun, Refused> {
    let stale = kept.run.as_ref().is_none_or(|run| run.key != key);
    if stale {
        let scene = link::read(key).map_err(Refused::Link)?.scene;
        scene.page_limit().map_err(Refused::Size)?;
        let network = run::network(&scene, &kept.files.used).map_err(Refused::Scene)?;
        if scene.view == View::Find {
            // A search's run is not pruned by a rule: it leads to what is found.
            let timeline = find::find(&scene, &kept.files.used).map_err(Refused::Find)?.timeline;
            kept.run = Some(KeptRun { key: key.to_owned(), network, timeline });
            return kept.run.as_ref().ok_or(Refused::Link(NotALink::NoVersion));
        }
        let most = scene.protect.prunable_edges(network.shape()).max(1);
        let mut run = Run::new(&network, &scene.pruning());
        while run.advance(STEPS) {
            report(f64::from(run.steps()) / f64::from(most));
        }
        kept.run = Some(KeptRun { key: key.to_owned(), network, timeline: run.into_timeline() });
    }
    kept.run.as_ref().ok_or(Refused::Link(NotALink::NoVersion))
}

/// The bounds of a link.
pub fn bounds(key: &str) -> Result<Bounds, Refused> {
    let scene = link::read(key).map_err(Refused::Link)?.scene;
    let bounds = survival::Bounds::of(&scene);
    let bins = bounds.balls_in_bins();
    Ok(Bounds { key: key.to_owned(), paper: bounds.paper, lambert: bounds.lambert, bins })
}

/// Chunks of products between two looks at the clock.
const CHUNKS: u32 = 16;

/// The products of a link, of the network at a step where the link asks for its own.
pub fn products(kept: &mut Kept, key: &str, step: u32, report: &mut impl FnMut(f64)) -> Result<Products, Refused> {
    let scene = link::read(key).map_err(Refused::Link)?.scene;
    if scene.of == Of::Law {
        let gathering = Gathering::of_law(&scene).map_err(Refused::Scene)?;
        return said(&scene, key, step, f64::NAN, &gathered(gathering, report));
    }
    let run = run(kept, &run_key(&scene), report)?;
    let mask = Fates::of(run.network.mask(), &run.timeline).mask_at(step);
    let gathering = Gathering::of_network(&scene, &run.network, &mask, false).map_err(Refused::Scene)?;
    let paths: BigUint = PathCounts::of(&mask).per_source().iter().sum();
    let mut products =
        said(&scene, key, step, paths.to_string().parse().unwrap_or(f64::NAN), &gathered(gathering, report))?;
    if kept.files.used.has_weights() {
        // The chosen law is not that of a file's weights.
        (products.theory, products.curve) = (Vec::new(), Vec::new());
        products.figures.sample_ks_theory = f64::NAN;
    }
    Ok(products)
}

/// The most half-paths that are gone through to light those of a bar: 16 bytes each, and some milliseconds a million.
const HALF_PATHS: usize = 2_000_000;

/// Which paths of a network, at the request's step, have a product within the `brush` of its link.
pub fn lit(kept: &mut Kept, request: &Request, report: &mut impl FnMut(f64)) -> Result<Lit, Refused> {
    let Request { link: key, step, by_size, .. } = request;
    let scene = link::read(key).map_err(Refused::Link)?.scene;
    let run_key = run_key(&scene);
    if kept.halves.as_ref().is_none_or(|halves| halves.key != run_key || halves.step != *step) {
        let run = run(kept, &run_key, report)?;
        let mask = reached(&Fates::of(run.network.mask(), &run.timeline).mask_at(*step));
        let halves = HalfPaths::of(&run.network, &mask, HALF_PATHS);
        kept.halves = Some(KeptHalves { key: run_key, step: *step, halves });
    }
    let halves = kept.halves.as_ref().and_then(|kept| kept.halves.as_ref());
    let none = Lit { key: key.clone(), step: *step, by_size: *by_size, paths: None, edges: Vec::new() };
    let (Some(halves), Some((low, high))) = (halves, scene.brush) else { return Ok(none) };
    let parts = if *by_size && low > 0.0 {
        vec![halves.lit(low, high, true), halves.lit(-high, -low, true)]
    } else if *by_size {
        vec![halves.lit(-high, high, true)]
    } else {
        vec![halves.lit(low, high, true)]
    };
    let edges = (0..scene.shape().map_or(0, |shape| shape.edge_count()))
        .filter(|&edge| parts.iter().any(|lit| lit.through(edge) > 0))
        .collect();
    Ok(Lit { paths: Some(parts.iter().map(|lit| lit.paths()).sum()), edges, ..none })
}

/// The products of a link by size, in bars of equal width on a logarithmic axis.
pub fn sizes(kept: &mut Kept, key: &str, step: u32, report: &mut impl FnMut(f64)) -> Result<Bins, Refused> {
    let scene = link::read(key).map_err(Refused::Link)?.scene;
    let edges = Bars::of(&scene, true).edges();
    if scene.of == Of::Law {
        let gathering = Gathering::of_law(&scene).map_err(Refused::Scene)?;
        return sorted(&scene, key, step, &edges, &gathering, report);
    }
    let run = run(kept, &run_key(&scene), report)?;
    let mask = Fates::of(run.network.mask(), &run.timeline).mask_at(step);
    let gathering = Gathering::of_network(&scene, &run.network, &mask, false).map_err(Refused::Scene)?;
    let mut bins = sorted(&scene, key, step, &edges, &gathering, report)?;
    if kept.files.used.has_weights() {
        (bins.theory, bins.curve) = (Vec::new(), Vec::new());
    }
    Ok(bins)
}

fn sorted(
    scene: &Scene,
    key: &str,
    step: u32,
    edges: &[f64],
    gathering: &Gathering<'_>,
    report: &mut impl FnMut(f64),
) -> Result<Bins, Refused> {
    let last = edges.len() - 1;
    let mut counts = vec![0.0; last];
    let (mut below, mut above) = (0.0, 0.0);
    gathering.each_chunk(|values, share| {
        for size in values.iter().map(|z| z.abs()) {
            // The last bar is closed.
            match edges.partition_point(|&edge| edge <= size) {
                0 => below += 1.0,
                n if n <= last => counts[n - 1] += 1.0,
                _ if size == edges[last] => counts[last - 1] += 1.0,
                _ => above += 1.0,
            }
        }
        report(share);
    });
    let samples = below + above + counts.iter().sum::<f64>();
    let law = run::product_law(scene).map_err(Refused::Scene)?;
    let power = |size: f64| float::ln(size) / core::f64::consts::LN_10;
    let ends = (power(edges[0]), power(edges[last]));
    let mut theory = Vec::new();
    let mut curve = Vec::new();
    if law.cdf(0.0).is_some() {
        let within = |size: f64| law.cdf(size).unwrap_or(f64::NAN) - law.cdf(-size).unwrap_or(f64::NAN);
        theory = edges.windows(2).map(|pair| within(pair[1]) - within(pair[0])).collect();
        let cdf = |power: f64| within(float::pow(10.0, power));
        let points = Theory::from_cdf(ends.0, ends.1, last, cdf).points;
        curve = points.into_iter().flat_map(|(x, share)| [x, share]).collect();
    }
    let exact = gathering.is_exact();
    Ok(Bins { key: key.to_owned(), step, counts, theory, curve, samples, exact, below, above, low: edges[0], ends })
}

fn gathered(mut gathering: Gathering<'_>, report: &mut impl FnMut(f64)) -> Gathered {
    while !gathering.step(CHUNKS) {
        report(gathering.progress());
    }
    gathering.finish()
}

/// What is said of products that were gathered: the same numbers as the command line's.
fn said(scene: &Scene, key: &str, step: u32, paths: f64, gathered: &Gathered) -> Result<Products, Refused> {
    let report = ProductsReport::new(scene, &Own::default(), gathered, None, &[]).map_err(Refused::Scene)?;
    let number = |x: Option<f64>| x.unwrap_or(f64::NAN);
    let sample = &report.sample;
    Ok(Products {
        key: key.to_owned(),
        step,
        counts: report.histogram.counts.iter().map(|&count| count as f64).collect(),
        theory: bars(&report),
        curve: curve(scene, gathered)?,
        modes: report.modes,
        figures: Figures {
            path_length: f64::from(scene.hidden + 1),
            samples: report.samples as f64,
            exact: f64::from(u8::from(report.exact)),
            paths,
            low: report.histogram.low,
            high: report.histogram.high,
            below: report.histogram.below as f64,
            above: report.histogram.above as f64,
            alpha: number(report.alpha),
            kurtosis: report.theory.as_ref().map_or(f64::NAN, |theory| theory.kurtosis),
            ks_uniform: number(report.ks_uniform),
            ks_normal: number(report.ks_normal),
            sigma: number(report.sigma),
            sample_share: sample.share_in_window,
            sample_mean: sample.mean,
            sample_variance: sample.variance,
            sample_kurtosis: sample.kurtosis,
            sample_ks_theory: number(sample.ks_theory),
            sample_ks_uniform: number(sample.ks_uniform),
        },
    })
}

/// The law's share of each bin.
fn bars(report: &ProductsReport) -> Vec<f64> {
    let cdf = report.theory.as_ref().and_then(|theory| theory.cdf.as_deref()).unwrap_or_default();
    cdf.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// The law's own shares, x and share in turn; empty where its distribution function has no closed form.
fn curve(scene: &Scene, gathered: &Gathered) -> Result<Vec<f64>, Refused> {
    let law = run::product_law(scene).map_err(Refused::Scene)?;
    if law.cdf(0.0).is_none() {
        return Ok(Vec::new());
    }
    let histogram = &gathered.histogram;
    let cdf = |z: f64| law.cdf(z).unwrap_or(f64::NAN);
    let theory = Theory::from_cdf(histogram.low(), histogram.high(), histogram.counts().len(), cdf);
    Ok(theory.points.into_iter().flat_map(|(x, share)| [x, share]).collect())
}
