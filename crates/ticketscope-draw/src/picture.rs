//! The network at one moment, as marks grouped by style.
//!
//! **Edges.** On a ticket: the sign's colour on an ink casing, width by |w|. Idle: the sign's colour at a third. Cut: dashed
//! ghost. Orphaned: ghost dots further apart. A negative edge carries a row of minus signs along its core, so that its sign is
//! never told by hue alone. **Nodes.** On a ticket: ink ring. Idle: ghost ring. Dead: dashed ring with a cross. **The present
//! step.** The edge just cut is an ink dashed line with a cross at its middle; what it orphaned, ink dots.

use crate::camera::Camera;
use crate::layout::{CountForm, Direction, Frame, Layout, count_text, lines_height};
use crate::matrix::MatrixLayout;
use crate::overlay::Overlay;
use crate::pick::{Places, is_alive};
use crate::raster::strength;
use crate::surface::{Anchor, Dash, Face, Label, Mark, Paint, Stroke, Surface, TextStyle, paint};
use crate::theme::{Role, SMALL};
use ticketscope_core::shape::{EdgeId, Node, Shape};
use ticketscope_core::state::{EdgeState, NodeState};

/// What a picture is made from. All slices are in the numbering of [`Shape`].
#[derive(Debug, Clone, Copy)]
pub struct PictureInput<'a> {
    /// The network's shape.
    pub shape: &'a Shape,
    /// A weight an edge; any f64, NaN and infinities included.
    pub weights: &'a [f64],
    /// A state an edge.
    pub edge_states: &'a [EdgeState],
    /// A state a node.
    pub node_states: &'a [NodeState],
    /// The edge that the present step cut, if the picture is to show the step.
    pub just_cut: Option<EdgeId>,
    /// The edges that the present step orphaned.
    pub just_orphaned: &'a [EdgeId],
    /// What is shown on top.
    pub overlay: &'a Overlay<'a>,
    /// What part of it is looked at.
    pub camera: Camera,
}

/// How the edges are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// Lines where they can be told apart, else matrices; depends on shape and box alone, so that it does not change as a run
    /// goes on.
    #[default]
    Auto,
    /// A line an edge. Where these are too many to draw (over [`MOST_LINES`]), matrices all the same.
    Lines,
    /// A matrix an edge layer.
    Matrices,
}

/// Networks with more edges are never drawn as lines.
pub const MOST_LINES: u32 = 20_000;
/// Layers of ink over the fullest edge layer above which [`View::Auto`] turns to matrices.
const SMEAR: f32 = 1.7;
/// Number of widths in which |w| is drawn.
const WIDTHS: usize = 8;

/// Marks in drawing order.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The marks, back to front.
    pub marks: Vec<Mark>,
    /// What [`View::Auto`] came to: lines or matrices.
    pub view: View,
    /// Alive edges, an entry an edge layer.
    pub alive: Vec<u32>,
}

/// What [`View`] a shape gets in a box: lines or matrices.
pub fn resolved(view: View, shape: &Shape, frame: Frame) -> View {
    if view == View::Matrices || shape.edge_count() > MOST_LINES {
        return View::Matrices;
    }
    if view == View::Auto && Layout::new(shape, frame).smear() > SMEAR { View::Matrices } else { View::Lines }
}

/// The height, in CSS px, of the box that a picture would like at a width, 240 to 640.
pub fn preferred_height(shape: &Shape, width: f32, view: View) -> f32 {
    let lines = lines_height(shape, width);
    match resolved(view, shape, Frame::new(width, lines)) {
        View::Matrices => {
            let most = if width < 480.0 { 560.0 } else { 640.0 };
            MatrixLayout::new(shape, Frame::new(width, most)).height().ceil().clamp(240.0, most)
        }
        View::Auto | View::Lines => lines,
    }
}

impl Picture {
    /// The picture of a network in a box. Slices shorter than the shape asks for give an empty picture: there is no such
    /// network to draw.
    pub fn new(input: &PictureInput, frame: Frame, view: View) -> Self {
        let shape = input.shape;
        let view = resolved(view, shape, frame);
        let edges = shape.edge_count() as usize;
        if input.weights.len() < edges
            || input.edge_states.len() < edges
            || input.node_states.len() < shape.node_count() as usize
        {
            return Self { marks: Vec::new(), view, alive: Vec::new() };
        }
        let alive = (0..shape.edge_layers()).map(|layer| alive_in(input, layer)).collect::<Vec<_>>();
        let marks = match Places::new(shape, frame, view, input.camera) {
            Places::Matrices(layout) => matrix_marks(input, &layout, &alive),
            Places::Lines(layout) => line_marks(input, &layout, &alive),
        };
        Self { marks, view, alive }
    }

