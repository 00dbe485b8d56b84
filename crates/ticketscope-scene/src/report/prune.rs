//! A pruning run at one step, the bounds on it, and an ensemble of such runs.

use super::{CompareReport, Count, Fact, ForwardReport, Head, LastCutReport, SurvivalReport, text_of};
use crate::note::Note;
use crate::number::{count, figure_to, grouped, plural, share_of};
use crate::run::{self, Own, SceneError};
use crate::scene::Scene;
use crate::survival::{Bounds, Survival};
use crate::{name, scene};
use core::fmt;
use num_bigint::BigUint;
use serde::{Serialize, Serializer};
use ticketscope_core::counts::{PathCounts, minimal_tickets};
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Event, Fates, Moment, Orphans, Rule, Tally, Timeline};
use ticketscope_core::shape::{Edge, EdgeId, Shape};

/// A scene's network and its whole run: all that does not depend on the step.
#[derive(Debug, Clone)]
pub struct Pruned {
    /// The network before any cut.
    pub network: Network,
    /// The run.
    pub timeline: Timeline,
    /// When and why each edge goes.
    pub fates: Fates,
    /// The bounds.
    pub bounds: Bounds,
}

impl Pruned {
    /// Draws the network and prunes it to the end.
    pub fn of(scene: &Scene, own: &Own) -> Result<Self, SceneError> {
        let network = run::network(scene, own)?;
        let timeline = run::timeline(scene, &network);
        Ok(Self::from_run(scene, network, timeline))
    }

    /// The same from a run that was made elsewhere, step by step or in a worker.
    pub fn from_run(scene: &Scene, network: Network, timeline: Timeline) -> Self {
        let fates = Fates::of(network.mask(), &timeline);
        Self { network, timeline, fates, bounds: Bounds::of(scene) }
    }

    /// The run at the scene's step, with a note if the step had to be clamped.
    pub fn moment(&self, scene: &Scene) -> (Moment, Option<Note>) {
        let (step, note) = run::step_in(scene, self.timeline.len());
        (Moment::at(&self.fates, step), note)
    }
}

/// What the view `prune` says. `events` and `destroyed_at` describe the whole run, the other fields the state at `step`.
#[derive(Debug, Clone, Serialize)]
pub struct PruneReport<'a> {
    /// What every report begins with.
    #[serde(flatten)]
    pub head: Head,
    /// The rule's word.
    pub rule: &'static str,
    /// The protection's word.
    pub protect: &'static str,
    /// `skip` or `count`.
    pub orphans: &'static str,
    /// Edges of the full network that may be cut.
    pub prunable_edges: u32,
    /// The bounds on safe cuts.
    pub bound: BoundReport,
    /// k.
    pub step: u32,
    events: Events<'a>,
    /// Alive edges.
    pub alive_edges: u32,
    /// Edges cut, or left out by an own mask.
    pub cut_edges: u32,
    /// Edges orphaned.
    pub orphaned_edges: u32,
    /// Alive edges on no ticket.
    pub idle_edges: u32,
    /// Alive edges on a ticket.
    pub ticket_edges: u32,
    /// Surviving paths of each source, exact.
    pub surviving_paths: Vec<Count>,
    /// Their product, exact.
    pub surviving_tickets: Count,
    /// The k that destroyed the network; none if a ticket outlived all that was prunable.
    pub destroyed_at: Option<u32>,
    /// What destroyed it; none if nothing did.
    pub last_cut: Option<LastCutReport>,
    /// The forward pass at `step`, with `input`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forward: Option<ForwardReport>,
    /// The second panel at `step`, with `compare`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compare: Option<CompareReport>,
    /// The ensemble, with `trials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survival: Option<SurvivalReport>,
    #[serde(skip)]
    shape: Shape,
    #[serde(skip)]
    hit_chance: f64,
    #[serde(skip)]
    is_masked: bool,
    /// Tickets before the first cut: a mask may have left fewer than the shape has.
    #[serde(skip)]
    tickets_at_start: BigUint,
}

/// The bounds, as the JSON has them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoundReport {
    /// The chance is 1/c.
    pub c: f64,
    /// m, the prunable layers that the bounds speak of.
    pub m: u32,
    /// False where source or sink edges may be cut: the bounds do not apply then.
    pub applies: bool,
    /// The paper's k, a real number; none for m = 0.
    pub paper: Option<f64>,
    /// The better closed form, likewise.
    pub lambert: Option<f64>,
    /// The largest safe integer of the balls-in-bins model.
    pub balls_in_bins: Option<u64>,
}

