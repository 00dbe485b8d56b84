//! Surviving paths one by one: in order, by number, and the strongest through a given place.

use crate::mask::{Mask, set_bits};
use crate::network::Network;
use crate::shape::{Edge, EdgeId, Node, NodeId, Shape};
use core::ops::Range;

/// A source–sink path: its node's place in every node layer, source first, sink last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// One place a node layer, n + 2 in all.
    pub nodes: Vec<u32>,
}

impl Path {
    /// Its L edges, in order. The shape must be that of the network it leads through.
    pub fn edges(&self, shape: &Shape) -> Vec<EdgeId> {
        let steps = (0..).zip(self.nodes.windows(2));
        steps.map(|(layer, ends)| shape.edge_id(Edge { layer, from: ends[0], to: ends[1] })).collect()
    }

    /// Its product: (the first ⌊L/2⌋ weights, left to right) × (the rest, left to right).
    pub fn product(&self, network: &Network) -> f64 {
        let shape = network.shape();
        let edges = self.edges(shape);
        let product = |part: &[EdgeId]| part.iter().fold(1.0, |product, &id| product * network.weights()[id as usize]);
        let (left, right) = edges.split_at((shape.path_length() / 2) as usize);
        product(left) * product(right)
    }
}

/// What a path is asked to lead through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    /// An edge.
    Edge(EdgeId),
    /// A node: a source, a hidden node or a sink.
    Node(NodeId),
}

/// The surviving source–sink paths of a network under a mask, in lexicographic order of their nodes' places.
///
/// ```
/// use ticketscope_core::{mask::Mask, network::Network, path::Paths, shape::Shape};
/// let shape = Shape::new(1, 1, 3, 1).unwrap();
/// let network = Network::from_weights(shape, vec![1.0, 2.0, 3.0, 10.0, 20.0, 30.0]).unwrap();
/// let paths = Paths::of(&network, network.mask());
/// let last = paths.path(2).unwrap();
/// assert_eq!((paths.count(), last.nodes.clone(), last.product(&network)), (3, vec![0, 2, 0], 90.0));
/// assert_eq!(paths.rank(&last), Some(2));
/// ```
#[derive(Debug, Clone)]
pub struct Paths<'a> {
    network: &'a Network,
    mask: &'a Mask,
    /// By node: the paths from it to any sink, [`u128::MAX`] standing for that many or more.
    ahead: Vec<u128>,
}

impl<'a> Paths<'a> {
    /// Counts the paths on from every node. The mask must be of the network's shape. Cost: an addition a kept edge.
    pub fn of(network: &'a Network, mask: &'a Mask) -> Self {
        let shape = network.shape();
        let mut ahead = vec![1_u128; shape.node_count() as usize];
        for layer in (0..shape.edge_layers()).rev() {
            let (tails, heads) = ahead.split_at_mut(shape.first_node(layer + 1) as usize);
            for (from, paths) in (0..).zip(&mut tails[shape.first_node(layer) as usize..]) {
                let kept = set_bits(mask.row(layer, from));
                *paths = kept.fold(0, |sum: u128, to| sum.saturating_add(heads[to as usize]));
            }
        }
        Self { network, mask, ahead }
    }

    /// The number of surviving paths, over all sources and sinks; [`u128::MAX`] stands for that many or more.
    pub fn count(&self) -> u128 {
        self.sources().fold(0, |sum, source| sum.saturating_add(self.ahead_of(0, source)))
    }

    /// The path with this number, counted from 0; `None` from [`Paths::count`] on. Exact however many paths there are.
    pub fn path(&self, rank: u128) -> Option<Path> {
        if rank >= self.count() {
            return None;
        }
        let mut left = rank;
        // A count at the limit is above every number that gets here, so it is never subtracted.
        let mut pass = |paths: u128| {
            let here = left < paths;
            left -= if here { 0 } else { paths };
            here
        };
        let source = self.sources().find(|&source| pass(self.ahead_of(0, source)))?;
        let mut nodes = vec![source];
        let mut from = source;
        for layer in 0..self.network.shape().edge_layers() {
            let mut heads = set_bits(self.mask.row(layer, from));
            from = heads.find(|&to| pass(self.ahead_of(layer + 1, to)))?;
            nodes.push(from);
        }
        Some(Path { nodes })
    }

    /// The number of a path; `None` if it does not survive, or if u128 cannot hold its number.
    pub fn rank(&self, path: &Path) -> Option<u128> {
        let shape = self.network.shape();
        let fits = (0..).zip(&path.nodes).all(|(layer, &node)| node < shape.nodes_in(layer));
        if path.nodes.len() != shape.node_layers() as usize || !fits {
            return None;
        }
        let source = path.nodes[0];
        let mut rank = 0_u128;
        let mut skip = |layer: u32, node: u32| {
            rank = rank.saturating_add(self.ahead_of(layer, node));
        };
        (0..source).for_each(|before| skip(0, before));
        for (layer, ends) in (0..).zip(path.nodes.windows(2)) {
            if !self.mask.keeps(Edge { layer, from: ends[0], to: ends[1] }) {
                return None;
            }
            let before = set_bits(self.mask.row(layer, ends[0])).take_while(|&to| to < ends[1]);
            before.for_each(|to| skip(layer + 1, to));
        }
        (rank < u128::MAX).then_some(rank)
    }

