//! The picture of a run at one step: what every edge and node is, and how many of each.

use super::Timeline;
use crate::counts::PathCounts;
use crate::mask::{Mask, set_bits};
use crate::shape::{Edge, EdgeId, MAX_WIDTH, Shape};
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
    /// Edges that lead nowhere stay: only in a random control.
    loose: bool,
}

impl Fates {
    /// The step of an edge that is never removed.
    pub const NEVER: u32 = u32::MAX;

    /// The fates of all edges of a run that began with `mask`.
    pub fn of(mask: &Mask, run: &Timeline) -> Self {
        let shape = *run.shape();
        let edges = shape.edge_count() as usize;
        let mut removed_at = Vec::with_capacity(edges);
        for layer in 0..shape.edge_layers() {
            for from in 0..shape.tails(layer) {
                let (row, start) = (mask.row(layer, from), removed_at.len());
                removed_at.resize(start + shape.heads(layer) as usize, 0);
                set_bits(row).for_each(|to| removed_at[start + to as usize] = Self::NEVER);
            }
        }
        let mut orphaned = vec![false; edges];
        let mut orphan = |removed_at: &mut [u32], id: EdgeId, step: u32| {
            removed_at[id as usize] = step;
            orphaned[id as usize] = true;
        };
        run.orphaned_at_start().iter().for_each(|&id| orphan(&mut removed_at, id, 0));
        for event in run.events() {
            event.orphaned.iter().for_each(|&id| orphan(&mut removed_at, id, event.step));
            if !event.wasted {
                removed_at[event.edge as usize] = event.step;
            }
        }
        Self { shape, removed_at, orphaned, destroyed_at: run.destroyed_at(), len: run.len(), loose: false }
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

    /// Whether an edge goes because its head has no path to a sink any more, and not by a cut or by the initial mask.
    pub fn is_orphaned(&self, edge: EdgeId) -> bool {
        self.orphaned[edge as usize]
    }

    /// Which of the edges out of a tail, given by its first, are orphaned.
    pub(crate) fn orphaned_row(&self, first: Edge) -> &[bool] {
        let start = self.shape.edge_id(first) as usize;
        &self.orphaned[start..start + self.shape.heads(first.layer) as usize]
    }

    /// As [`Timeline::destroyed_at`].
    pub fn destroyed_at(&self) -> Option<u32> {
        self.destroyed_at
    }

    /// How many edges each step removes, from step 1 on.
    pub(crate) fn lost_by_step(&self) -> Vec<u32> {
        let mut lost = vec![0; self.len as usize];
        for &at in self.removed_at.iter().filter(|&&at| at > 0 && at != Self::NEVER) {
            lost[at as usize - 1] += 1;
        }
        lost
    }

    /// The fates of a run of as many steps that removes nothing.
    pub(crate) fn at_start(&self) -> Self {
        let mut start = self.clone();
        for (at, orphaned) in start.removed_at.iter_mut().zip(&mut start.orphaned).filter(|(at, _)| **at > 0) {
            (*at, *orphaned) = (Self::NEVER, false);
        }
        start
    }

    /// Notes that a step removes an edge.
    pub(crate) fn remove(&mut self, edge: EdgeId, step: u32) {
        self.removed_at[edge as usize] = step;
    }

    /// Notes where the network is destroyed, and that edges which lead nowhere stay.
    pub(crate) fn end_loose(&mut self, destroyed_at: Option<u32>) {
        self.destroyed_at = destroyed_at;
        self.loose = true;
    }

    pub(crate) fn is_loose(&self) -> bool {
        self.loose
    }

    /// The edges alive at step k: contained in those at step k − 1.
    pub fn mask_at(&self, step: u32) -> Mask {
        Mask::from_rows(self.shape, |first, kept| {
            for (kept, &at) in kept.iter_mut().zip(&self.removed_at[first as usize..]) {
                *kept = at > step;
            }
        })
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
        let loose = fates.loose.then(|| moment.node_states.clone());
        moment.set_edges(fates);
        if let Some(alive_nodes) = loose {
            moment.set_loose_edges(alive_nodes);
        }
        moment
    }

    /// Nodes with a path to a sink are alive: idle until a source is found to reach them.
    fn set_alive_nodes(&mut self, shape: &Shape) {
        for sink in shape.first_node(shape.hidden_layers() + 1)..shape.node_count() {
            self.node_states[sink as usize] = NodeState::Idle;
        }
        for layer in (0..shape.edge_layers()).rev() {
            let mut leads_on = [0_u64; MAX_WIDTH as usize / 64];
            let (tails, heads) = self.node_states.split_at_mut(shape.first_node(layer + 1) as usize);
            for (to, _) in
                heads[..shape.heads(layer) as usize].iter().enumerate().filter(|(_, head)| **head != NodeState::Dead)
            {
                leads_on[to / 64] |= 1 << (to % 64);
            }
            for (from, tail) in (0..).zip(&mut tails[shape.first_node(layer) as usize..]) {
                if self.mask.row(layer, from).iter().zip(&leads_on).any(|(&word, &on)| word & on != 0) {
                    *tail = NodeState::Idle;
                }
            }
        }
    }

    /// Walks the layers from the sources on. In a run every alive node has a path to a sink, so an alive edge is on a ticket if and only
    /// if a source reaches its tail and the network is not destroyed.
    fn set_edges(&mut self, fates: &Fates) {
        let shape = fates.shape;
        if !self.destroyed {
            self.node_states[..shape.sources() as usize].fill(NodeState::OnTicket);
        }
        let mut first = 0;
        for layer in 0..shape.edge_layers() {
            let (tails, heads) = self.node_states.split_at_mut(shape.first_node(layer + 1) as usize);
            for tail in &tails[shape.first_node(layer) as usize..] {
                let next = first + shape.heads(layer) as usize;
                let row = (&fates.removed_at[first..next], &fates.orphaned[first..next]);
                let tally = set_row(row, self.step, *tail == NodeState::OnTicket, heads, &mut self.edge_states);
                self.tallies[layer as usize].add(tally);
                first = next;
            }
        }
    }

    /// The states again where edges that lead nowhere stay: an alive edge is on a ticket if and only if a source reaches its tail
    /// and its head leads on.
    fn set_loose_edges(&mut self, alive_nodes: Vec<NodeState>) {
        let shape = *self.mask.shape();
        self.node_states = alive_nodes;
        if !self.destroyed {
            self.node_states[..shape.sources() as usize].fill(NodeState::OnTicket);
        }
        for layer in 0..shape.edge_layers() {
            let tally = &mut self.tallies[layer as usize];
            let alive = tally.alive();
            tally.on_ticket = 0;
            let (tails, heads) = self.node_states.split_at_mut(shape.first_node(layer + 1) as usize);
            for (from, tail) in (0..).zip(&tails[shape.first_node(layer) as usize..]) {
                let first = shape.edge_id(Edge { layer, from, to: 0 });
                for to in set_bits(self.mask.row(layer, from)) {
                    let head = &mut heads[to as usize];
                    let on_ticket = *tail == NodeState::OnTicket && *head != NodeState::Dead;
                    if on_ticket {
                        *head = NodeState::OnTicket;
                        tally.on_ticket += 1;
                    }
                    self.edge_states[(first + to) as usize] =
                        if on_ticket { EdgeState::OnTicket } else { EdgeState::Idle };
                }
            }
            tally.idle = alive - tally.on_ticket;
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
        let mut sum = Tally::default();
        self.tallies.iter().for_each(|&tally| sum.add(tally));
        sum
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

/// The states of the edges out of one tail, and what they mean for their heads. Plain loops without a way out, which become
/// vector instructions.
fn set_row(
    (removed_at, orphaned): (&[u32], &[bool]),
    step: u32,
    tail_reached: bool,
    heads: &mut [NodeState],
    states: &mut Vec<EdgeState>,
) -> Tally {
    let if_alive = if tail_reached { EdgeState::OnTicket } else { EdgeState::Idle };
    states.extend(removed_at.iter().zip(orphaned).map(|(&at, &orphaned)| {
        let if_gone = if orphaned { EdgeState::Orphaned } else { EdgeState::Cut };
        if at > step { if_alive } else { if_gone }
    }));
    if tail_reached {
        for (head, &at) in heads.iter_mut().zip(removed_at) {
            *head = if at > step { NodeState::OnTicket } else { *head };
        }
    }
    let alive = removed_at.iter().map(|&at| u32::from(at > step)).sum();
    let orphans = removed_at.iter().zip(orphaned).map(|(&at, &orphaned)| u32::from(orphaned & (at <= step))).sum();
    let cut = removed_at.len() as u32 - alive - orphans;
    let (idle, on_ticket) = if tail_reached { (0, alive) } else { (alive, 0) };
    Tally { cut, orphaned: orphans, idle, on_ticket }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.cut += other.cut;
        self.orphaned += other.orphaned;
        self.idle += other.idle;
        self.on_ticket += other.on_ticket;
    }
}
