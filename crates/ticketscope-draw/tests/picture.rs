//! Pictures and files: every edge is drawn once, in its state's style; strange numbers do no harm; files hold what they may.

use plotters::prelude::IntoDrawingArea;
use proptest::prelude::*;
use ticketscope_core::shape::{Node, Shape};
use ticketscope_core::state::{EdgeState, NodeState};
use ticketscope_draw::camera::Camera;
use ticketscope_draw::chart::{Axis, HistogramChart, Marker, Outline, Theory};
use ticketscope_draw::figure::{Body, Figure};
use ticketscope_draw::layout::Frame;
use ticketscope_draw::overlay::{LastEdges, Order, Overlay, Pass, Progress};
use ticketscope_draw::pick::Pick;
use ticketscope_draw::picture::{MOST_LINES, Picture, PictureInput, View, preferred_height, resolved};
use ticketscope_draw::surface::{Dash, Mark};
use ticketscope_draw::svg::{ATTRIBUTES, ELEMENTS, SvgBackend, SvgSurface};
use ticketscope_draw::theme::{Role, Theme};

const STATES: [EdgeState; 4] = [EdgeState::OnTicket, EdgeState::Idle, EdgeState::Cut, EdgeState::Orphaned];
const FRAME: Frame = Frame { width: 640.0, height: 480.0 };

struct Network {
    shape: Shape,
    weights: Vec<f64>,
    edge_states: Vec<EdgeState>,
    node_states: Vec<NodeState>,
}

impl Network {
    /// Weights and states that go round in turn.
    fn new(sources: u32, hidden_layers: u32, width: u32, sinks: u32) -> Self {
        let shape = Shape::new(sources, hidden_layers, width, sinks).unwrap();
        let nodes = [NodeState::OnTicket, NodeState::Idle, NodeState::Dead];
        Self {
            shape,
            weights: (0..shape.edge_count()).map(|id| f64::from(id % 11) / 5.0 - 1.0).collect(),
            edge_states: (0..shape.edge_count()).map(|id| STATES[id as usize % 4]).collect(),
            node_states: (0..shape.node_count()).map(|id| nodes[id as usize % 3]).collect(),
        }
    }

    fn input(&self) -> PictureInput<'_> {
        PictureInput {
            shape: &self.shape,
            weights: &self.weights,
            edge_states: &self.edge_states,
            node_states: &self.node_states,
            just_cut: Some(2),
            just_orphaned: &[3],
            overlay: &Overlay::NONE,
            camera: Camera::WHOLE,
        }
    }

    fn count(&self, wanted: impl Fn(EdgeState, f64) -> bool) -> usize {
        self.edge_states.iter().zip(&self.weights).filter(|&(&state, &weight)| wanted(state, weight)).count()
    }
}

/// Segments drawn in a role and a dash, at full opacity or not.
fn segments(picture: &Picture, role: Role, dash: Dash, full: bool) -> usize {
    let counted = picture.all().map(|mark| match mark {
        Mark::Segments { stroke, points }
            if stroke.paint.role == role && stroke.dash == dash && (stroke.paint.alpha == 1.0) == full =>
        {
            points.len() / 4
        }
        _ => 0,
    });
    counted.sum()
}

#[test]
fn every_edge_is_drawn_once_in_its_states_style() {
    let network = Network::new(2, 3, 6, 2);
    let picture = Picture::new(&network.input(), FRAME, View::Lines);
    let positive = |state| network.count(|s, w| s == state && w >= 0.0);
    let negative = |state| network.count(|s, w| s == state && w < 0.0);
    assert_eq!(segments(&picture, Role::Positive, Dash::Solid, true), positive(EdgeState::OnTicket));
    assert_eq!(segments(&picture, Role::Negative, Dash::Solid, true), negative(EdgeState::OnTicket));
    assert_eq!(segments(&picture, Role::Positive, Dash::Solid, false), positive(EdgeState::Idle));
    assert_eq!(segments(&picture, Role::Negative, Dash::Solid, false), negative(EdgeState::Idle));
    // Every negative edge, and no other, has the broken core.
    let cores = segments(&picture, Role::Card, Dash::Minus, true);
    assert_eq!(cores, negative(EdgeState::OnTicket) + negative(EdgeState::Idle));
    assert_eq!(segments(&picture, Role::Ghost, Dash::Cut, true), network.count(|s, _| s == EdgeState::Cut));
    assert_eq!(segments(&picture, Role::Ghost, Dash::Orphaned, true), network.count(|s, _| s == EdgeState::Orphaned));
    assert_eq!(segments(&picture, Role::Ink, Dash::JustCut, true), 1);
    assert_eq!(segments(&picture, Role::Ink, Dash::Orphaned, true), 1);
    let alive = network.count(|s, _| matches!(s, EdgeState::OnTicket | EdgeState::Idle));
    assert_eq!(picture.alive.iter().sum::<u32>() as usize, alive);
    // A canvas sets a style a mark: this stays few however many edges there are.
    assert!(picture.marks.len() < 100, "{}", picture.marks.len());
}