    /// Draws the picture.
    pub fn paint(&self, surface: &mut impl Surface) {
        paint(&self.marks, surface);
    }
}

fn layer_range(shape: &Shape, layer: u32) -> core::ops::Range<usize> {
    shape.first_edge(layer) as usize..shape.first_edge(layer + 1) as usize
}

fn alive_in(input: &PictureInput, layer: u32) -> u32 {
    input.edge_states[layer_range(input.shape, layer)].iter().map(|&state| u32::from(is_alive(state))).sum()
}

/// The largest finite |weight| of a layer, cut ones included: widths do not change as a run goes on.
fn scale(input: &PictureInput, layer: u32) -> f64 {
    let weights = &input.weights[layer_range(input.shape, layer)];
    weights.iter().map(|w| w.abs()).filter(|w| w.is_finite()).fold(0.0, f64::max)
}

/// Adds marks unless there is nothing in them.
fn push_segments(marks: &mut Vec<Mark>, stroke: Stroke, points: Vec<f32>) {
    if !points.is_empty() {
        marks.push(Mark::Segments { stroke, points });
    }
}

fn push_text(marks: &mut Vec<Mark>, style: TextStyle, labels: Vec<Label>) {
    if !labels.is_empty() {
        marks.push(Mark::Text { style, labels });
    }
}

fn small(role: Role, anchor: Anchor) -> TextStyle {
    TextStyle { paint: role.into(), face: Face::Sans, size: SMALL, anchor }
}

// ---- lines ----

/// Segments of all edges, by state, sign and width.
struct EdgeLines {
    /// `[on a ticket, idle][positive, negative][width]`
    alive: [[[Vec<f32>; WIDTHS]; 2]; 2],
    cut: Vec<f32>,
    orphaned: Vec<f32>,
}

fn edge_lines(input: &PictureInput, layout: &Layout) -> EdgeLines {
    let mut lines = EdgeLines { alive: Default::default(), cut: Vec::new(), orphaned: Vec::new() };
    for layer in 0..input.shape.edge_layers() {
        let scale = scale(input, layer);
        for id in layer_range(input.shape, layer) {
            let segment = layout.edge(input.shape.edge(id as EdgeId));
            let weight = input.weights[id];
            let state = input.edge_states[id];
            match state {
                EdgeState::Cut => lines.cut.extend(segment),
                EdgeState::Orphaned => lines.orphaned.extend(segment),
                EdgeState::OnTicket | EdgeState::Idle => {
                    let width = (strength(weight, scale) * (WIDTHS - 1) as f32).round() as usize;
                    let group = &mut lines.alive[usize::from(state == EdgeState::Idle)][usize::from(weight < 0.0)];
                    group[width].extend(segment);
                }
            }
        }
    }
    lines
}

/// Thinnest and thickest line of an alive edge: what the room between nodes bears.
fn widths(layout: &Layout) -> (f32, f32) {
    let room = layout.pitch().min(layout.spacing());
    let thick = (room * 0.085).clamp(1.6, 5.6);
    (0.34 * thick + 0.3, thick)
}

fn push_edges(marks: &mut Vec<Mark>, layout: &Layout, lines: EdgeLines) {
    let (thin, thick) = widths(layout);
    let width = |class: usize| thin + (thick - thin) * class as f32 / (WIDTHS - 1) as f32;
    // Ghosts keep their contrast and give way in width.
    let ghost = (0.2 * thick).clamp(0.65, 0.9);
    push_segments(marks, Stroke::dashed(Role::Ghost, 1.6 * ghost, Dash::Orphaned), lines.orphaned);
    push_segments(marks, Stroke::dashed(Role::Ghost, ghost, Dash::Cut), lines.cut);
    let [on_ticket, idle] = lines.alive;
    for (sign, classes) in idle.into_iter().enumerate() {
        for (class, points) in classes.into_iter().enumerate() {
            push_signed(marks, sign, 0.36, width(class), points);
        }
    }
    // Thin ones first, so that where lines cross, the heavier runs unbroken over the lighter.
    let [positive, negative] = on_ticket;
    for (class, pair) in positive.into_iter().zip(negative).enumerate() {
        for (sign, points) in [pair.1, pair.0].into_iter().zip([1, 0]).map(|(points, sign)| (sign, points)) {
            let casing = (0.2 * thick).clamp(0.45, 1.1);
            push_segments(marks, Stroke::solid(Role::Ink, width(class) + 2.0 * casing), points.clone());
            push_signed(marks, sign, 1.0, width(class), points);
        }
    }
}

