//! What the page says: sentences and numbers as text. Pure.

use crate::model::{Model, Run};
use crate::products::Products;
use crate::update::capital;
use num_bigint::BigUint;
use ticketscope_core::law::Law;
use ticketscope_core::prune::{Moment, Protect};
use ticketscope_core::shape::Shape;
use ticketscope_scene::number::{count, figure, group_digits, grouped, plural, share};
use ticketscope_scene::report::event_in;
use ticketscope_scene::scene::{Alpha, Scene, View};

/// The live sentence in three parts, the middle one underlined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// Up to the tickets.
    pub before: String,
    /// The tickets.
    pub count: String,
    /// The rest.
    pub after: String,
}

impl core::fmt::Display for Say {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}{}{}", self.before, self.count, self.after)
    }
}

/// Of how many edges so many are cut: those that the rule may cut; all of them where a search, or a hand, has cut others.
pub fn cuttable(model: &Model, run: &Run, cuts: u32) -> u32 {
    let shape = run.timeline.shape();
    let prunable = model.scene.protect.prunable_edges(shape);
    if model.scene.view == View::Find || cuts > prunable { shape.edge_count() } else { prunable }
}

/// The live sentence of a moment.
pub fn say(model: &Model, run: &Run, moment: &Moment, tickets: &BigUint, of: &BigUint) -> Say {
    let cuts = moment.tally().cut;
    let prunable = cuttable(model, run, cuts);
    let say = |before: String, count: String, after: String| Say { before, count, after };
    if prunable == 0 {
        return say("Nothing is left to prune: ".to_owned(), all_tickets(of), " survive.".to_owned());
    }
    let cut = format!("{} of {} edges cut, and ", grouped(u64::from(cuts)), grouped(u64::from(prunable)));
    if moment.destroyed() {
        return say(cut, "no ticket".to_owned(), format!(" of {} is left.", count(of)));
    }
    if cuts == 0 {
        let edges = format!("{} edges to cut, and ", grouped(u64::from(prunable)));
        return say(edges, all_tickets(of), " in one random network.".to_owned());
    }
    let one = *tickets == BigUint::from(1_u32);
    let noun = if one { "ticket" } else { "tickets" };
    let verb = if one { "survives" } else { "survive" };
    say(cut, format!("{} {noun}", count(tickets)), format!(" of {} {verb}.", count(of)))
}

fn all_tickets(of: &BigUint) -> String {
    if *of == BigUint::from(1_u32) { "1 ticket".to_owned() } else { format!("{} tickets", count(of)) }
}

/// The line under the sentence.
pub fn explain(model: &Model, run: &Run, moment: &Moment) -> String {
    let shape = run.timeline.shape();
    let protect = model.scene.protect;
    if protect.prunable_edges(shape) == 0 {
        let needs = if protect == Protect::Two { "three" } else { "two" };
        return format!(
            "With {} hidden layer{} and these layers protected there is no edge that may be cut: at least {needs} hidden \
             layers are needed, or another choice under Protect.",
            shape.hidden_layers(),
            if shape.hidden_layers() == 1 { "" } else { "s" },
        );
    }
    let one = shape.sources() == 1;
    if moment.destroyed() {
        let lost = if one { "x reaches no output any more" } else { "some source reaches no output any more" };
        return format!("Step {} destroyed the network: {lost}.", moment.step());
    }
    if moment.step() == 0 {
        let ticket = if one { "a path from input to output" } else { "one path from every source" };
        return format!("Nothing is trained. A ticket is {ticket}.");
    }
    "Nothing was trained. Outlined edges carry a ticket, dashed ones were cut.".to_owned()
}

/// What the histogram is made of: how many, exact or sampled, what is outlined, what is dashed.
pub fn products_line(model: &Model, products: &Products) -> String {
    if products.of_network() && products.figures.samples == 0.0 {
        return "No path survives: there is nothing to show".to_owned();
    }
    let (of, kind) = series(products);
    let mut line = capital(&of) + &kind.map(|kind| format!(" · {kind}")).unwrap_or_default();
    if let Some(beside) = model.lens.beside.as_deref().filter(|beside| beside.figures.samples > 0.0) {
        let (of, kind) = series(beside);
        line += &format!(" · outline: {of}{}", kind.map(|kind| format!(", {kind}")).unwrap_or_default());
    }
    line + if products.curve.is_empty() { " · the law has no closed form" } else { " · dashed: theory" }
}

