//! What a masked network makes of an input: its forward pass.

use crate::mask::{Mask, set_bits};
use crate::network::Network;
use crate::shape::{Edge, EdgeId, NodeId};

/// What a hidden node does to the sum of what comes in. Sinks are always linear, and there are no biases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Activation {
    /// Passes it on: every path contributes its input times its product.
    Linear,
    /// Passes it on if it is positive, else 0.
    #[default]
    Relu,
}

impl Activation {
    /// Both, in the order in which they are listed.
    pub const ALL: [Self; 2] = [Self::Linear, Self::Relu];

    /// The word in a link and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Relu => "relu",
        }
    }
}

/// The values of all nodes for one input. Only edges that the mask keeps contribute.
///
/// A node's sum is the sum of its [`Forward::terms`], added left to right in f64 from 0, to the bit: what is shown adds up.
///
/// ```
/// use ticketscope_core::{forward::{Activation, Forward}, network::Network, shape::Shape};
/// let shape = Shape::new(1, 1, 2, 1).unwrap();
/// let network = Network::from_weights(shape, vec![0.5, -2.0, 3.0, 1.0]).unwrap();
/// let forward = Forward::of(&network, network.mask(), &[2.0], Activation::Relu);
/// assert_eq!(forward.outputs(), [3.0]);
/// assert!(forward.is_off(2));
/// assert_eq!(forward.terms(3), [(2, 3.0), (3, 0.0)]);
/// ```
#[derive(Debug, Clone)]
pub struct Forward<'a> {
    network: &'a Network,
    mask: &'a Mask,
    activation: Activation,
    /// By node, before the activation.
    sums: Vec<f64>,
}

impl<'a> Forward<'a> {
    /// The forward pass of one value a source. Sources beyond the list take its last value: a list of one serves all. An empty
    /// list stands for 0. The mask must be of the network's shape. Cost: a multiplication a kept edge.
    pub fn of(network: &'a Network, mask: &'a Mask, input: &[f64], activation: Activation) -> Self {
        let shape = network.shape();
        let last = input.last().copied().unwrap_or(0.0);
        let mut sums = vec![0.0; shape.node_count() as usize];
        for (source, sum) in sums[..shape.sources() as usize].iter_mut().enumerate() {
            *sum = input.get(source).copied().unwrap_or(last);
        }
        let mut forward = Self { network, mask, activation, sums };
        for layer in 0..shape.edge_layers() {
            let heads = shape.first_node(layer + 1) as usize;
            for from in 0..shape.tails(layer) {
                let value = forward.value(shape.first_node(layer) + from);
                let weights = network.weight_row(layer, from);
                for to in set_bits(mask.row(layer, from)) {
                    forward.sums[heads + to as usize] += value * weights[to as usize];
                }
            }
        }
        forward
    }

    /// What the hidden nodes do.
    pub fn activation(&self) -> Activation {
        self.activation
    }

    /// What comes into a node, before the activation; a source's input.
    pub fn sum(&self, node: NodeId) -> f64 {
        self.sums[node as usize]
    }

    /// What a node passes on, after the activation.
    pub fn value(&self, node: NodeId) -> f64 {
        if self.is_off(node) { 0.0 } else { self.sum(node) }
    }

    /// The values of the sinks.
    pub fn outputs(&self) -> &[f64] {
        let shape = self.network.shape();
        &self.sums[shape.first_node(shape.hidden_layers() + 1) as usize..]
    }

    /// Whether a hidden ReLU node passes nothing on for this input: its sum is 0 or less.
    pub fn is_off(&self, node: NodeId) -> bool {
        let shape = self.network.shape();
        let hidden = node >= shape.sources() && node < shape.first_node(shape.hidden_layers() + 1);
        hidden && self.activation == Activation::Relu && self.sum(node) <= 0.0
    }

    /// What each kept edge into a node contributes, the value of its tail times its weight, in order of the tails. A source has none.
    pub fn terms(&self, node: NodeId) -> Vec<(EdgeId, f64)> {
        let shape = self.network.shape();
        let head = shape.node(node);
        let Some(layer) = head.layer.checked_sub(1) else { return Vec::new() };
        let edges = (0..shape.tails(layer)).map(|from| Edge { layer, from, to: head.index });
        let kept = edges.filter(|&edge| self.mask.keeps(edge));
        kept.map(|edge| {
            let id = shape.edge_id(edge);
            (id, self.value(shape.first_node(layer) + edge.from) * self.network.weights()[id as usize])
        })
        .collect()
    }
}
