//! The laws against values computed elsewhere, and their draws against their own distribution functions.

use serde_json::Value;
use ticketscope_core::law::{
    Law, LogGamma, ProductLaw, WeightLaw, alpha_at_resolution, alpha_flat, exact_weight_cdf, exact_weight_density,
};
use ticketscope_core::seed::{Purpose, draws, stream};
use ticketscope_core::stats::{ks_distance, sort};
use ticketscope_core::{float, gamma};

fn reference(section: &str) -> (Value, Vec<Value>) {
    let data: Value = serde_json::from_str(include_str!("data/laws.json")).unwrap();
    let section = data[section].clone();
    let rows = section["rows"].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    (section, rows)
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or_else(|| panic!("no {key} in {row}"))
}

fn length(row: &Value) -> u32 {
    row["length"].as_u64().unwrap() as u32
}

fn close(got: f64, want: f64, relative: f64, what: &Value) {
    assert!((got - want).abs() <= relative * want.abs(), "{got} against {want}: {what}");
}

fn power(alpha: f64, path_length: u32) -> ProductLaw {
    ProductLaw::new(WeightLaw::new(Law::Power, alpha, 1.0, path_length).unwrap(), 1, 5)
}

#[test]
fn product_density_and_distribution() {
    let (section, rows) = reference("product");
    for row in &rows {
        let (law, z) = (power(number(row, "alpha"), length(row)), number(row, "z"));
        close(law.density(z).unwrap(), number(row, "pdf"), number(&section, "tol_rel"), row);
        close(law.cdf(z).unwrap(), number(row, "cdf"), number(&section, "tol_rel"), row);
    }
}

#[test]
fn product_moments() {
    let (section, rows) = reference("product_moments");
    for row in &rows {
        let law = power(number(row, "alpha"), length(row));
        let tolerance = number(&section, "tol_rel");
        close(law.absolute_moment(2), number(row, "EZ2"), tolerance, row);
        close(law.absolute_moment(4), number(row, "EZ4"), tolerance, row);
        close(law.absolute_moment(1), number(row, "E_abs"), tolerance, row);
        close(law.kurtosis(), number(row, "kurtosis"), tolerance, row);
    }
}

#[test]
fn modes() {
    let (section, rows) = reference("modes");
    for row in &rows {
        let modes = power(number(row, "alpha"), length(row)).modes();
        assert_eq!(modes.len(), 2);
        assert_eq!(modes[0], -modes[1]);
        close(modes[1], number(row, "mode"), number(&section, "tol_rel"), row);
    }
    assert_eq!(power(1.0, 1).modes(), Vec::<f64>::new());
    assert_eq!(power(1.5, 3).modes(), [0.0]);
}

#[test]
fn alpha_of_a_resolution() {
    let (section, rows) = reference("alpha_at_resolution");
    for row in &rows {
        let alpha = alpha_at_resolution(length(row), number(row, "h"));
        close(alpha, number(row, "alpha"), number(&section, "tol_rel"), row);
        close(power(alpha, length(row)).kurtosis(), number(row, "kurtosis"), number(&section, "tol_rel"), row);
    }
}

#[test]
fn flattest_alpha() {
    let (section, rows) = reference("alpha_flat");
    for row in &rows {
        let window = number(row, "window");
        let alpha = alpha_flat(length(row), window);
        assert!((alpha - number(row, "alpha")).abs() <= number(&section, "tol_abs_alpha"), "{alpha}: {row}");
        let ks = power(alpha, length(row)).distance_from_uniform(window).unwrap();
        assert!((ks - number(row, "ks")).abs() <= number(&section, "tol_abs_ks"), "{ks}: {row}");
        // Mode, kurtosis and mass at the reference's own α, which is known to more digits than the minimum is sharp.
        let law = power(number(row, "alpha"), length(row));
        close(law.kurtosis(), number(row, "kurtosis"), 1e-9, row);
        close(law.modes()[1], number(row, "mode"), 1e-9, row);
        close(law.mass_within(window).unwrap(), number(row, "mass"), 1e-9, row);
    }
}

