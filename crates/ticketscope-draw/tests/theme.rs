//! Colours measured: contrast by WCAG 2.2, differences by CIE 1976 ΔE, under normal sight and the three dichromacies of
//! Machado, Oliveira and Fernandes (2009), *A Physiologically-based Model for Simulation of Color Vision Deficiency*, at full
//! severity, applied to linear RGB.

use ticketscope_core::shape::Shape;
use ticketscope_core::state::{EdgeState, NodeState};
use ticketscope_draw::camera::Camera;
use ticketscope_draw::layout::Frame;
use ticketscope_draw::overlay::{LastEdges, Order, Overlay};
use ticketscope_draw::pick::{Pick, Target};
use ticketscope_draw::picture::{Picture, PictureInput, View};
use ticketscope_draw::surface::{Dash, Mark, Stroke};
use ticketscope_draw::theme::{Rgb, Role, SERIES, Theme};

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

#[test]
fn lines_of_a_chart_differ_for_every_eye_and_stand_out_from_the_page() {
    for theme in THEMES {
        assert_eq!(theme.series(0), theme.colour(Role::Ink));
        for a in 0..SERIES {
            let c = contrast(theme.series(a), theme.colour(Role::Paper));
            assert!(c >= 3.0, "line {a}: {c}");
            for b in 0..a {
                for (name, sight) in SIGHTS {
                    let d = difference(&sight, theme.series(a), theme.series(b));
                    assert!(d >= 25.0, "{name}: lines {a} and {b} are {d} apart");
                }
            }
        }
    }
}

/// What an edge looks like from above: the strokes on its own line, back to front, and how many marks lie across it.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    strokes: Vec<Stroke>,
    across: usize,
}

/// The look of the only edge from x to the only hidden node.
fn look(state: EdgeState, weight: f64, just_cut: bool, overlay: Overlay) -> Look {
    let shape = Shape::new(1, 1, 1, 1).unwrap();
    let input = PictureInput {
        shape: &shape,
        weights: &[weight, weight],
        edge_states: &[state, EdgeState::OnTicket],
        node_states: &[NodeState::OnTicket; 3],
        just_cut: just_cut.then_some(0),
        just_orphaned: &[],
        overlay: &overlay,
        camera: Camera::WHOLE,
    };
    let frame = Frame::new(400.0, 240.0);
    let picture = Picture::new(&input, frame, View::Lines);
    let (x, y) = Target::new(&shape, frame, View::Lines, Camera::WHOLE, &[]).middle(Pick::Edge(0)).unwrap();
    let mut look = Look { strokes: Vec::new(), across: 0 };
    for mark in picture.all() {
        if let Mark::Segments { stroke, points } = mark {
            for p in points.chunks_exact(4) {
                let along = p[1] == y && p[3] == y && p[0] < x && p[2] > x && p[2] - p[0] > 50.0;
                if along {
                    look.strokes.push(*stroke);
                } else {
                    let near = |at: &[f32]| (at[0] - x).abs() < 9.0 && (at[1] - y).abs() < 9.0;
                    look.across += usize::from(near(&p[..2]) && near(&p[2..]));
                }
            }
        }
    }
    assert!(!look.strokes.is_empty(), "{state:?} {overlay:?}");
    look
}

impl Look {
    /// The form alone: dashes, widths to half a px, what lies across; colour is left out.
    fn form(&self) -> (Vec<(Dash, u32)>, usize) {
        let strokes = self.strokes.iter().filter(|stroke| stroke.paint.role != Role::Paper);
        (strokes.map(|stroke| (stroke.dash, (2.0 * stroke.width).round() as u32)).collect(), self.across)
    }

    /// The colour of its middle, all strokes but the broken core laid over each other on paper.
    fn colour(&self, theme: &Theme) -> Rgb {
        let strokes = self.strokes.iter().filter(|stroke| stroke.paint.role != Role::Card);
        strokes.fold(theme.colour(Role::Paper), |under, stroke| {
            over(theme.colour(stroke.paint.role), under, stroke.paint.alpha)
        })
    }
}

fn over(Rgb(r, g, b): Rgb, Rgb(pr, pg, pb): Rgb, alpha: f32) -> Rgb {
    let mix = |top: u8, under: u8| (f32::from(top) * alpha + f32::from(under) * (1.0 - alpha)).round() as u8;
    Rgb(mix(r, pr), mix(g, pg), mix(b, pb))
}

