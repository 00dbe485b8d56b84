//! The histogram as a lens on the network: a bar under the pointer, or a range that was chosen, lights the paths whose product
//! lies in it; a path that is looked at lights its bar. Pure.
//!
//! A range is asked for as a link that holds it as `brush`, so the worker needs nothing but that link and the step. Bars are
//! half open and a brush is closed; of floats, [a, b) is [a, b′] with b′ the last float below b.

use crate::card;
use crate::jobs::Work;
use crate::keys::Way;
use crate::model::{Model, key_of};
use crate::products::{Bins, Products};
use crate::touch::Thing;
use crate::update::Effect;
use num_bigint::BigUint;
use ticketscope_core::float;
use ticketscope_core::law::Law;
use ticketscope_core::shape::EdgeId;
use ticketscope_scene::number::{canonical, count, figure_to, grouped, share};
use ticketscope_scene::run;
use ticketscope_scene::scene::{Of, Scene};

/// What this tab knows of the histogram, beyond the scene's own `brush`.
#[derive(Debug, Default)]
pub struct Lens {
    /// The bar that is pointed at, or that the arrow keys have reached.
    pub bar: Option<u32>,
    /// The product of the path that is looked at in the picture.
    pub mark: Option<f64>,
    /// Of what, in which run at which step, that is the product.
    marked: Option<(Thing, String, u32)>,
    /// Bars of sizes |p| on a logarithmic axis, instead of products on a plain one.
    pub by_size: bool,
    /// The bar where the pointer went down, and whether it has moved to another since.
    drag: Option<(u32, bool)>,
    /// The newest answer to which paths lie in a range.
    pub lit: Option<Lit>,
    /// The histogram that is drawn as an outline: of the network where the main one is of the law, and the other way round.
    pub beside: Option<Box<Products>>,
    /// Both histograms by size, the main one first.
    pub sizes: [Option<Box<Bins>>; 2],
    /// The y axis while the run plays.
    pub held: Option<Held>,
    /// What is wrong with a range that was typed.
    pub fault: Option<String>,
    /// The outline has just been drawn anew, and rests a little before it follows the step again.
    rests: bool,
    /// A step waits for the end of that rest.
    pub late: bool,
}

/// Which surviving paths have a product in a range, as the worker counted them.
#[derive(Debug, Clone, PartialEq)]
pub struct Lit {
    /// The request's link.
    pub key: String,
    /// The step at which the network stood.
    pub step: u32,
    /// Whether the range was one of sizes.
    pub by_size: bool,
    /// How many paths; none where there are too many half-paths to go through.
    pub paths: Option<u64>,
    /// The edges through which such a path leads, ascending.
    pub edges: Vec<EdgeId>,
}

/// The axis of a histogram of a network's own paths while its run plays: bars are shares of the paths that were there when
/// the play began, so that one sees them go.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The key of the products.
    pub key: String,
    /// The step.
    pub step: u32,
    /// Surviving paths then.
    pub paths: f64,
}

/// Something has happened to the histogram.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The pointer is over a bar, or over none.
    Pointed(Option<u32>),
    /// The pointer went down on a bar.
    Pressed(u32),
    /// The pointer went down on an end of the range: the upper one, or the lower.
    Grabbed(bool),
    /// The pointer was let go.
    Released,
    /// A key walks the bars.
    Walk(Way),
    /// The bar that is pointed at becomes the range, or ceases to be it.
    Take,
    /// An end of the range was typed: the texts of both fields.
    Typed(String, String),
    /// No range any more.
    Clear,
    /// Bars of sizes, or of products.
    BySize(bool),
    /// The outline has rested.
    Rested,
}

