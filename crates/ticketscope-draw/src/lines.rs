//! The network as lines and circles.

use crate::layout::{CountForm, Direction, Layout, count_text};
use crate::overlay::{DIMMED, Order, Overlay};
use crate::picture::{PictureInput, layer_range, push_segments, push_text, scale, small};
use crate::progress::Phases;
use crate::raster::strength;
use crate::surface::{Anchor, Dash, Face, Label, Mark, Paint, Stroke, TextStyle};
use crate::theme::Role;
use ticketscope_core::shape::{Edge, EdgeId, Node};
use ticketscope_core::state::{EdgeState, NodeState};

/// Number of widths in which |w| is drawn.
const WIDTHS: u8 = 8;

/// Looks of edges, in the order in which they are painted: orphaned, cut, orphaned and cut by age, idle by sign and width, on a
/// ticket by width and sign. Thin ones first, so that where lines cross, the heavier runs unbroken over the lighter.
const CUT: u8 = 1;
const AGED: u8 = 2;
const IDLE: u8 = AGED + 2 * Order::LEVELS;
const ON_TICKET: u8 = IDLE + 2 * WIDTHS;
const LOOKS: u8 = ON_TICKET + 2 * WIDTHS;

/// What decides the look of edges.
pub(crate) struct Looker<'a> {
    input: &'a PictureInput<'a>,
    /// The largest size in each edge layer.
    scales: Vec<f64>,
}

impl<'a> Looker<'a> {
    pub fn new(input: &'a PictureInput) -> Self {
        let mut looker = Self { input, scales: Vec::new() };
        let layers = 0..input.shape.edge_layers();
        looker.scales = layers.map(|layer| scale(&looker.sizes()[layer_range(input.shape, layer)])).collect();
        looker
    }

    /// Sizes that widths are relative to: |w|, or what each edge adds to its head.
    fn sizes(&self) -> &'a [f64] {
        let terms = self.input.overlay.pass.map_or(&[][..], |pass| pass.terms);
        if terms.len() < self.input.shape.edge_count() as usize { self.input.weights } else { terms }
    }

    /// The looks of an edge layer's edges.
    pub fn layer(&self, layer: u32) -> Vec<u8> {
        let range = layer_range(self.input.shape, layer);
        let scale = self.scales[layer as usize];
        range.map(|id| self.look(id, self.input.edge_states[id], scale)).collect()
    }

    /// The look of an edge in a state.
    fn look(&self, id: usize, state: EdgeState, scale: f64) -> u8 {
        let orphaned = u8::from(state == EdgeState::Orphaned);
        match state {
            EdgeState::Cut | EdgeState::Orphaned => match self.input.overlay.order {
                Some(order) => AGED + 2 * order.level(id) + 1 - orphaned,
                None => CUT - orphaned,
            },
            EdgeState::OnTicket | EdgeState::Idle => {
                let width = (strength(self.sizes()[id], scale) * f32::from(WIDTHS - 1) + 0.5) as u8;
                let negative = u8::from(self.input.weights[id] < 0.0);
                if state == EdgeState::Idle {
                    IDLE + WIDTHS * negative + width
                } else {
                    ON_TICKET + 2 * width + 1 - negative
                }
            }
        }
    }

    /// The look of one edge.
    fn one(&self, id: EdgeId, state: EdgeState) -> u8 {
        self.look(id as usize, state, self.scales[self.input.shape.edge(id).layer as usize])
    }
}

/// Widths and paints of looks in a layout.
#[derive(Debug, Clone, Copy)]
struct Pens {
    thin: f32,
    thick: f32,
}

impl Pens {
    /// Thinnest and thickest line of an alive edge: what the room between nodes bears.
    fn new(layout: &Layout) -> Self {
        let room = layout.pitch().min(layout.spacing());
        let thick = (room * 0.085).clamp(1.6, 5.6);
        Self { thin: 0.34 * thick + 0.3, thick }
    }

    fn width(&self, look: u8) -> f32 {
        let class = match look {
            look @ ON_TICKET.. => (look - ON_TICKET) / 2,
            look @ IDLE.. => (look - IDLE) % WIDTHS,
            _ => 0,
        };
        self.thin + (self.thick - self.thin) * f32::from(class) / f32::from(WIDTHS - 1)
    }

