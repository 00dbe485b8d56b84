//! A sum beside its target: the terms as arrows laid end to end over a line of numbers, the target a band of ±ε. A positive term
//! runs to the right in the one colour, a negative one to the left in the other.

use crate::range::Ticks;
use crate::surface::{Anchor, Face, Label, Mark, Stroke, Surface, TextStyle, paint};
use crate::theme::{Role, SMALL, text_width};

/// What a line of numbers shows.
#[derive(Debug, Clone, Copy)]
pub struct NumberLine<'a> {
    /// β.
    pub target: f64,
    /// ε: the band reaches this far to both sides.
    pub epsilon: f64,
    /// The terms, in the order in which they are added.
    pub terms: &'a [f64],
    /// All terms that may ever be shown, in any order, so that the axis stays the same while terms go; may be empty.
    pub all: &'a [f64],
    /// The line of text over the arrows, such as "sum 0.497 · target 0.5 ± 0.01".
    pub label: &'a str,
}

const MARGIN: f32 = 16.0;
/// Room for the label above and for the ticks below.
const HEAD: f32 = 26.0;
const FOOT: f32 = 30.0;

impl NumberLine<'_> {
    /// The height, in CSS px, at which the arrows stand well apart.
    pub fn height(&self) -> f32 {
        HEAD + FOOT + 10.0 * self.terms.len().max(self.all.len()).clamp(1, 12) as f32
    }

    /// The marks in a box of a size in CSS px, back to front.
    pub fn marks(&self, width: f32, height: f32) -> Vec<Mark> {
        let width = width.clamp(120.0, 16_384.0);
        let (low, high) = self.range();
        let x = |value: f64| {
            let share = ((finite(value) - low) / (high - low)).clamp(0.0, 1.0) as f32;
            MARGIN + share * (width - 2.0 * MARGIN)
        };
        let bottom = height.max(HEAD + FOOT + 10.0) - FOOT;
        let mut marks = Vec::new();
        self.push_band(&mut marks, x(self.target - self.epsilon), x(self.target + self.epsilon), bottom);
        push_axis(&mut marks, low, high, &x, bottom, width);
        let row = ((bottom - HEAD - 6.0) / self.terms.len().max(1) as f32).min(14.0);
        let mut arrows: [Vec<f32>; 2] = Default::default();
        let mut drops = Vec::new();
        let (mut sum, mut y) = (0.0, HEAD + 0.5 * row);
        for (place, &term) in self.terms.iter().enumerate() {
            let (from, to) = (x(sum), x(sum + finite(term)));
            sum += finite(term);
            arrow(&mut arrows[usize::from(term < 0.0)], from, to, y);
            let last = place + 1 == self.terms.len();
            drops.extend([to, y, to, if last { bottom } else { y + row }]);
            y += row;
        }
        if !drops.is_empty() {
            marks.push(Mark::Segments { stroke: Stroke::solid(Role::Ghost, 1.0), points: drops });
        }
        for (points, role) in arrows.into_iter().zip([Role::Positive, Role::Negative]) {
            if !points.is_empty() {
                marks.push(Mark::Segments { stroke: Stroke::solid(role, 2.0), points });
            }
        }
        self.push_sum(&mut marks, x(sum), bottom, width);
        marks
    }

    /// Draws it in a box of a size in CSS px.
    pub fn paint(&self, width: f32, height: f32, surface: &mut impl Surface) {
        paint(&self.marks(width, height), surface);
    }

    /// Holds 0, the band and every sum that any of the terms can make in any order.
    fn range(&self) -> (f64, f64) {
        let terms = if self.all.is_empty() { self.terms } else { self.all };
        let mut low: f64 = terms.iter().map(|&term| finite(term).min(0.0)).sum();
        let mut high: f64 = terms.iter().map(|&term| finite(term).max(0.0)).sum();
        for end in [self.target - self.epsilon, self.target + self.epsilon].map(finite) {
            low = low.min(end);
            high = high.max(end);
        }
        let (low, high) = crate::range::drawable(low, high);
        let margin = 0.03 * (high - low);
        (low - margin, high + margin)
    }

    /// The target: a band between two rules, never thinner than the eye can see.
    fn push_band(&self, marks: &mut Vec<Mark>, from: f32, to: f32, bottom: f32) {
        let middle = (from + to) / 2.0;
        let width = (to - from).max(4.0);
        let fill = Stroke::solid(Role::Bar.at(0.5), width);
        marks.push(Mark::Segments { stroke: fill, points: vec![middle, HEAD - 4.0, middle, bottom] });
        let sides = [middle - width / 2.0, middle + width / 2.0];
        let points = sides.into_iter().flat_map(|x| [x, HEAD - 4.0, x, bottom]).collect();
        marks.push(Mark::Segments { stroke: Stroke::solid(Role::Ink, 1.2), points });
    }

    /// Where the sum stands: an arrowhead under the line, and the label over all.
    fn push_sum(&self, marks: &mut Vec<Mark>, x: f32, bottom: f32, width: f32) {
        let head = vec![x, bottom + 1.0, x - 4.5, bottom + 9.0, x, bottom + 1.0, x + 4.5, bottom + 9.0];
        marks.push(Mark::Segments { stroke: Stroke::solid(Role::Paper, 5.0), points: head.clone() });
        marks.push(Mark::Segments { stroke: Stroke::solid(Role::Ink, 2.4), points: head });
        let half = text_width(self.label, SMALL) / 2.0;
        let at = x.clamp(half.min(width / 2.0), (width - half).max(width / 2.0));
        let style =
            TextStyle { paint: Role::Ink.into(), face: Face::Sans, size: SMALL, anchor: Anchor::Middle, halo: true };
        let text = self.label.to_owned();
        marks.push(Mark::Text { style, labels: vec![Label { x: at, y: 14.0, text }] });
    }
}

fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}

/// A line with a head at its end; only the line where there is no room for a head.
fn arrow(points: &mut Vec<f32>, from: f32, to: f32, y: f32) {
    points.extend([from, y, to, y]);
    let length = to - from;
    let head = length.abs().min(5.0).copysign(length);
    if length.abs() >= 2.0 {
        points.extend([to, y, to - head, y - 3.5, to, y, to - head, y + 3.5]);
    }
}

fn push_axis(marks: &mut Vec<Mark>, low: f64, high: f64, x: &impl Fn(f64) -> f32, bottom: f32, width: f32) {
    let ticks = Ticks::new(low, high, (width / 64.0).clamp(2.0, 9.0) as usize);
    let mut points = vec![x(low), bottom, x(high), bottom];
    let mut labels = Vec::new();
    for &value in &ticks.values {
        let at = x(value);
        points.extend([at, bottom, at, bottom + 4.0]);
        labels.push(Label { x: at, y: bottom + 23.0, text: ticks.text(value) });
    }
    marks.push(Mark::Segments { stroke: Stroke::solid(Role::Ink, 1.0), points });
    let style =
        TextStyle { paint: Role::Soft.into(), face: Face::Sans, size: SMALL, anchor: Anchor::Middle, halo: false };
    marks.push(Mark::Text { style, labels });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(line: &NumberLine, role: Role) -> Vec<(f32, f32)> {
        let shafts = |points: &[f32]| {
            let lines = points.chunks_exact(4).filter(|p| p[1] == p[3]).map(|p| (p[0], p[2]));
            lines.collect::<Vec<_>>()
        };
        let of = |mark: &Mark| match mark {
            Mark::Segments { stroke, points } if stroke.paint.role == role && stroke.width == 2.0 => {
                Some(shafts(points))
            }
            _ => None,
        };
        line.marks(480.0, 200.0).iter().find_map(of).unwrap_or_default()
    }

    #[test]
    fn arrows_run_end_to_end_and_the_way_of_their_sign() {
        let terms = [0.6, -0.3, 0.2];
        let line = NumberLine { target: 0.5, epsilon: 0.01, terms: &terms, all: &[], label: "sum 0.5" };
        let (up, down) = (arrows(&line, Role::Positive), arrows(&line, Role::Negative));
        assert_eq!((up.len(), down.len()), (2, 1));
        assert!(up.iter().all(|(from, to)| to > from) && down[0].1 < down[0].0);
        assert!((up[0].1 - down[0].0).abs() < 1e-3 && (down[0].1 - up[1].0).abs() < 1e-3);
    }

    #[test]
    fn strange_terms_stay_in_the_box() {
        for strange in [f64::NAN, f64::INFINITY, 1e308, -1e308, 0.0, 5e-324] {
            let terms = [strange, 0.5, strange];
            let line = NumberLine { target: strange, epsilon: strange, terms: &terms, all: &terms, label: "sum" };
            for width in [320.0, 900.0] {
                for mark in line.marks(width, line.height()) {
                    if let Mark::Segments { points, .. } = mark {
                        let inside = |p: &[f32]| p[0] >= 0.0 && p[0] <= width && p[1] >= 0.0 && p[1] <= line.height();
                        assert!(points.chunks_exact(2).all(inside), "{strange} {width} {points:?}");
                    }
                }
            }
        }
    }
}