impl From<&Bounds> for BoundReport {
    fn from(bounds: &Bounds) -> Self {
        Self {
            c: bounds.confidence,
            m: bounds.layers,
            applies: bounds.applies,
            paper: bounds.paper,
            lambert: bounds.lambert,
            balls_in_bins: bounds.balls_in_bins(),
        }
    }
}

impl<'a> PruneReport<'a> {
    /// The report of a run at the scene's step; `notes` are those of the link.
    pub fn new(scene: &Scene, own: &Own, pruned: &'a Pruned, survival: Option<&Survival>, notes: &[Note]) -> Self {
        let (moment, clamped) = pruned.moment(scene);
        let shape = *pruned.network.shape();
        let is_masked = pruned.network.mask().kept_count() < shape.edge_count();
        let notes: Vec<Note> = notes.iter().cloned().chain(clamped).chain(remarks(scene, &shape, is_masked)).collect();
        let counts = moment.path_counts();
        let tally = moment.tally();
        Self {
            head: Head::of(scene, own, &shape, &notes),
            rule: scene.rule.word(),
            protect: scene.protect.word(),
            orphans: scene.orphans.word(),
            prunable_edges: scene.protect.prunable_edges(&shape),
            bound: BoundReport::from(&pruned.bounds),
            step: moment.step(),
            events: Events(&pruned.timeline),
            alive_edges: tally.alive(),
            cut_edges: tally.cut,
            orphaned_edges: tally.orphaned,
            idle_edges: tally.idle,
            ticket_edges: tally.on_ticket,
            surviving_tickets: Count(counts.tickets()),
            surviving_paths: counts.per_source().iter().cloned().map(Count).collect(),
            destroyed_at: pruned.timeline.destroyed_at(),
            last_cut: LastCutReport::of(scene, pruned),
            forward: ForwardReport::of(scene, &pruned.network, moment.mask()),
            compare: CompareReport::of(scene, own, pruned, &moment),
            survival: survival.map(|survival| SurvivalReport::new(survival, &pruned.bounds)),
            shape,
            hit_chance: scene.hit_chance,
            is_masked,
            tickets_at_start: PathCounts::of(pruned.network.mask()).tickets(),
        }
    }

    /// The report line by line.
    pub fn facts(&self) -> Vec<Fact> {
        let edges = grouped(self.shape.edge_count().into());
        let tally = Tally {
            cut: self.cut_edges,
            orphaned: self.orphaned_edges,
            idle: self.idle_edges,
            on_ticket: self.ticket_edges,
        };
        let of_edges = |n: u32| format!("{} of {edges}", grouped(n.into()));
        let mut facts = vec![
            Fact::new("prunable edges", of_edges(self.prunable_edges))
                .with(format!("rule {}, protect {}", self.rule, self.protect)),
            Fact::new("step", format!("{} of {}", grouped(self.step.into()), grouped(self.events.0.len().into())))
                .with(self.event()),
            Fact::new("alive", of_edges(tally.alive())),
            Fact::new("on a ticket", of_edges(tally.on_ticket)),
            Fact::new("idle", of_edges(tally.idle)),
            Fact::new("cut", of_edges(tally.cut)),
            Fact::new("orphaned", of_edges(tally.orphaned)),
        ];
        facts.extend(self.ticket_facts());
        facts.push(match self.destroyed_at {
            Some(k) => Fact::new("destroyed at", format!("step {}", grouped(k.into()))),
            None => Fact::new("destroyed at", "never").with("a ticket outlives all that may be cut"),
        });
        facts.extend(self.last_cut.iter().flat_map(|cut| cut.facts(&self.shape)));
        facts.extend(self.forward.iter().flat_map(|forward| forward.facts(&self.shape)));
        facts.extend(self.compare.iter().flat_map(CompareReport::facts));
        facts.extend(self.bound.facts());
        facts.extend(self.survival.iter().flat_map(SurvivalReport::facts));
        facts
    }

    fn ticket_facts(&self) -> Vec<Fact> {
        let tickets = &self.surviving_tickets.0;
        let of = format!(" of {}", count(&self.tickets_at_start));
        let mut facts = Vec::new();
        if let [one] = &self.surviving_paths[..] {
            facts.push(Fact::new("surviving paths", format!("{}{of}", count(&one.0))).with("exact"));
        } else {
            const SHOWN: usize = 8;
            let listed: Vec<String> = self.surviving_paths.iter().take(SHOWN).map(|paths| count(&paths.0)).collect();
            let more = if self.surviving_paths.len() > SHOWN { ", …" } else { "" };
            facts
                .push(Fact::new("surviving paths", format!("{}{more}", listed.join(", "))).with("one a source, exact"));
            facts.push(
                Fact::new("surviving tickets", format!("{}{of}", count(tickets)))
                    .with("one path from each source, exact"),
            );
        }
        let p = crate::number::canonical(self.hit_chance);
        facts.push(
            Fact::new("winning, expected", share_of(self.hit_chance, tickets)).with(format!("hit chance p = {p}")),
        );
        if self.step == 0
            && !self.is_masked
            && self.shape.sources() > 1
            && let Some(minimal) = minimal_tickets(&self.shape)
        {
            facts.push(
                Fact::new("minimal tickets", count(&minimal)).with("subgraphs of which no edge can be spared, exact"),
            );
        }
        facts
    }