/// Takes a message into the model.
pub fn update(model: &mut Model, message: Message, effects: &mut Vec<Effect>) {
    match message {
        Message::Pointed(bar) => {
            model.lens.bar = bar;
            if let (Some((from, moved)), Some(to)) = (model.lens.drag, bar)
                && (moved || from != to)
            {
                model.lens.drag = Some((from, true));
                brush_bars(model, from, to, effects);
            }
        }
        Message::Pressed(bar) => {
            model.lens.bar = Some(bar);
            // A range of sizes would be two ranges of products, which a link cannot hold.
            model.lens.drag = (!model.lens.by_size).then_some((bar, false));
        }
        Message::Grabbed(is_high) => {
            if let (Some(bars), Some((low, high))) = (bars(model), model.scene.brush) {
                // The other end stays: it is the edge nearest to it, and the bar on its inner side.
                let share = (if is_high { low } else { high } - bars.low) / (bars.high - bars.low);
                let edge = (share.clamp(0.0, 1.0) * f64::from(bars.bins)).round() as u32;
                let bar = if is_high { edge } else { edge.saturating_sub(1) };
                model.lens.drag = Some((bar.min(bars.bins.saturating_sub(1)), true));
            }
        }
        Message::Released => match model.lens.drag.take() {
            Some((_, true)) => {
                model.gesture = None;
                effects.push(Effect::Flush);
            }
            Some((bar, false)) => toggle(model, bar, effects),
            None => {}
        },
        Message::Walk(walk) => step(model, walk),
        Message::Take => {
            if let Some(bar) = model.lens.bar.filter(|_| !model.lens.by_size) {
                toggle(model, bar, effects);
            }
        }
        Message::Typed(low, high) => typed(model, &low, &high, effects),
        Message::Clear => {
            model.lens.drag = None;
            model.lens.bar = None;
            model.lens.fault = None;
            brush(model, None, false, effects);
        }
        Message::Rested => model.lens.rests = false,
        Message::BySize(by_size) => {
            model.lens.by_size = by_size;
            model.lens.bar = None;
            effects.push(Effect::Remember("axis", if by_size { "log" } else { "linear" }.to_owned()));
        }
    }
}

/// Marks the product of what is looked at in the picture, the strongest path through it or a path itself: its bar is lit, and it
/// stands on the axis.
pub fn settle(model: &mut Model) {
    let at = match (&model.touch.at, &model.run, &model.now) {
        (Some(at), Some(run), Some(now)) => Some((at.thing.clone(), run.key.clone(), now.moment.step())),
        _ => None,
    };
    if model.lens.marked == at {
        return;
    }
    model.lens.mark = match (&at, &model.run, &model.now) {
        (Some((thing, ..)), Some(run), Some(now)) => card::product(run, now, thing),
        _ => None,
    };
    model.lens.marked = at;
}

fn step(model: &mut Model, way: Way) {
    let Some(last) = bars(model).map(|bars| bars.len() as u32).and_then(|n| n.checked_sub(1)) else { return };
    // Without a bar the walk begins in the middle, where products crowd.
    let here = model.lens.bar.map(|bar| bar.min(last));
    model.lens.bar = Some(match (way, here) {
        (Way::First, _) => 0,
        (Way::Last, _) => last,
        (Way::Left | Way::Down, Some(bar)) => bar.saturating_sub(1),
        (Way::Right | Way::Up, Some(bar)) => (bar + 1).min(last),
        (_, None) => last / 2,
    });
}

fn typed(model: &mut Model, low: &str, high: &str, effects: &mut Vec<Effect>) {
    let window = model.scene.window;
    let number = |text: &str, none: f64| match text.trim().replace('−', "-").as_str() {
        "" => Some(none),
        text => text.parse::<f64>().ok().filter(|x| x.abs() <= 1e6),
    };
    if low.trim().is_empty() && high.trim().is_empty() {
        model.lens.fault = None;
        return brush(model, None, false, effects);
    }
    match (number(low, -window), number(high, window)) {
        (Some(low), Some(high)) if low <= high => {
            model.lens.fault = None;
            brush(model, Some((low, high)), false, effects);
        }
        (Some(_), Some(_)) => model.lens.fault = Some("The first number must not be above the second.".to_owned()),
        _ => model.lens.fault = Some("Give two numbers between −1,000,000 and 1,000,000.".to_owned()),
    }
}

/// Keeps a bar lit, or no longer.
fn toggle(model: &mut Model, bar: u32, effects: &mut Vec<Effect>) {
    let before = model.scene.brush;
    brush_bars(model, bar, bar, effects);
    if model.scene.brush == before {
        brush(model, None, false, effects);
    }
    model.gesture = None;
}

