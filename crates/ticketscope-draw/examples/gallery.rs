//! Renders pictures for people to look at: `cargo run -p ticketscope-draw --features png --example gallery -- FOLDER`.

use std::path::{Path, PathBuf};
use ticketscope_core::law::{Law, ProductLaw, WeightLaw};
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Fates, Moment, Pruning, Timeline};
use ticketscope_core::seed::{Purpose, draws};
use ticketscope_core::shape::{Node, Shape};
use ticketscope_core::stats::Histogram;
use ticketscope_draw::camera::Camera;
use ticketscope_draw::chart::{Axis, HistogramChart, Marker, Outline, Theory};
use ticketscope_draw::chart::{curves, dots};
use ticketscope_draw::figure::{Body, Figure};
use ticketscope_draw::layout::Frame;
use ticketscope_draw::numberline::NumberLine;
use ticketscope_draw::overlay::{LastEdges, Order, Overlay, Pass, Progress};
use ticketscope_draw::pick::Pick;
use ticketscope_draw::picture::{Picture, PictureInput, View};
use ticketscope_draw::png::{PngError, png};
use ticketscope_draw::svg::{SvgBackend, SvgSurface};
use ticketscope_draw::theme::Theme;
use ticketscope_scene::{find::find, preset, run::Own};

use plotters::prelude::IntoDrawingArea;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    std::fs::create_dir_all(&folder)?;
    curves(&folder)?;
    dots(&folder)?;
    networks(&folder)?;
    overlays(&folder)?;
    number_lines(&folder)?;
    histograms(&folder)
}

fn write(folder: &Path, name: &str, svg: &str) -> Outcome {
    std::fs::write(folder.join(format!("{name}.svg")), svg)?;
    let image: Result<Vec<u8>, PngError> = png(svg, 2.0);
    std::fs::write(folder.join(format!("{name}.png")), image?)?;
    Ok(())
}

const THEMES: [(&str, Theme); 2] = [("light", Theme::LIGHT), ("dark", Theme::DARK)];
const DESK: Frame = Frame { width: 900.0, height: 640.0 };
const PHONE: Frame = Frame { width: 328.0, height: 300.0 };

/// A run of a seeded network, entered at a share of its steps.
fn networks(folder: &Path) -> Outcome {
    let cases = [
        ("default", (1, 4, 5, 1), 0.0, DESK),
        ("default-phone", (1, 4, 5, 1), 0.6, PHONE),
        ("seven", (1, 5, 7, 1), 0.88, DESK),
        ("seven-phone", (1, 5, 7, 1), 0.88, PHONE),
        ("end", (1, 4, 5, 1), 1.0, DESK),
        ("sources", (3, 3, 6, 2), 0.5, DESK),
        ("many-sources", (64, 3, 16, 16), 0.6, DESK),
        ("deep", (1, 12, 4, 1), 0.7, DESK),
        ("deep-phone", (1, 12, 4, 1), 0.7, Frame { width: 328.0, height: 560.0 }),
        ("sixteen", (1, 4, 16, 1), 0.8, DESK),
        ("thirty", (1, 4, 30, 1), 0.6, DESK),
        ("thirty-phone", (1, 4, 30, 1), 0.6, PHONE),
        ("hundred", (1, 10, 100, 1), 0.5, DESK),
        ("three-hundred", (2, 6, 300, 3), 0.7, DESK),
        ("most", (64, 32, 512, 16), 0.0, PHONE),
        ("thirty-layers", (1, 32, 10, 1), 0.6, DESK),
        ("three-hundred-phone", (2, 6, 300, 3), 0.7, PHONE),
    ];
    for (name, (s, n, w, t), share, frame) in cases {
        let shape = Shape::new(s, n, w, t)?;
        let law = WeightLaw::new(Law::Uniform, 1.0, 1.0, shape.path_length())?;
        let network = Network::random(shape, &law, 7);
        let run = Timeline::of(&network, &Pruning { seed: 3, ..Pruning::default() });
        let aim = (f64::from(run.len()) * share) as u32;
        // A step that orphans something shows more than one that does not.
        let step = if share < 1.0 {
            (aim..aim + 12).find(|&k| run.event(k).is_some_and(|e| !e.orphaned.is_empty())).unwrap_or(aim)
        } else {
            aim
        };
        let moment = Moment::at(&Fates::of(network.mask(), &run), step);
        let event = run.event(step);
        let input = PictureInput::of(&network, &moment, event);
        for (theme_name, theme) in THEMES {
            let mut surface = SvgSurface::new(frame.width, frame.height, theme);
            Picture::new(&input, frame, View::Auto).paint(&mut surface);
            write(folder, &format!("{name}-{theme_name}"), &surface.finish(name, ""))?;
        }
        if ["seven", "hundred"].contains(&name) {
            let title = format!(
                "{step} edges cut: step {step} of {} of a run that ends where the last ticket dies.",
                run.len()
            );
            let figure = Figure {
                title: &title,
                subtitle: "Nothing was trained. Dark outlines carry a ticket; dashed lines were cut.",
                body: Body::Network(&input, View::Auto),
                caption: &["weights seed 7, pruning seed 3".to_owned(), "Ticketscope".to_owned()],
                theme: Theme::LIGHT,
                width: 900.0,
            };
            write(folder, &format!("figure-{name}"), &figure.svg())?;
        }
    }
    Ok(())
}

