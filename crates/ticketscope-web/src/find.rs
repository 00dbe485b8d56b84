//! The Find view: a search that the page makes itself, for it takes less than a message to the worker. Its cuts are a run like
//! any other, so the timeline, the picture and the histogram need not know where it comes from. Pure.

use crate::forward::Digits;
use crate::model::{Model, Now, Run, run_key};
use crate::play::{Play, Speed};
use crate::update::{Effect, changed};
use crate::words::Say;
use ticketscope_core::counts::PathCounts;
use ticketscope_core::shape::Node;
use ticketscope_scene::find::{self, Found, Term};
use ticketscope_scene::number::{canonical, figure, figure_to, grouped, plural};
use ticketscope_scene::run::Own;
use ticketscope_scene::scene::{Activation, Beta, Method, Objective, Scene, Step, View};
use ticketscope_scene::{name, preset};

/// A search, or why there is none.
#[derive(Debug)]
pub struct Search {
    /// The scene it belongs to, as far as it decides the search.
    key: String,
    /// What was found, or the sentence that says why nothing was looked for.
    outcome: Result<Found, String>,
}

/// What this tab knows of the Find view.
#[derive(Debug, Default)]
pub struct State {
    search: Option<Search>,
    /// The scene of the other views, when this one was entered; and this view's, when it was left.
    kept: [Option<Box<Scene>>; 2],
}

/// Brings the search up to date with the scene.
pub fn settle(model: &mut Model) {
    if model.scene.view != View::Find {
        model.find.search = None;
        return;
    }
    let key = run_key(&model.scene);
    if model.find.search.as_ref().is_some_and(|search| search.key == key) {
        return;
    }
    let outcome = match model.scene.page_limit() {
        Err(error) => Err(error.to_string()),
        Ok(()) => find::find(&model.scene, &Own::default()).map_err(|error| error.to_string()),
    };
    if let Ok(found) = &outcome {
        let is_first = model.run.is_none();
        model.show_run(Run {
            key: key.clone(),
            network: found.network.clone(),
            timeline: found.timeline.clone(),
            fates: found.fates.clone(),
            tickets: PathCounts::of(found.network.mask()).tickets(),
        });
        if is_first && model.opening && model.motion {
            begin_opening(model);
        }
    }
    model.find.search = Some(Search { key, outcome });
}

/// The opening stands still for a moment, plays itself once, and stops where it ends: less than five seconds in all.
fn begin_opening(model: &mut Model) {
    const BEFORE: f64 = 0.8;
    const STEPS: f64 = 3.4;
    let until = model.step();
    let rate = f64::from(until) / STEPS;
    model.play = (until > 0).then(|| Play::after(Speed::Rate(rate), until, BEFORE));
    model.scene.step = Step::At(0);
}

/// Puts the scene into the class that is searched, whatever it was.
pub fn fit(model: &mut Model, effects: &mut Vec<Effect>) {
    model.scene = fitted(&model.scene);
    changed(model, None, effects);
}

fn fitted(scene: &Scene) -> Scene {
    let mut fitted = Scene {
        width: scene.width.min(20),
        hidden: 1,
        sources: 1,
        sinks: 1,
        view: View::Find,
        step: Step::End,
        ..scene.clone()
    };
    (fitted.activation, fitted.method, fitted.objective) = (Activation::Linear, Method::Subset, Objective::Error);
    if !matches!(&fitted.beta, Beta::List(list) if list.len() == 1) {
        fitted.beta = Scene::default().beta;
    }
    fitted
}

/// Whether a network is one that the Find view searches.
fn fits(scene: &Scene) -> bool {
    (scene.sources, scene.hidden, scene.sinks) == (1, 1, 1) && scene.width <= 20
}

/// The scene behind a tab. One that has a single hidden layer has nothing to prune, and one that has more is not searched: there
/// the tabs lead back to what was looked at before.
pub fn behind_tab(model: &Model, view: View) -> Scene {
    let scene = &model.scene;
    let plain = || Scene { view, ..scene.clone() };
    match (scene.view == View::Find, view == View::Find) {
        (true, false) if model.found().is_some() => {
            let other = model.find.kept[0].as_deref().cloned();
            Scene { view, ..other.or_else(|| Some(preset::named("survivors")?.scene())).unwrap_or_default() }
        }
        (false, true) if fits(scene) => fitted(scene),
        (false, true) => model.find.kept[1].as_deref().cloned().unwrap_or_else(preset::opening),
        _ => plain(),
    }
}