/// The range from one bar to another, both included.
fn brush_bars(model: &mut Model, a: u32, b: u32, effects: &mut Vec<Effect>) {
    let Some(bars) = bars(model) else { return };
    let (first, last) = (bars.edge(a.min(b)), bars.edge(a.max(b) + 1));
    // As few digits as the bars need keep the link short.
    let short = |x: f64| rounded(x, bars.decimals());
    brush(model, Some((short(first), short(last))), true, effects);
}

fn brush(model: &mut Model, range: Option<(f64, f64)>, drag: bool, effects: &mut Vec<Effect>) {
    if model.scene.brush != range {
        model.scene.brush = range;
        crate::update::changed(model, drag.then_some(crate::model::Gesture::Drag("brush")), effects);
    }
}

/// Bars on an axis: products from −window to window, or sizes in powers of ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bars {
    bins: u32,
    low: f64,
    high: f64,
    by_size: bool,
}

impl Bars {
    /// The bars of a scene.
    pub fn of(scene: &Scene, by_size: bool) -> Self {
        let high = scene.window;
        let low = if by_size { float::pow(10.0, -f64::from(decades(scene))) * high } else { -high };
        Self { bins: scene.bins, low, high, by_size }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.bins as usize
    }

    /// Whether there are none: never.
    pub fn is_empty(&self) -> bool {
        self.bins == 0
    }

    /// The lower end of a bar, and of the one behind the last: the window itself.
    pub fn edge(&self, bar: u32) -> f64 {
        let bins = f64::from(self.bins.max(1));
        if bar >= self.bins {
            self.high
        } else if self.by_size {
            self.low * float::pow(self.high / self.low, f64::from(bar) / bins)
        } else {
            self.low + f64::from(bar) * (self.high - self.low) / bins
        }
    }

    /// All of them.
    pub fn edges(&self) -> Vec<f64> {
        (0..=self.bins).map(|bar| self.edge(bar)).collect()
    }

    /// The bar that holds a product, if one does.
    pub fn bar_of(&self, product: f64) -> Option<u32> {
        let z = if self.by_size { product.abs() } else { product };
        let edges = self.edges();
        if z.is_nan() || z < edges[0] || z > self.high {
            return None;
        }
        Some((edges.partition_point(|&edge| edge <= z) as u32 - 1).min(self.bins.saturating_sub(1)))
    }

    /// The floats of a bar as a closed range: every bar but the last leaves out its upper end.
    fn closed(&self, bar: u32) -> (f64, f64) {
        let (low, high) = (self.edge(bar), self.edge(bar + 1));
        (low, if bar + 1 < self.bins { high.next_down() } else { high })
    }

    /// Decimals that tell the ends of bars apart.
    fn decimals(&self) -> usize {
        let width = (self.high - self.low) / f64::from(self.bins.max(1));
        (2.0 - float::ln(width) / core::f64::consts::LN_10).ceil().clamp(0.0, 17.0) as usize
    }

    /// An end of a bar, in words.
    pub fn text(&self, edge: f64) -> String {
        if self.by_size { figure_to(edge, 3) } else { signed(rounded(edge, self.decimals())) }
    }
}

/// How many powers of ten an axis of sizes spans below the window: enough for nearly all products of the law.
pub fn decades(scene: &Scene) -> u32 {
    let n = f64::from(scene.hidden + 1);
    // −ln|Z| has this mean and deviation, or is bounded by them.
    let (mean, deviation) = match scene.law {
        Law::Sign => (0.0, 0.0),
        Law::Exact => (1.0, 1.0),
        Law::Uniform => (n, n.sqrt()),
        Law::Power => {
            let alpha = run::alpha(scene);
            (alpha * n, alpha * n.sqrt())
        }
        // ln|N(0, 1)| has mean −0.635 and deviation 1.11; a weight is that times √(2/fan-in).
        Law::Normal => (n * (0.635 + 0.5 * float::ln(f64::from(scene.width) / 2.0)), 1.11 * n.sqrt()),
    };
    let below = (mean + 3.0 * deviation + float::ln(scene.window / scene.scale)) / core::f64::consts::LN_10;
    below.ceil().clamp(2.0, 40.0) as u32
}

/// A number to so many decimals, as the decimal text says it.
fn rounded(x: f64, decimals: usize) -> f64 {
    let x: f64 = format!("{x:.decimals$}").parse().unwrap_or(x);
    if x == 0.0 { 0.0 } else { x }
}