/// Every look that an edge can have, by name.
fn looks() -> Vec<(&'static str, Look)> {
    let plain = |state, weight| look(state, weight, false, Overlay::NONE);
    let with = |state, overlay| look(state, 1.0, false, overlay);
    let (ticket, cut) = (EdgeState::OnTicket, EdgeState::Cut);
    let edge = Some(Pick::Edge(0));
    let aged = |at| Some(Order { removed_at: if at == 1 { &[1, 9] } else { &[9, 9] }, last: 9 });
    let dimmed = Overlay { lit: Some(&[1]), ..Overlay::NONE };
    vec![
        ("on a ticket, positive", plain(ticket, 1.0)),
        ("on a ticket, negative", plain(ticket, -1.0)),
        ("idle, positive", plain(EdgeState::Idle, 1.0)),
        ("idle, negative", plain(EdgeState::Idle, -1.0)),
        ("cut", plain(cut, 1.0)),
        ("orphaned", plain(EdgeState::Orphaned, 1.0)),
        ("just cut", look(cut, 1.0, true, Overlay::NONE)),
        ("dimmed, positive", look(ticket, 1.0, false, dimmed)),
        ("dimmed, negative", look(ticket, -1.0, false, dimmed)),
        ("under the pointer", with(ticket, Overlay { hover: edge, ..Overlay::NONE })),
        ("pinned", with(ticket, Overlay { pins: &[Pick::Edge(0)], ..Overlay::NONE })),
        ("in focus", with(ticket, Overlay { focus: edge, ..Overlay::NONE })),
        ("last cut", with(cut, Overlay { last_cut: Some(LastEdges { edges: &[0], source: 0 }), ..Overlay::NONE })),
        ("first to go", with(cut, Overlay { order: aged(1), ..Overlay::NONE })),
        ("last to go", with(cut, Overlay { order: aged(9), ..Overlay::NONE })),
        ("alive here only", with(ticket, Overlay { differs: &[0], ..Overlay::NONE })),
    ]
}

#[test]
fn any_two_looks_of_an_edge_differ_by_form_or_by_20_for_every_eye() {
    let looks = looks();
    let mut by_form = 0;
    for (i, (name, a)) in looks.iter().enumerate() {
        for (other, b) in &looks[..i] {
            // In the order of death every edge that is gone has a shade: plain cut ones are not beside it.
            if (*name, *other) == ("first to go", "cut") {
                continue;
            }
            if a.form() != b.form() {
                by_form += 1;
                continue;
            }
            for theme in THEMES {
                for (sight, matrix) in SIGHTS {
                    let d = difference(&matrix, a.colour(&theme), b.colour(&theme));
                    assert!(d >= 20.0, "{sight}: {name} and {other} have one form and are {d} apart");
                }
            }
        }
    }
    // Of the 120 pairs only idle and dimmed ones, and the ends of the order, could lean on colour.
    assert!(by_form >= 110, "{by_form} of {} pairs differ by form", looks.len() * (looks.len() - 1) / 2);
}

#[test]
fn every_stroke_that_carries_meaning_stands_three_to_one_against_the_page() {
    for (name, look) in looks() {
        // Idle and dimmed edges step back on purpose: what they say is that they are of no account now.
        let quiet = name.starts_with("idle") || name.starts_with("dimmed");
        for theme in THEMES {
            let c = contrast(look.colour(&theme), theme.colour(Role::Paper));
            assert!(quiet || c >= 3.0, "{name}: {c}");
            assert!(c >= 1.2, "{name} cannot be seen: {c}");
        }
    }
}

#[test]
fn all_text_stands_four_and_a_half_to_one_against_what_is_behind_it() {
    for theme in THEMES {
        for role in [Role::Ink, Role::Soft] {
            for ground in [Role::Paper, Role::Card] {
                let c = contrast(theme.colour(role), theme.colour(ground));
                assert!(c >= 4.5, "{role:?} on {ground:?}: {c}");
            }
        }
        // The letters of pins are paper on ink; labels over bars lie on a veil of paper.
        let veiled = over(theme.colour(Role::Paper), theme.colour(Role::Bar), 0.86);
        assert!(contrast(theme.colour(Role::Ink), veiled) >= 4.5);
    }
}
