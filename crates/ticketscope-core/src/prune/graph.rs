//! What is alive during a run, in the form that makes a cut and its cascade cheap.

use super::choose::Lists;
use crate::mask::{Mask, set_bits, words_for};
use crate::shape::{Edge, EdgeId, MAX_WIDTH, Node, Shape};

/// What became of an edge that was to be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was cut, and nothing else was lost.
    Alone,
    /// It was cut, and its tail died of it, with all that followed.
    Cascade,
    /// It was not alive: nothing was done.
    Dead,
}

/// A bit for each tail of an edge layer.
pub(crate) type Tails = [u64; MAX_WIDTH as usize / 64];

/// The alive edges as bit rows (a row per tail, as in a [`Mask`]), and the alive out-degree of every node.
///
/// A rule that holds the edges of a layer in [`Lists`] cuts by [`Graph::unlink`]; the rows of that layer then say what was
/// there before the first step, until [`Graph::set_rows`].
///
/// Invariant between cuts: every alive node but a sink has an alive edge, so every alive node has a path to a sink.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    shape: Shape,
    layout: Vec<Layout>,
    rows: Vec<u64>,
    /// By node; 1 for a sink, which never dies.
    out_degree: Vec<u16>,
    destroyed: bool,
    /// Nodes that died and whose incoming edges still stand; empty between cuts.
    dying: Vec<Node>,
}

/// Where one edge layer's numbers stand, worked out once.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// The first word of its rows, and the words of a row.
    rows: usize,
    stride: usize,
    /// The number of its first tail among all nodes.
    first_tail: u32,
    first_edge: EdgeId,
    heads: u32,
    /// Edges orphaned so far.
    orphaned: u32,
}

impl Layout {
    /// The word of an edge's bit.
    fn word(&self, edge: Edge) -> usize {
        self.rows + edge.from as usize * self.stride + (edge.to / 64) as usize
    }
}

impl Graph {
    /// The graph of a mask, before any cascade: call [`Graph::settle`] once before the first cut.
    pub(crate) fn new(mask: &Mask) -> Self {
        let shape = *mask.shape();
        let mut layout = Vec::with_capacity(shape.edge_layers() as usize);
        let mut rows = Vec::new();
        let mut out_degree = Vec::with_capacity(shape.node_count() as usize);
        for layer in 0..shape.edge_layers() {
            layout.push(Layout {
                rows: rows.len(),
                stride: words_for(shape.heads(layer)),
                first_tail: shape.first_node(layer),
                first_edge: shape.first_edge(layer),
                heads: shape.heads(layer),
                orphaned: 0,
            });
            for from in 0..shape.tails(layer) {
                let row = mask.row(layer, from);
                rows.extend_from_slice(row);
                out_degree.push(row.iter().map(|word| word.count_ones() as u16).sum());
            }
        }
        out_degree.resize(shape.node_count() as usize, 1);
        Self { shape, layout, rows, out_degree, destroyed: false, dying: Vec::new() }
    }

