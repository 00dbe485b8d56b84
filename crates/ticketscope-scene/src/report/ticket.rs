//! What the search for a single path, or a pair of them, found.

use super::find::{chain, hidden, kept_and_checked};
use super::{CheckReport, Count, Fact, Head, LuckReport, text_of};
use crate::note::Note;
use crate::number::{canonical, figure, figure_to, group_digits};
use crate::run::Own;
use crate::scene::Scene;
use crate::ticket::{Best, Ticket};
use core::fmt;
use serde::Serialize;

/// What the view `find` says with `method=path`.
#[derive(Debug, Clone, Serialize)]
pub struct TicketReport<'a> {
    /// What every report begins with.
    #[serde(flatten)]
    pub head: Head,
    /// `found`, `impossible` or `budget`.
    pub verdict: &'static str,
    /// What was searched, to the last of it.
    pub class: &'static str,
    /// `linear` or `relu`.
    pub activation: &'static str,
    /// `path`.
    pub method: &'static str,
    /// ε.
    pub epsilon: f64,
    /// Paths, or pairs of paths.
    pub candidates: Count,
    /// The best one, if there is a candidate.
    pub best: Vec<TicketBest>,
    /// The masked network's own answer.
    pub check: CheckReport,
    /// Edges of the best.
    pub edges_kept: u32,
    /// The share of all edges that are not.
    pub sparsity: f64,
    /// The ensemble, with `trials`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub luck: Option<LuckReport>,
    #[serde(skip)]
    ticket: &'a Ticket,
}

/// The best path or pair, as the JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TicketBest {
    /// The source, from 0.
    pub source: u32,
    /// β.
    pub beta: f64,
    /// The product, or those of the positive and the negative path.
    pub achieved: Vec<f64>,
    /// The largest |achieved − β|.
    pub error: f64,
    /// Each path as its hidden node in every layer, from 0.
    pub paths: Vec<Vec<u32>>,
}

impl<'a> TicketReport<'a> {
    /// The report of a search; `notes` are those of the link.
    pub fn new(scene: &Scene, own: &Own, ticket: &'a Ticket, luck: Option<LuckReport>, notes: &[Note]) -> Self {
        let shape = *ticket.network.shape();
        let empty = (ticket.target.abs() <= ticket.epsilon).then_some(Note::EmptyTicket);
        let notes: Vec<Note> = notes.iter().cloned().chain(empty).collect();
        let edges_kept = ticket.mask.kept_count();
        let best = match &ticket.best {
            Best::None => vec![],
            best => vec![TicketBest {
                source: 0,
                beta: ticket.target,
                achieved: best.paths().iter().map(|near| near.product).collect(),
                error: ticket.error(),
                paths: best.paths().iter().map(|near| hidden(&near.path).to_vec()).collect(),
            }],
        };
        Self {
            head: Head::of(scene, own, &shape, &notes),
            verdict: ticket.verdict.word(),
            class: ticket.class(),
            activation: scene.activation.word(),
            method: scene.method.word(),
            epsilon: ticket.epsilon,
            candidates: Count(ticket.candidates.into()),
            best,
            check: CheckReport { max_error: ticket.check.max_error, inputs: ticket.check.inputs },
            edges_kept,
            sparsity: 1.0 - f64::from(edges_kept) / f64::from(shape.edge_count()),
            luck,
            ticket,
        }
    }

    /// The report line by line.
    pub fn facts(&self) -> Vec<Fact> {
        let ticket = self.ticket;
        let mut facts = vec![
            Fact::new("verdict", self.verdict).with(ticket.sentence()),
            Fact::new("searched", format!("{} candidates", group_digits(&ticket.candidates.to_string())))
                .with(format!("method {}, activation {}, exact: {}", self.method, self.activation, self.class)),
            Fact::new("target β", figure(ticket.target)).with(format!("tolerance ε = {}", canonical(ticket.epsilon))),
        ];
        let names: &[&str] = if ticket.best.paths().len() == 2 { &["for x > 0", "for x < 0"] } else { &["path"] };
        facts.extend(names.iter().zip(ticket.best.paths()).map(|(name, near)| {
            Fact::new(name, chain(&ticket.network, &near.path, near.product))
                .with(format!("error {}", figure(near.error)))
        }));
        facts.push(Fact::new("largest error", figure_to(ticket.error(), 6)));
        facts.extend(kept_and_checked(&self.head, &self.check, self.edges_kept, self.sparsity));
        facts.extend(self.luck.iter().flat_map(LuckReport::facts));
        facts
    }
}

impl fmt::Display for TicketReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.head, &self.facts()))
    }
}
