//! What is alive during a run, in the form that makes a cut and its cascade cheap.

use crate::mask::{Mask, set_bits, words_for};
use crate::shape::{Edge, EdgeId, Node, Shape};

/// The alive edges as a bit column per head (its alive tails), and the alive out-degree of every node.
///
/// Invariant between cuts: every alive node but a sink has an alive edge, so every alive node has a path to a sink.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    shape: Shape,
    /// Bit columns, edge layer by edge layer, head by head.
    columns: Vec<u64>,
    /// By edge layer.
    layout: Vec<Layout>,
    out_degree: Vec<u32>,
    destroyed: bool,
    /// Nodes that died and whose incoming edges still stand; empty between cuts.
    dying: Vec<Node>,
}

/// Where one edge layer's numbers stand, worked out once: a cut costs little more than these look-ups.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// The first word of its columns.
    columns: usize,
    /// Words of a column.
    stride: usize,
    /// The number of its first tail among all nodes.
    first_tail: usize,
    first_edge: EdgeId,
    heads: u32,
    /// Its alive edges.
    alive: u32,
}

impl Layout {
    #[inline]
    fn word(&self, from: u32, to: u32) -> usize {
        self.columns + to as usize * self.stride + (from / 64) as usize
    }

    #[inline]
    fn edge_id(&self, from: u32, to: u32) -> EdgeId {
        self.first_edge + from * self.heads + to
    }
}

impl Graph {
    /// The graph of a mask, before any cascade: call [`Graph::settle`] once before the first cut.
    pub(crate) fn new(mask: &Mask) -> Self {
        let shape = *mask.shape();
        let mut layout = Vec::with_capacity(shape.edge_layers() as usize);
        let mut words = 0;
        for layer in 0..shape.edge_layers() {
            let (stride, heads) = (words_for(shape.tails(layer)), shape.heads(layer));
            let first_tail = shape.first_node(layer) as usize;
            layout.push(Layout {
                columns: words,
                stride,
                first_tail,
                first_edge: shape.first_edge(layer),
                heads,
                alive: 0,
            });
            words += stride * heads as usize;
        }
        let mut graph = Self {
            shape,
            columns: vec![0; words],
            layout,
            out_degree: vec![0; shape.node_count() as usize],
            destroyed: false,
            dying: Vec::new(),
        };
        graph.fill(mask);
        graph
    }

    fn fill(&mut self, mask: &Mask) {
        for layer in 0..self.shape.edge_layers() {
            let layout = self.layout[layer as usize];
            for from in 0..self.shape.tails(layer) {
                let mut degree = 0;
                for to in set_bits(mask.row(layer, from)) {
                    self.columns[layout.word(from, to)] |= 1 << (from % 64);
                    degree += 1;
                }
                self.out_degree[layout.first_tail + from as usize] = degree;
                self.layout[layer as usize].alive += degree;
            }
        }
    }

    /// Removes what the mask itself left without a path to a sink; the edges so orphaned are appended to `orphaned`.
    pub(crate) fn settle(&mut self, orphaned: &mut Vec<EdgeId>) {
        for layer in (0..=self.shape.hidden_layers()).rev() {
            let first = self.shape.first_node(layer) as usize;
            for index in 0..self.shape.nodes_in(layer) {
                if self.out_degree[first + index as usize] == 0 {
                    self.dying.push(Node { layer, index });
                    self.cascade(orphaned);
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

    /// Alive edges of one edge layer.
    pub(crate) fn alive_in(&self, edge_layer: u32) -> u32 {
        self.layout[edge_layer as usize].alive
    }

    /// Edges of one edge layer that are gone, cut or orphaned or never there.
    pub(crate) fn lost_in(&self, edge_layer: u32) -> u32 {
        self.shape.edges_in(edge_layer) - self.alive_in(edge_layer)
    }

    /// An edge's number, by look-up.
    #[inline]
    pub(crate) fn edge_id(&self, edge: Edge) -> EdgeId {
        self.layout[edge.layer as usize].edge_id(edge.from, edge.to)
    }

    /// Alive edges out of a node.
    pub(crate) fn out_degree(&self, node: Node) -> u32 {
        self.out_degree[self.shape.node_id(node) as usize]
    }

    #[inline]
    pub(crate) fn is_alive(&self, edge: Edge) -> bool {
        let word = self.columns[self.layout[edge.layer as usize].word(edge.from, edge.to)];
        (word >> (edge.from % 64)) & 1 == 1
    }

    /// Cuts an edge and removes what loses its last path to a sink by it; those edges are appended to `orphaned`, in the order
    /// in which the loss spreads back. False, and nothing done, if the edge was not alive.
    #[inline(always)]
    pub(crate) fn cut(&mut self, edge: Edge, orphaned: &mut Vec<EdgeId>) -> bool {
        let layout = &mut self.layout[edge.layer as usize];
        let word = &mut self.columns[layout.word(edge.from, edge.to)];
        let bit = 1 << (edge.from % 64);
        if *word & bit == 0 {
            return false;
        }
        *word ^= bit;
        layout.alive -= 1;
        let degree = &mut self.out_degree[layout.first_tail + edge.from as usize];
        *degree -= 1;
        if *degree == 0 {
            self.dying.push(Node { layer: edge.layer, index: edge.from });
            self.cascade(orphaned);
        }
        true
    }

    /// Removes the dying nodes with their incoming edges, first in, first out, until none is left.
    #[cold]
    fn cascade(&mut self, orphaned: &mut Vec<EdgeId>) {
        let mut next = 0;
        while let Some(&node) = self.dying.get(next) {
            next += 1;
            match node.layer.checked_sub(1) {
                None => self.destroyed = true,
                Some(edge_layer) => self.orphan_edges_into(node.index, edge_layer, orphaned),
            }
        }
        self.dying.clear();
    }

    fn orphan_edges_into(&mut self, head: u32, edge_layer: u32, orphaned: &mut Vec<EdgeId>) {
        let layout = self.layout[edge_layer as usize];
        let column = layout.word(0, head);
        for block in 0..layout.stride {
            let mut tails = core::mem::take(&mut self.columns[column + block]);
            self.layout[edge_layer as usize].alive -= tails.count_ones();
            while tails != 0 {
                let from = block as u32 * 64 + tails.trailing_zeros();
                tails &= tails - 1;
                orphaned.push(layout.edge_id(from, head));
                let degree = &mut self.out_degree[layout.first_tail + from as usize];
                *degree -= 1;
                if *degree == 0 {
                    self.dying.push(Node { layer: edge_layer, index: from });
                }
            }
        }
    }
}