#[test]
fn nodes_are_drawn_once_in_their_states_style() {
    let network = Network::new(2, 3, 6, 2);
    let picture = Picture::new(&network.input(), FRAME, View::Lines);
    let rings = |role, dash| -> usize {
        let of = |mark: &Mark| match mark {
            Mark::Circles { stroke: Some(stroke), circles, .. } if stroke.paint.role == role && stroke.dash == dash => {
                circles.len() / 3
            }
            _ => 0,
        };
        picture.all().map(of).sum()
    };
    let nodes = |state| network.node_states.iter().filter(|&&s| s == state).count();
    // One more in ink: the marker of the edge just cut.
    assert_eq!(rings(Role::Ink, Dash::Solid), nodes(NodeState::OnTicket) + 1);
    assert_eq!(rings(Role::Ghost, Dash::Solid), nodes(NodeState::Idle));
    assert_eq!(rings(Role::Ghost, Dash::Dead), nodes(NodeState::Dead));
}

#[test]
fn lines_turn_to_matrices_by_shape_and_room_alone() {
    let shape = |n, w| Shape::new(1, n, w, 1).unwrap();
    let (desk, phone) = (Frame::new(900.0, 640.0), Frame::new(328.0, 300.0));
    assert_eq!(resolved(View::Auto, &shape(4, 5), phone), View::Lines);
    assert_eq!(resolved(View::Auto, &shape(5, 12), desk), View::Lines);
    assert_eq!(resolved(View::Auto, &shape(4, 40), desk), View::Matrices);
    assert_eq!(resolved(View::Auto, &shape(4, 25), phone), View::Matrices);
    assert_eq!(resolved(View::Lines, &shape(4, 40), desk), View::Lines);
    let huge = shape(3, 200);
    assert!(huge.edge_count() > MOST_LINES);
    assert_eq!(resolved(View::Lines, &huge, desk), View::Matrices);
}

#[test]
fn the_preferred_box_keeps_its_view_and_its_bounds() {
    for (s, n, w, t) in
        [(1, 1, 1, 1), (1, 4, 5, 1), (64, 3, 16, 16), (1, 12, 4, 1), (1, 4, 30, 1), (1, 20, 100, 1), (1, 32, 512, 1)]
    {
        let shape = Shape::new(s, n, w, t).unwrap();
        for width in [328.0, 660.0, 1400.0] {
            let height = preferred_height(&shape, width, View::Auto);
            assert!((240.0..=640.0).contains(&height), "{shape:?} {width}: {height}");
            let lines = preferred_height(&shape, width, View::Lines);
            if resolved(View::Auto, &shape, Frame::new(width, lines)) == View::Lines {
                assert_eq!(height, lines, "{shape:?} {width}");
            }
        }
    }
}

#[test]
fn a_matrix_an_edge_layer_and_none_of_two_million_edges_lost() {
    let network = Network::new(1, 9, 500, 1);
    let picture = Picture::new(&network.input(), FRAME, View::Auto);
    assert_eq!(picture.view, View::Matrices);
    assert_eq!(picture.all().filter(|mark| matches!(mark, Mark::Raster(_))).count(), 10);
    let alive = network.count(|s, _| matches!(s, EdgeState::OnTicket | EdgeState::Idle));
    assert_eq!(picture.alive.iter().sum::<u32>() as usize, alive);
}

#[test]
fn slices_too_short_give_an_empty_picture() {
    let network = Network::new(1, 2, 3, 1);
    let input = PictureInput { weights: &network.weights[1..], ..network.input() };
    assert!(Picture::new(&input, FRAME, View::Auto).all().next().is_none());
    // An event that names no edge of the network is not drawn.
    let input = PictureInput { just_cut: Some(u32::MAX), just_orphaned: &[u32::MAX], ..network.input() };
    assert!(!Picture::new(&input, FRAME, View::Lines).marks.is_empty());
}

/// A picture without its notes on what changed.
fn marks_of(picture: &Picture) -> Vec<Mark> {
    picture.all().cloned().collect()
}