/// Lines in a sign's colour; negative ones get their row of minus signs.
fn push_signed(marks: &mut Vec<Mark>, sign: usize, alpha: f32, width: f32, points: Vec<f32>) {
    let role = [Role::Positive, Role::Negative][sign];
    push_segments(marks, Stroke::solid(role.at(alpha), width), points.clone());
    if sign == 1 {
        let core = Stroke::dashed(Role::Card, (0.36 * width).max(0.8), Dash::Minus);
        push_segments(marks, core, points);
    }
}

/// The present step: the edge just cut, and what it orphaned.
fn push_step(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    let known = |&id: &EdgeId| id < input.shape.edge_count();
    let segments =
        |ids: &[EdgeId]| ids.iter().filter(|id| known(id)).flat_map(|&id| layout.edge(input.shape.edge(id))).collect();
    let orphaned: Vec<f32> = segments(input.just_orphaned);
    push_segments(marks, Stroke::dashed(Role::Ink, 2.4, Dash::Orphaned), orphaned);
    let cut: Vec<f32> = segments(input.just_cut.as_slice());
    let Some(&[x0, y0, x1, y1]) = cut.first_chunk::<4>() else { return };
    push_segments(marks, Stroke::solid(Role::Paper, 5.0), cut.clone());
    push_segments(marks, Stroke::dashed(Role::Ink, 2.0, Dash::JustCut), cut);
    let (x, y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
    marks.push(Mark::Circles {
        fill: Some(Role::Card.into()),
        stroke: Some(Stroke::solid(Role::Ink, 1.6)),
        circles: vec![x, y, 8.0],
    });
    push_segments(marks, Stroke::solid(Role::Ink, 2.0), cross(x, y, 3.4).to_vec());
}

fn cross(x: f32, y: f32, arm: f32) -> [f32; 8] {
    [x - arm, y - arm, x + arm, y + arm, x - arm, y + arm, x + arm, y - arm]
}

fn push_nodes(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    let shape = input.shape;
    let mut circles: [Vec<f32>; 3] = Default::default();
    let mut crosses = Vec::new();
    for layer in 0..shape.node_layers() {
        let radius = layout.radius(layer);
        let end = layer == 0 || layer > shape.hidden_layers();
        for index in 0..shape.nodes_in(layer) {
            let node = Node { layer, index };
            let (x, y) = layout.node(node);
            let state = input.node_states[shape.node_id(node) as usize];
            circles[state as usize].extend([x, y, radius]);
            if state == NodeState::Dead && radius >= 2.5 && !end {
                crosses.extend(cross(x, y, 0.36 * radius));
            }
        }
    }
    let thin = |width: f32| width.min(0.3 * layout.radius(1).max(1.5)).max(0.6);
    let rings = [
        (Role::Card, Stroke::solid(Role::Ink, thin(2.0))),
        (Role::Paper, Stroke::solid(Role::Ghost, thin(1.5))),
        (Role::Paper, Stroke::dashed(Role::Ghost, thin(1.5), Dash::Dead)),
    ];
    let [on_ticket, idle, dead] = circles;
    for (circles, (fill, stroke)) in [dead, idle, on_ticket].into_iter().zip(rings.into_iter().rev()) {
        if !circles.is_empty() {
            marks.push(Mark::Circles { fill: Some(fill.into()), stroke: Some(stroke), circles });
        }
    }
    push_segments(marks, Stroke::solid(Role::Ghost, 1.5), crosses);
}

/// "x", or "x₁", "x₂", … where there are several.
fn end_name(letter: char, index: u32, count: u32) -> String {
    let mut name = String::from(letter);
    if count > 1 {
        name.extend(
            (index + 1).to_string().bytes().filter_map(|digit| char::from_u32(0x2080 + u32::from(digit - b'0'))),
        );
    }
    name
}

fn push_labels(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout, alive: &[u32]) {
    let shape = input.shape;
    let mut inside = Vec::new();
    for (letter, layer) in [('x', 0), ('y', shape.node_layers() - 1)] {
        let count = shape.nodes_in(layer);
        for index in 0..count {
            if let Some((x, y, _)) = layout.end_label(Node { layer, index }) {
                inside.push(Label { x, y, text: end_name(letter, index, count) });
            }
        }
    }
    let italic =
        TextStyle { paint: Paint::from(Role::Ink), face: Face::SerifItalic, size: 16.0, anchor: Anchor::Middle };
    push_text(marks, italic, inside);

    let right = layout.direction() == Direction::Right;
    let form = layout.count_form();
    let every = if let CountForm::Every(every) = form { every } else { 1 };
    let counts = (0..shape.edge_layers()).step_by(every as usize).map(|layer| {
        let (x, y) = layout.count_label(layer);
        Label { x, y, text: count_text(alive[layer as usize], shape.edges_in(layer), form) }
    });
    push_text(marks, small(Role::Soft, if right { Anchor::Middle } else { Anchor::Start }), counts.collect());
    let names = layout.layer_labels().into_iter().map(|(text, x, y)| Label { x, y, text });
    push_text(marks, small(Role::Soft, if right { Anchor::Middle } else { Anchor::End }), names.collect());
}

fn line_marks(input: &PictureInput, layout: &Layout, alive: &[u32]) -> Vec<Mark> {
    let mut marks = Vec::new();
    push_edges(&mut marks, layout, edge_lines(input, layout));
    push_step(&mut marks, input, layout);
    push_nodes(&mut marks, input, layout);
    push_labels(&mut marks, input, layout, alive);
    marks
}

// ---- matrices ----

fn matrix_marks(input: &PictureInput, layout: &MatrixLayout, alive: &[u32]) -> Vec<Mark> {
    let shape = input.shape;
    let mut marks = Vec::new();
    let (mut names, mut counts, mut borders) = (Vec::new(), Vec::new(), Vec::new());
    for layer in 0..shape.edge_layers() {
        // Blocks tell shares, not sizes.
        let scale = if layout.block() == 1 { scale(input, layer) } else { 1.0 };
        let raster = layout.raster(layer, input.weights, input.edge_states, scale);
        let [x, y, width, height] = raster.place();
        borders.extend([x - 1.5, y - 1.5, width + 3.0, height + 3.0]);
        if let Some([name, count]) = layout.heading(layer, alive[layer as usize]) {
            names.push(Label { x: raster.x, y: raster.y - 22.0, text: name });
            counts.push(Label { x: raster.x, y: raster.y - 7.0, text: count });
        }
        marks.push(Mark::Raster(raster));
    }
    marks.push(Mark::Frames { stroke: Stroke::solid(Role::Line, 1.0), frames: borders });
    let frames = |ids: &[EdgeId]| {
        let known = ids.iter().filter(|&&id| id < shape.edge_count());
        known.flat_map(|&id| outline(layout.cell(shape.edge(id)))).collect::<Vec<f32>>()
    };
    for (ids, width) in [(input.just_orphaned, 1.0), (input.just_cut.as_slice(), 2.0)] {
        let frames = frames(ids);
        if !frames.is_empty() {
            marks.push(Mark::Frames { stroke: Stroke::solid(Role::Paper, width + 2.0), frames: frames.clone() });
            marks.push(Mark::Frames { stroke: Stroke::solid(Role::Ink, width), frames });
        }
    }
    push_text(&mut marks, small(Role::Ink, Anchor::Start), names);
    push_text(&mut marks, small(Role::Soft, Anchor::Start), counts);
    let (text, x, y) = layout.note();
    push_text(&mut marks, small(Role::Soft, Anchor::Start), vec![Label { x, y, text }]);
    marks
}

/// A frame around a cell, large enough to be seen around the smallest.
fn outline([x, y, width, height]: [f32; 4]) -> [f32; 4] {
    let grow = |side: f32| ((9.0 - side) / 2.0).max(1.5);
    let (dx, dy) = (grow(width), grow(height));
    [x - dx, y - dy, width + 2.0 * dx, height + 2.0 * dy]
}
