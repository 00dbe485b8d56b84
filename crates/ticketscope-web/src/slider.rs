//! Sliders: positions 0..=most, each with a value. Whatever the slider offers, the full range can be typed.

use ticketscope_core::float;
use ticketscope_scene::field::{Control, Field, Kind, Value};
use ticketscope_scene::number::canonical;

/// Positions of a slider over real numbers, or over a long range of whole ones.
const FINE: u32 = 200;

/// The ends of a field's slider, and whether equal distances are equal ratios. Two fields that the table lets type numbers or
/// words have a slider over the numbers here.
fn ends(field: &Field) -> Option<(f64, f64, bool)> {
    match (field.control, field.key) {
        (Control::Slider { low, high, log }, _) => Some((low, high, log)),
        (_, "alpha") => Some((0.05, 8.0, true)),
        (_, "confidence") => Some((1.0, 1e6, true)),
        (_, "beta") => Some((-2.0, 2.0, false)),
        _ => None,
    }
}

/// The values that a field's slider offers, ascending; empty where the field has no slider.
pub fn stops(field: &Field) -> Vec<f64> {
    let Some((low, high, log)) = ends(field) else { return Vec::new() };
    let whole = matches!(field.kind, Kind::Whole { .. });
    if whole && !log && high - low <= 1000.0 {
        return (low as u32..=high as u32).map(f64::from).collect();
    }
    let mut stops: Vec<f64> = (0..=FINE)
        .map(|place| {
            let t = f64::from(place) / f64::from(FINE);
            let x = if log { low * float::pow(high / low, t) } else { low + (high - low) * t };
            let x = if place == 0 {
                low
            } else if place == FINE {
                high
            } else {
                rounded(x, if log { 2 } else { 3 })
            };
            if whole { x.round() } else { x }
        })
        .collect();
    stops.dedup();
    stops
}

/// A number to so many significant decimal digits, as the decimal text says it, so that a link stays short.
fn rounded(x: f64, digits: usize) -> f64 {
    format!("{x:.*e}", digits - 1).parse().unwrap_or(x)
}

/// The stop nearest to a value.
pub fn position(stops: &[f64], value: f64) -> u32 {
    let after = stops.partition_point(|&stop| stop < value);
    let nearer_before = after > 0 && (after == stops.len() || value - stops[after - 1] < stops[after] - value);
    (if nearer_before { after - 1 } else { after }) as u32
}

/// The text of a position, as it would be typed.
pub fn text(stops: &[f64], position: u32) -> Option<String> {
    stops.get(position as usize).map(|&value| canonical(value))
}

/// The number that a value stands for, if it is one.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Whole(n) => Some(*n as f64),
        Value::Real(x) => Some(*x),
        Value::Reals(list) => list.first().copied().filter(|_| list.len() == 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ticketscope_scene::{FIELDS, Scene};

    #[test]
    fn every_stop_can_be_typed_and_found_again() {
        let mut sliders = 0;
        for field in FIELDS {
            let stops = stops(field);
            sliders += usize::from(!stops.is_empty());
            assert!(stops.is_sorted_by(|a, b| a < b), "{}", field.key);
            for place in 0..stops.len() as u32 {
                let mut scene = Scene::default();
                field.read(&mut scene, &text(&stops, place).unwrap()).unwrap();
                let value = number(&field.value(&scene)).unwrap();
                assert_eq!(position(&stops, value), place, "{} {value}", field.key);
            }
        }
        assert!(sliders > 5);
    }

    #[test]
    fn a_typed_value_between_two_stops_takes_the_nearer() {
        let stops = [1.0, 2.0, 5.0];
        assert_eq!(position(&stops, 0.1), 0);
        assert_eq!(position(&stops, 1.4), 0);
        assert_eq!(position(&stops, 4.0), 2);
        assert_eq!(position(&stops, 900.0), 2);
    }
}
