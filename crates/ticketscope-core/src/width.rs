//! How wide a random network must be to contain a target: the published bounds, and floors below which none can be (§4, §7).
//!
//! A target of F layers, each with S tails and T heads, is sought in a random network that puts L edge layers (a block) in the
//! place of each of its layers. [`Claim`] names who claims what; [`Question::need`] is the width and the number of random
//! weights that follow. A constant that nobody published is 1, and [`Claim::unpublished`] says so. The bounds of the paper rest
//! on its conjecture that paths behave as if independent; none of these is a measurement.

use crate::float;

/// What is asked: the target, how near, and how surely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// S, the tails of every layer of the target; at least 1.
    pub sources: u32,
    /// T, the heads of every layer; at least 1.
    pub sinks: u32,
    /// F, the layers of the target; at least 1.
    pub layers: u32,
    /// L, the edges on a path through one block; at least 2.
    pub path_length: u32,
    /// ε > 0: how far the outputs may be off for inputs of Euclidean norm at most 1.
    pub tolerance: f64,
    /// δ in (0, 1): the chance that the random network holds no such ticket.
    pub failure: f64,
    /// x > 0: target weights, and products along paths, lie in [−x, x].
    pub scale: f64,
}

/// Who says how wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The paper's last line of §7.6, every misprint kept; for F = 1 that of §7.5, for one head that of §7.4, for a single weight that of §7.3.
    Printed,
    /// Derived anew for linear activation, if paths were independent.
    Linear,
    /// Derived anew for ReLU, if paths were independent: both paths need all their hidden edges of the right sign.
    Relu,
    /// Malach et al. 2020: a polynomial, L = 2.
    Malach,
    /// Pensia et al. 2020: sums of subsets, L = 2.
    Pensia,
    /// Orseau et al. 2020: product weights, L = 2.
    Orseau,
    /// Burkholz 2022: F + 1 edge layers for the whole network.
    Burkholz,
    /// No fewer masks than values to tell apart.
    Counting,
    /// ReLU, one block a weight: first edges of both signs.
    Signs,
}

impl Claim {
    /// All, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::Printed,
        Self::Linear,
        Self::Relu,
        Self::Malach,
        Self::Pensia,
        Self::Orseau,
        Self::Burkholz,
        Self::Counting,
        Self::Signs,
    ];

    /// What about it is drawn with a constant that no publication gives; `None` where the formula is complete.
    pub fn unpublished(self) -> Option<&'static str> {
        match self {
            Self::Malach => Some(
                "Pensia et al. quote it as a factor O(w⁴F²) over the width w of the target, so a width of w⁵F²; drawn with constant 1, which nobody published, and without its dependence on ε and δ",
            ),
            Self::Pensia => Some(
                "the summary of the paper gives a factor O(log(wF)); drawn with constant 1, which nobody published, and without its dependence on ε and δ",
            ),
            Self::Burkholz => Some(
                "the summary of the paper gives a factor that is logarithmic, at F + 1 edge layers; drawn as that of Pensia et al., with constant 1, which nobody published",
            ),
            Self::Orseau => Some(
                "the paper gives a number of neurons for each weight that is logarithmic in all but F; drawn as one neuron a digit of the weight in base 3/2, with constant 1, which nobody published",
            ),
            _ => None,
        }
    }
}

/// What a claim comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// Nodes in each hidden layer: a real number; the network takes the next integer.
    pub width: f64,
    /// Random weights of the whole network, all edge layers complete.
    pub weights: f64,
    /// Edge layers of the whole network.
    pub edge_layers: u32,
    /// Nodes for each weight below which the claim cannot be true, where it is below: it is false.
    pub false_below: Option<f64>,
}

impl Question {
    /// What `claim` comes to. All of it is finite for inputs in their ranges.
    pub fn need(&self, claim: Claim) -> Need {
        let (s, t, f) = (f64::from(self.sources), f64::from(self.sinks), f64::from(self.layers));
        let width = match claim {
            Claim::Printed => self.printed(),
            Claim::Linear => s * t * self.linear(),
            Claim::Relu => s * t * self.relu(),
            Claim::Malach => float::pow(s.max(t), 5.0) * f * f,
            Claim::Pensia | Claim::Burkholz => s.max(t) * float::ln(s.max(t) * f).max(1.0),
            Claim::Orseau => s * t * (float::ln(self.scale / self.each()) / float::ln(1.5)).max(1.0),
            Claim::Counting => return self.counted(),
            Claim::Signs => s * t * self.sign_floor(),
        };
        let length = match claim {
            Claim::Malach | Claim::Pensia | Claim::Orseau => 2,
            _ => self.path_length,
        };
        let (weights, edge_layers) = if claim == Claim::Burkholz {
            (width * (s + t) + (f - 1.0) * width * width, self.layers + 1)
        } else {
            (f * self.block(width, length), self.layers * length)
        };
        let floor = self.sign_floor();
        let below = matches!(claim, Claim::Printed | Claim::Relu) && width < s * t * floor;
        Need { width, weights, edge_layers, false_below: below.then_some(floor) }
    }

