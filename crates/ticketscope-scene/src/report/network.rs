//! The network itself: its measures, every weight, and the mask it begins with.

use super::{Fact, Head, text_of};
use crate::note::Note;
use crate::number::{count, figure, grouped, plural};
use crate::run::Own;
use crate::scene::Scene;
use core::fmt;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use ticketscope_core::counts::{PathCounts, minimal_tickets};
use ticketscope_core::network::Network;
use ticketscope_core::shape::EdgeId;

/// What `ticketscope network` says.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkReport<'a> {
    /// What every report begins with.
    #[serde(flatten)]
    pub head: Head,
    weights: Lists<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mask: Option<Lists<'a>>,
    #[serde(skip)]
    law: &'static str,
    /// Weights typed by hand.
    #[serde(skip)]
    typed: usize,
}

impl<'a> NetworkReport<'a> {
    /// The report of a network that came from a scene (and own files).
    pub fn new(scene: &Scene, own: &Own, network: &'a Network, notes: &[Note]) -> Self {
        let is_masked = network.mask().kept_count() < network.shape().edge_count();
        Self {
            head: Head::of(scene, own, network.shape(), notes),
            weights: Lists { network, entry: Entry::Weight },
            mask: (is_masked || own.has_mask()).then_some(Lists { network, entry: Entry::Kept }),
            law: if own.has_weights() { "own" } else { scene.law.word() },
            typed: scene.edits.iter().filter(|edit| edit.fits(network.shape())).count(),
        }
    }

    /// The report line by line.
    pub fn facts(&self) -> Vec<Fact> {
        let network = self.weights.network;
        let weights = network.weights();
        let least = weights.iter().copied().fold(f64::INFINITY, f64::min);
        let most = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let edges = grouped(network.shape().edge_count().into());
        let counts = PathCounts::of(network.mask());
        let mut facts = vec![
            Fact::new("weights", format!("{edges}, from {} to {}", figure(least), figure(most)))
                .with(format!("law {}", self.law)),
            Fact::new("edges kept", format!("{} of {edges}", grouped(network.mask().kept_count().into()))),
            Fact::new("tickets", count(&counts.tickets())).with("one path from every source, exact"),
        ];
        if self.typed > 0 {
            facts.push(Fact::new("typed by hand", plural(self.typed as u64, "weight")));
        }
        if self.mask.is_none()
            && network.shape().sources() > 1
            && let Some(minimal) = minimal_tickets(network.shape())
        {
            facts.push(
                Fact::new("minimal tickets", count(&minimal)).with("subgraphs of which no edge can be spared, exact"),
            );
        }
        facts
    }
}

impl fmt::Display for NetworkReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.head, &self.facts()))
    }
}

#[derive(Debug, Clone, Copy)]
enum Entry {
    Weight,
    Kept,
}

/// A list per edge layer, a row per tail node, written without being built.
#[derive(Debug, Clone, Copy)]
struct Lists<'a> {
    network: &'a Network,
    entry: Entry,
}

struct Layer<'a> {
    lists: Lists<'a>,
    layer: u32,
}

struct Row<'a> {
    lists: Lists<'a>,
    first: EdgeId,
    length: u32,
}

impl Serialize for Lists<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.network.shape().edge_layers()).map(|layer| Layer { lists: *self, layer }))
    }
}

impl Serialize for Layer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shape = self.lists.network.shape();
        let length = shape.heads(self.layer);
        let first = shape.first_edge(self.layer);
        serializer.collect_seq((0..shape.tails(self.layer)).map(|from| Row {
            lists: self.lists,
            first: first + from * length,
            length,
        }))
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Lists { network, entry } = self.lists;
        let mut list = serializer.serialize_seq(Some(self.length as usize))?;
        for id in self.first..self.first + self.length {
            match entry {
                Entry::Weight => list.serialize_element(&network.weights()[id as usize])?,
                Entry::Kept => list.serialize_element(&u8::from(network.mask().keeps(network.shape().edge(id))))?,
            }
        }
        list.end()
    }
}
