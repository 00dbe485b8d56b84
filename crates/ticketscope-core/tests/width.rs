//! Widths against values computed apart from the program (each to a relative 10⁻⁹), and what must hold for all questions.

use proptest::prelude::*;
use ticketscope_core::float;
use ticketscope_core::width::{Claim, Question};

/// The width that `claim` comes to.
fn width(question: Question, claim: Claim) -> f64 {
    question.need(claim).width
}

fn near(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 1e-9, "{found} is not {expected}");
}

/// One target weight, x = 1.
fn one(tolerance: f64, failure: f64, path_length: u32) -> Question {
    Question { sources: 1, sinks: 1, layers: 1, path_length, tolerance, failure, scale: 1.0 }
}

/// S = T = w with F layers, at δ = .05 and x = 1/√w.
fn full(w: u32, layers: u32, tolerance: f64, path_length: u32) -> Question {
    let scale = 1.0 / float::sqrt(f64::from(w));
    Question { sources: w, sinks: w, layers, path_length, tolerance, failure: 0.05, scale }
}

#[test]
fn one_weight() {
    for (question, printed, linear, relu, floor) in [
        (one(0.1, 0.1, 2), 7.740455120409899, 44.890567480354875, 118.3251044250313, 4.321928094887362),
        (one(0.1, 0.1, 4), 2.7821673422729085, 3.554007706374889, 7.817851576195398, 4.321928094887362),
        (one(0.1, 0.01, 3), 4.732122603523648, 9.475290758636895, 20.523417765815633, 7.643856189774724),
        (one(0.05, 0.1, 12), 1.4900937133915735, 1.506856100305394, 3.090224464933706, 4.321928094887362),
    ] {
        near(width(question, Claim::Printed), printed);
        near(width(question, Claim::Linear), linear);
        near(width(question, Claim::Relu), relu);
        near(width(question, Claim::Signs), floor);
    }
}

#[test]
fn five_sources_and_a_layer_of_five_by_five() {
    let five = Question { sources: 5, ..one(0.1, 0.1, 4) };
    near(width(five, Claim::Printed), 48.64765356593077);
    near(width(five, Claim::Relu), 77.20724154317638);
    near(width(Question { sinks: 5, ..five }, Claim::Printed), 307.37515197165004);
}

#[test]
fn whole_networks() {
    for (question, printed, linear, relu, about) in [
        (full(10, 3, 0.1, 2), 2254238.8629048327, 329688.2066776726, 712383.1833876361, 1355.0746785383244),
        (full(100, 3, 0.1, 4), 473613.42829507514, 251768.62451954943, 512196.33235839295, 201946.02975157966),
        (full(100, 10, 0.01, 10), 49926.564457467706, 43692.72070906692, 87839.86859434894, 219315.68569324174),
    ] {
        near(width(question, Claim::Printed), printed);
        near(width(question, Claim::Linear), linear);
        near(width(question, Claim::Relu), relu);
        // The shorthand S·T·log₂(2·S·T·F/δ) is the union bound: a little above the floor itself.
        let floor = width(question, Claim::Signs);
        assert!(floor < about && floor > 0.997 * about, "{floor} against about {about}");
    }
    near(width(full(100, 3, 0.1, 2), Claim::Malach), 9e10);
    near(width(full(10, 3, 0.1, 2), Claim::Pensia), 34.011973816621555);
}

/// S = T = 100, F = 3, ε = .1, δ = .05: the printed width is below what the signs of first edges need from L = 5 on.
#[test]
fn the_printed_width_is_false_from_five_edges_on() {
    let floor = full(100, 3, 0.1, 2).sign_floor();
    for path_length in 2..=32 {
        let need = full(100, 3, 0.1, path_length).need(Claim::Printed);
        assert_eq!(need.false_below, (path_length >= 5).then_some(floor), "L = {path_length}");
    }
    assert_eq!(full(100, 3, 0.1, 10).need(Claim::Linear).false_below, None, "linear activation needs no signs");
}

/// A block of two edge layers, one of four, and F + 1 layers, counted by hand.
#[test]
fn weights_are_those_of_complete_edge_layers() {
    let need = full(10, 3, 0.1, 4).need(Claim::Signs);
    near(need.weights, 3.0 * (20.0 * need.width + 2.0 * need.width * need.width));
    assert_eq!(need.edge_layers, 12);
    let pensia = full(10, 3, 0.1, 4).need(Claim::Pensia);
    near(pensia.weights, 3.0 * 20.0 * pensia.width);
    assert_eq!(pensia.edge_layers, 6, "two for each of the target's, whatever L");
    let burkholz = full(10, 3, 0.1, 4).need(Claim::Burkholz);
    near(burkholz.weights, 20.0 * burkholz.width + 2.0 * burkholz.width * burkholz.width);
    assert_eq!(burkholz.edge_layers, 4);
}

/// x/ε = 8: three bits a weight; no more weights than bits.
#[test]
fn counting_needs_a_bit_a_doubling() {
    let question = Question { sources: 2, sinks: 3, layers: 2, scale: 0.8, ..one(0.1, 0.1, 5) };
    let need = question.need(Claim::Counting);
    near(need.weights, 2.0 * 3.0 * 2.0 * 3.0);
    near(2.0 * (5.0 * need.width + 3.0 * need.width * need.width), need.weights);
    let all = Question { tolerance: 2.0, ..question }.need(Claim::Counting);
    assert_eq!((all.weights, all.width), (0.0, 0.0), "a window as wide as the range tells nothing apart");
}

proptest! {
    /// Every claim is a finite number of the right sign at every question a link can ask, and a smaller δ or ε never needs less.
    #[test]
    fn finite_and_monotone(
        (sources, sinks, layers, path_length) in (1_u32..=64, 1_u32..=16, 1_u32..=32, 2_u32..=33),
        (tolerance, failure, scale) in (-9.0_f64..6.0, -9.0_f64..-0.001, -6.0_f64..6.0),
    ) {
        let (tolerance, failure, scale) = (float::pow(10.0, tolerance), float::pow(10.0, failure), float::pow(10.0, scale));
        let question = Question { sources, sinks, layers, path_length, tolerance, failure, scale };
        for claim in Claim::ALL {
            let need = question.need(claim);
            prop_assert!(need.width.is_finite() && need.width >= 0.0, "{claim:?} {need:?}");
            prop_assert!(need.weights.is_finite() && need.weights >= 0.0, "{claim:?} {need:?}");
            for stricter in [Question { tolerance: tolerance / 2.0, ..question }, Question { failure: failure / 2.0, ..question }] {
                let more = stricter.need(claim).width;
                prop_assert!(more >= need.width * (1.0 - 1e-12), "{claim:?}: {more} for less than {}", need.width);
            }
        }
    }
}
