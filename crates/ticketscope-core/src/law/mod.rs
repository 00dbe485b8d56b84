//! Weight laws, and the laws of products of weights along a path.

mod alpha;
mod conditional;
mod product;
mod weight;

pub use alpha::{MAX_ALPHA, alpha_at_resolution, alpha_flat};
pub use product::{NearestNormal, ProductLaw, exact_weight_cdf, exact_weight_density};
pub(crate) use weight::normal_pair;
pub use weight::{LawError, LogGamma, MAX_PATH_LENGTH, WeightLaw};

/// The distribution from which each weight is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Law {
    /// Uniform on [−1, 1].
    Uniform,
    /// sign(U)·|U|^α with U uniform on [−1, 1]: the paper's PT(U, d) (§4).
    #[default]
    Power,
    /// sign · exp(−G), G ~ Gamma(1/L, 1): the one law whose products of L weights are exactly uniform on [−1, 1].
    Exact,
    /// Normal with mean 0 and variance 2/fan-in (He et al. 2015); the only law whose weights depend on the width.
    Normal,
    /// +1 or −1 with equal chance.
    Sign,
}

impl Law {
    /// All laws, in the order in which they are listed: the paper's stands first on the page by being the default.
    pub const ALL: [Self; 5] = [Self::Uniform, Self::Power, Self::Exact, Self::Normal, Self::Sign];

    /// The word that names the law in a link and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::Power => "power",
            Self::Exact => "exact",
            Self::Normal => "normal",
            Self::Sign => "sign",
        }
    }
}