#[test]
fn an_update_gives_what_a_new_picture_would_and_draws_only_what_changed() {
    for view in [View::Lines, View::Matrices] {
        let mut network = Network::new(2, 4, 6, 2);
        let mut kept = Picture::new(&network.input(), FRAME, view);
        assert!(kept.layers.iter().all(|layer| layer.fresh));
        for (id, state) in
            [(3, EdgeState::Cut), (40, EdgeState::Orphaned), (40, EdgeState::Idle), (110, EdgeState::Cut)]
        {
            let same = network.edge_states[id] == state;
            network.edge_states[id] = state;
            kept.update(&network.input(), FRAME, view);
            assert_eq!(marks_of(&kept), marks_of(&Picture::new(&network.input(), FRAME, view)));
            let changed = (0..).zip(&kept.layers).filter(|(_, layer)| layer.fresh).map(|(layer, _)| layer);
            let expected: Vec<u32> = if same { vec![] } else { vec![network.shape.edge(id as u32).layer] };
            assert_eq!(changed.collect::<Vec<u32>>(), expected, "{id} {state:?}");
        }
        // What lies over the edges leaves them as they are, a light on some of them too.
        let pins = [Pick::Edge(5)];
        let hover = Some(Pick::Node(Node { layer: 1, index: 1 }));
        let over = Overlay { lit: Some(&[5]), hover, pins: &pins, focus: hover, differs: &[7], ..Overlay::NONE };
        kept.update(&PictureInput { overlay: &over, ..network.input() }, FRAME, view);
        assert!(kept.layers.iter().all(|layer| !layer.fresh));
        // Other places: nothing is kept.
        let camera = Camera { zoom: 2.0, x: -10.0, y: -10.0 };
        let near = PictureInput { camera, overlay: &over, ..network.input() };
        kept.update(&near, FRAME, view);
        assert!(kept.layers.iter().all(|layer| layer.fresh));
        assert_eq!(marks_of(&kept), marks_of(&Picture::new(&near, FRAME, view)));
    }
}

#[test]
fn the_way_between_steps_begins_at_the_one_and_ends_at_the_other() {
    let mut network = Network::new(1, 3, 4, 1);
    network.edge_states.fill(EdgeState::OnTicket);
    network.node_states.fill(NodeState::OnTicket);
    let (edges, nodes) = (network.edge_states.clone(), network.node_states.clone());
    // Edge 24 of layer 2 is cut; it orphans edge 8 of layer 1, and that edge 1 of layer 0.
    for (id, state) in [(24, EdgeState::Cut), (8, EdgeState::Orphaned), (1, EdgeState::Orphaned)] {
        network.edge_states[id] = state;
    }
    let at = |t, view| {
        let overlay =
            Overlay { progress: Some(Progress { t, edge_states: &edges, node_states: &nodes }), ..Overlay::NONE };
        let input = PictureInput { just_cut: Some(24), just_orphaned: &[8, 1], overlay: &overlay, ..network.input() };
        Picture::new(&input, FRAME, view)
    };
    for view in [View::Lines, View::Matrices] {
        let still = PictureInput { just_cut: Some(24), just_orphaned: &[8, 1], ..network.input() };
        assert_eq!(at(1.0, view), Picture::new(&still, FRAME, view));
        assert_ne!(at(0.6, view), at(1.0, view));
    }
    // Edges that are still at full strength, and those on their way.
    let coloured = |t, full| {
        let picture = at(t, View::Lines);
        let of = |role| segments(&picture, role, Dash::Solid, full);
        of(Role::Positive) + of(Role::Negative)
    };
    let leaving = |t| coloured(t, true) - coloured(1.0, true);
    assert_eq!((leaving(0.0), coloured(0.3, false)), (3, 1));
    assert_eq!(leaving(0.5), 1, "the cut edge has gone, the nearest orphan is going, the farthest stands");
}

#[test]
fn what_the_network_does_not_have_is_not_marked() {
    let network = Network::new(1, 2, 3, 1);
    let far = [u32::MAX, 10_000];
    let pins =
        [Pick::Edge(u32::MAX), Pick::Node(Node { layer: 99, index: 0 }), Pick::Node(Node { layer: 1, index: 99 })];
    let overlay = Overlay {
        lit: Some(&far),
        hover: Some(pins[0]),
        pins: &pins,
        focus: Some(pins[1]),
        last_cut: Some(LastEdges { edges: &far, source: 7 }),
        order: Some(Order { removed_at: &[], last: 0 }),
        pass: Some(Pass { values: &[f64::NAN], off: &[true], terms: &[f64::INFINITY] }),
        differs: &far,
        progress: Some(Progress { t: f32::NAN, edge_states: &[], node_states: &[] }),
    };
    for view in [View::Lines, View::Matrices] {
        let text = checked(&svg_of(
            &Picture::new(&PictureInput { overlay: &overlay, ..network.input() }, FRAME, view),
            "",
            "",
        ));
        assert!(!text.contains('A') && !text.contains("NaN"), "{text}");
    }
}

