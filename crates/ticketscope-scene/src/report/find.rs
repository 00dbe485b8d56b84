//! What the search for a ticket found.

use super::{Fact, ForwardReport, Head, LuckReport, text_of};
use crate::find::Found;
use crate::note::Note;
use crate::number::{canonical, figure, figure_to, grouped, plural, share};
use crate::run::{self, Own};
use crate::scene::Scene;
use core::fmt;
use serde::Serialize;
use ticketscope_core::network::Network;
use ticketscope_core::path::Path;

/// What the view `find` says. The verdict is about the whole search; `step` is where its timeline stands.
#[derive(Debug, Clone, Serialize)]
pub struct FindReport<'a> {
    /// What every report begins with.
    #[serde(flatten)]
    pub head: Head,
    /// `found` or `impossible`.
    pub verdict: &'static str,
    /// What was searched, to the last of it.
    pub class: &'static str,
    /// `linear`.
    pub activation: &'static str,
    /// `subset`.
    pub method: &'static str,
    /// ε.
    pub epsilon: f64,
    /// Sets of paths looked at.
    pub candidates: u64,
    /// The best set.
    pub best: [BestReport; 1],
    /// The masked network's own answer.
    pub check: CheckReport,
    /// Edges on the paths of the best set.
    pub edges_kept: u32,
    /// The share of all edges that are not.
    pub sparsity: f64,
    /// Surviving paths at the start.
    pub surviving_paths: u64,
    /// k: how many of the cuts have been made that leave the best set.
    pub step: u32,
    /// The forward pass at `step`, with `input`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forward: Option<ForwardReport>,
    /// The ensemble, with `trials`; put in by whoever ran it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub luck: Option<LuckReport>,
    #[serde(skip)]
    found: &'a Found,
}

/// The best set, as the JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BestReport {
    /// The source, from 0.
    pub source: u32,
    /// β.
    pub beta: f64,
    /// The sum of the products.
    pub achieved: [f64; 1],
    /// |achieved − β|.
    pub error: f64,
    /// Each path as its hidden node in every layer, from 0.
    pub paths: Vec<Vec<u32>>,
}

/// The check, as the JSON has it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CheckReport {
    /// The largest |output − βx|.
    pub max_error: f64,
    /// At how many inputs x.
    pub inputs: u32,
}

impl<'a> FindReport<'a> {
    /// The report of a search; `notes` are those of the link.
    pub fn new(scene: &Scene, own: &Own, found: &'a Found, notes: &[Note]) -> Self {
        let shape = *found.network.shape();
        let (step, clamped) = run::step_in(scene, found.timeline.len());
        let notes: Vec<Note> = notes.iter().cloned().chain(clamped).collect();
        let edges_kept = found.kept().count() as u32 * shape.path_length();
        Self {
            head: Head::of(scene, own, &shape, &notes),
            verdict: found.verdict(),
            class: "sets of surviving paths, the empty set included",
            activation: scene.activation.word(),
            method: scene.method.word(),
            epsilon: found.epsilon,
            candidates: found.candidates,
            best: [BestReport {
                source: 0,
                beta: found.target,
                achieved: [found.sum],
                error: found.error,
                paths: found.kept().map(|term| hidden(&term.path).to_vec()).collect(),
            }],
            check: CheckReport { max_error: found.check.max_error, inputs: found.check.inputs },
            edges_kept,
            sparsity: 1.0 - f64::from(edges_kept) / f64::from(shape.edge_count()),
            surviving_paths: found.terms.len() as u64,
            step,
            forward: ForwardReport::of(scene, &found.network, &found.fates.mask_at(step)),
            luck: None,
            found,
        }
    }

    /// The report line by line.
    pub fn facts(&self) -> Vec<Fact> {
        let found = self.found;
        let Found { terms, target, epsilon, sum, error, .. } = found;
        let kept = self.found.kept().count() as u64;
        let mut facts = vec![
            Fact::new("verdict", self.verdict).with(self.found.sentence()),
            Fact::new("searched", format!("all {} {}", grouped(self.candidates), "sets of paths"))
                .with(format!("method {}, activation {}, exact", self.method, self.activation)),
            Fact::new("target β", figure(*target)).with(format!("tolerance ε = {}", canonical(*epsilon))),
            Fact::new("best set", format!("{} of {}", grouped(kept), plural(terms.len() as u64, "path")))
                .with("of equally near ones the smallest"),
        ];
        facts.extend(self.found.kept().map(|term| Fact::new("", chain(&self.found.network, &term.path, term.product))));
        facts.push(Fact::new("its sum", figure_to(*sum, 6)).with(format!("error {}", figure(*error))));
        facts.extend(kept_and_checked(&self.head, &self.check, self.edges_kept, self.sparsity));
        facts.push(
            Fact::new(
                "step",
                format!("{} of {}", grouped(self.step.into()), grouped(self.found.timeline.len().into())),
            )
            .with(format!("the paths alive sum to {}", figure(self.found.sum_at(self.step)))),
        );
        facts.extend(self.forward.iter().flat_map(|forward| forward.facts(found.network.shape())));
        facts.extend(self.luck.iter().flat_map(LuckReport::facts));
        facts
    }
}

/// What the masked network itself says, and how much of it is left.
pub(super) fn kept_and_checked(head: &Head, check: &CheckReport, edges_kept: u32, sparsity: f64) -> [Fact; 2] {
    let inputs = grouped(check.inputs.into());
    let kept = format!("{} of {}", grouped(edges_kept.into()), grouped(head.network.edges.into()));
    [
        Fact::new("check", format!("largest error {}", figure(check.max_error)))
            .with(format!("the masked network itself at {inputs} inputs from −1 to 1")),
        Fact::new("edges kept", kept).with(format!("sparsity {}", share(sparsity))),
    ]
}

/// A path's hidden nodes, from 0.
pub(super) fn hidden(path: &Path) -> &[u32] {
    let [_, hidden @ .., _] = &path.nodes[..] else { return &[] };
    hidden
}

/// A path's product written out: `h1.3 → h2.1: 0.62 × −0.81 × 0.4 = −0.2`.
pub(super) fn chain(network: &Network, path: &Path, product: f64) -> String {
    let edges = path.edges(network.shape());
    let weights: Vec<String> = edges.iter().map(|&edge| figure(network.weights()[edge as usize])).collect();
    let names: Vec<String> = (1..).zip(hidden(path)).map(|(layer, node)| format!("h{layer}.{}", node + 1)).collect();
    format!("{}: {} = {}", names.join(" → "), weights.join(" × "), figure(product))
}

impl fmt::Display for FindReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.head, &self.facts()))
    }
}