/// A number with the sign that is printed.
pub fn signed(x: f64) -> String {
    canonical(x).replace('-', "−")
}

/// The bars that are on the screen, if a histogram is.
fn bars(model: &Model) -> Option<Bars> {
    if model.lens.by_size {
        // Where the axis begins depends on the law: the worker says it, so that the page need not know laws.
        return model.lens.sizes[0].as_ref().map(|sizes| Bars {
            bins: sizes.counts.len() as u32,
            low: sizes.low,
            high: model.scene.window,
            by_size: true,
        });
    }
    model.products.as_ref().map(|_| Bars::of(&model.scene, false))
}

/// Asks the worker for what the histogram needs beyond the products themselves.
pub fn ask(model: &mut Model) {
    // The scene now shows what was the outline: it is there already.
    let is_network = model.of() == Of::Network;
    if let (Some(main), Some(beside)) = (&mut model.products, &mut model.lens.beside)
        && main.of_network() != is_network
        && beside.of_network() == is_network
    {
        core::mem::swap(main, beside);
        model.lens.sizes.swap(0, 1);
    }
    let step = model.step();
    let known = model.current_run().is_some();
    if known && let Some((low, high)) = range(model) {
        let link = lit_key(&model.scene, (low, high));
        let by_size = model.lens.by_size && model.lens.bar.is_some();
        if model.lens.lit.as_ref().is_none_or(|lit| !lit.answers(&link, step, by_size)) {
            model.jobs.ask_by_size(Work::Lit, link, step, by_size);
        }
    } else {
        model.lens.lit = None;
        model.jobs.forget(Work::Lit);
    }
    model.lens.late = false;
    for of in [Of::Law, Of::Network] {
        if of == Of::Network && !known {
            continue;
        }
        let step = if of == Of::Network { step } else { 0 };
        let key = model.products_key_of(of);
        let work = match (model.lens.by_size, of == model.of()) {
            (true, true) => Work::Sizes,
            (true, false) => Work::SizesBeside,
            (false, false) => Work::Beside,
            (false, true) => continue,
        };
        if model.lens.rests && of != model.of() && model.jobs.waits_for_step(work, &key, step) {
            model.lens.late = true;
        } else {
            model.jobs.ask_by_size(work, key, step, model.lens.by_size);
        }
    }
    hold(model);
}

/// The outline follows quick steps a few times a second: to count and draw it at each costs more than the step itself.
fn rest(model: &mut Model, effects: &mut Vec<Effect>) {
    if !core::mem::replace(&mut model.lens.rests, true) {
        effects.push(Effect::Rest);
    }
}

/// While the run plays, the axis stays as it was when the play began.
fn hold(model: &mut Model) {
    if model.play.is_none() {
        model.lens.held = None;
        return;
    }
    let key = model.products_key_of(Of::Network);
    if model.lens.held.as_ref().is_some_and(|held| held.key == key) {
        return;
    }
    let own = own(model).filter(|own| own.key == key && own.figures.samples > 0.0);
    model.lens.held = own.map(|own| Held { key, step: own.step, paths: own.figures.paths });
}

/// The histogram of the network's own paths, main or beside.
fn own(model: &Model) -> Option<&Products> {
    if model.of() == Of::Network { model.products.as_deref() } else { model.lens.beside.as_deref() }
}

/// The range that is to be lit: the bar that is pointed at, else the brush.
fn range(model: &Model) -> Option<(f64, f64)> {
    match model.lens.bar {
        Some(bar) => bars(model).filter(|bars| (bar as usize) < bars.len()).map(|bars| bars.closed(bar)),
        None => model.scene.brush,
    }
}

/// The link that asks for a range.
fn lit_key(scene: &Scene, range: (f64, f64)) -> String {
    key_of(&Scene { brush: Some(range), ..scene.clone() }, |key| key == "brush")
}

impl Lit {
    fn answers(&self, key: &str, step: u32, by_size: bool) -> bool {
        self.key == key && self.step == step && self.by_size == by_size
    }
}

/// The edges that are to be lit in the picture; none where nothing is chosen, or the answer is not there yet.
pub fn lit(model: &Model) -> Option<&Lit> {
    let range = range(model)?;
    let by_size = model.lens.by_size && model.lens.bar.is_some();
    let key = lit_key(&model.scene, range);
    model.lens.lit.as_ref().filter(|lit| lit.answers(&key, model.step(), by_size))
}

