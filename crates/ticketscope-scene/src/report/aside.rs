//! What stands beside a pruning run: what destroyed it, its forward pass, the second panel.

use super::{Count, Fact, Place, Pruned};
use crate::compare::{self, Panel};
use crate::number::{canonical, count, figure, grouped, plural};
use crate::run::{self, Own};
use crate::scene::Scene;
use crate::{link, name};
use serde::Serialize;
use ticketscope_core::forward::Forward;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{LastCut, Moment};
use ticketscope_core::shape::{Node, Shape};

/// A smallest set of removed edges that parts a source from all sinks, as the JSON has it. It is about the whole run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastCutReport {
    /// The source that lost its last way, from 0; of several the first.
    pub source: u32,
    /// The edges, in order.
    pub edges: Vec<Place>,
    /// How many of them were cut, by a step or by the initial mask.
    pub cut: u32,
    /// How many of them were orphaned.
    pub orphaned: u32,
    /// Whether it is proved that no smaller set does it.
    pub is_smallest: bool,
}

impl LastCutReport {
    pub(super) fn of(scene: &Scene, pruned: &Pruned) -> Option<Self> {
        let cut = LastCut::of(&pruned.fates, scene.protect)?;
        let shape = pruned.network.shape();
        Some(Self {
            source: cut.source(),
            edges: cut.edges().iter().map(|&id| shape.edge(id).into()).collect(),
            cut: cut.cut(),
            orphaned: cut.orphaned(),
            is_smallest: cut.is_smallest(),
        })
    }

    pub(super) fn facts(&self, shape: &Shape) -> Vec<Fact> {
        let source = name::node(shape, Node { layer: 0, index: self.source });
        let (Some(first), Some(last)) = (self.edges.first(), self.edges.last()) else {
            return vec![Fact::new("last cut", "no edge").with(format!("{source} has no way to a sink"))];
        };
        let layers = match (name::edge_layer(shape, first.layer), name::edge_layer(shape, last.layer)) {
            (first, last) if first == last => format!("all in {first}"),
            (first, last) => format!("from {first} to {last}"),
        };
        vec![Fact::new("last cut", plural(self.edges.len() as u64, "edge")).with(format!(
            "their loss left {source} without a way: {layers}; {} cut, {} orphaned",
            grouped(self.cut.into()),
            grouped(self.orphaned.into())
        ))]
    }
}

/// The forward pass of the alive edges, as the JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForwardReport {
    /// The value of each source.
    pub input: Vec<f64>,
    /// `linear` or `relu`.
    pub activation: &'static str,
    /// The value of each sink.
    pub outputs: Vec<f64>,
    /// Hidden nodes that pass nothing on: their sum is 0 or less, under `relu`.
    pub off: u32,
}

impl ForwardReport {
    pub(super) fn of(scene: &Scene, network: &Network, mask: &Mask) -> Option<Self> {
        let shape = network.shape();
        let input = run::input(scene, shape)?;
        let forward = Forward::of(network, mask, &input, scene.activation);
        let hidden = shape.first_node(1)..shape.first_node(shape.hidden_layers() + 1);
        Some(Self {
            outputs: forward.outputs().to_vec(),
            off: hidden.filter(|&node| forward.is_off(node)).count() as u32,
            activation: scene.activation.word(),
            input,
        })
    }

    pub(super) fn facts(&self, shape: &Shape) -> Vec<Fact> {
        const SHOWN: usize = 8;
        let list = |values: &[f64], text: fn(f64) -> String| {
            let mut shown: Vec<String> = values.iter().take(SHOWN).map(|&x| text(x)).collect();
            shown.extend((values.len() > SHOWN).then(|| "…".to_owned()));
            shown.join(", ")
        };
        let hidden = shape.hidden_layers() * shape.width();
        vec![Fact::new("output", list(&self.outputs, figure)).with(format!(
            "input {}, activation {}; {} of {} hidden nodes pass nothing on",
            list(&self.input, |x| canonical(x).replace('-', "−")),
            self.activation,
            grouped(self.off.into()),
            grouped(hidden.into())
        ))]
    }
}

/// The second panel, as the JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareReport {
    /// The second panel's own link; none for a random mask, and where own files decide a number.
    pub link: Option<String>,
    /// The k that destroyed it; none if nothing did.
    pub destroyed_at: Option<u32>,
    /// Its alive edges at the first panel's step, or at its own end if that comes before.
    pub alive_edges: u32,
    /// Its surviving paths there, one a source.
    pub surviving_paths: Vec<Count>,
    /// Its surviving tickets there.
    pub surviving_tickets: Count,
    /// How the panels differ, in sentences.
    pub differences: Vec<String>,
}

impl CompareReport {
    pub(super) fn of(scene: &Scene, own: &Own, pruned: &Pruned, moment: &Moment) -> Option<Self> {
        // Its network exists if the first one does: neither a rule nor a seed changes the shape.
        let second = compare::second(scene, own, &pruned.fates).ok()??;
        let other = Moment::at(&second.fates, moment.step());
        let counts = other.path_counts();
        let first = Panel { fates: &pruned.fates, moment };
        Some(Self {
            link: second.scene.as_deref().filter(|_| own.is_empty()).map(link::write),
            destroyed_at: second.fates.destroyed_at(),
            alive_edges: other.tally().alive(),
            surviving_tickets: Count(counts.tickets()),
            surviving_paths: counts.per_source().iter().cloned().map(Count).collect(),
            differences: compare::differences(scene, first, Panel { fates: &second.fates, moment: &other }),
        })
    }

    pub(super) fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![
            Fact::new("second panel", format!("{} tickets", count(&self.surviving_tickets.0)))
                .with(self.link.clone().unwrap_or_default()),
        ];
        facts.extend(self.differences.iter().map(|sentence| Fact::new("", sentence.as_str())));
        facts
    }
}
