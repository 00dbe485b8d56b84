//! Two panels on one timeline: the scene's own network, and the same under another rule, another seed, or as a random mask of
//! the same sparsity. A step applies to both; the second stands at its own end where that comes first. Pure.

use crate::jobs::Work;
use crate::model::{Model, Now, Run, run_key};
use crate::update::{Effect, changed, read};
use num_bigint::BigUint;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Fates, Timeline, random_control};
use ticketscope_core::shape::EdgeId;
use ticketscope_core::state::EdgeState;
use ticketscope_scene::compare::{Compare, Other, Panel, differences, other};
use ticketscope_scene::field::Field;
use ticketscope_scene::number::{count, grouped};
use ticketscope_scene::scene::{Scene, View};

/// The second panel.
#[derive(Debug)]
pub struct Second {
    /// What it belongs to.
    key: String,
    /// Its network, where it is not the first panel's.
    network: Option<Network>,
    /// Its events; a random mask has none.
    pub timeline: Option<Timeline>,
    /// When each of its edges goes.
    fates: Fates,
    /// The moment that is shown.
    pub now: Now,
}

impl Second {
    /// Its network, if the first panel's is given.
    pub fn network<'a>(&'a self, first: &'a Network) -> &'a Network {
        self.network.as_ref().unwrap_or(first)
    }
}

/// What the second panel of a scene belongs to: none if there is one panel.
fn key_of(model: &Model, other: &Other) -> String {
    match other {
        Other::Scene(scene) => run_key(scene),
        Other::RandomMask { seed } => format!("random {seed} {}", model.run_key()),
    }
}

/// The second panel of the scene, if it has one here.
fn wanted(model: &Model) -> Option<Other> {
    if model.scene.view == View::Prune { other(&model.scene) } else { None }
}

/// Brings the second panel up to date, and asks the worker for its run.
pub fn settle(model: &mut Model) {
    let Some(wanted) = wanted(model) else {
        model.second = None;
        model.jobs.forget(Work::Second);
        return;
    };
    let key = key_of(model, &wanted);
    let step = model.step();
    if model.second.as_ref().is_none_or(|second| second.key != key) {
        match wanted {
            Other::Scene(_) if !model.cancelled => model.jobs.ask(Work::Second, key, 0),
            Other::RandomMask { seed } => {
                if let Some(run) = model.current_run() {
                    let fates = random_control(&run.fates, model.scene.protect, seed);
                    let now = Now::of(&fates, step);
                    model.second = Some(Second { key, network: None, timeline: None, fates, now });
                }
            }
            Other::Scene(_) => {}
        }
    }
    if let Some(second) = &mut model.second
        && second.now.moment.step() != step.min(second.fates.len())
    {
        second.now = Now::of(&second.fates, step);
    }
}

/// The worker has pruned the second panel's network.
pub fn answered(model: &mut Model, run: Run) {
    let now = Now::of(&run.fates, model.step());
    model.second =
        Some(Second { key: run.key, network: Some(run.network), timeline: Some(run.timeline), fates: run.fates, now });
}

/// Chooses what stands in the second panel, by the option of its list: a value of the link, or which seed is another one.
pub fn choose(model: &mut Model, option: &str, effects: &mut Vec<Effect>) {
    let text = match option {
        "seed" => format!("seed:{}", model.scene.seed + 1),
        "prune-seed" => format!("prune-seed:{}", model.scene.prune_seed + 1),
        _ => option.to_owned(),
    };
    if text.is_empty() {
        if let Ok(field) = Field::of("compare") {
            field.reset(&mut model.scene);
        }
        changed(model, None, effects);
    } else if read(model, "compare", &text) {
        changed(model, None, effects);
    }
}

/// Another seed for the second panel was typed.
pub fn typed(model: &mut Model, seed: &str, effects: &mut Vec<Effect>) {
    let kind = match model.scene.compare {
        Some(Compare::Seed(_)) => "seed",
        Some(Compare::PruneSeed(_)) => "prune-seed",
        _ => return,
    };
    if read(model, "compare", &format!("{kind}:{}", seed.trim())) {
        changed(model, None, effects);
    }
}

/// The option of the list that a scene has chosen, and the seed beside it.
pub fn option(scene: &Scene) -> (String, Option<u64>) {
    match scene.compare {
        None => (String::new(), None),
        Some(Compare::Rule(rule)) => (format!("rule:{}", rule.word()), None),
        Some(Compare::Seed(seed)) => ("seed".to_owned(), Some(seed)),
        Some(Compare::PruneSeed(seed)) => ("prune-seed".to_owned(), Some(seed)),
        Some(Compare::RandomMask) => ("mask:random".to_owned(), None),
    }
}

impl Model {
    /// The second panel, if it is this scene's.
    pub fn current_second(&self) -> Option<(&Second, &Run, &Now)> {
        let second = self.second.as_ref()?;
        let is_current = wanted(self).is_some_and(|wanted| key_of(self, &wanted) == second.key);
        let (run, now) = (self.current_run()?, self.now.as_ref()?);
        let one_shape = second.fates.shape() == run.timeline.shape();
        (is_current && one_shape).then_some((second, run, now))
    }
}

/// The titles of both panels. Each says which hypothesis it is about: weights are never touched here.
pub fn titles(scene: &Scene) -> Option<[String; 2]> {
    let pair = |a: String, b: String| Some([a, b]);
    match scene.compare? {
        Compare::Rule(rule) => pair(format!("rule {}", scene.rule.word()), format!("rule {}", rule.word())),
        Compare::Seed(seed) => pair(format!("weight seed {}", scene.seed), format!("weight seed {seed}")),
        Compare::PruneSeed(seed) => pair(format!("pruning seed {}", scene.prune_seed), format!("pruning seed {seed}")),
        Compare::RandomMask => {
            pair(format!("rule {}", scene.rule.word()), "a random mask of the same sparsity".to_owned())
        }
    }
}

/// A panel's numbers in one line.
pub fn numbers(now: &Now, tickets: &BigUint, destroyed_at: Option<u32>) -> String {
    let alive = grouped(u64::from(now.moment.tally().alive()));
    let noun = if *tickets == BigUint::from(1_u32) { "ticket" } else { "tickets" };
    let end = destroyed_at
        .map_or("never destroyed".to_owned(), |step| format!("destroyed at step {}", grouped(u64::from(step))));
    format!("{alive} edges alive · {} {noun} survive · {end}", count(tickets))
}

/// The numbers of both panels.
pub fn both_numbers(second: &Second, run: &Run, now: &Now) -> [String; 2] {
    [
        numbers(now, &now.tickets, run.fates.destroyed_at()),
        numbers(&second.now, &second.now.tickets, second.fates.destroyed_at()),
    ]
}

/// How they differ, in sentences.
pub fn sentences(scene: &Scene, second: &Second, run: &Run, now: &Now) -> Vec<String> {
    let panel = |fates, moment| Panel { fates, moment };
    differences(scene, panel(&run.fates, &now.moment), panel(&second.fates, &second.now.moment))
}

/// Edges alive in the first of two moments and not in the second.
pub fn only_in(first: &Now, second: &Now) -> Vec<EdgeId> {
    let is_alive = |state: EdgeState| matches!(state, EdgeState::OnTicket | EdgeState::Idle);
    let pairs = first.moment.edge_states().iter().zip(second.moment.edge_states());
    (0..).zip(pairs).filter(|&(_, (&a, &b))| is_alive(a) && !is_alive(b)).map(|(edge, _)| edge).collect()
}