/// Every mark that lies over a network, on lines and on matrices, on a desk and on a phone.
fn overlays(folder: &Path) -> Outcome {
    for (size, (n, w), frame) in [
        ("desk", (4, 5), Frame { width: 700.0, height: 460.0 }),
        ("phone", (4, 5), PHONE),
        ("down", (8, 4), Frame { width: 328.0, height: 520.0 }),
        ("matrix", (4, 30), Frame { width: 700.0, height: 560.0 }),
    ] {
        let shape = Shape::new(2, n, w, 1)?;
        let law = WeightLaw::new(Law::Uniform, 1.0, 1.0, shape.path_length())?;
        let network = Network::random(shape, &law, 7);
        let run = Timeline::of(&network, &Pruning { seed: 3, ..Pruning::default() });
        let fates = Fates::of(network.mask(), &run);
        let aim = run.len() / 2;
        let step = (aim..run.len()).find(|&k| run.event(k).is_some_and(|e| e.orphaned.len() > 1)).unwrap_or(aim);
        let removed_at: Vec<u32> = (0..shape.edge_count()).map(|id| fates.removed_at(id)).collect();
        let alive: Vec<u32> = (0..shape.edge_count()).filter(|&id| removed_at[id as usize] > step).collect();
        let gone: Vec<u32> = (0..shape.edge_count()).filter(|&id| removed_at[id as usize] <= step).collect();
        let pins = [Pick::Node(Node { layer: 2, index: 1 }), Pick::Edge(alive[alive.len() / 2]), Pick::Edge(gone[9])];
        let (values, off) = pass(&network, &removed_at, step);
        let before = Moment::at(&fates, step - 1);
        let progress = |t| Overlay {
            progress: Some(Progress { t, edge_states: before.edge_states(), node_states: before.node_states() }),
            ..Overlay::NONE
        };
        let focus = [Pick::Edge(alive[3]), Pick::Node(Node { layer: 3, index: 2 })];
        let pass = Some(Pass { values: &values, off: &off, terms: &[] });
        let end = Moment::at(&fates, run.len());
        let last = run.len() - 12;
        let last_edges: Vec<u32> = (0..shape.edge_count()).filter(|&id| removed_at[id as usize] > last).collect();
        let last_cut = Some(LastEdges { edges: &last_edges, source: 1 });
        let order = Some(Order { removed_at: &removed_at, last: run.len() });
        let lit: Vec<u32> = alive.iter().copied().filter(|id| id % 3 == 0).collect();
        let whole = Camera::WHOLE;
        let near = whole.zoomed(2.5, (frame.width * 0.4, frame.height * 0.4), frame);
        let cases = [
            ("lit", Overlay { lit: Some(&lit), ..Overlay::NONE }, step, whole),
            (
                "hover",
                Overlay { hover: Some(Pick::Edge(alive[5])), pins: &pins, focus: Some(focus[0]), ..Overlay::NONE },
                step,
                whole,
            ),
            (
                "hover-node",
                Overlay {
                    hover: Some(Pick::Node(Node { layer: 1, index: 3 })),
                    pins: &pins[..1],
                    focus: Some(focus[1]),
                    ..Overlay::NONE
                },
                step,
                whole,
            ),
            ("order", Overlay { order, ..Overlay::NONE }, step, whole),
            ("order-end", Overlay { order, ..Overlay::NONE }, run.len(), whole),
            ("last-cut", Overlay { last_cut, ..Overlay::NONE }, run.len(), whole),
            ("pass", Overlay { pass, ..Overlay::NONE }, step, whole),
            ("differs", Overlay { differs: &alive[..9], ..Overlay::NONE }, step, whole),
            ("way-0", progress(0.0), step, whole),
            ("way-3", progress(0.3), step, whole),
            ("way-7", progress(0.7), step, whole),
            ("near", Overlay { pass, pins: &pins, ..Overlay::NONE }, step, near),
        ];
        for (name, overlay, at, camera) in cases {
            let moment = if at == run.len() { end.clone() } else { Moment::at(&fates, at) };
            let event = run.event(at).filter(|_| at != run.len());
            let input = PictureInput { overlay: &overlay, camera, ..PictureInput::of(&network, &moment, event) };
            for (theme_name, theme) in THEMES {
                let mut surface = SvgSurface::new(frame.width, frame.height, theme);
                Picture::new(&input, frame, View::Auto).paint(&mut surface);
                write(folder, &format!("over-{name}-{size}-{theme_name}"), &surface.finish(name, ""))?;
            }
        }
    }
    Ok(())
}