    /// Lines in a look, at a strength from 0 to 1.
    fn push(&self, marks: &mut Vec<Mark>, look: u8, fade: f32, points: Vec<f32>) {
        if points.is_empty() {
            return;
        }
        // Ghosts keep their contrast and give way in width.
        let ghost = (0.2 * self.thick).clamp(0.65, 0.9);
        let width = self.width(look);
        match look {
            look @ ON_TICKET.. => {
                let casing = width + 2.0 * (0.2 * self.thick).clamp(0.45, 1.1);
                push_segments(marks, Stroke::solid(Role::Ink.at(fade), casing), points.clone());
                if fade < 1.0 {
                    // Colour on paper, not on the casing's grey.
                    push_segments(marks, Stroke::solid(Role::Paper, width), points.clone());
                }
                push_signed(marks, (look - ON_TICKET).is_multiple_of(2), (1.0, fade), width, points);
            }
            look @ IDLE.. => push_signed(marks, look - IDLE >= WIDTHS, (0.36, fade), width, points),
            look @ AGED.. => {
                let level = (look - AGED) / 2;
                let wide = ghost + 0.22 * f32::from(level);
                let (width, dash) =
                    if (look - AGED).is_multiple_of(2) { (1.6 * wide, Dash::Orphaned) } else { (wide, Dash::Cut) };
                push_segments(marks, Stroke::dashed(Order::paint(level, fade), width, dash), points);
            }
            CUT => push_segments(marks, Stroke::dashed(Role::Ghost.at(fade), ghost, Dash::Cut), points),
            _ => push_segments(marks, Stroke::dashed(Role::Ghost.at(fade), 1.6 * ghost, Dash::Orphaned), points),
        }
    }
}

/// Lines in a sign's colour; negative ones get their row of minus signs.
fn push_signed(marks: &mut Vec<Mark>, negative: bool, (strength, fade): (f32, f32), width: f32, points: Vec<f32>) {
    let alpha = strength * fade;
    let role = if negative { Role::Negative } else { Role::Positive };
    if negative {
        push_segments(marks, Stroke::solid(role.at(alpha), width), points.clone());
        push_segments(marks, Stroke::dashed(Role::Card.at(fade), (0.36 * width).max(0.8), Dash::Minus), points);
    } else {
        push_segments(marks, Stroke::solid(role.at(alpha), width), points);
    }
}

/// Edges in their looks, those of each look in one mark.
fn push_looks(marks: &mut Vec<Mark>, layout: &Layout, edges: impl Iterator<Item = (Edge, u8)>) {
    let mut lines: Vec<Vec<f32>> = vec![Vec::new(); usize::from(LOOKS)];
    for (edge, look) in edges {
        lines[usize::from(look)].extend(layout.edge(edge));
    }
    let pens = Pens::new(layout);
    for (look, points) in (0..).zip(lines) {
        pens.push(marks, look, 1.0, points);
    }
}

/// An edge layer's edges in their looks.
pub(crate) fn layer_marks(input: &PictureInput, layout: &Layout, layer: u32, looks: &[u8]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let edges = layer_range(input.shape, layer).map(|id| input.shape.edge(id as EdgeId));
    push_looks(&mut marks, layout, edges.zip(looks.iter().copied()));
    marks
}

/// Where some edges are lit: a veil over all, and those again.
fn push_lit(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout, looker: &Looker) {
    let Some(lit) = input.overlay.lit else { return };
    let frame = layout.frame();
    push_veil(marks, [0.0, 0.0, frame.width, frame.height]);
    let known = lit.iter().filter(|&&id| id < input.shape.edge_count());
    let looks = known.map(|&id| (input.shape.edge(id), looker.one(id, input.edge_states[id as usize])));
    push_looks(marks, layout, looks);
}

/// Paper over a rectangle (x, y, width, height), through which what lies under it is seen at [`DIMMED`].
pub(crate) fn push_veil(marks: &mut Vec<Mark>, [x, y, width, height]: [f32; 4]) {
    let middle = y + height / 2.0;
    push_segments(marks, Stroke::solid(Role::Paper.at(1.0 - DIMMED), height), vec![x, middle, x + width, middle]);
}

/// The strip that an edge layer's lines keep to: x, y, width, height.
pub(crate) fn strip(layout: &Layout, layer: u32) -> [f32; 4] {
    let frame = layout.frame();
    let [from, to] = [layer, layer + 1].map(|layer| layout.node(Node { layer, index: 0 }));
    match layout.direction() {
        Direction::Right => [from.0, 0.0, to.0 - from.0, frame.height],
        Direction::Down => [0.0, from.1, frame.width, to.1 - from.1],
    }
}

/// All that goes over the edges.
pub(crate) fn marks_above(input: &PictureInput, layout: &Layout, looker: &Looker, alive: &[u32]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let phases = Phases::new(input);
    push_lit(&mut marks, input, layout, looker);
    push_leaving(&mut marks, input, layout, looker, &phases);
    push_step(&mut marks, input, layout, &phases);
    crate::annotate::edges(&mut marks, input, layout, |marks, id| {
        let points = layout.edge(input.shape.edge(id)).to_vec();
        Pens::new(layout).push(marks, looker.one(id, input.edge_states[id as usize]), 1.0, points);
    });
    push_nodes(&mut marks, input, layout, &phases);
    crate::annotate::nodes(&mut marks, input, layout);
    push_labels(&mut marks, input, layout, alive);
    crate::annotate::labels(&mut marks, input, layout);
    marks
}

/// On the way from the step before: edges as they were, fading.
fn push_leaving(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout, looker: &Looker, phases: &Phases) {
    for (id, before) in phases.changed(input) {
        let edge = input.shape.edge(id);
        let left = 1.0 - phases.of(edge.layer);
        if left > 0.0 {
            Pens::new(layout).push(marks, looker.one(id, before), left, layout.edge(edge).to_vec());
        }
    }
}

