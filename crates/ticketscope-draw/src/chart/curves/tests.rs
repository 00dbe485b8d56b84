use super::*;
use crate::svg::{SvgBackend, SvgSurface};
use plotters::prelude::IntoDrawingArea;

fn rising(label: &str, tone: usize) -> Series {
    let points = (0..=100).map(|k| (f64::from(k), 1.0 / (1.0 + f64::from(60 + 5 * tone as i32 - k).exp()))).collect();
    Series { label: label.to_owned(), points, tone, style: Style::Step, ..Series::default() }
}

fn svg(chart: &CurvesChart, width: f32, height: f32) -> String {
    let mut surface = SvgSurface::new(width, height, Theme::LIGHT);
    chart.draw(&SvgBackend::new(&mut surface, width, height).into_drawing_area(), &Theme::LIGHT).unwrap();
    surface.finish("", "")
}

#[test]
fn places_and_values_go_back_and_forth_on_both_kinds_of_axis() {
    let chart = CurvesChart {
        y: Axis { log: true, range: Some((1e-22, 1.0)), ..Axis::default() },
        series: vec![rising("one", 0)],
        ..CurvesChart::default()
    };
    let scale = chart.scale(440.0, 260.0);
    for value in [1e-22, 3e-15, 0.2, 1.0] {
        assert!((scale.y_at(scale.y_of(value)) / value - 1.0).abs() < 1e-3, "{value}");
    }
    for value in [0.0, 7.5, 100.0] {
        assert!((scale.x_at(scale.x_of(value)) - value).abs() < 1e-3, "{value}");
    }
    assert_eq!((scale.y_of(0.0), scale.y_of(9.0)), (scale.plot.bottom, scale.plot.top));
    assert_eq!((scale.x_of(f64::NAN), scale.x_at(-1e9)), (scale.plot.left, 0.0));
}

