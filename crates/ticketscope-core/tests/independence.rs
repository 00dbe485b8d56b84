//! The independence prediction against values worked out elsewhere, and against enumeration; the floors against simulation.

use ticketscope_core::forward::Activation::{Linear, Relu};
use ticketscope_core::law::{Law, ProductLaw, WeightLaw};
use ticketscope_core::network::Network;
use ticketscope_core::search::independence::{Chances, hit_chance, sign_floor, size_floor};
use ticketscope_core::search::luck::Decider;
use ticketscope_core::shape::Shape;
use ticketscope_core::stats::wilson;

fn law(law: Law, shape: &Shape, scale: f64) -> ProductLaw {
    ProductLaw::new(WeightLaw::new(law, 1.3, scale, shape.path_length()).unwrap(), 1, shape.width())
}

fn near(got: f64, want: f64, relative: f64) {
    assert!((got - want).abs() <= relative * want.abs(), "{got}, not {want}");
}

#[test]
fn predictions_are_those_worked_out_elsewhere() {
    for (w, n, p, linear_fail, relu_win) in [
        (3, 1, 0.01, 0.970299, 0.00014925000000000035),
        (3, 1, 0.1, 0.7290000000000001, 0.014249999999999994),
        (5, 2, 0.05, 0.27738957312183377, 0.05893517875818954),
        (4, 3, 0.01, 0.525596487525562, 0.004444288611630216),
        (4, 3, 0.1, 0.0011790184577738603, 0.23273836577754795),
        (8, 3, 0.05, 3.930844897840318e-12, 0.8513840032415646),
        (5, 4, 0.01, 0.0018706675963351526, 0.08386523068017557),
        (5, 4, 0.1, 2.5209741913444892e-29, 0.8399059937182436),
    ] {
        let shape = Shape::new(1, n, w, 1).unwrap();
        // With uniform products on [−1, 1], p is ε.
        let chances = Chances::at(&law(Law::Exact, &shape, 1.0), 0.3, p).unwrap();
        near(chances.predict(&shape, Linear, 1.0).fail, linear_fail, 1e-10);
        let relu = chances.predict(&shape, Relu, 1.0);
        near(relu.win, relu_win, 1e-10);
        near(relu.fail, 1.0 - relu_win, 1e-10);
        for (activation, share) in [(Linear, 0.4), (Relu, 0.4), (Linear, 1.0), (Relu, 1.0)] {
            let fail = chances.predict(&shape, activation, share).fail;
            if fail > 1e-300 {
                near(chances.effective_share(&shape, activation, fail).unwrap(), share, 1e-6);
            }
        }
    }
}

#[test]
fn a_path_hits_with_the_chance_of_the_spec() {
    let shape = Shape::new(1, 3, 4, 1).unwrap();
    let exact = law(Law::Exact, &shape, 2.0);
    for (target, p) in [(0.5, 0.05), (-0.5, 0.05), (2.0, 0.025), (1.95, 0.0375), (0.0, 0.05), (2.1, 0.0), (3.0, 0.0)] {
        assert!((hit_chance(&exact, target, 0.1).unwrap() - p).abs() < 1e-15, "{target}");
    }
    let sign = law(Law::Sign, &shape, 1.0);
    for (target, p) in [(1.0, 0.5), (-1.0, 0.5), (0.75, 0.5), (0.7, 0.0), (0.0, 0.0), (1.25, 0.5)] {
        assert_eq!(hit_chance(&sign, target, 0.25).unwrap(), p, "{target}");
    }
    assert_eq!(hit_chance(&sign, 0.0, 1.0), Some(1.0));
    assert_eq!(hit_chance(&law(Law::Normal, &shape, 1.0), 0.5, 0.1), None);
    // A target drawn from [−x, x]: for p constant but at the ends, the mean of p over them by hand: ε/x·(1 − ε/(4x)).
    let one = Shape::new(1, 1, 1, 1).unwrap();
    let mean = Chances::uniform(&law(Law::Exact, &one, 2.0), 0.1).unwrap().predict(&one, Linear, 1.0);
    near(mean.win, 0.05 * (1.0 - 0.1 / 8.0), 1e-12);
    near(mean.win + mean.fail, 1.0, 1e-12);
}

#[test]
fn the_floors() {
    assert_eq!((sign_floor(1), sign_floor(4)), (1.0, 0.125));
    // Six edges, four nodes a layer, β = 0.9, ε = 0.02: known to be .0076.
    let shape = Shape::new(1, 5, 4, 1).unwrap();
    let exact = WeightLaw::new(Law::Exact, 1.0, 1.0, 6).unwrap();
    let floor = size_floor(&exact, &shape, 0.9, 0.02).unwrap();
    assert!((floor - 0.0076).abs() < 0.00005, "{floor}");
    assert_eq!(size_floor(&exact, &shape, 0.01, 0.02), Some(0.0));
    assert_eq!(size_floor(&exact, &shape, 1.5, 0.02), Some(1.0));
    assert_eq!(size_floor(&WeightLaw::new(Law::Normal, 1.0, 1.0, 6).unwrap(), &shape, 0.9, 0.02), None);
    // There, independence says 10⁻⁹; networks really fail in 1.5 % of cases (.0147 ± .0008 is known).
    let chances = Chances::at(&ProductLaw::new(exact, 1, 4), 0.9, 0.02).unwrap();
    near(chances.predict(&shape, Linear, 1.0).fail, 1.04e-9, 0.01);
    let share = share_of_failures(&exact, shape, 20_000, 0.9, 0.02, false);
    println!("simulated {share:?}");
    assert!(share.low < 0.0147 + 0.0008 && share.high > 0.0147 - 0.0008, "{share:?}");
}

/// With one hidden layer the paths share no edge: the prediction is exact, for both activations.
#[test]
fn one_hidden_layer_is_independent() {
    let shape = Shape::new(1, 1, 6, 1).unwrap();
    let exact = WeightLaw::new(Law::Exact, 1.0, 1.0, 2).unwrap();
    let chances = Chances::at(&ProductLaw::new(exact, 1, 6), 0.5, 0.2).unwrap();
    for (relu, activation) in [(false, Linear), (true, Relu)] {
        let share = share_of_failures(&exact, shape, 20_000, 0.5, 0.2, relu);
        let fail = chances.predict(&shape, activation, 1.0).fail;
        // Four standard errors, where the interval has two.
        let room = share.high - share.low;
        assert!((share.p - fail).abs() < room, "{share:?} {fail}");
    }
}

fn share_of_failures(
    weights: &WeightLaw,
    shape: Shape,
    trials: u64,
    target: f64,
    epsilon: f64,
    relu: bool,
) -> ticketscope_core::stats::Interval {
    let mut network = Network::random(shape, weights, 0);
    let mut decider = Decider::default();
    let mut fails = 0;
    for seed in 0..trials {
        network.redraw(weights, seed);
        let activation = if relu { Relu } else { Linear };
        let holds = decider.holds(&network, network.mask(), target, epsilon, activation).unwrap();
        fails += u64::from(!holds);
    }
    wilson(fails, trials).unwrap()
}