/// The line under the chart: what lies in the bar that is pointed at, else in the range, else what there is to do.
pub fn line(model: &Model) -> String {
    let Some(bars) = bars(model) else { return String::new() };
    if let Some(bar) = model.lens.bar {
        return bar_line(model, &bars, bar);
    }
    if let Some((low, high)) = model.scene.brush {
        return paths_line(model, &format!("from {} to {}", signed(low), signed(high)));
    }
    if let (Some(z), Some((thing, ..)), Some(run)) = (model.lens.mark, &model.lens.marked, &model.run) {
        let place = match bars.bar_of(z) {
            Some(bar) => format!("in bar {} of {}", grouped(u64::from(bar) + 1), grouped(bars.len() as u64)),
            None => "beside the chart".to_owned(),
        };
        let path = match thing {
            Thing::Path(_) => "This path".to_owned(),
            thing => format!("The strongest path through {}", thing.name(run.network.shape())),
        };
        return format!("{path} has the product {}, {place}.", figure_to(z, 3));
    }
    "Point at a bar to light its paths; drag over several to keep them lit.".to_owned()
}

/// How many of the surviving paths are in the range that is lit.
fn paths_line(model: &Model, range: &str) -> String {
    let Some(lit) = lit(model) else { return format!("Counting the paths with a product {range} …") };
    let Some(paths) = lit.paths else {
        return "This network has too many paths to light those of a bar.".to_owned();
    };
    let all = paths_at(model);
    let verb = if paths == 1 { "has" } else { "have" };
    let noun = if all == BigUint::from(1_u32) { "path" } else { "paths" };
    format!("{} of {} {noun} {verb} a product {range} (exact).", grouped(paths), count(&all))
}

/// All surviving paths at the step that is shown.
pub fn paths_at(model: &Model) -> BigUint {
    model.now.as_ref().map(|now| now.moment.path_counts().per_source().iter().sum()).unwrap_or_default()
}

/// A bar in words: which one, from where to where, what is in it, and what theory says.
fn bar_line(model: &Model, bars: &Bars, bar: u32) -> String {
    let (low, high) = (bars.edge(bar), bars.edge(bar + 1));
    let range = format!("from {} to {}", bars.text(low), bars.text(high));
    let what = if bars.by_size { "sizes " } else { "" };
    let place = format!("Bar {} of {}, {what}{range}:", grouped(u64::from(bar) + 1), grouped(bars.len() as u64));
    let mut parts = Vec::new();
    if let Some(main) = shown(model, 0) {
        let n = main.counts.get(bar as usize).copied().unwrap_or(0.0);
        let theory = main.theory.get(bar as usize).copied();
        if model.of() == Of::Law {
            parts.push(format!("{} of {} samples ({})", whole(n), whole(main.samples), share(n / main.samples)));
            parts.extend(theory.map(|p| format!("theory {}", share(p))));
        } else if main.samples > 0.0 {
            let of = if main.exact { "paths" } else { "sampled paths" };
            parts.push(format!("{} of {} {of}", whole(n), whole(main.samples)));
            parts.extend(theory.map(|p| format!("theory {}", figure_to(p * main.samples, 2))));
        }
    }
    if model.of() == Of::Law || shown(model, 0).is_some_and(|main| !main.exact) {
        parts.extend(
            lit(model)
                .and_then(|lit| lit.paths)
                .map(|paths| format!("{} of this network’s {} paths (exact)", grouped(paths), count(&paths_at(model)))),
        );
    }
    format!("{place} {}.", parts.join("; "))
}

/// All that decides how the chart looks, so that it is drawn again only when that changes.
pub fn look(model: &Model) -> String {
    let lens = &model.lens;
    let of = |products: &Option<Box<Products>>| products.as_ref().map(|products| (products.key.clone(), products.step));
    let sizes = lens.sizes.each_ref().map(|bins| bins.as_ref().map(|bins| (bins.key.clone(), bins.step)));
    let what = (of(&model.products), of(&lens.beside), sizes, lens.bar, lens.mark, lens.by_size, held(model));
    format!("{what:?} {:?}", model.scene.brush)
}

