//! Where values are in a chart.

use super::{Axis, units};
use crate::range::Ticks;
use core::ops::Range;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{Cartesian2d, DrawingArea, DrawingBackend};

/// The rectangle of the data, CSS px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// Its left side.
    pub left: f32,
    /// Its right side.
    pub right: f32,
    /// Its top.
    pub top: f32,
    /// Its bottom, where the x axis is.
    pub bottom: f32,
}

pub(super) type Data<B> = DrawingArea<B, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

impl Plot {
    pub(super) fn coordinates<B: DrawingBackend>(
        self,
        area: &DrawingArea<B, Shift>,
        x: Range<f64>,
        y: Range<f64>,
    ) -> Data<B> {
        let pixels = (units(self.left)..units(self.right), units(self.bottom)..units(self.top));
        area.apply_coord_spec(Cartesian2d::new(x, y, pixels))
    }
}

/// Where the values and bins of a chart are, in CSS px of its box.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The rectangle of the data.
    pub plot: Plot,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) top: f64,
    pub(super) bins: usize,
    pub(super) y_ticks: Vec<(f64, String)>,
}

impl Scale {
    /// Where a value is; values beside the axis are at its ends.
    pub fn x_of(&self, value: f64) -> f32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) as f32;
        let share = if share.is_nan() { 0.0 } else { share };
        self.plot.left + share * (self.plot.right - self.plot.left)
    }

    /// The value at a place; beside the axis, its end.
    pub fn value_at(&self, x: f32) -> f64 {
        let share = ((x - self.plot.left) / (self.plot.right - self.plot.left)).clamp(0.0, 1.0);
        let share = if share.is_nan() { 0.0 } else { f64::from(share) };
        (self.low + share * (self.high - self.low)).clamp(self.low, self.high)
    }

    /// The bin at a place; none beside the axis.
    pub fn bin_at(&self, x: f32) -> Option<usize> {
        let share = (x - self.plot.left) / (self.plot.right - self.plot.left);
        let inside = self.bins > 0 && (0.0..=1.0).contains(&share);
        inside.then(|| ((f64::from(share) * self.bins as f64) as usize).min(self.bins - 1))
    }

    /// The share at which the y axis ends.
    pub fn top(&self) -> f64 {
        self.top
    }

    /// Left edge of a bin; the number of bins gives the right edge of the last.
    pub fn edge(&self, bin: usize) -> f64 {
        self.low + (self.high - self.low) * bin as f64 / self.bins.max(1) as f64
    }
}

impl Axis {
    /// At most so many ticks.
    pub(super) fn ticks(self, low: f64, high: f64, most: usize) -> Vec<(f64, String)> {
        let ticks = Ticks::new(low, high, most);
        let values = ticks.values.iter().copied();
        match self {
            Self::Plain => values.map(|value| (value, ticks.text(value))).collect(),
            Self::Powers => {
                let whole = values.filter(|value| (value - value.round()).abs() < 1e-6);
                whole.map(|value| (value, power_of_ten(value.round() as i64))).collect()
            }
        }
    }
}

/// "0.1", "1", "10", and "10⁻³" beyond.
pub(super) fn power_of_ten(power: i64) -> String {
    match power {
        -2 => "0.01".to_owned(),
        -1 => "0.1".to_owned(),
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        2 => "100".to_owned(),
        _ => {
            let raised = |c: char| match c {
                '-' => '⁻',
                '1' => '¹',
                '2' => '²',
                '3' => '³',
                digit => char::from_u32(0x2070 + digit as u32 - '0' as u32).unwrap_or(digit),
            };
            let digits: String = power.to_string().chars().map(raised).collect();
            format!("10{digits}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::HistogramChart;

    #[test]
    fn places_and_values_go_back_and_forth() {
        let counts = vec![1; 40];
        let chart = HistogramChart { low: -1.0, high: 1.0, counts, total: 40, ..HistogramChart::default() };
        let scale = chart.scale(440.0, 260.0);
        for bin in 0..40 {
            let middle = (scale.edge(bin) + scale.edge(bin + 1)) / 2.0;
            assert_eq!(scale.bin_at(scale.x_of(middle)), Some(bin));
            assert!((scale.value_at(scale.x_of(middle)) - middle).abs() < 1e-5);
        }
        assert_eq!(scale.bin_at(scale.plot.left - 1.0), None);
        assert_eq!(scale.bin_at(scale.plot.right), Some(39));
        assert_eq!(scale.value_at(-1e9), -1.0);
        assert_eq!((scale.x_of(f64::INFINITY), scale.x_of(f64::NAN)), (scale.plot.right, scale.plot.left));
        assert_eq!(HistogramChart::default().scale(440.0, 260.0).bin_at(200.0), None);
    }

    #[test]
    fn powers_of_ten_are_written_as_such() {
        assert_eq!([-12, -3, -2, 0, 1, 3].map(power_of_ten), ["10⁻¹²", "10⁻³", "0.01", "1", "10", "10³"]);
        let ticks = Axis::Powers.ticks(-6.0, 0.0, 4);
        assert_eq!(ticks.iter().map(|tick| tick.1.as_str()).collect::<Vec<_>>().join(" "), "10⁻⁶ 10⁻⁴ 0.01 1");
    }
}
