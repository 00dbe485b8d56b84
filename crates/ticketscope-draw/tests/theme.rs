//! Colours measured: contrast by WCAG 2.2, differences by CIE 1976 ΔE, under normal sight and the three dichromacies of
//! Machado, Oliveira and Fernandes (2009), *A Physiologically-based Model for Simulation of Color Vision Deficiency*, at full
//! severity, applied to linear RGB.

use ticketscope_draw::theme::{Rgb, Role, Theme};

const THEMES: [Theme; 2] = [Theme::LIGHT, Theme::DARK];

type Matrix = [[f64; 3]; 3];

const SIGHTS: [(&str, Matrix); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protan", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    ("deutan", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    ("tritan", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn linear(Rgb(r, g, b): Rgb) -> [f64; 3] {
    [r, g, b].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: &Matrix, v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

fn luminance(colour: Rgb) -> f64 {
    times(&[[0.2126, 0.7152, 0.0722], [0.0; 3], [0.0; 3]], linear(colour))[0]
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// L*a*b* under D65.
fn lab(rgb: [f64; 3]) -> [f64; 3] {
    const XYZ: Matrix =
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
    let xyz = times(&XYZ, rgb);
    let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let [x, y, z] = [f(xyz[0] / 0.95047), f(xyz[1]), f(xyz[2] / 1.08883)];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn difference(sight: &Matrix, a: Rgb, b: Rgb) -> f64 {
    let seen = |colour| lab(times(sight, linear(colour)).map(|c| c.clamp(0.0, 1.0)));
    let (a, b) = (seen(a), seen(b));
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum::<f64>().sqrt()
}

#[test]
fn the_measures_give_known_values() {
    let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast(Rgb(0x76, 0x76, 0x76), white) - 4.54).abs() < 0.01);
    assert!((difference(&SIGHTS[0].1, black, white) - 100.0).abs() < 0.01);
    // Red against green: far apart for most, near for a deuteranope.
    let [normal, _, deutan, _] = SIGHTS.map(|(_, sight)| difference(&sight, Rgb(200, 80, 60), Rgb(120, 130, 40)));
    assert!(normal > 50.0 && deutan < 0.5 * normal, "{normal} {deutan}");
}

#[test]
fn what_carries_meaning_stands_out_from_the_page() {
    for theme in THEMES {
        let against_paper = |role| contrast(theme.colour(role), theme.colour(Role::Paper));
        let wanted =
            [(Role::Ink, 16.0), (Role::Soft, 4.5), (Role::Positive, 3.0), (Role::Negative, 3.0), (Role::Ghost, 3.0)];
        for (role, least) in wanted {
            assert!(against_paper(role) >= least, "{role:?}: {}", against_paper(role));
        }
        // The broken core of a negative edge is card on the sign's colour.
        assert!(contrast(theme.colour(Role::Card), theme.colour(Role::Negative)) >= 3.0);
    }
}

#[test]
fn signs_ghosts_and_ink_differ_for_every_eye() {
    let apart = [Role::Positive, Role::Negative, Role::Ghost, Role::Ink];
    for theme in THEMES {
        for (name, sight) in SIGHTS {
            for (i, &a) in apart.iter().enumerate() {
                for &b in &apart[..i] {
                    let d = difference(&sight, theme.colour(a), theme.colour(b));
                    assert!(d >= 25.0, "{name}: {a:?} and {b:?} are {d} apart");
                }
            }
        }
    }
}
