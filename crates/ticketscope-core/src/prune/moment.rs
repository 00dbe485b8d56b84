//! The picture of a run at one step: what every edge and node is, and how many of each.

use super::Timeline;
use crate::counts::PathCounts;
use crate::mask::Mask;
use crate::shape::{EdgeId, Shape};
use crate::state::{EdgeState, NodeState};

/// When, and why, each edge goes. The state of an edge at any step follows from two numbers, so a run can be entered at any
/// step, in any order, with the same result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fates {
    shape: Shape,
    /// The step that removes each edge: 0 if it was never there, [`Fates::NEVER`] if it stays.
    removed_at: Vec<u32>,
    /// One bit an edge: it was orphaned rather than cut.
    orphaned: Vec<bool>,
    destroyed_at: Option<u32>,
    len: u32,
}

impl Fates {
    /// The step of an edge that is never removed.
    pub const NEVER: u32 = u32::MAX;

    /// The fates of all edges of a run that began with `mask`.
    pub fn of(mask: &Mask, run: &Timeline) -> Self {
        let shape = *run.shape();
        let edges = shape.edge_count() as usize;
        let mut removed_at = vec![Self::NEVER; edges];
        let mut orphaned = vec![false; edges];
        for id in 0..shape.edge_count() {
            if !mask.keeps(shape.edge(id)) {
                removed_at[id as usize] = 0;
            }
        }
        let mut orphan = |id: EdgeId, step: u32| {
            removed_at[id as usize] = step;
            orphaned[id as usize] = true;
        };
        run.orphaned_at_start().iter().for_each(|&id| orphan(id, 0));
        for event in run.events() {
            event.orphaned.iter().for_each(|&id| orphan(id, event.step));
        }
        for event in run.events().filter(|event| !event.wasted) {
            removed_at[event.edge as usize] = event.step;
        }
        Self { shape, removed_at, orphaned, destroyed_at: run.destroyed_at(), len: run.len() }
    }

    /// The last step.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether the run has no step.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The shape.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The step that removes an edge: 0 if it was never there, [`Fates::NEVER`] if it stays.
    pub fn removed_at(&self, edge: EdgeId) -> u32 {
        self.removed_at[edge as usize]
    }

    /// The edges alive at step k: contained in those at step k − 1.
    pub fn mask_at(&self, step: u32) -> Mask {
        Mask::from_fn(self.shape, |id| self.removed_at[id as usize] > step)
    }
}

/// How many edges are in each state at one step. `cut` and `orphaned` include what the initial mask left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Removed by a step, or absent from the initial mask.
    pub cut: u32,
    /// Removed because their head had lost its last path to a sink.
    pub orphaned: u32,
    /// Alive, on no ticket.
    pub idle: u32,
    /// Alive, on a ticket.
    pub on_ticket: u32,
}

impl Tally {
    /// Alive edges: idle or on a ticket.
    pub fn alive(&self) -> u32 {
        self.idle + self.on_ticket
    }
}

/// A run at step k.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    step: u32,
    destroyed: bool,
    edge_states: Vec<EdgeState>,
    node_states: Vec<NodeState>,
    /// By edge layer.
    tallies: Vec<Tally>,
    mask: Mask,
}

impl Moment {
    /// The moment at step k; a step beyond the last is the last. Cost: O(edges).
    pub fn at(fates: &Fates, step: u32) -> Self {
        let step = step.min(fates.len);
        let shape = fates.shape;
        let destroyed = fates.destroyed_at.is_some_and(|at| at <= step);
        let mask = fates.mask_at(step);
        let mut moment = Self {
            step,
            destroyed,
            edge_states: Vec::with_capacity(shape.edge_count() as usize),
            node_states: vec![NodeState::Dead; shape.node_count() as usize],
            tallies: vec![Tally::default(); shape.edge_layers() as usize],
            mask,
        };
        moment.set_alive_nodes(&shape);
        moment.set_edges(fates);
        moment
    }

    /// Nodes with an alive edge out of them, and the sinks, are alive: idle until a source is found to reach them.
    fn set_alive_nodes(&mut self, shape: &Shape) {
        for layer in 0..shape.edge_layers() {
            for from in 0..shape.tails(layer) {
                if self.mask.row(layer, from).iter().any(|&word| word != 0) {
                    self.node_states[(shape.first_node(layer) + from) as usize] = NodeState::Idle;
                }
            }
        }
        for sink in shape.first_node(shape.hidden_layers() + 1)..shape.node_count() {
            self.node_states[sink as usize] = NodeState::Idle;
        }
    }

    /// Walks the layers from the sources on. Every alive node has a path to a sink, so an alive edge is on a ticket if and only
    /// if a source reaches its tail and the network is not destroyed.
    fn set_edges(&mut self, fates: &Fates) {
        let shape = fates.shape;
        if !self.destroyed {
            self.node_states[..shape.sources() as usize].fill(NodeState::OnTicket);
        }
        let mut id = 0;
        for layer in 0..shape.edge_layers() {
            let heads = shape.first_node(layer + 1);
            for from in 0..shape.tails(layer) {
                let reached = self.node_states[(shape.first_node(layer) + from) as usize] == NodeState::OnTicket;
                for to in 0..shape.heads(layer) {
                    let state = self.edge_state_of(fates, id, reached);
                    if state == EdgeState::OnTicket {
                        self.node_states[(heads + to) as usize] = NodeState::OnTicket;
                    }
                    self.tallies[layer as usize].count(state);
                    self.edge_states.push(state);
                    id += 1;
                }
            }
        }
    }

    fn edge_state_of(&self, fates: &Fates, id: EdgeId, tail_reached: bool) -> EdgeState {
        let alive = fates.removed_at[id as usize] > self.step;
        match (alive, tail_reached, fates.orphaned[id as usize]) {
            (true, true, _) => EdgeState::OnTicket,
            (true, false, _) => EdgeState::Idle,
            (false, _, true) => EdgeState::Orphaned,
            (false, _, false) => EdgeState::Cut,
        }
    }

    /// k.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// Whether some source reaches no sink.
    pub fn destroyed(&self) -> bool {
        self.destroyed
    }

    /// Every edge's state, in the order of edge ids.
    pub fn edge_states(&self) -> &[EdgeState] {
        &self.edge_states
    }

    /// Every node's state, node layer by node layer.
    pub fn node_states(&self) -> &[NodeState] {
        &self.node_states
    }

    /// How many edges of one edge layer are in each state.
    pub fn tally_in(&self, edge_layer: u32) -> Tally {
        self.tallies[edge_layer as usize]
    }

    /// How many edges are in each state.
    pub fn tally(&self) -> Tally {
        self.tallies.iter().fold(Tally::default(), |a, b| Tally {
            cut: a.cut + b.cut,
            orphaned: a.orphaned + b.orphaned,
            idle: a.idle + b.idle,
            on_ticket: a.on_ticket + b.on_ticket,
        })
    }

    /// The alive edges.
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// The exact numbers of surviving paths.
    pub fn path_counts(&self) -> PathCounts {
        PathCounts::of(&self.mask)
    }
}

impl Tally {
    fn count(&mut self, state: EdgeState) {
        match state {
            EdgeState::OnTicket => self.on_ticket += 1,
            EdgeState::Idle => self.idle += 1,
            EdgeState::Cut => self.cut += 1,
            EdgeState::Orphaned => self.orphaned += 1,
        }
    }
}