/// Sums beside their target.
fn number_lines(folder: &Path) -> Outcome {
    let found = find(&preset::opening(), &Own::default()).map_err(|refused| refused.to_string())?;
    let all: Vec<f64> = found.terms.iter().map(|term| term.product).collect();
    let kept: Vec<f64> = found.kept().map(|term| term.product).collect();
    for (name, terms) in [("first", &all), ("last", &kept)] {
        let sum = terms.iter().fold(0.0, |sum, term| sum + term);
        let label = format!("sum {sum:.3} · target 0.5 ± 0.01");
        let line = NumberLine { target: 0.5, epsilon: 0.01, terms, all: &all, label: &label };
        for (theme_name, theme) in THEMES {
            for width in [328.0, 660.0] {
                let mut surface = SvgSurface::new(width, line.height(), theme);
                line.paint(width, line.height(), &mut surface);
                write(folder, &format!("line-{name}-{width}-{theme_name}"), &surface.finish(name, ""))?;
            }
        }
    }
    Ok(())
}

/// The values of a forward pass of 1s through the alive edges, and which nodes a ReLU switches off.
fn pass(network: &Network, removed_at: &[u32], step: u32) -> (Vec<f64>, Vec<bool>) {
    let shape = network.shape();
    let mut values = vec![0.0f64; shape.node_count() as usize];
    values[..shape.sources() as usize].fill(1.0);
    for (id, edge) in (0..).zip(shape.edges()) {
        let tail = (shape.first_node(edge.layer) + edge.from) as usize;
        let head = (shape.first_node(edge.layer + 1) + edge.to) as usize;
        let flows = if edge.layer == 0 { values[tail] } else { values[tail].max(0.0) };
        values[head] += if removed_at[id] > step { network.weights()[id] * flows } else { 0.0 };
    }
    let hidden = shape.first_node(1)..shape.first_node(shape.hidden_layers() + 1);
    let off: Vec<bool> = (0..shape.node_count()).map(|id| hidden.contains(&id) && values[id as usize] < 0.0).collect();
    off.iter().zip(&mut values).filter(|(off, _)| **off).for_each(|(_, value)| *value = 0.0);
    (values, off)
}

