//! The bounds on the scrub bar: where each stands, and where its label finds room. Pure.

use crate::model::Bounds;
use ticketscope_draw::theme::{SMALL, text_width};
use ticketscope_scene::number::{figure, grouped};

/// A bound on the scrub bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Which one: `paper`, `bins` or `lambert`.
    pub name: &'static str,
    /// Where, in per cent of the run; one beyond its end stands at the end.
    pub at: f64,
    /// What stands beside it.
    pub label: String,
    /// The same in words, for a pointer that rests on it and for those who do not see it.
    pub words: String,
    /// It lies beyond the end of the run.
    pub beyond: bool,
}

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Left of its line, not right.
    pub left: bool,
    /// 0 next to the bar, 1 above that.
    pub row: usize,
}

/// The bounds that there are, the most telling first: the paper's, the exact one, and Lambert's, which lies between.
pub fn marks(bounds: &Bounds, last: u32) -> Vec<Mark> {
    let bins = bounds.bins.map(|k| (k as f64, grouped(k)));
    let real = |k: Option<f64>| k.map(|k| (k, figure(k)));
    [
        ("paper", "paper", "The paper’s bound, k <", real(bounds.paper)),
        ("bins", "exact", "Balls in bins, exactly, k ≤", bins),
        ("lambert", "Lambert", "Lambert’s closed form, k <", real(bounds.lambert)),
    ]
    .into_iter()
    .filter_map(|(name, short, long, k)| {
        let (k, text) = k?;
        let beyond = k > f64::from(last);
        let (arrow, end) = if beyond { (" ▸", ": beyond the end of this run") } else { ("", "") };
        Some(Mark {
            name,
            at: if beyond { 100.0 } else { 100.0 * k / f64::from(last.max(1)) },
            label: format!("{short} {text}{arrow}"),
            words: format!("{long} {text}{end}"),
            beyond,
        })
    })
    .collect()
}

/// The four places of a label, the best first.
const PLACES: [Place; 4] = [
    Place { left: false, row: 0 },
    Place { left: true, row: 0 },
    Place { left: false, row: 1 },
    Place { left: true, row: 1 },
];

/// Finds room for the labels on a bar of a width in CSS px: right of their lines or left, next to the bar or a row higher. One
/// that finds none has its line and its words only; the later marks give way to the earlier.
pub fn places(marks: &[Mark], width: f64) -> Vec<Option<Place>> {
    // Three labels have 64 ways to stand: all are tried, and the first of those is taken that shows most of them.
    let ways = 1_usize << (2 * marks.len());
    let tried = (0..ways).map(|way| placed(marks, width, |mark| PLACES[way >> (2 * (marks.len() - 1 - mark)) & 3]));
    let score =
        |places: &[Option<Place>]| places.iter().fold(0_usize, |score, place| 2 * score + usize::from(place.is_some()));
    let mut best = Vec::new();
    for places in tried {
        if best.is_empty() || score(&places) > score(&best) {
            best = places;
        }
    }
    best
}

/// The labels at given places, but for those that would leave the bar or meet an earlier one.
fn placed(marks: &[Mark], width: f64, choice: impl Fn(usize) -> Place) -> Vec<Option<Place>> {
    let mut taken: Vec<(usize, f64, f64)> = Vec::new();
    let place = |(number, mark): (usize, &Mark)| {
        let place = choice(number);
        let (row, start, end) = span(mark, width, place);
        let fits = start >= -1.0 && end <= width + 1.0;
        if !fits || taken.iter().any(|&(other, from, to)| other == row && from < end && start < to) {
            return None;
        }
        taken.push((row, start, end));
        Some(place)
    };
    marks.iter().enumerate().map(place).collect()
}

/// The row of a label and the room that it takes there.
fn span(mark: &Mark, width: f64, place: Place) -> (usize, f64, f64) {
    let (at, long) = (mark.at / 100.0 * width, f64::from(text_width(&mark.label, SMALL)) + 10.0);
    if place.left { (place.row, at - long, at) } else { (place.row, at, at + long) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(paper: f64, lambert: f64, bins: u64) -> Bounds {
        Bounds { key: String::new(), paper: Some(paper), lambert: Some(lambert), bins: Some(bins) }
    }

    #[test]
    fn the_exact_one_is_marked_even_beyond_the_end() {
        let marks = marks(&bounds(68.7, 141.0, 164), 162);
        assert_eq!(marks[1].label, "exact 164 ▸");
        assert_eq!(marks[1].words, "Balls in bins, exactly, k ≤ 164: beyond the end of this run");
        assert!((marks[1].at - 100.0).abs() < 1e-12 && marks[1].beyond && !marks[0].beyond);
        for width in [280.0, 500.0, 900.0] {
            assert!(places(&marks, width).iter().all(Option::is_some), "{width}");
        }
        assert!(super::marks(&Bounds::default(), 10).is_empty());
    }

    #[test]
    fn labels_never_meet() {
        for last in [1, 25, 60, 162, 5_000] {
            for (paper, lambert, bins) in
                [(0.135, 0.142, 0), (72.3, 165.0, 26), (25.4, 48.3, 60), (2310.0, 5804.0, 5901)]
            {
                let marks = marks(&bounds(paper, lambert, bins), last);
                for width in [248.0, 280.0, 330.0, 828.0] {
                    let places = places(&marks, width);
                    assert!(places[0].is_some() && places[1].is_some(), "{last} {paper} {width}");
                    let spans: Vec<_> = marks
                        .iter()
                        .zip(&places)
                        .filter_map(|(mark, place)| Some(span(mark, width, (*place)?)))
                        .collect();
                    for (i, a) in spans.iter().enumerate() {
                        for b in &spans[..i] {
                            assert!(a.0 != b.0 || a.2 <= b.1 || b.2 <= a.1, "{a:?} {b:?}");
                        }
                    }
                }
            }
        }
    }
}