    /// Back to the state of another graph of the same shape, in the same room.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.layout.clone_from(&other.layout);
        self.rows.clone_from(&other.rows);
        self.out_degree.clone_from(&other.out_degree);
        self.destroyed = other.destroyed;
    }

    /// Removes what the mask itself left without a path to a sink; the edges so orphaned are appended to `orphaned`.
    pub(crate) fn settle(&mut self, orphaned: &mut Vec<EdgeId>) {
        let mut no_lists = Lists::new(self, core::iter::empty());
        for layer in (0..=self.shape.hidden_layers()).rev() {
            for index in 0..self.shape.nodes_in(layer) {
                let node = Node { layer, index };
                if self.out_degree(node) == 0 {
                    self.cascade(node, &mut no_lists, orphaned);
                }
            }
        }
    }

    pub(crate) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Whether some source has no path to a sink.
    pub(crate) fn destroyed(&self) -> bool {
        self.destroyed
    }

    /// Alive edges of one edge layer. Cost: O(width).
    pub(crate) fn alive_in(&self, edge_layer: u32) -> u32 {
        let first = self.layout[edge_layer as usize].first_tail as usize;
        let tails = &self.out_degree[first..first + self.shape.tails(edge_layer) as usize];
        tails.iter().map(|&degree| u32::from(degree)).sum()
    }

    /// Edges of one edge layer orphaned so far.
    pub(crate) fn orphaned_in(&self, edge_layer: u32) -> u32 {
        self.layout[edge_layer as usize].orphaned
    }

    /// Alive edges out of a node.
    pub(crate) fn out_degree(&self, node: Node) -> u32 {
        u32::from(self.out_degree[self.shape.node_id(node) as usize])
    }

    /// The alive edges out of one tail as bits over its heads.
    pub(crate) fn row(&self, edge_layer: u32, from: u32) -> &[u64] {
        let layout = &self.layout[edge_layer as usize];
        let start = layout.rows + from as usize * layout.stride;
        &self.rows[start..start + layout.stride]
    }

    #[inline]
    pub(crate) fn is_alive(&self, edge: Edge) -> bool {
        (self.rows[self.layout[edge.layer as usize].word(edge)] >> (edge.to % 64)) & 1 == 1
    }

    /// Cuts an edge and removes what loses its last path to a sink by it; those edges are appended to `orphaned`, in the order
    /// in which the loss spreads back. For rules that hold no [`Lists`].
    pub(crate) fn cut(&mut self, edge: Edge, orphaned: &mut Vec<EdgeId>) -> Outcome {
        if !self.is_alive(edge) {
            return Outcome::Dead;
        }
        self.forget(edge);
        let layout = &self.layout[edge.layer as usize];
        let first_head = layout.first_tail + self.shape.tails(edge.layer);
        let outcome = self.unlink(layout.first_tail + edge.from, first_head + edge.to);
        if outcome == Outcome::Cascade {
            let mut no_lists = Lists::new(self, core::iter::empty());
            self.cascade(Node { layer: edge.layer, index: edge.from }, &mut no_lists, orphaned);
        }
        outcome
    }

    /// Takes an undrawn edge, given by its nodes' numbers, off its tail. It is alive if and only if its head is. After
    /// [`Outcome::Cascade`] the tail is dead: call [`Graph::cascade`].
    #[inline(always)]
    pub(crate) fn unlink(&mut self, tail: u32, head: u32) -> Outcome {
        if self.out_degree[head as usize] == 0 {
            return Outcome::Dead;
        }
        let degree = &mut self.out_degree[tail as usize];
        *degree -= 1;
        if *degree == 0 { Outcome::Cascade } else { Outcome::Alone }
    }

    /// Removes a dead node with its incoming edges, and the nodes that die of it, first in, first out, until none is left.
    #[cold]
    #[inline(never)]
    pub(crate) fn cascade(&mut self, dead: Node, lists: &mut Lists, orphaned: &mut Vec<EdgeId>) {
        self.dying.push(dead);
        let mut next = 0;
        while let Some(&node) = self.dying.get(next) {
            next += 1;
            match node.layer.checked_sub(1) {
                None => self.destroyed = true,
                Some(edge_layer) => {
                    let tails = lists.tails_into(node.index, edge_layer, self);
                    self.orphan(edge_layer, &tails, node.index, orphaned);
                }
            }
        }
        self.dying.clear();
    }

    /// Takes an edge off the rows.
    pub(crate) fn forget(&mut self, edge: Edge) {
        let word = self.layout[edge.layer as usize].word(edge);
        self.rows[word] &= !(1 << (edge.to % 64));
    }

    /// Sets the rows of an edge layer anew.
    pub(crate) fn set_rows(&mut self, edge_layer: u32, edges: impl Iterator<Item = Edge>) {
        let layout = self.layout[edge_layer as usize];
        let tails = self.shape.tails(edge_layer) as usize;
        self.rows[layout.rows..layout.rows + tails * layout.stride].fill(0);
        for edge in edges {
            self.rows[layout.word(edge)] |= 1 << (edge.to % 64);
        }
    }

    /// Takes the edges into a head off the rows; their tails.
    pub(crate) fn take_column(&mut self, edge_layer: u32, head: u32) -> Tails {
        let layout = &self.layout[edge_layer as usize];
        let (word, bit) = ((head / 64) as usize, 1 << (head % 64));
        let rows = self.rows[layout.rows..].chunks_exact_mut(layout.stride);
        let mut tails = Tails::default();
        for (from, row) in rows.take(self.shape.tails(edge_layer) as usize).enumerate() {
            if row[word] & bit != 0 {
                row[word] ^= bit;
                tails[from / 64] |= 1 << (from % 64);
            }
        }
        tails
    }

    fn orphan(&mut self, edge_layer: u32, tails: &Tails, head: u32, orphaned: &mut Vec<EdgeId>) {
        let layout = &mut self.layout[edge_layer as usize];
        for from in set_bits(tails) {
            layout.orphaned += 1;
            orphaned.push(layout.first_edge + from * layout.heads + head);
            let degree = &mut self.out_degree[(layout.first_tail + from) as usize];
            *degree -= 1;
            if *degree == 0 {
                self.dying.push(Node { layer: edge_layer, index: from });
            }
        }
    }
}