/// The present step: the edge just cut, and what it orphaned.
fn push_step(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout, phases: &Phases) {
    let known = |&id: &EdgeId| id < input.shape.edge_count();
    for &id in input.just_orphaned.iter().filter(|id| known(id)) {
        let edge = input.shape.edge(id);
        let paint = Role::Ink.at(phases.of(edge.layer));
        let points = layout.edge(edge);
        match marks.last_mut() {
            Some(Mark::Segments { stroke, points: all }) if stroke.paint == paint && stroke.dash == Dash::Orphaned => {
                all.extend(points);
            }
            _ => push_segments(marks, Stroke::dashed(paint, 2.4, Dash::Orphaned), points.to_vec()),
        }
    }
    let Some(edge) = input.just_cut.filter(known).map(|id| input.shape.edge(id)) else { return };
    let fade = phases.of(edge.layer);
    let cut = layout.edge(edge);
    push_segments(marks, Stroke::solid(Role::Paper.at(fade), 5.0), cut.to_vec());
    push_segments(marks, Stroke::dashed(Role::Ink.at(fade), 2.0, Dash::JustCut), cut.to_vec());
    let (x, y) = ((cut[0] + cut[2]) / 2.0, (cut[1] + cut[3]) / 2.0);
    marks.push(Mark::Circles {
        fill: Some(Role::Card.at(fade)),
        stroke: Some(Stroke::solid(Role::Ink.at(fade), 1.6)),
        circles: vec![x, y, 8.0],
    });
    push_segments(marks, Stroke::solid(Role::Ink.at(fade), 2.0), cross(x, y, 3.4).to_vec());
}

fn cross(x: f32, y: f32, arm: f32) -> [f32; 8] {
    [x - arm, y - arm, x + arm, y + arm, x - arm, y + arm, x + arm, y - arm]
}

fn push_nodes(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout, phases: &Phases) {
    let shape = input.shape;
    let lit = Overlay::lit_nodes(input);
    // By state, and dimmed or not.
    let mut circles: [[Vec<f32>; 2]; 3] = Default::default();
    let mut crosses: [Vec<f32>; 2] = Default::default();
    for layer in 0..shape.node_layers() {
        let radius = layout.radius(layer);
        let end = layer == 0 || layer > shape.hidden_layers();
        for index in 0..shape.nodes_in(layer) {
            let id = shape.first_node(layer) + index;
            let (x, y) = layout.node(Node { layer, index });
            let state = phases.node_state(input, layer, id);
            let dimmed = usize::from(lit.as_ref().is_some_and(|lit| !lit[id as usize]));
            circles[state as usize][dimmed].extend([x, y, radius]);
            if state == NodeState::Dead && radius >= 2.5 && !end {
                crosses[dimmed].extend(cross(x, y, 0.36 * radius));
            }
        }
    }
    let thin = |width: f32| width.min(0.3 * layout.radius(1).max(1.5)).max(0.6);
    let rings = [
        (Role::Card, Stroke::solid(Role::Ink, thin(2.0))),
        (Role::Paper, Stroke::solid(Role::Ghost, thin(1.5))),
        (Role::Paper, Stroke::dashed(Role::Ghost, thin(1.5), Dash::Dead)),
    ];
    for (groups, (fill, stroke)) in circles.into_iter().zip(rings).rev() {
        for (circles, alpha) in groups.into_iter().zip([1.0, DIMMED]) {
            if !circles.is_empty() {
                let stroke = Stroke { paint: stroke.paint.role.at(alpha), ..stroke };
                marks.push(Mark::Circles { fill: Some(fill.into()), stroke: Some(stroke), circles });
            }
        }
    }
    for (crosses, alpha) in crosses.into_iter().zip([1.0, DIMMED]) {
        push_segments(marks, Stroke::solid(Role::Ghost.at(alpha), 1.5), crosses);
    }
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
    let paint = Paint::from(Role::Ink);
    let italic = TextStyle { paint, face: Face::SerifItalic, size: 16.0, anchor: Anchor::Middle, halo: false };
    push_text(marks, italic, inside);

    let right = layout.direction() == Direction::Right;
    let form = layout.count_form();
    let every = if let CountForm::Every(every) = form { every } else { 1 };
    let counts = (0..shape.edge_layers()).step_by(every as usize).map(|layer| {
        let (x, y) = layout.count_label(layer);
        Label { x, y, text: count_text(alive[layer as usize], shape.edges_in(layer), form) }
    });
    let near = input.camera.zoom > 1.0;
    let style = |anchor| TextStyle { halo: near, ..small(Role::Soft, anchor) };
    // The numbers of a forward pass stand in the same line.
    if input.overlay.pass.is_none() || !right {
        push_text(marks, style(if right { Anchor::Middle } else { Anchor::Start }), counts.collect());
    }
    let names = layout.layer_labels().into_iter().map(|(text, x, y)| Label { x, y, text });
    push_text(marks, style(if right { Anchor::Middle } else { Anchor::End }), names.collect());
}
