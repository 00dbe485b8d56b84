//! Axes of a chart of lines: their ends, and where values are between them.

use super::{Axis, Canvas, CurvesChart, DrawError, LINE, Layout, drawable};
use crate::chart::scale::power_of_ten;
use crate::range::Ticks;
use crate::theme::Role;
use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::HPos;

/// What lies between the ends of an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Whether ends are powers of ten.
    log: bool,
    low: f64,
    high: f64,
}

/// Smallest and largest power of ten on an axis.
const POWERS: (f64, f64) = (-320.0, 150.0);

impl Axis {
    /// From the range, or from values that all should have their place.
    pub(super) fn span(&self, values: &[f64]) -> Span {
        let usual = values.iter().copied().filter(|v| v.is_finite() && (!self.log || *v > 0.0));
        let (mut low, mut high) = usual.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        if let Some((a, b)) = self.range {
            (low, high) = (a, b);
        }
        if self.log {
            let power = |v: f64, other: f64| if v > 0.0 { v.log10().clamp(POWERS.0, POWERS.1) } else { other };
            let (mut low, mut high) = (power(low, -1.0), power(high, 0.0));
            if self.range.is_none() {
                // Whole powers, but for a hair.
                (low, high) = ((low + 1e-9).floor(), (high - 1e-9).ceil());
            }
            let (low, high) = drawable(low, high);
            return Span { log: true, low, high };
        }
        let wide = |end: f64, other: f64| if end.is_finite() { end } else { other };
        let (low, high) = drawable(wide(low, 0.0), wide(high, 1.0));
        Span { log: false, low, high }
    }
}

impl Span {
    /// How far along the axis a value is, 0 to 1 between its ends; none for what has no place. 0 is far below a logarithmic
    /// axis.
    pub fn share(&self, value: f64) -> Option<f64> {
        let at = match value {
            _ if !self.log => value,
            0.0 => 10.0 * POWERS.0,
            _ if value > 0.0 => value.log10(),
            _ => return None,
        };
        Some((at - self.low) / (self.high - self.low)).filter(|share| share.is_finite())
    }

    /// The value so far along the axis; beside it, its end.
    pub(super) fn value(&self, share: f64) -> f64 {
        self.beyond(if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) })
    }

    pub(super) fn beyond(&self, share: f64) -> f64 {
        let at = self.low + share * (self.high - self.low);
        if self.log { 10f64.powf(at) } else { at }
    }

    /// About so many ticks: values and what is written at them.
    pub(super) fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        let ticks = Ticks::new(self.low, self.high, most);
        let values = ticks.values.iter().copied();
        if !self.log {
            return values.map(|value| (value, ticks.text(value))).collect();
        }
        let whole = values.filter(|value| (value - value.round()).abs() < 1e-6);
        let whole: Vec<_> =
            whole.map(|power| (10f64.powf(power.round()), power_of_ten(power.round() as i64))).collect();
        if whole.len() > 2 || self.high - self.low > 3.0 {
            return whole;
        }
        self.within_powers(most)
    }

    /// Ticks of a logarithmic axis over few powers: 1, 2, 5 times each, or all nine where it is short.
    fn within_powers(&self, most: usize) -> Vec<(f64, String)> {
        let (from, to) = (self.low.floor() as i64, self.high.floor() as i64);
        let at = |factors: &[i32]| -> Vec<(f64, String)> {
            let of = |power: i64| factors.iter().map(move |&factor| (factor, power));
            let all = (from..=to).flat_map(of).map(|(factor, power)| {
                let value = f64::from(factor) * 10f64.powf(power as f64);
                (value, if factor == 1 { power_of_ten(power) } else { plain(factor, power) })
            });
            all.filter(|(value, _)| self.share(*value).is_some_and(|s| (-1e-9..=1.0 + 1e-9).contains(&s))).collect()
        };
        let sets: [&[i32]; 4] = [&[1, 2, 3, 4, 5, 6, 7, 8, 9], &[1, 2, 5], &[1, 3], &[1]];
        let fitting = sets.into_iter().map(at).find(|ticks| (1..=most.max(2)).contains(&ticks.len()));
        // Between two neighbours of all of these: the value in the middle.
        fitting.unwrap_or_else(|| {
            let middle = self.value(0.5);
            vec![(middle, format!("{middle:.3e}").replace('-', "−"))]
        })
    }
}

/// "0.02", "5", "300", and "2·10⁻⁵" beyond.
fn plain(factor: i32, power: i64) -> String {
    match power {
        0..=3 => (i64::from(factor) * 10i64.pow(power as u32)).to_string(),
        -3..=-1 => format!("{:.*}", -power as usize, f64::from(factor) * 10f64.powf(power as f64)),
        _ => format!("{factor}·{}", power_of_ten(power)),
    }
}

impl CurvesChart {
    pub(super) fn draw_axes<B: DrawingBackend>(&self, canvas: &Canvas<B>, layout: &Layout) -> Result<(), DrawError<B>> {
        let (plot, scale) = (canvas.plot, &layout.scale);
        canvas.rule((plot.left, plot.bottom), (plot.right, plot.bottom), Role::Ink, 1.0)?;
        for (value, text) in &layout.x_ticks {
            let x = scale.x_of(*value);
            canvas.rule((x, plot.bottom), (x, plot.bottom + 4.0), Role::Ink, 1.0)?;
            canvas.text(text, x, plot.bottom + 13.0, HPos::Center, Role::Soft)?;
        }
        for (value, text) in &layout.y_ticks {
            let y = scale.y_of(*value);
            canvas.rule((plot.left - 4.0, y), (plot.left, y), Role::Ink, 1.0)?;
            canvas.text(text, plot.left - 7.0, y, HPos::Right, Role::Soft)?;
        }
        if !self.y.title.is_empty() {
            canvas.text(&self.y.title, 0.0, LINE / 2.0, HPos::Left, Role::Soft)?;
        }
        if !self.x.title.is_empty() {
            let middle = (plot.left + plot.right) / 2.0;
            canvas.text(&self.x.title, middle, plot.bottom + 32.0, HPos::Center, Role::Soft)?;
        }
        Ok(())
    }
}