/// What stands in an empty chart: why there is nothing.
pub fn empty(model: &Model) -> Option<String> {
    let products =
        model.products.as_ref().filter(|products| products.of_network() && products.figures.samples == 0.0)?;
    Some(match products.step {
        0 => "No path leads from a source to a sink: there is nothing to multiply.".to_owned(),
        step => format!("At step {} no path survives: there is nothing left to multiply.", grouped(u64::from(step))),
    })
}

/// An end of the window, as it would be typed.
pub fn end_of_window(model: &Model, is_high: bool) -> String {
    signed(if is_high { model.scene.window } else { -model.scene.window })
}

fn whole(n: f64) -> String {
    grouped(n as u64)
}

/// A histogram on the screen, whichever axis it has.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// What each bar holds.
    pub counts: &'a [f64],
    /// The law's share of each bar; empty where it has no closed form.
    pub theory: &'a [f64],
    /// The theory as a curve, place on the axis and share in turn.
    pub curve: &'a [f64],
    /// All that was counted.
    pub samples: f64,
    /// What the bars are shares of: all that was counted; while the run plays, as many as there were when the play began.
    pub total: f64,
    /// Whether these are the network's own products.
    pub of_network: bool,
    /// Whether that is every path.
    pub exact: bool,
    /// Where the axis begins and ends, in products or in powers of ten.
    pub ends: (f64, f64),
}

/// The main histogram (0) or the one beside it (1), if it is there and this scene's.
pub fn shown(model: &Model, which: usize) -> Option<Shown<'_>> {
    let of = match (which, model.of()) {
        (0, of) => of,
        (_, Of::Law) => Of::Network,
        _ => Of::Law,
    };
    let key = model.products_key_of(of);
    if model.lens.by_size {
        return model.lens.sizes[which].as_deref().filter(|bins| bins.key == key).map(|bins| Shown {
            counts: &bins.counts,
            theory: &bins.theory,
            curve: &bins.curve,
            samples: bins.samples,
            total: bins.samples * grown(model, of),
            of_network: of == Of::Network,
            exact: bins.exact,
            ends: bins.ends,
        });
    }
    let products = if which == 0 { model.products.as_deref() } else { model.lens.beside.as_deref() };
    products.filter(|products| which == 0 || products.key == key).map(|products| Shown {
        counts: &products.counts,
        theory: &products.theory,
        curve: &products.curve,
        samples: products.figures.samples,
        total: products.figures.samples * grown(model, of),
        of_network: products.of_network(),
        exact: products.figures.exact == 1.0,
        ends: (products.figures.low, products.figures.high),
    })
}

/// By how much the paths were more when the play began than they are at the step that is drawn.
fn grown(model: &Model, of: Of) -> f64 {
    let now = own(model).map(|own| own.figures.paths).filter(|&paths| paths > 0.0);
    match (held(model), now) {
        (Some(then), Some(now)) if of == Of::Network => then / now,
        _ => 1.0,
    }
}

/// Whether a range is being drawn with the pointer.
pub fn is_drawn(model: &Model) -> bool {
    model.lens.drag.is_some()
}

/// The bars that stand out: the one that is pointed at, and that of the path that is looked at.
pub fn lit_bars(model: &Model) -> Vec<usize> {
    let marked = model.lens.mark.and_then(|z| bars(model)?.bar_of(z));
    [model.lens.bar, marked].into_iter().flatten().map(|bar| bar as usize).collect()
}

/// How many paths a bar of full height stands for: those of the step at which the play began, while it plays.
pub fn held(model: &Model) -> Option<f64> {
    model.lens.held.as_ref().map(|held| held.paths)
}

/// Takes an answer: the main histogram, or the one beside it.
pub fn take(model: &mut Model, products: Box<Products>, effects: &mut Vec<Effect>) {
    if products.of_network() == (model.of() == Of::Network) {
        model.products = Some(products);
    } else {
        model.lens.beside = Some(products);
        rest(model, effects);
    }
}

