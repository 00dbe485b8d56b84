//! Ranges and ticks of axes. plotters panics on a NaN range and does not come back from one that reaches ±1e308, so whatever
//! numbers arrive are made into a range that can be drawn, here.

/// Widest value that an axis shows; its square must still be a number.
const LARGEST: f64 = 1e150;

/// A finite, increasing range that can be drawn, from any two numbers: swapped ends are put in order, NaN and infinities are
/// bounded, and a range too narrow for its place on the axis is widened about its middle.
pub fn drawable(low: f64, high: f64) -> (f64, f64) {
    let bounded = |x: f64, else_: f64| if x.is_nan() { else_ } else { x.clamp(-LARGEST, LARGEST) };
    let (a, b) = (bounded(low, -1.0), bounded(high, 1.0));
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    let middle = low / 2.0 + high / 2.0;
    let least = (middle.abs() * 1e-9).max(1e-150);
    if high - low < least { (middle - least, middle + least) } else { (low, high) }
}

/// Ticks of an axis: multiples of a round step (1, 2 or 5 times a power of ten), and how to write them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// Where they are, in order; at least one.
    pub values: Vec<f64>,
    step: f64,
}

impl Ticks {
    /// At most `most` ticks in a [`drawable`] range.
    pub fn new(low: f64, high: f64, most: usize) -> Self {
        let (low, high) = drawable(low, high);
        let most = most.clamp(1, 50);
        let mut step = power_of_ten_below((high - low) / most as f64);
        while count(low, high, step) > most as f64 {
            // 1, 2, 5, 10: the leading digit tells which comes next.
            step *= if leading_two(step) { 2.5 } else { 2.0 };
        }
        let first = (low / step - 1e-9).ceil();
        let last = (high / step + 1e-9).floor();
        let count = (last - first).clamp(0.0, 100.0) as u32;
        // A range between two ticks has its middle as its only one.
        let values = if last < first {
            vec![low / 2.0 + high / 2.0]
        } else {
            (0..=count).map(|i| (first + f64::from(i)) * step + 0.0).collect()
        };
        Self { values, step }
    }

    /// A tick's value in the fewest characters that tell it from its neighbours, with a true minus sign.
    pub fn text(&self, value: f64) -> String {
        let largest = self.values.iter().fold(0.0f64, |most, v| most.max(v.abs()));
        let plain = if largest != 0.0 && !(1e-4..1e6).contains(&largest) {
            format!("{value:e}")
        } else {
            let decimals = (0..12).find(|&d| close_to_whole(self.step, d)).unwrap_or(12);
            let text = format!("{value:.decimals$}");
            if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
        };
        if plain.trim_matches(['-', '0', '.', 'e']).is_empty() { "0".to_owned() } else { plain.replace('-', "−") }
    }
}

/// A number in about three figures with its sign, 0 without one; for places with little room.
pub fn signed(value: f64) -> String {
    let size = value.abs();
    let text = match size {
        0.0 => return "0".to_owned(),
        _ if !(0.005..9_999.5).contains(&size) => format!("{size:.0e}"),
        99.5.. => format!("{size:.0}"),
        9.95.. => format!("{size:.1}"),
        _ => format!("{size:.2}"),
    };
    format!("{}{}", if value < 0.0 { '−' } else { '+' }, text.replace('-', "−"))
}

/// Whether a step is a whole number once multiplied by 10^decimals.
fn close_to_whole(step: f64, decimals: usize) -> bool {
    let scaled = (0..decimals).fold(step, |x, _| x * 10.0);
    (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-3)
}

fn count(low: f64, high: f64, step: f64) -> f64 {
    (high / step + 1e-9).floor() - (low / step - 1e-9).ceil() + 1.0
}

fn power_of_ten_below(x: f64) -> f64 {
    let mut power = 1.0;
    while power > x {
        power /= 10.0;
    }
    while power * 10.0 <= x {
        power *= 10.0;
    }
    power
}

/// Whether a step made by the rule 1, 2, 5, 10, … is now at a 2.
fn leading_two(step: f64) -> bool {
    let lead = step / power_of_ten_below(step * (1.0 + 1e-9));
    (lead - 2.0).abs() < 1e-3
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRANGE: [f64; 14] = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        1e308,
        -1e308,
        f64::MAX,
        0.0,
        -0.0,
        5e-324,
        1.0,
        -1.0,
        0.3,
        1e-300,
        1e16,
    ];

    #[test]
    fn every_pair_of_numbers_gives_a_range_that_can_be_drawn() {
        for a in STRANGE {
            for b in STRANGE {
                let (low, high) = drawable(a, b);
                assert!(low.is_finite() && high.is_finite() && low < high, "{a} {b}: {low} {high}");
                assert!((high - low).is_finite() && 1.0 / (high - low) < f64::INFINITY, "{a} {b}");
                for most in [0, 1, 5, usize::MAX] {
                    let ticks = Ticks::new(a, b, most);
                    assert!((1..=50).contains(&ticks.values.len()), "{a} {b} {most}: {}", ticks.values.len());
                    let slack = (high - low) * 1e-6;
                    assert!(ticks.values.iter().all(|&v| v >= low - slack && v <= high + slack), "{a} {b} {ticks:?}");
                    assert!(ticks.values.windows(2).all(|pair| pair[0] < pair[1]), "{a} {b} {ticks:?}");
                }
            }
        }
    }

    #[test]
    fn values_are_written_short_with_their_sign() {
        let texts = [0.0, -0.0, 0.5, -1.256, 12.34, -345.6, 1e7, -4.2e-5, 0.005].map(signed);
        assert_eq!(texts, ["0", "0", "+0.50", "−1.26", "+12.3", "−346", "+1e7", "−4e−5", "+0.01"]);
        assert!(STRANGE.iter().all(|&x| signed(x).chars().count() <= 7));
    }

    #[test]
    fn ticks_are_round_and_written_short() {
        let text = |low, high, most| {
            let ticks = Ticks::new(low, high, most);
            ticks.values.iter().map(|&v| ticks.text(v)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(text(-1.0, 1.0, 5), "−1 −0.5 0 0.5 1");
        assert_eq!(text(0.0, 196.0, 5), "0 50 100 150");
        assert_eq!(text(0.0, 0.037, 4), "0 0.01 0.02 0.03");
        assert_eq!(text(-3e7, 3e7, 3), "−2e7 0 2e7");
        assert_eq!(text(-0.25, 0.25, 3), "−0.2 0 0.2");
    }
}
