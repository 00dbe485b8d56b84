//! Many runs of one network that differ in their pruning seed alone, of which only the end is asked.

use super::choose::Choose;
use super::edge::AnyEdge;
use super::graph::{Graph, Outcome};
use super::layer::{Layer, TwoChoices};
use super::node::NodeFirst;
use super::{Pruning, Rule, Timeline, destroyed_at};
use crate::network::Network;
use crate::seed::{Purpose, stream};
use crate::shape::EdgeId;

/// Runs of one network, one after another. Each is drawn exactly as [`Timeline::of`] draws it, but nothing is recorded, and what a run
/// has changed is copied back into the same room.
#[derive(Debug)]
pub struct Trials<'a> {
    network: &'a Network,
    pruning: Pruning,
    /// A run's state before its first step.
    start: Graph,
    graph: Graph,
    rules: Rules,
    orphaned: Vec<EdgeId>,
}

/// The rule before the first step, and at work.
#[derive(Debug)]
enum Rules {
    Layer([Layer; 2]),
    TwoChoices([TwoChoices; 2]),
    Edge([AnyEdge; 2]),
    Node(NodeFirst),
    /// Rules that draw nothing: a seed changes nothing, and a run is as long as it is.
    Weights,
}

impl<'a> Trials<'a> {
    /// Makes a network ready; the seed of `pruning` is not used.
    pub fn new(network: &'a Network, pruning: &Pruning) -> Self {
        let (start, _) = Timeline::begin(network);
        let prunable = || pruning.protect.prunable(network.shape());
        let rules = match pruning.rule {
            Rule::Layer => Rules::Layer([(); 2].map(|()| Layer::new(&start, prunable(), pruning.orphans))),
            Rule::TwoChoices => Rules::TwoChoices([(); 2].map(|()| TwoChoices::new(&start, prunable()))),
            Rule::Edge => Rules::Edge([(); 2].map(|()| AnyEdge::new(&start, prunable()))),
            Rule::Node => Rules::Node(NodeFirst::new(prunable())),
            Rule::Magnitude | Rule::Synflow => Rules::Weights,
        };
        Self { network, pruning: *pruning, graph: start.clone(), start, rules, orphaned: Vec::new() }
    }

    /// The k that destroys the network under a pruning seed, as in [`Timeline::destroyed_at`].
    pub fn destroyed_at(&mut self, seed: u64) -> Option<u32> {
        if self.start.destroyed() {
            return Some(0);
        }
        self.graph.copy_from(&self.start);
        let most = self.pruning.protect.prunable_edges(self.network.shape());
        let here = (&mut self.graph, &mut self.orphaned);
        match &mut self.rules {
            Rules::Layer([start, rule]) => {
                rule.copy_from(start);
                end(rule, here, seed, most)
            }
            Rules::TwoChoices([start, rule]) => {
                rule.copy_from(start);
                end(rule, here, seed, most)
            }
            Rules::Edge([start, rule]) => {
                rule.copy_from(start);
                end(rule, here, seed, most)
            }
            Rules::Node(rule) => end(rule, here, seed, most),
            Rules::Weights => destroyed_at(self.network, &Pruning { seed, ..self.pruning }),
        }
    }
}

/// Steps until the network is destroyed or nothing is left.
fn end<C: Choose>(
    rule: &mut C,
    (graph, orphaned): (&mut Graph, &mut Vec<EdgeId>),
    seed: u64,
    most: u32,
) -> Option<u32> {
    let mut draws = stream(seed, Purpose::Pruning);
    for step in 1..=most {
        let throw = rule.throw(graph, &mut draws, orphaned)?;
        if throw.outcome == Outcome::Cascade {
            orphaned.clear();
            if graph.destroyed() {
                return Some(step);
            }
        }
    }
    None
}