#[test]
fn flattest_alpha_is_total() {
    for path_length in [1, 2, 7, 33] {
        for window in [1e-12, 1e-6, 0.01, 0.999, 1.0, 1.001, 1.5, 2.0, 10.0, 1e6] {
            let alpha = alpha_flat(path_length, window);
            assert!(alpha > 0.0 && alpha <= 8.0, "L = {path_length}, window {window}: {alpha}");
            let reached = window.min(1.0);
            let here = power(alpha, path_length).distance_from_uniform(reached).unwrap();
            for other in [0.9 * alpha, 1.1 * alpha] {
                let there = power(other, path_length).distance_from_uniform(reached).unwrap();
                assert!(
                    here <= there + 1e-9,
                    "L = {path_length}, window {window}: {alpha} gives {here}, {other} {there}"
                );
            }
        }
    }
    // No product lies beyond the support.
    assert_eq!(alpha_flat(6, 50.0), alpha_flat(6, 1.0));
}

#[test]
fn no_alpha_is_nearer_to_uniform_on_the_whole_support() {
    let best = |path_length| power(alpha_flat(path_length, 1.0), path_length).distance_from_uniform(1.0).unwrap();
    assert!((best(2) - 0.049).abs() < 5e-4, "{}", best(2));
    assert!((best(12) - 0.144).abs() < 5e-4, "{}", best(12));
}

#[test]
fn distances_agree_with_a_dense_grid() {
    for (alpha, path_length, window) in
        [(0.4, 6, 1.0), (0.4, 6, 0.3), (0.8, 3, 2.5), (1.0, 2, 1.0), (1.7, 4, 0.6), (0.3, 1, 1.0)]
    {
        let law = power(alpha, path_length);
        let (mut uniform, mut normal) = (0.0_f64, 0.0_f64);
        let nearest = law.nearest_normal().unwrap();
        let mass = law.mass_within(window).unwrap();
        for i in 0..=400_000 {
            let t = f64::from(i) / 400_000.0 * window.max(1.0);
            let cdf = law.cdf(t).unwrap();
            if t <= window {
                let inside = 0.5 + (cdf - 0.5) / mass;
                uniform = uniform.max((inside - (0.5 + 0.5 * t / window)).abs());
            }
            normal = normal.max((cdf - 1.0 + 0.5 * float::erfc(t / nearest.sigma / 2_f64.sqrt())).abs());
        }
        let closed = law.distance_from_uniform(window).unwrap();
        assert!(
            (closed - uniform).abs() < 2e-4,
            "α {alpha}, L {path_length}, window {window}: {closed} against {uniform}"
        );
        assert!((nearest.distance - normal).abs() < 2e-4, "α {alpha}, L {path_length}: {nearest:?} against {normal}");
        assert!((law.distance_from_normal(nearest.sigma).unwrap() - nearest.distance).abs() < 1e-12);
        for factor in [0.99, 1.01] {
            assert!(law.distance_from_normal(factor * nearest.sigma).unwrap() > nearest.distance);
        }
    }
}

#[test]
fn nearest_normal_at_the_default_resolution() {
    for path_length in 2..=12 {
        let law = power(alpha_at_resolution(path_length, 0.02), path_length);
        let near = law.nearest_normal().unwrap().distance;
        assert!((0.0065..0.0205).contains(&near), "L = {path_length}: {near}");
        let equal_variance = law.distance_from_normal(law.absolute_moment(2).sqrt()).unwrap();
        assert!(equal_variance > near);
    }
}

