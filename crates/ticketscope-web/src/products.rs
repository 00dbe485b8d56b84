//! Products as the page shows them: a histogram, its theory, and the numbers beside it, in plain lists so that they cross from
//! worker to page without a conversion.

/// A histogram of path products and everything said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Products {
    /// The request's key: what decided it, but for the step.
    pub key: String,
    /// The step at which the network stood; 0 for independent samples.
    pub step: u32,
    /// Products in each bin.
    pub counts: Vec<f64>,
    /// The law's share of each bin; empty where there is no closed form.
    pub theory: Vec<f64>,
    /// The law's own shares as a curve, x and share in turn; empty where there is no closed form.
    pub curve: Vec<f64>,
    /// The modes of the law.
    pub modes: Vec<f64>,
    /// The rest, one by one.
    pub figures: Figures,
}

/// Whether a request for products asks for a network's own.
fn asks_network(key: &str) -> bool {
    key.contains("&of=network")
}

impl Products {
    /// Whether these are a network's own products.
    pub fn of_network(&self) -> bool {
        asks_network(&self.key)
    }
}

impl Bins {
    /// Whether these are a network's own products.
    pub fn of_network(&self) -> bool {
        asks_network(&self.key)
    }
}

/// The same products by their size |p|, in bars of equal width on a logarithmic axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Bins {
    /// The request's key.
    pub key: String,
    /// The step at which the network stood; 0 for independent samples.
    pub step: u32,
    /// Products in each bar.
    pub counts: Vec<f64>,
    /// The law's share of each bar; empty where there is no closed form.
    pub theory: Vec<f64>,
    /// The law's own shares as a curve, power of ten and share in turn.
    pub curve: Vec<f64>,
    /// All products, those beside the axis included.
    pub samples: f64,
    /// Whether they are all paths, each once.
    pub exact: bool,
    /// Those smaller than the first bar's lower end.
    pub below: f64,
    /// Those larger than the last bar's upper end.
    pub above: f64,
    /// The lower end of the first bar.
    pub low: f64,
    /// The ends of the axis, as powers of ten.
    pub ends: (f64, f64),
}

/// Declares the figures once: as fields, and as a list that can cross to the page. NaN stands for none.
macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Numbers about a histogram and its law; NaN where one is not defined.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Figures { $($(#[$doc])* pub $name: f64),+ }

        impl Figures {
            /// All of them as a list.
            pub fn to_list(self) -> Vec<f64> {
                vec![$(self.$name),+]
            }

            /// Back from a list; what is missing is NaN.
            pub fn from_list(list: &[f64]) -> Self {
                let mut numbers = list.iter().copied();
                Self { $($name: numbers.next().unwrap_or(f64::NAN)),+ }
            }
        }
    };
}

figures! {
    /// L.
    path_length,
    /// Products counted or drawn.
    samples,
    /// 1 if the products are all paths, counted exactly.
    exact,
    /// All surviving paths, as a float; none for independent samples.
    paths,
    /// The histogram's left end.
    low,
    /// The histogram's right end.
    high,
    /// Products left of it.
    below,
    /// Products right of it.
    above,
    /// α of the law `power`.
    alpha,
    /// Kurtosis of the law of the product.
    kurtosis,
    /// Kolmogorov–Smirnov distance of the law from uniform, given that the product is in the window.
    ks_uniform,
    /// Distance of the law from the nearest normal.
    ks_normal,
    /// The standard deviation of that normal.
    sigma,
    /// Share of the products in the window.
    sample_share,
    /// Their mean.
    sample_mean,
    /// Their variance.
    sample_variance,
    /// Their kurtosis.
    sample_kurtosis,
    /// Their distance from the law.
    sample_ks_theory,
    /// Their distance from uniform, given the window.
    sample_ks_uniform,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_survive_the_crossing() {
        let list: Vec<f64> = (0..19).map(f64::from).collect();
        assert_eq!(Figures::from_list(&list).to_list(), list);
        assert!(Figures::from_list(&[]).alpha.is_nan());
    }
}