    /// What the last step did.
    pub fn event(&self) -> String {
        event_in(self.events.0, self.step)
    }
}

impl fmt::Display for PruneReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.head, &self.facts()))
    }
}

/// What a step did, in words: `cut h2.4 → h3.1, orphaned 3`.
pub fn event_in(timeline: &Timeline, step: u32) -> String {
    let Some(event) = timeline.event(step) else {
        return if timeline.is_empty() { "nothing to prune" } else { "nothing cut yet" }.to_owned();
    };
    let shape = timeline.shape();
    let edge = name::edge(shape, shape.edge(event.edge));
    if event.wasted {
        return format!("threw at {edge}, already orphaned");
    }
    match event.orphaned.len() {
        0 => format!("cut {edge}"),
        n => format!("cut {edge}, orphaned {}", grouped(n as u64)),
    }
}

/// What must be said of the scene's choices.
fn remarks(scene: &Scene, shape: &Shape, is_masked: bool) -> Vec<Note> {
    let mut notes = Vec::new();
    if scene.protect.prunable_edges(shape) == 0 {
        notes.push(Note::NothingPrunable { protect: scene.protect.word(), hidden: shape.hidden_layers() });
    }
    if scene.orphans == Orphans::Count && scene.rule != Rule::Layer {
        notes.push(Note::OrphansIgnored { rule: scene.rule.word() });
    }
    if is_masked {
        notes.push(Note::BoundsOfTheFull);
    }
    if scene.alpha == scene::Alpha::Flat && scene.law == ticketscope_core::law::Law::Power {
        notes.push(Note::WindowDecides);
    }
    notes
}

impl BoundReport {
    /// The bounds line by line.
    pub fn facts(&self) -> Vec<Fact> {
        let chance = if self.c == core::f64::consts::E {
            "1/e".to_owned()
        } else {
            format!("1/{}", crate::number::canonical(self.c))
        };
        let (forms, bins) = if self.applies {
            let remark = format!("chance of failure at most {chance}, m = {}", self.m);
            (remark.clone(), remark)
        } else {
            let forms = "does not apply: source or sink edges may be cut".to_owned();
            (forms, format!("chance of failure at most {chance}, each prunable layer a bin of its own edges"))
        };
        let real = |bound: Option<f64>| match bound {
            None => "none".to_owned(),
            Some(k) => format!("{} ({})", figure_to(k, 5), plural(Bounds::largest_safe(k), "cut")),
        };
        vec![
            Fact::new("paper's k", real(self.paper)).with(forms.clone()),
            Fact::new("Lambert's k", real(self.lambert)).with(forms),
            Fact::new("balls in bins", self.balls_in_bins.map_or_else(|| "none".to_owned(), |k| plural(k, "cut")))
                .with(bins),
        ]
    }
}

/// The events of a run, written without being copied.
#[derive(Debug, Clone, Copy)]
struct Events<'a>(&'a Timeline);

impl Serialize for Events<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shape = self.0.shape();
        serializer.collect_seq(self.0.events().map(|event| EventReport::new(shape, event)))
    }
}

#[derive(Serialize)]
struct EventReport<'a> {
    step: u32,
    #[serde(flatten)]
    edge: Place,
    orphaned: Places<'a>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    wasted: bool,
}

/// An edge, as the JSON has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Edge layer, from 0.
    pub layer: u32,
    /// The tail's place, from 0.
    pub from: u32,
    /// The head's place, from 0.
    pub to: u32,
}

impl From<Edge> for Place {
    fn from(Edge { layer, from, to }: Edge) -> Self {
        Self { layer, from, to }
    }
}

struct Places<'a> {
    shape: &'a Shape,
    edges: &'a [EdgeId],
}

impl Serialize for Places<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.edges.iter().map(|&id| Place::from(self.shape.edge(id))))
    }
}

impl<'a> EventReport<'a> {
    fn new(shape: &'a Shape, event: Event<'a>) -> Self {
        Self {
            step: event.step,
            edge: shape.edge(event.edge).into(),
            orphaned: Places { shape, edges: event.orphaned },
            wasted: event.wasted,
        }
    }
}