    /// Weights of one block with complete edge layers: S·w + (L − 2)·w² + w·T. Of them S·T blocks of w/(S·T) nodes use
    /// w·(2 + (L − 2)·w/(S·T)); the rest is random all the same, and pruned.
    fn block(&self, width: f64, length: u32) -> f64 {
        width * (f64::from(self.sources) + f64::from(self.sinks)) + f64::from(length.saturating_sub(2)) * width * width
    }

    /// The paper's last lines, with p = ε/(2x) and δ′ read as δ.
    fn printed(&self) -> f64 {
        let (s, t, f) = (f64::from(self.sources), f64::from(self.sinks), f64::from(self.layers));
        let (p, length) = (self.tolerance / (2.0 * self.scale), f64::from(self.path_length));
        let root = float::pow(t, 1.0 / length);
        let log = float::ln(2.0 * s * t * f / self.failure);
        let power = 1.0 / (length - 1.0);
        match (self.sources, self.sinks, self.layers) {
            // §7.3 alone has the exponent 1/d.
            (1, 1, 1) => float::pow(log / p, 1.0 / length),
            (_, _, 1) => t * s * float::pow(log * 2.0 * s * root / p, power),
            _ => t * s * float::pow(log * 4.0 * s * root * f / p, power),
        }
    }

    /// e, how far each weight may be off: ε for one weight, ε/S for one head, ε/√(S·T) for one layer, ε/(2F√(S·T)) for F.
    pub fn each(&self) -> f64 {
        let (s, t) = (f64::from(self.sources), f64::from(self.sinks));
        match (self.sinks, self.layers) {
            (1, 1) => self.tolerance / s,
            (_, 1) => self.tolerance / float::sqrt(s * t),
            _ => self.tolerance / (2.0 * f64::from(self.layers) * float::sqrt(s * t)),
        }
    }

    /// S·T·F, the weights of the target.
    fn target_weights(&self) -> f64 {
        f64::from(self.sources) * f64::from(self.sinks) * f64::from(self.layers)
    }

    /// p = e/(2x), at most 1: the chance of a path at the edge of the range.
    fn chance(&self) -> f64 {
        (self.each() / (2.0 * self.scale)).min(1.0)
    }

    /// b for linear activation.
    fn linear(&self) -> f64 {
        self.root(self.chance(), self.failure / self.target_weights())
    }

    /// b for ReLU.
    fn relu(&self) -> f64 {
        let usable = float::pow(0.5, f64::from(self.path_length - 1));
        self.root(self.chance() * usable, self.failure / (2.0 * self.target_weights()))
    }

    /// λ(q, φ)^(1/(L−1)), λ = ln φ / ln(1 − q) paths, at least one.
    fn root(&self, q: f64, phi: f64) -> f64 {
        float::pow((float::ln(phi) / float::ln_1p(-q)).max(1.0), 1.0 / f64::from(self.path_length - 1))
    }

    /// The least b with 2^(1−b) ≤ 1 − (1 − δ)^(1/(STF)): were all first edges of a block of one sign, inputs of the other would be
    /// lost, whatever the law of the weights (any law symmetric about 0).
    pub fn sign_floor(&self) -> f64 {
        let each = -float::exp_m1(float::ln_1p(-self.failure) / self.target_weights());
        1.0 - float::ln(each) / std::f64::consts::LN_2
    }

    /// 2^weights masks must tell apart (x/ε)^(S·T·F) targets: a window of ±ε covers 2ε of the range 2x. The width is
    /// that of blocks with so many weights.
    fn counted(&self) -> Need {
        let bits = (float::ln(self.scale / self.tolerance) / std::f64::consts::LN_2).max(0.0);
        let weights = self.target_weights() * bits;
        let block = weights / f64::from(self.layers);
        // (L − 2)·w² + (S + T)·w = block, in the form that does not cancel.
        let ends = f64::from(self.sources) + f64::from(self.sinks);
        let square = f64::from(self.path_length.saturating_sub(2));
        let width = 2.0 * block / (ends + float::sqrt(ends * ends + 4.0 * square * block));
        Need { width, weights, edge_layers: self.layers * self.path_length, false_below: None }
    }
}