#[test]
fn powers_of_ten_have_their_ticks() {
    let texts = |low, high, most| {
        let axis = Axis { log: true, range: Some((low, high)), ..Axis::default() };
        axis.span(&[]).ticks(most).into_iter().map(|tick| tick.1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(texts(1e-22, 1.0, 6), "10⁻²⁰ 10⁻¹⁵ 10⁻¹⁰ 10⁻⁵ 1");
    assert_eq!(texts(1e-4, 1.0, 6), "10⁻⁴ 10⁻³ 0.01 0.1 1");
    assert_eq!(texts(2.0, 70.0, 6), "2 5 10 20 50");
    assert_eq!(texts(2.1, 2.9, 6), "2.468e0");
    assert_eq!(texts(1e-6, 1e-5, 4), "10⁻⁶ 2·10⁻⁶ 5·10⁻⁶ 10⁻⁵");
    // Points decide: whole powers around them.
    let span = Axis { log: true, ..Axis::default() }.span(&[0.0, 3e-4, f64::NAN, 0.5, -1.0]);
    assert_eq!((span.value(0.0), span.value(1.0)), (1e-4, 1.0));
}

#[test]
fn a_value_is_read_off_a_step_and_off_a_line() {
    let points = vec![(1.0, 0.01), (2.0, 0.1), (4.0, f64::NAN), (5.0, 0.2)];
    let mut chart = CurvesChart {
        series: vec![Series { points, style: Style::Step, ..Series::default() }],
        ..CurvesChart::default()
    };
    assert_eq!(
        [0.5, 1.0, 1.9, 2.0, 4.5, 9.0].map(|x| chart.value_at(0, x)),
        [None, Some(0.01), Some(0.01), Some(0.1), None, Some(0.2)]
    );
    chart.series[0].style = Style::Line;
    assert!((chart.value_at(0, 1.5).unwrap() - 0.055).abs() < 1e-12);
    chart.y.log = true;
    assert!((chart.value_at(0, 1.5).unwrap() - 0.001f64.sqrt()).abs() < 1e-12);
    assert_eq!((chart.value_at(0, 3.0), chart.value_at(0, 9.0), chart.value_at(7, 1.0)), (None, None, None));
}

#[test]
fn names_stand_beside_lines_where_there_is_room_and_cover_nothing() {
    let apart = CurvesChart {
        series: vec![rising("first", 0), rising("second", 5)],
        markers: vec![Marker { x: 20.0, label: "paper's k".to_owned() }],
        ..CurvesChart::default()
    };
    assert_eq!(apart.layout(440.0, 260.0).names.rows, 0);
    let crowded = CurvesChart { series: (0..8).map(|tone| rising(&"long name".repeat(4), tone)).collect(), ..apart };
    let layout = crowded.layout(360.0, 260.0);
    assert!(layout.names.rows > 1 && layout.scale.plot.top > 8.0 * 17.0);
}

#[test]
fn names_of_markers_keep_clear_of_each_other() {
    let markers = [10.0, 12.0, 13.0, 95.0, 99.0].map(|x| Marker { x, label: format!("marker at {x}") }).to_vec();
    let chart = CurvesChart { series: vec![rising("", 0)], markers, ..CurvesChart::default() };
    let flags = chart.layout(360.0, 260.0).flags;
    assert_eq!(flags.len(), 5);
    let text = svg(&chart, 360.0, 260.0);
    assert!([10, 12, 13, 95, 99].iter().all(|x| text.contains(&format!("marker at {x}"))));
    assert!(flags.iter().any(|flag| flag.row > 0));
}

#[test]
fn lines_end_at_the_sides_of_the_plot() {
    let chart = CurvesChart {
        x: Axis { range: Some((0.0, 1.0)), ..Axis::default() },
        y: Axis { range: Some((0.0, 1.0)), ..Axis::default() },
        series: vec![Series { points: vec![(-5.0, -5.0), (5.0, 5.0), (6.0, -1e300)], ..Series::default() }],
        ..CurvesChart::default()
    };
    let scale = chart.scale(300.0, 200.0);
    let runs = path::runs(&chart.series[0], &scale, 0.5);
    assert_eq!(runs.len(), 1);
    for (at, corner) in runs[0].iter().zip([(scale.plot.left, scale.plot.bottom), (scale.plot.right, scale.plot.top)]) {
        assert!((at.0 - corner.0).abs() < 0.1 && (at.1 - corner.1).abs() < 0.1, "{at:?} {corner:?}");
    }
}

#[test]
fn a_million_points_become_as_many_as_there_are_columns() {
    let points = (0..1_000_000).map(|i| (f64::from(i), f64::from(i % 1000))).collect();
    let chart = CurvesChart { series: vec![Series { points, ..Series::default() }], ..CurvesChart::default() };
    let drawn: usize = path::runs(&chart.series[0], &chart.scale(440.0, 260.0), 0.5).iter().map(Vec::len).sum();
    assert!((800..4000).contains(&drawn), "{drawn}");
}

#[test]
fn every_strange_chart_can_be_drawn() {
    let strange = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308, 0.0, -1.0, 5e-324, 1.0];
    let points: Vec<(f64, f64)> = strange.iter().flat_map(|&x| strange.map(|y| (x, y))).collect();
    let styles = [Style::Step, Style::Line, Style::Dashed, Style::False, Style::Points];
    for (place, log) in [(0, [false, false]), (1, [true, false]), (2, [false, true]), (3, [true, true])] {
        for range in [None, Some((f64::NAN, 1.0)), Some((0.0, 0.0)), Some((-1e308, f64::INFINITY)), Some((1.0, 1e-9))] {
            let axis = |log| Axis { log, range, title: "axis".to_owned() };
            let line = |(tone, style): (usize, &Style)| Series {
                label: format!("line {tone}"),
                points: points.clone(),
                band: points.clone(),
                style: *style,
                tone: tone + 5 * place,
            };
            let chart = CurvesChart {
                x: axis(log[0]),
                y: axis(log[1]),
                series: styles.iter().enumerate().map(line).collect(),
                markers: strange.iter().map(|&x| Marker { x, label: "here".to_owned() }).collect(),
                cursor: Some(1.0),
                empty: "nothing".to_owned(),
            };
            for (width, height) in [(300.0, 200.0), (1.0, 1.0)] {
                let text = svg(&chart, width, height);
                assert!(roxmltree::Document::parse(&text).is_ok());
                assert!(!text.contains("NaN") && !text.contains("inf"), "{log:?} {range:?}");
            }
        }
    }
    let empty = CurvesChart { empty: "Nothing is measured yet.".to_owned(), ..CurvesChart::default() };
    assert!(svg(&empty, 440.0, 260.0).contains("Nothing is measured yet."));
}