/// Charts of lines: what is measured, theory, a false claim, powers of ten, few points, as many lines as have a colour.
fn curves(folder: &Path) -> Outcome {
    use curves::{CurvesChart, Series, Style};
    let axis = |log, range, title: &str| curves::Axis { log, range, title: title.to_owned() };
    let logistic = |middle: f64, wide: f64, k: f64| 1.0 / (1.0 + ((middle - k) / wide).exp());
    let steps =
        |middle: f64, wide: f64| (0..=196).map(|k| (f64::from(k), logistic(middle, wide, f64::from(k)))).collect();
    let measured = |points: Vec<(f64, f64)>| {
        let half = |p: f64| 1.96 * (p * (1.0 - p) / 200.0 + 1e-5).sqrt();
        let band = points.iter().map(|&(_, p)| ((p - half(p)).max(0.0), (p + half(p)).min(1.0))).collect();
        Series { label: "measured".to_owned(), points, band, style: Style::Step, tone: 0 }
    };
    let series =
        |label: &str, points, style, tone| Series { label: label.to_owned(), points, style, tone, ..Series::default() };
    let markers = |xs: &[(f64, &str)]| xs.iter().map(|&(x, label)| Marker { x, label: label.to_owned() }).collect();
    let survival = CurvesChart {
        x: axis(false, Some((0.0, 196.0)), "edges cut, k"),
        y: axis(false, Some((0.0, 1.0)), "chance that no ticket is left"),
        series: vec![
            measured(steps(158.0, 7.0)),
            series("balls into bins", steps(150.0, 9.0), Style::Dashed, 1),
            series("exact", steps(158.5, 7.0), Style::Line, 2),
        ],
        markers: markers(&[(68.7, "paper: k < 68.7"), (81.0, "Lambert: k < 81"), (146.0, "now: 146")]),
        cursor: Some(163.0),
        empty: String::new(),
    };
    let powers = CurvesChart {
        y: axis(true, Some((1e-22, 1.0)), "chance that no ticket is left"),
        cursor: None,
        ..survival.clone()
    };
    let width = |factor: f64, power: f64| {
        (0..=40).map(|i| 10f64.powf(-4.0 + 0.1 * f64::from(i))).map(|eps| (eps, factor * eps.powf(-power))).collect()
    };
    let bounds = CurvesChart {
        x: axis(true, None, "ε"),
        y: axis(true, None, "width that a bound asks for"),
        series: vec![
            series("theorem 1", width(40.0, 1.0), Style::Line, 0),
            series("subset sums", width(9.0, 0.3), Style::Line, 1),
            series("as printed (false)", width(3.0, 0.1), Style::False, 2),
            series("measured", vec![(1e-3, 60.0), (1e-2, 36.0), (0.1, 21.0)], Style::Points, 0),
        ],
        markers: markers(&[(0.01, "ε = 0.01")]),
        ..CurvesChart::default()
    };
    let styles =
        [Style::Step, Style::Step, Style::Line, Style::Dashed, Style::Line, Style::Dashed, Style::Line, Style::Step];
    let many = CurvesChart {
        series: (0..8)
            .map(|i| series(&format!("rule {i}"), steps(30.0 + 18.0 * i as f64, 7.0), styles[i], i))
            .collect(),
        ..CurvesChart { markers: Vec::new(), ..survival.clone() }
    };
    let sweep = |start: f64| (1..=8).map(|w| (f64::from(w), start * (1.0 - (-0.2 * f64::from(w)).exp()))).collect();
    let few = CurvesChart {
        x: axis(false, None, "width"),
        y: axis(false, None, "mean of k"),
        series: (0..8).map(|i| series(&format!("law {i}"), sweep(40.0 + 20.0 * i as f64), Style::Line, i)).collect(),
        ..CurvesChart::default()
    };
    let empty =
        CurvesChart { series: Vec::new(), empty: "No network has been run yet.".to_owned(), ..survival.clone() };
    let all = [
        ("survival", survival),
        ("powers", powers),
        ("bounds", bounds),
        ("many", many),
        ("few", few),
        ("empty", empty),
    ];
    for (name, chart) in all {
        for (theme_name, theme) in THEMES {
            for (size, width, height) in [("desk", 900.0, 420.0), ("side", 440.0, 280.0), ("phone", 328.0, 260.0)] {
                let mut surface = SvgSurface::new(width, height, theme);
                chart.draw(&SvgBackend::new(&mut surface, width, height).into_drawing_area(), &theme)?;
                write(folder, &format!("curves-{name}-{size}-{theme_name}"), &surface.finish(name, ""))?;
            }
        }
    }
    Ok(())
}

/// A dot for each network: few, many, named blocks.
fn dots(folder: &Path) -> Outcome {
    use dots::{Dot, DotStrip};
    let spread = |count: usize| -> Vec<f64> {
        (0..count)
            .map(|i| {
                let mut drawn = draws(7, Purpose::Products, 0, i as u32, 0);
                let law = WeightLaw::new(Law::Uniform, 1.0, 1.0, 6)
                    .map(|law| (0..6).map(|_| law.weight(&mut drawn, 1)).sum::<f64>());
                (150.0 + 9.0 * law.unwrap_or(0.0)).round()
            })
            .collect()
    };
    let marker = |x, label: &str| Marker { x, label: label.to_owned() };
    let by_k = |count| DotStrip {
        values: spread(count),
        title: "edges cut until no ticket is left, k".to_owned(),
        range: Some((100.0, 196.0)),
        markers: vec![marker(146.0, "this network: 146")],
        lit: Some(7),
        ..DotStrip::default()
    };
    let lost = |i: usize| i % 7 < 3;
    let names = vec!["a ticket within ε: 57 %".to_owned(), "none: 43 %".to_owned()];
    let blocks = DotStrip {
        values: (0..100).map(|i| f64::from(u8::from(lost(i)))).collect(),
        dots: (0..100).map(|i| if lost(i) { Dot::Hollow } else { Dot::Full }).collect(),
        names,
        lit: Some(12),
        ..DotStrip::default()
    };
    for (name, strip) in [("hundred", by_k(100)), ("thousand", by_k(1000)), ("many", by_k(20_000)), ("blocks", blocks)]
    {
        for (theme_name, theme) in THEMES {
            for (size, width, height) in [("desk", 900.0, 220.0), ("phone", 328.0, 180.0)] {
                let mut surface = SvgSurface::new(width, height, theme);
                strip.draw(&SvgBackend::new(&mut surface, width, height).into_drawing_area(), &theme)?;
                write(folder, &format!("dots-{name}-{size}-{theme_name}"), &surface.finish(name, ""))?;
            }
        }
    }
    Ok(())
}