#[test]
fn scale_multiplies_the_product() {
    let at = |scale| ProductLaw::new(WeightLaw::new(Law::Power, 0.5, scale, 4).unwrap(), 1, 5);
    let (one, three) = (at(1.0), at(3.0));
    assert!((three.cdf(0.9).unwrap() - one.cdf(0.3).unwrap()).abs() < 1e-15);
    assert!((3.0 * three.density(0.9).unwrap() - one.density(0.3).unwrap()).abs() < 1e-14);
    assert!((three.absolute_moment(4) / one.absolute_moment(4) - 81.0).abs() < 1e-11);
    assert!((three.modes()[1] / one.modes()[1] - 3.0).abs() < 1e-14);
    let (a, b) = (one.nearest_normal().unwrap(), three.nearest_normal().unwrap());
    assert!((b.sigma / a.sigma - 3.0).abs() < 1e-9);
    assert!((three.distance_from_uniform(0.6).unwrap() - one.distance_from_uniform(0.2).unwrap()).abs() < 1e-12);
}

#[test]
fn exact_weights() {
    let (section, rows) = reference("exact_weight");
    for row in &rows {
        let z = number(row, "z");
        close(exact_weight_density(length(row), z), number(row, "pdf"), number(&section, "tol_rel"), row);
        close(exact_weight_cdf(length(row), z), number(row, "cdf"), number(&section, "tol_rel"), row);
        assert!((exact_weight_cdf(length(row), -z) + exact_weight_cdf(length(row), z) - 1.0).abs() < 1e-15);
    }
    let (section, rows) = reference("exact_weight_quantiles");
    for row in &rows {
        let g = float::exp(number(row, "lnG"));
        close(gamma::lower(1.0 / f64::from(length(row)), g), number(row, "P"), number(&section, "tol_rel"), row);
    }
}

/// E|W|^r = (r + 1)^(−1/L); the reference's moments are those of draws, too.
#[test]
fn exact_weight_moments() {
    let (section, rows) = reference("exact_weight_moments");
    for row in &rows {
        let tolerance = number(&section, "tol_rel");
        let moment = |r: f64| float::pow(r + 1.0, -1.0 / f64::from(length(row)));
        close(moment(1.0), number(row, "E_abs"), tolerance, row);
        close(moment(4.0) / (moment(2.0) * moment(2.0)), number(row, "kurtosis"), tolerance, row);
        let weights = WeightLaw::new(Law::Exact, 1.0, 1.0, length(row)).unwrap();
        let mut stream = stream(11, Purpose::Weight);
        let n = 200_000;
        let (mut second, mut fourth) = (0.0, 0.0);
        for _ in 0..n {
            let w = weights.weight(&mut stream, 1);
            second += w * w / f64::from(n);
            fourth += w * w * w * w / f64::from(n);
        }
        // Six standard errors; W² and W⁴ lie in [0, 1], so their standard deviations are at most ½.
        let error = 6.0 * 0.5 / f64::from(n).sqrt();
        assert!((second - number(row, "EW2")).abs() < error, "{second}: {row}");
        assert!((fourth - number(row, "EW4")).abs() < error, "{fourth}: {row}");
    }
}

/// The Kolmogorov distribution: √n·D exceeds 2.7 with chance 2e^(−2·2.7²) = 9e-7.
const CRITICAL: f64 = 2.7;

fn assert_drawn_from(mut sample: Vec<f64>, cdf: impl Fn(f64) -> f64, what: &str) {
    let n = sample.len() as f64;
    sort(&mut sample);
    let d = ks_distance(&sample, cdf);
    assert!(d * n.sqrt() < CRITICAL, "{what}: √n·D = {}", d * n.sqrt());
}

#[test]
fn draws_follow_their_law() {
    let n = 100_000;
    let sample = |law, alpha, path_length, fan_in, seed| {
        let weights = WeightLaw::new(law, alpha, 1.0, path_length).unwrap();
        // One address a weight, as in a network.
        (0..n)
            .map(|i| weights.weight(&mut draws(seed, Purpose::Weight, 1, i / 300, i % 300), fan_in))
            .collect::<Vec<_>>()
    };
    assert_drawn_from(sample(Law::Uniform, 1.0, 3, 1, 1), |w| 0.5 + 0.5 * w, "uniform");
    for alpha in [0.3, 1.0, 2.5] {
        assert_drawn_from(sample(Law::Power, alpha, 5, 1, 2), |w| power(alpha, 1).cdf(w).unwrap(), "power");
    }
    let normal = |w: f64| 0.5 * float::erfc(-w / (2.0_f64 / 7.0).sqrt() / 2_f64.sqrt());
    assert_drawn_from(sample(Law::Normal, 1.0, 5, 7, 3), normal, "normal");
    let signs = sample(Law::Sign, 1.0, 5, 1, 4);
    assert!(signs.iter().all(|w| w.abs() == 1.0));
    let sum: f64 = signs.iter().sum();
    assert!(sum.abs() < 4.9 * f64::from(n).sqrt(), "{sum} is beyond 4.9 standard deviations: chance 1e-6");
}