#[test]
fn a_forward_pass_writes_its_values_beside_the_nodes() {
    let network = Network { node_states: vec![NodeState::OnTicket; 8], ..Network::new(1, 2, 3, 1) };
    let values = [1.0, -0.5, 0.25, 0.0, 2.0, -3.5, 40.0, 0.125];
    let off = [false, false, false, true, false, false, false, false];
    let overlay = Overlay { pass: Some(Pass { values: &values, off: &off, terms: &[] }), ..Overlay::NONE };
    let text = checked(&svg_of(
        &Picture::new(&PictureInput { overlay: &overlay, ..network.input() }, FRAME, View::Lines),
        "",
        "",
    ));
    for value in ["+1.00", "−0.50", "+0.25", "+2.00", "−3.50", "+40.0", "+0.12"] {
        assert!(text.contains(value), "{value} in {text}");
    }
}

fn svg_of(picture: &Picture, title: &str, description: &str) -> String {
    let mut surface = SvgSurface::new(FRAME.width, FRAME.height, Theme::LIGHT);
    picture.paint(&mut surface);
    surface.finish(title, description)
}

/// Parses a file and holds it against the closed lists; gives its text.
fn checked(svg: &str) -> String {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(ELEMENTS.contains(&element.tag_name().name()), "{element:?}");
        for attribute in element.attributes() {
            assert!(ATTRIBUTES.contains(&attribute.name()), "{attribute:?}");
            let value = attribute.value();
            assert!(!["NaN", "inf", "url("].iter().any(|bad| value.contains(bad)), "{attribute:?}");
        }
    }
    document.descendants().filter_map(|node| if node.is_text() { node.text() } else { None }).collect()
}

#[test]
fn strange_weights_leave_no_trace_in_a_file() {
    for view in [View::Lines, View::Matrices] {
        let mut network = Network::new(1, 3, 5, 1);
        for (id, strange) in
            [f64::NAN, f64::INFINITY, -f64::INFINITY, 1e308, -1e308, 5e-324, -0.0].into_iter().enumerate()
        {
            network.weights[id * 4] = strange;
        }
        checked(&svg_of(&Picture::new(&network.input(), FRAME, view), "", ""));
        network.weights.fill(0.0);
        checked(&svg_of(&Picture::new(&network.input(), FRAME, view), "", ""));
        network.weights.fill(f64::NAN);
        checked(&svg_of(&Picture::new(&network.input(), FRAME, view), "", ""));
    }
}

fn chart(low: f64, high: f64, counts: Vec<u64>, total: u64) -> HistogramChart {
    HistogramChart {
        low,
        high,
        counts,
        total,
        theory: None,
        x_title: "product of 6 weights".to_owned(),
        y_title: "share per bin".to_owned(),
        ..HistogramChart::default()
    }
}

fn chart_svg(chart: &HistogramChart, width: f32, height: f32) -> String {
    let mut surface = SvgSurface::new(width, height, Theme::DARK);
    chart.draw(&SvgBackend::new(&mut surface, width, height).into_drawing_area(), &Theme::DARK).unwrap();
    surface.finish("", "")
}