    /// The surviving path of largest |product| through an edge or a node, the lexicographically first among equals; `None` if no
    /// surviving path leads through it.
    ///
    /// Sizes are multiplied from the place back to the source and from the sinks back to the place, so paths whose products
    /// differ by less than the rounding of L multiplications can change places. Where every product is 0, all paths are equal.
    /// Cost: a multiplication a kept edge.
    pub fn strongest_through(&self, through: Through) -> Option<Path> {
        let shape = self.network.shape();
        let (tail, head, weight) = match through {
            Through::Edge(id) => {
                let edge = (id < shape.edge_count()).then(|| shape.edge(id)).filter(|&edge| self.mask.keeps(edge))?;
                let tail = Node { layer: edge.layer, index: edge.from };
                let head = Node { layer: edge.layer + 1, index: edge.to };
                (tail, Some(head), self.network.weights()[id as usize])
            }
            Through::Node(id) => ((id < shape.node_count()).then(|| shape.node(id))?, None, 1.0),
        };
        let by_size = |weighted| Strongest { paths: self, weighted }.through(tail, head, weight);
        let (path, size) = by_size(true)?;
        if size == 0.0 { by_size(false).map(|(path, _)| path) } else { Some(path) }
    }

    fn sources(&self) -> Range<u32> {
        0..self.network.shape().sources()
    }

    fn ahead_of(&self, layer: u32, node: u32) -> u128 {
        self.ahead[(self.network.shape().first_node(layer) + node) as usize]
    }
}

/// The search for the strongest path. Without weights every edge has size 1, and the first path is the strongest.
struct Strongest<'a> {
    paths: &'a Paths<'a>,
    weighted: bool,
}

/// For each node of some layers the largest size of a way on to where the layers end; below 0 where there is none.
type Sizes = Vec<Vec<f64>>;

impl Strongest<'_> {
    fn size(&self, weight: f64) -> f64 {
        if self.weighted { weight.abs() } else { 1.0 }
    }

    /// The strongest path by `tail`, then by `head` if there is one, and its size.
    fn through(&self, tail: Node, head: Option<Node>, weight: f64) -> Option<(Path, f64)> {
        let shape = self.paths.network.shape();
        let mut at_tail = vec![-1.0; shape.nodes_in(tail.layer) as usize];
        at_tail[tail.index as usize] = 1.0;
        let before = self.sizes(0..tail.layer, at_tail);
        let on = head.unwrap_or(tail);
        let after = self.sizes(on.layer..shape.edge_layers(), vec![1.0; shape.sinks() as usize]);

        let most = before[0].iter().fold(-1.0, |most, &size| if size > most { size } else { most });
        let rest = after[0][on.index as usize];
        if most < 0.0 || rest < 0.0 {
            return None;
        }
        let mut nodes = vec![before[0].iter().position(|&size| size == most)? as u32];
        self.follow(0..tail.layer, &before, &mut nodes)?;
        nodes.extend(head.map(|head| head.index));
        self.follow(on.layer..shape.edge_layers(), &after, &mut nodes)?;
        Some((Path { nodes }, most * self.size(weight) * rest))
    }

    fn sizes(&self, layers: Range<u32>, ends: Vec<f64>) -> Sizes {
        let Paths { network, mask, .. } = self.paths;
        let mut sizes = vec![ends];
        for layer in layers.rev() {
            let ahead = &sizes[sizes.len() - 1];
            let tails = (0..network.shape().tails(layer)).map(|from| {
                let weights = network.weight_row(layer, from);
                set_bits(mask.row(layer, from)).filter(|&to| ahead[to as usize] >= 0.0).fold(-1.0, |most: f64, to| {
                    let size = self.size(weights[to as usize]) * ahead[to as usize];
                    if size > most { size } else { most }
                })
            });
            let tails = tails.collect();
            sizes.push(tails);
        }
        sizes.reverse();
        sizes
    }

    /// Goes on from the last node, always to the first head by which the largest size is reached.
    fn follow(&self, layers: Range<u32>, sizes: &Sizes, nodes: &mut Vec<u32>) -> Option<()> {
        let Paths { network, mask, .. } = self.paths;
        for (layer, pair) in layers.zip(sizes.windows(2)) {
            let from = *nodes.last()?;
            let weights = network.weight_row(layer, from);
            let best = pair[0][from as usize];
            let leads = |&to: &u32| {
                let ahead = pair[1][to as usize];
                ahead >= 0.0 && self.size(weights[to as usize]) * ahead == best
            };
            nodes.push(set_bits(mask.row(layer, from)).find(leads)?);
        }
        Some(())
    }
}