/// Independent products of some laws.
fn histograms(folder: &Path) -> Outcome {
    let cases = [
        ("power", Law::Power, 0.439, 6, 40),
        ("uniform", Law::Uniform, 1.0, 6, 80),
        ("bimodal", Law::Power, 0.3, 4, 80),
        ("sign", Law::Sign, 1.0, 5, 80),
    ];
    for (name, law, alpha, path_length, bins) in cases {
        let law = WeightLaw::new(law, alpha, 1.0, path_length)?;
        let mut histogram = Histogram::new(-1.0, 1.0, bins);
        for i in 0..20_000 {
            let mut drawn = draws(7, Purpose::Products, 0, i, 0);
            histogram.add((0..path_length).map(|_| law.weight(&mut drawn, 1)).product());
        }
        let product = ProductLaw::new(law, 1, 5);
        // A law with atoms has no curve.
        let curve = || Theory::from_cdf(-1.0, 1.0, bins as usize, |z| product.cdf(z).unwrap_or(0.0));
        let theory = (name != "sign").then(curve);
        let chart = HistogramChart {
            low: -1.0,
            high: 1.0,
            counts: histogram.counts().to_vec(),
            total: histogram.total(),
            theory,
            x_title: format!("product of {path_length} weights"),
            y_title: "share of samples per bin".to_owned(),
            markers: if name == "power" { vec![Marker { x: 0.5, label: "target 0.5".to_owned() }] } else { Vec::new() },
            ..HistogramChart::default()
        };
        for (theme_name, theme) in THEMES {
            for (size, width, height) in [("desk", 440.0, 260.0), ("phone", 328.0, 220.0)] {
                let mut surface = SvgSurface::new(width, height, theme);
                let area = SvgBackend::new(&mut surface, width, height).into_drawing_area();
                chart.draw(&area, &theme)?;
                drop(area);
                write(folder, &format!("histogram-{name}-{size}-{theme_name}"), &surface.finish(name, ""))?;
            }
        }
        let lens = HistogramChart {
            lit: vec![bins as usize / 2 + 6],
            ticks: vec![Marker { x: 0.31, label: "0.62 × 0.5 = 0.31".to_owned() }],
            outline: Some(Outline {
                counts: histogram.counts().iter().rev().enumerate().map(|(i, n)| n / 2 + i as u64 % 7 * 20).collect(),
                total: histogram.total(),
                label: "400 surviving paths".to_owned(),
            }),
            markers: Vec::new(),
            ..chart.clone()
        };
        let brushed = HistogramChart { brush: Some((-0.4, 0.15)), ..chart.clone() };
        let powers = HistogramChart {
            axis: Axis::Powers,
            low: -6.0,
            high: 0.0,
            theory: None,
            x_title: format!("size of the product of {path_length} weights"),
            ticks: vec![Marker { x: -1.2, label: "0.063".to_owned() }],
            ..chart.clone()
        };
        let empty = HistogramChart {
            total: 0,
            counts: vec![0; 40],
            theory: None,
            markers: Vec::new(),
            empty: "No path survives: there is nothing to plot.".to_owned(),
            ..chart.clone()
        };
        for (kind, chart) in [("lens", lens), ("brush", brushed), ("powers", powers), ("empty", empty)] {
            for (theme_name, theme) in THEMES {
                for (size, width, height) in [("desk", 440.0, 260.0), ("phone", 328.0, 220.0)] {
                    let mut surface = SvgSurface::new(width, height, theme);
                    chart.draw(&SvgBackend::new(&mut surface, width, height).into_drawing_area(), &theme)?;
                    write(folder, &format!("lens-{kind}-{name}-{size}-{theme_name}"), &surface.finish(name, ""))?;
                }
            }
        }
        if name == "uniform" {
            let figure = Figure {
                title: "Products of 6 uniform weights crowd at 0.",
                subtitle: "20,000 independent samples · dashed: theory, exact",
                body: Body::Histogram(&chart),
                caption: &["weights seed 7".to_owned()],
                theme: Theme::LIGHT,
                width: 900.0,
            };
            write(folder, "figure-histogram", &figure.svg())?;
        }
    }
    Ok(())
}