/// How many products of which kind; whether they are all.
fn series(products: &Products) -> (String, Option<&'static str>) {
    let figures = &products.figures;
    let n = figures_count(figures.samples);
    if !products.of_network() {
        (format!("{n} independent samples"), None)
    } else if figures.exact == 1.0 {
        let one = figures.samples == 1.0;
        (if one { "the one surviving path".to_owned() } else { format!("all {n} surviving paths") }, Some("exact"))
    } else {
        (format!("{n} of {} surviving paths", figure(figures.paths)), Some("sampled"))
    }
}

/// A whole number that came as a float, in groups of three digits.
pub fn figures_count(n: f64) -> String {
    group_digits(&format!("{n:.0}"))
}

/// The modes of a law: none where it is unbounded at 0.
pub fn modes(modes: &[f64]) -> String {
    match modes {
        [] => "–".to_owned(),
        [0.0] => "0".to_owned(),
        [.., mode] if modes.len() == 2 => format!("±{}", figure(*mode)),
        _ => modes.iter().map(|&mode| figure(mode)).collect::<Vec<_>>().join(", "),
    }
}

/// A note on the law, where the paper says something of it that needs one.
pub fn law_note(scene: &Scene) -> Option<&'static str> {
    match (scene.law, scene.alpha) {
        (Law::Power, Alpha::Auto) => Some(
            "The paper asks for the least kurtosis without two modes. Strictly every α below 1 has two; this is the least whose              modes a resolution h cannot tell apart.",
        ),
        (Law::Power, Alpha::Flat) => Some(
            "This α is the one nearest to uniform inside the window: here, and only here, the window changes the weights.",
        ),
        (Law::Power, Alpha::Value(alpha)) if alpha < 1.0 => {
            Some("With α below 1 a product is never 0 and has two modes, however close to 0 they lie.")
        }
        (Law::Power, Alpha::Value(_)) | (Law::Uniform, _) => {
            Some("With α of 1 or more the density of a product grows without bound towards 0.")
        }
        (Law::Exact, _) => Some(
            "The paper calls such a law unknown. It exists and is unique: sign · exp(−G), G a Gamma(1/L, 1) variable. Its              products are uniform, but its weights crowd at ±1.",
        ),
        (Law::Normal, _) => {
            Some("The one law whose weights depend on the width. Its products have no closed form here.")
        }
        (Law::Sign, _) => Some("Every product is 1 or −1, times the scale."),
    }
}

/// What the histogram shows.
pub fn histogram(model: &Model, products: &Products) -> String {
    let figures = &products.figures;
    format!(
        "Histogram of products of {} weights: {}. {} lie between {} and {}; mean {}, variance {}.",
        figures.path_length,
        products_line(model, products),
        share(figures.sample_share),
        figure(figures.low),
        figure(figures.high),
        figure(figures.sample_mean),
        figure(figures.sample_variance),
    )
}

/// The step and what it did, for a screen reader.
pub fn announcement(run: &Run, moment: &Moment, say: &Say) -> String {
    let [step, last] = [moment.step(), run.timeline.len()].map(|k| grouped(u64::from(k)));
    format!("Step {step} of {last}: {}. {say}", event_in(&run.timeline, moment.step()))
}

/// How many edges of a network are in each state.
pub fn states(shape: &Shape, moment: &Moment) -> String {
    let tally = moment.tally();
    format!(
        "Of {}, {} are on a ticket, {} idle, {} cut, {} orphaned.",
        plural(u64::from(shape.edge_count()), "edge"),
        grouped(u64::from(tally.on_ticket)),
        grouped(u64::from(tally.idle)),
        grouped(u64::from(tally.cut)),
        grouped(u64::from(tally.orphaned)),
    )
}

/// What the picture of the network shows.
pub fn picture(run: &Run, moment: &Moment) -> String {
    let shape = run.timeline.shape();
    let tally = moment.tally();
    let plural = |n: u32, noun: &str| plural(u64::from(n), noun);
    format!(
        "Network: {}, {} of {}, {}. At step {} of {}, {} of {} are on a ticket, {} idle, {} cut, {} orphaned.",
        plural(shape.sources(), "source"),
        plural(shape.hidden_layers(), "hidden layer"),
        plural(shape.width(), "node"),
        plural(shape.sinks(), "sink"),
        grouped(u64::from(moment.step())),
        grouped(u64::from(run.timeline.len())),
        grouped(u64::from(tally.on_ticket)),
        plural(shape.edge_count(), "edge"),
        grouped(u64::from(tally.idle)),
        grouped(u64::from(tally.cut)),
        grouped(u64::from(tally.orphaned)),
    )
}