/// Goes through a tab.
pub fn enter(model: &mut Model, view: View) {
    let next = behind_tab(model, view);
    let place = usize::from(model.scene.view == View::Find);
    let left = core::mem::replace(&mut model.scene, next);
    model.find.kept[place] = Some(Box::new(left));
}

impl Model {
    /// The search that is shown.
    pub fn found(&self) -> Option<&Found> {
        self.find.search.as_ref()?.outcome.as_ref().ok()
    }

    /// Why nothing is searched, if so.
    pub fn find_refusal(&self) -> Option<&str> {
        self.find.search.as_ref()?.outcome.as_ref().err().map(String::as_str)
    }
}

/// The live sentence at a step.
pub fn say(found: &Found, step: u32) -> Say {
    let parts = |before: &str, count: String, after: String| Say { before: before.to_owned(), count, after };
    let target = signed(found.target);
    let paths = found.terms.len() as u64;
    if step >= found.timeline.len() {
        let sentence = found.sentence();
        // The middle of the sentence is underlined: the paths that win, or the sets that do not.
        for (before, end) in [("A winning ticket: ", ", "), ("Proved: none of ", " comes ")] {
            if let Some(rest) = sentence.strip_prefix(before)
                && let Some((count, _)) = rest.split_once(end)
            {
                return parts(before, count.to_owned(), rest[count.len()..].to_owned());
            }
        }
        return parts("", String::new(), sentence);
    }
    let sum = signed_figure(found.sum_at(step));
    if step == 0 {
        let after = format!(" sum to {sum}, and the target is {target}: cut some, until it appears.");
        return parts("The products of ", plural(paths, "random path"), after);
    }
    let left = plural(paths - u64::from(step), "path");
    let verb = if paths - u64::from(step) == 1 { "comes" } else { "sum" };
    parts(
        "",
        left,
        format!(" {verb} to {sum}, and the target is {target}: {} more to cut.", found.timeline.len() - step),
    )
}

/// The line under the sentence.
pub fn explain(found: &Found, step: u32) -> String {
    if step < found.timeline.len() {
        return "A path multiplies the input by the product of its weights, and the output is the sum over all paths. Nothing is \
                trained: the only move is to cut."
            .to_owned();
    }
    let sum = signed_figure(found.sum);
    let sets = grouped(found.candidates);
    if found.is_won() {
        format!(
            "Of all {sets} sets of paths this one sums nearest to {}: to {sum}. Its weights are as they were drawn.",
            signed(found.target)
        )
    } else {
        format!("All {sets} sets were tried, and this one comes nearest: it sums to {sum}.")
    }
}

/// The small line below: that the opening's seed was chosen, until another is.
pub fn note(model: &Model) -> Option<&'static str> {
    let opening = preset::opening();
    let same = model.scene.seed == opening.seed && run_key(&model.scene) == run_key(&opening);
    same.then_some("The seed of these weights was chosen so that the ticket is easy to see. New weights draws others, and those may fail.")
}

/// A path and its chain of weights, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The hidden node it runs through.
    pub name: String,
    /// Its weights: `0.62 × −0.81`.
    pub weights: String,
    /// Their product.
    pub product: String,
}

/// The chains of the paths alive at a step, and their sum, to so many digits that both add up on paper.
pub fn chains(found: &Found, now: &Now) -> (Vec<Chain>, String) {
    let shape = found.network.shape();
    let mask = now.moment.mask();
    let alive: Vec<&Term> = found
        .terms
        .iter()
        .filter(|term| term.path.edges(shape).iter().all(|&edge| mask.keeps(shape.edge(edge))))
        .collect();
    let sum = found.sum_at(now.moment.step());
    let digits = Digits::of(sum, alive.iter().map(|term| term.product), alive.len());
    let chain = |term: &&Term| {
        let factors = digits.of_factors(term.product);
        let weight = |&edge: &u32| figure_to(found.network.weights()[edge as usize], factors);
        let hidden = Node { layer: 1, index: term.path.nodes.get(1).copied().unwrap_or(0) };
        Chain {
            name: name::node(shape, hidden),
            weights: term.path.edges(shape).iter().map(weight).collect::<Vec<_>>().join(" × "),
            product: digits.term(term.product),
        }
    };
    (alive.iter().map(chain).collect(), digits.total(sum))
}

/// A number line: its ends and its ticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The left end.
    pub low: f64,
    /// The right end.
    pub high: f64,
    /// Where numbers stand.
    pub ticks: Vec<f64>,
}