#[test]
fn the_gamma_variable_of_exact_weights_and_their_products() {
    for path_length in [1, 2, 5, 12, 33] {
        let mut stream = stream(u64::from(path_length), Purpose::Weight);
        let a = 1.0 / f64::from(path_length);
        let variable = LogGamma::new(path_length);
        let sample = (0..100_000).map(|_| variable.draw(&mut stream)).collect();
        assert_drawn_from(sample, |ln_g| gamma::lower(a, float::exp(ln_g)), "ln G");
    }
    let weights = WeightLaw::new(Law::Exact, 1.0, 2.0, 6).unwrap();
    let product = |i| (0..6).map(|layer| weights.weight(&mut draws(5, Purpose::Weight, layer, i, 0), 1)).product();
    assert_drawn_from((0..100_000).map(product).collect(), |z: f64| 0.5 + 0.25 * z, "a product of exact weights");
}

#[test]
fn products_of_power_weights_follow_the_closed_form() {
    let law = power(0.44, 6);
    let weights = law.weights();
    let product = |i| (0..6).map(|layer| weights.weight(&mut draws(9, Purpose::Weight, layer, i, 0), 1)).product();
    assert_drawn_from((0..100_000).map(product).collect(), |z| law.cdf(z).unwrap(), "a product of power weights");
}

#[test]
fn weights_never_change() {
    let bits = |law| {
        let weights = WeightLaw::new(law, 0.44, 2.0, 6).unwrap();
        [0, 1, 2].map(|to| weights.weight(&mut draws(1, Purpose::Weight, 2, 3, to), 5).to_bits())
    };
    let got = Law::ALL.map(bits);
    // Uniform, power, exact, normal, sign; a change here is a new version of the link format.
    let want = [
        [0x3fb9_99e9_0141_30d5, 0xbfce_0270_1d9b_45da, 0xbf9a_0522_ef07_1259],
        [0x3fd8_ca5d_b39b_5060, 0xbfe2_0871_fde5_6e10, 0xbfcb_223d_5efd_20c7],
        [0x3ff1_ca9a_7be4_1fa4, 0x3ff1_f595_d835_f045, 0x3ff1_f586_35b5_9754],
        [0x3feb_48a2_1c07_2443, 0xbff7_f2fd_e43b_d5ca, 0xbfe4_e3bc_c309_f500],
        [0x3ff1_f59a_c3c7_d6c0, 0xbff1_f59a_c3c7_d6c0, 0xbff1_f59a_c3c7_d6c0],
    ];
    assert_eq!(got, want, "{got:#x?}");
}

#[test]
fn what_is_no_law_is_refused() {
    use ticketscope_core::law::LawError;
    let new = |alpha, scale, length| WeightLaw::new(Law::Power, alpha, scale, length).err();
    assert_eq!(new(0.0, 1.0, 2), Some(LawError::Alpha));
    assert_eq!(new(f64::NAN, 1.0, 2), Some(LawError::Alpha));
    assert_eq!(new(1.0, 0.0, 2), Some(LawError::Scale));
    assert_eq!(new(1.0, f64::INFINITY, 2), Some(LawError::Scale));
    assert_eq!(new(1.0, 1.0, 0), Some(LawError::PathLength));
    assert_eq!(new(1.0, 1.0, 34), Some(LawError::PathLength));
    assert_eq!(new(1.0, 1.0, 1), None);
    assert_eq!(new(1.0, 1.0, 33), None);
}