/// Takes an answer by size.
pub fn take_sizes(model: &mut Model, bins: Box<Bins>, effects: &mut Vec<Effect>) {
    let which = usize::from(bins.of_network() != (model.of() == Of::Network));
    model.lens.sizes[which] = Some(bins);
    if which == 1 {
        rest(model, effects);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::{self, Kept};
    use crate::message;
    use crate::model::Outcome;
    use crate::update::update as page;
    use ticketscope_core::path::HalfProducts;
    use ticketscope_core::prune::Fates;

    /// A page that answers its own requests as the worker would.
    struct Tab {
        model: Model,
        kept: Kept,
    }

    impl Tab {
        fn open(fragment: &str) -> Self {
            let mut tab = Self { model: Model::default(), kept: Kept::default() };
            tab.send(message::Message::Opened { fragment: fragment.to_owned(), motion: false });
            tab
        }

        fn send(&mut self, message: message::Message) {
            for effect in page(&mut self.model, message) {
                if effect == Effect::Rest {
                    self.lens(Message::Rested);
                }
                let Effect::Send(request) = effect else { continue };
                let (link, step) = (&request.link, request.step);
                let outcome = match request.work {
                    Work::Run => {
                        let run = compute::run(&mut self.kept, link, &mut |_| {}).unwrap();
                        let fates = Fates::of(run.network.mask(), &run.timeline);
                        let tickets = ticketscope_core::counts::PathCounts::of(run.network.mask()).tickets();
                        let (network, timeline) = (run.network.clone(), run.timeline.clone());
                        let key = link.clone();
                        Outcome::Run(Box::new(crate::model::Run { key, network, timeline, fates, tickets }))
                    }
                    Work::Second => Outcome::Failed("no second panel in this test".to_owned()),
                    Work::Bounds => Outcome::Bounds(compute::bounds(link).unwrap()),
                    Work::Lit => Outcome::Lit(compute::lit(&mut self.kept, &request, &mut |_| {}).unwrap()),
                    Work::Products | Work::Beside => {
                        Outcome::Products(Box::new(compute::products(&mut self.kept, link, step, &mut |_| {}).unwrap()))
                    }
                    Work::Sizes | Work::SizesBeside => {
                        Outcome::Sizes(Box::new(compute::sizes(&mut self.kept, link, step, &mut |_| {}).unwrap()))
                    }
                };
                self.send(message::Message::Answered { id: request.id, outcome });
            }
        }

        fn lens(&mut self, message: Message) {
            self.send(message::Message::Lens(message));
        }

        fn products(&self) -> Vec<f64> {
            let (run, now) = (self.model.run.as_ref().unwrap(), self.model.now.as_ref().unwrap());
            HalfProducts::of(&run.network, now.moment.mask(), 1 << 20).unwrap().products()
        }
    }

    const OWN: &str = "#v1&view=products&of=network&step=9&samples=2000";

    /// Every bar lights as many paths as it holds, on both axes, and the bars with what is beside them hold all.
    #[test]
    fn a_bar_lights_the_paths_it_holds() {
        let mut tab = Tab::open(OWN);
        for by_size in [false, true] {
            tab.lens(Message::BySize(by_size));
            let all = tab.products().len() as f64;
            let counts = shown(&tab.model, 0).unwrap().counts.to_vec();
            for (bar, &count) in counts.iter().enumerate() {
                tab.lens(Message::Pointed(Some(bar as u32)));
                let lit = lit(&tab.model).unwrap();
                assert_eq!(lit.paths, Some(count as u64), "bar {bar} {by_size}");
                assert_eq!(lit.edges.is_empty(), count == 0.0);
            }
            let beside = match by_size {
                true => tab.model.lens.sizes[0].as_ref().map(|bins| bins.below + bins.above).unwrap(),
                false => tab.model.products.as_ref().map(|all| all.figures.below + all.figures.above).unwrap(),
            };
            assert_eq!(counts.iter().sum::<f64>() + beside, all);
        }
    }

    #[test]
    fn a_range_is_in_the_link_and_says_how_many_paths_it_lights() {
        let mut tab = Tab::open(OWN);
        tab.lens(Message::Pressed(42));
        tab.lens(Message::Pointed(Some(44)));
        tab.lens(Message::Released);
        tab.lens(Message::Pointed(None));
        assert_eq!(tab.model.scene.brush, Some((0.05, 0.125)));
        assert!(tab.model.link().ends_with("&brush=0.05,0.125"), "{}", tab.model.link());
        let inside = tab.products().iter().filter(|z| (0.05..=0.125).contains(*z)).count();
        assert!(line(&tab.model).starts_with(&format!("{inside} of ")), "{}", line(&tab.model));
        assert!(line(&tab.model).ends_with("have a product from 0.05 to 0.125 (exact)."));
        tab.lens(Message::Clear);
        assert_eq!((tab.model.scene.brush, lit(&tab.model)), (None, None));
    }

    #[test]
    fn a_click_keeps_a_bar_lit_and_another_lets_it_go() {
        let mut tab = Tab::open(OWN);
        for brush in [Some((0.0, 0.025)), None] {
            tab.lens(Message::Pressed(40));
            tab.lens(Message::Released);
            assert_eq!(tab.model.scene.brush, brush);
        }
    }

    #[test]
    fn an_end_of_the_range_can_be_drawn_further() {
        let mut tab = Tab::open("#v1&view=products&of=network&samples=2000&brush=0.05,0.125");
        for (is_high, bar, brush) in [(true, 50, (0.05, 0.275)), (false, 40, (0.0, 0.275)), (false, 60, (0.25, 0.525))]
        {
            tab.lens(Message::Grabbed(is_high));
            tab.lens(Message::Pointed(Some(bar)));
            tab.lens(Message::Released);
            assert_eq!(tab.model.scene.brush, Some(brush));
        }
    }

    #[test]
    fn keys_walk_the_bars() {
        let mut tab = Tab::open(OWN);
        let walked = [Way::Right, Way::Right, Way::Left, Way::Last, Way::Right, Way::First, Way::Left].map(|walk| {
            tab.lens(Message::Walk(walk));
            tab.model.lens.bar.unwrap()
        });
        assert_eq!(walked, [39, 40, 39, 79, 79, 0, 0]);
        assert!(line(&tab.model).starts_with("Bar 1 of 80, from −1 to −0.975: "), "{}", line(&tab.model));
    }

    #[test]
    fn typed_ends_are_read_or_refused_with_a_sentence() {
        let mut tab = Tab::open(OWN);
        let typed = |low: &str, high: &str| Message::Typed(low.to_owned(), high.to_owned());
        tab.lens(typed("−0.2", ""));
        assert_eq!(tab.model.scene.brush, Some((-0.2, 1.0)));
        for (low, high) in [("0.3", "0.1"), ("a", "1"), ("-1e9", "1"), ("NaN", "1")] {
            tab.lens(typed(low, high));
            assert!(tab.model.lens.fault.is_some(), "{low} {high}");
            assert_eq!(tab.model.scene.brush, Some((-0.2, 1.0)));
        }
        tab.lens(typed("", ""));
        assert_eq!((tab.model.scene.brush, tab.model.lens.fault), (None, None));
    }

    #[test]
    fn the_law_s_bars_say_shares_and_the_other_histogram_is_there() {
        let mut tab = Tab::open("#v1&samples=2000");
        assert_eq!(shown(&tab.model, 1).unwrap().samples, 625.0);
        tab.lens(Message::Pointed(Some(40)));
        let said = line(&tab.model);
        assert!(
            said.contains(" of 2,000 samples (") && said.contains("; theory ") && said.contains("’s 625 paths (exact)"),
            "{said}"
        );
    }

    #[test]
    fn bars_know_their_products() {
        for by_size in [false, true] {
            let bars = Bars::of(&Scene::default(), by_size);
            for bar in 0..bars.len() as u32 {
                let (low, high) = bars.closed(bar);
                assert_eq!((bars.bar_of(low), bars.bar_of(high)), (Some(bar), Some(bar)));
            }
            assert_eq!(bars.bar_of(1.01), None);
        }
        assert_eq!(Bars::of(&Scene::default(), false).bar_of(-1.0), Some(0));
    }

    #[test]
    fn while_it_plays_bars_are_shares_of_the_paths_at_the_start() {
        let mut tab = Tab::open("#v1&of=network&samples=1000");
        tab.send(message::Message::Act(crate::keys::Action::PlayPause));
        for now in 0..40 {
            tab.send(message::Message::Frame { now: f64::from(now) * 400.0 });
            assert_eq!(held(&tab.model), tab.model.play.is_some().then_some(625.0));
        }
        assert!(tab.model.play.is_some() && tab.model.products.as_ref().unwrap().figures.samples < 625.0);
    }
}