#[test]
fn a_histogram_shows_its_numbers() {
    let mut chart = chart(-1.0, 1.0, vec![5, 15, 20, 10], 100);
    chart.theory = Some(Theory::from_cdf(-1.0, 1.0, 4, |z| ((z + 1.0) / 2.0).clamp(0.0, 1.0)));
    chart.markers.push(Marker { x: 0.5, label: "target 0.5".to_owned() });
    let text = checked(&chart_svg(&chart, 440.0, 240.0));
    for part in ["−1", "−0.5", "0.5", "10 %", "20 %", "product of 6 weights", "share per bin", "target 0.5"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_histogram_says_what_lies_over_it_or_that_there_is_nothing() {
    let full = HistogramChart {
        axis: Axis::Powers,
        low: -4.0,
        high: 0.0,
        ticks: vec![Marker { x: -1.0, label: "this path".to_owned() }],
        outline: Some(Outline { counts: vec![1, 2, 3, 4], total: 10, label: "other paths".to_owned() }),
        lit: vec![1, 99],
        brush: Some((-3.0, f64::INFINITY)),
        empty: "nothing".to_owned(),
        ..chart(-1.0, 1.0, vec![5, 15, 20, 10], 50)
    };
    let text = checked(&chart_svg(&full, 440.0, 240.0));
    for part in ["10⁻⁴", "0.01", "this path", "other paths"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("nothing"));
    let empty = HistogramChart { total: 0, outline: None, ..full };
    let text = checked(&chart_svg(&empty, 440.0, 240.0));
    assert!(text.contains("nothing") && !text.contains("this path"), "{text}");
}

#[test]
fn a_spike_is_cut_off_and_says_how_high_it_is() {
    let mut counts = vec![10; 41];
    counts[20] = 590;
    let text = checked(&chart_svg(&chart(-1.0, 1.0, counts, 1000), 440.0, 240.0));
    assert!(text.contains("up to 59.0 %"), "{text}");
}

#[test]
fn the_theory_meets_each_bar_of_its_own_law() {
    // The triangular law on [−1, 1]; 10 bins; the curve at a bin's middle is the bin's own share.
    let cdf = |z: f64| if z < 0.0 { (1.0 + z) * (1.0 + z) / 2.0 } else { 1.0 - (1.0 - z) * (1.0 - z) / 2.0 };
    let theory = Theory::from_cdf(-1.0, 1.0, 10, cdf);
    for bin in 0..10 {
        let (from, to) = (-1.0 + 0.2 * f64::from(bin), -0.8 + 0.2 * f64::from(bin));
        let middle = (from + to) / 2.0;
        let nearest =
            theory.points.iter().min_by(|a, b| (a.0 - middle).abs().total_cmp(&(b.0 - middle).abs())).unwrap();
        assert!(
            (nearest.0 - middle).abs() < 0.0125 && (nearest.1 - (cdf(to) - cdf(from))).abs() < 0.0025,
            "{bin} {nearest:?}"
        );
    }
}

#[test]
fn every_strange_histogram_can_be_drawn() {
    let strange = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308, 0.0, 1e-300, 1e6];
    for low in strange {
        for high in strange {
            let mut chart = chart(low, high, vec![0, u64::MAX / 4, 3], u64::MAX / 2);
            chart.theory = Some(Theory { points: strange.iter().flat_map(|&x| strange.map(|y| (x, y))).collect() });
            chart.markers = strange.iter().map(|&x| Marker { x, label: "here".to_owned() }).collect();
            chart.ticks.clone_from(&chart.markers);
            chart.brush = Some((low, high));
            chart.top = Some(high);
            chart.lit = vec![0, 2, usize::MAX];
            chart.outline = Some(Outline { counts: vec![u64::MAX; 9], total: 1, label: String::new() });
            if low.is_nan() {
                chart.axis = Axis::Powers;
            }
            checked(&chart_svg(&chart, 300.0, 200.0));
        }
    }
    for (counts, total) in [(vec![], 0), (vec![0; 1000], 0), (vec![1], 1), (vec![0, 7], 0)] {
        checked(&chart_svg(&chart(-1.0, 1.0, counts.clone(), total), 440.0, 240.0));
        // A box far too small for it.
        checked(&chart_svg(&chart(-1.0, 1.0, counts, total), 1.0, 1.0));
    }
}

proptest! {
    /// Whatever a user's text holds, a figure is well-formed, within the closed lists, and shows that text as text.
    #[test]
    fn text_stays_text(title in any::<String>(), caption in any::<String>()) {
        let network = Network::new(1, 2, 3, 1);
        let input = network.input();
        let figure = Figure {
            title: &title,
            subtitle: "</text><script>alert(1)</script>",
            body: Body::Network(&input, View::Auto),
            caption: &[caption, "]]>&<!--".to_owned()],
            theme: Theme::LIGHT,
            width: 600.0,
        };
        let text = checked(&figure.svg());
        prop_assert!(text.contains("<script>alert(1)</script>"));
    }
}

#[cfg(feature = "png")]
#[test]
fn a_figure_becomes_a_png_of_its_size() {
    let network = Network::new(1, 2, 3, 1);
    let input = network.input();
    let body = Body::Network(&input, View::Auto);
    let figure = Figure { title: "A network", subtitle: "", body, caption: &[], theme: Theme::LIGHT, width: 600.0 };
    let svg = figure.svg();
    let image = ticketscope_draw::png::png(&svg, 2.0).unwrap();
    assert_eq!(&image[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(u32::from_be_bytes(image[16..20].try_into().unwrap()), 1200);
    assert!(ticketscope_draw::png::png(&svg, 1e6).is_err());
    assert!(ticketscope_draw::png::png("<svg", 1.0).is_err());
}