impl Line {
    /// A line on which 0, the target and the sum at every step have their place, the same for the whole run.
    pub fn of(found: &Found) -> Self {
        let sums = (0..=found.timeline.len()).map(|step| found.sum_at(step));
        let (low, high) = sums
            .chain([0.0, found.target - found.epsilon, found.target + found.epsilon])
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let room = 0.06 * (high - low).max(f64::MIN_POSITIVE);
        let every = step_of((high - low) / 4.0);
        let (first, last) = (((low - room) / every).ceil() as i64, ((high + room) / every).floor() as i64);
        // Multiples of the step, told apart by whole numbers so that 0.3 stays 0.3.
        let ticks = (first..=last.min(first + 12)).map(|k| k as f64 * every).collect();
        Self { low: low - room, high: high + room, ticks }
    }

    /// Where a number stands, in per cent.
    pub fn at(&self, x: f64) -> f64 {
        (100.0 * (x - self.low) / (self.high - self.low)).clamp(0.0, 100.0)
    }

    /// In words.
    pub fn words(&self, found: &Found, step: u32) -> String {
        format!(
            "Number line from {} to {}: the target is {}, give or take {}; the paths that are left sum to {}.",
            signed_figure(self.low),
            signed_figure(self.high),
            signed(found.target),
            canonical(found.epsilon),
            signed_figure(found.sum_at(step)),
        )
    }
}

/// 1, 2 or 5 times a power of ten: the least that is no smaller.
fn step_of(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 1.0;
    }
    let mut step = 1.0;
    while step > least {
        step /= 10.0;
    }
    while step < least {
        step *= 10.0;
    }
    [0.2, 0.5].into_iter().map(|part| part * step).find(|&step| step >= least).unwrap_or(step)
}

/// A number as it was typed, with a proper minus.
pub fn signed(x: f64) -> String {
    canonical(x).replace('-', "−")
}

/// A number to three digits.
pub fn signed_figure(x: f64) -> String {
    figure(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ticketscope_scene::link;

    fn found(text: &str) -> Found {
        find::find(&link::read(text).unwrap().scene, &Own::default()).unwrap()
    }

    /// What stands in the page for those for whom the program never runs is what it would say.
    #[test]
    fn the_page_as_it_comes_ends_with_the_opening_s_own_sentence() {
        let page = include_str!("../../../www/views/stage.html");
        let found = find::find(&preset::opening(), &Own::default()).unwrap();
        let said = say(&found, found.timeline.len());
        assert!(page.contains(&format!("{}<em>{}</em>{}", said.before, said.count, said.after)), "{said}");
        assert_eq!(said.to_string(), found.sentence());
    }

    #[test]
    fn the_number_line_has_room_for_everything_and_round_ticks() {
        for (seed, beta) in [(1, "0.5"), (2, "-1.7"), (3, "0"), (157, "100"), (5, "1e-5")] {
            let found = found(&format!(
                "#v1&view=find&hidden=1&width=12&law=uniform&seed={seed}&beta={beta}&activation=linear&method=subset"
            ));
            let line = Line::of(&found);
            assert!((2..=13).contains(&line.ticks.len()), "{line:?}");
            for x in (0..=found.timeline.len()).map(|step| found.sum_at(step)).chain([0.0, found.target]) {
                assert!((1.0..=99.0).contains(&line.at(x)), "{x} {line:?}");
            }
        }
    }

    #[test]
    fn the_terms_that_are_shown_add_up_to_the_sum_that_is_shown() {
        let number = |text: &str| text.replace('−', "-").replace(',', "").parse::<f64>().unwrap();
        for seed in 0..60 {
            let found = found(&format!(
                "#v1&view=find&hidden=1&width=11&law=uniform&seed={seed}&activation=linear&method=subset"
            ));
            let run = Run {
                key: String::new(),
                network: found.network.clone(),
                timeline: found.timeline.clone(),
                fates: found.fates.clone(),
                tickets: PathCounts::of(found.network.mask()).tickets(),
            };
            for step in 0..=found.timeline.len() {
                let (chains, sum) = chains(&found, &Now::at(&run, step));
                let decimals = sum.split_once('.').map_or(0, |(_, rest)| rest.len());
                let half = 0.5001 * 0.1_f64.powi(decimals as i32);
                let added: f64 = chains.iter().map(|chain| number(&chain.product)).sum();
                assert!((added - number(&sum)).abs() <= 2.0 * half, "{seed} {step}: {added} {sum}");
                for chain in &chains {
                    let product: f64 = chain.weights.split(" × ").map(number).product();
                    let places = chain.product.split_once('.').map_or(0, |(_, rest)| rest.len());
                    assert!(
                        (product - number(&chain.product)).abs() <= 1.01 * 0.1_f64.powi(places as i32),
                        "{chain:?}"
                    );
                }
            }
        }
    }
}
