//! The network at one moment, as marks grouped by style.
//!
//! **Edges.** On a ticket: the sign's colour on an ink casing, width by |w|. Idle: the sign's colour at a third. Cut: dashed
//! ghost. Orphaned: ghost dots further apart. A negative edge carries a row of minus signs along its core, so that its sign is
//! never told by hue alone. **Nodes.** On a ticket: ink ring. Idle: ghost ring. Dead: dashed ring with a cross. **The present
//! step.** The edge just cut is an ink dashed line with a cross at its middle; what it orphaned, ink dots.

use crate::annotate::{self, outline, push_frames};
use crate::camera::Camera;
use crate::layout::{Frame, Layout, lines_height};
use crate::lines::{self, Looker, push_veil};
use crate::matrix::{Cells, MatrixLayout};
use crate::overlay::Overlay;
use crate::pick::{Places, is_alive};
use crate::surface::{Anchor, Dash, Face, Label, Mark, Stroke, Surface, TextStyle, paint};
use crate::theme::{Role, SMALL};
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Event, Moment};
use ticketscope_core::shape::{EdgeId, Shape};
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

impl<'a> PictureInput<'a> {
    /// A network at a moment of a run, whole and with nothing on top; `event` is the step that led there, if it is to be seen. A
    /// wasted one cut nothing.
    pub fn of(network: &'a Network, moment: &'a Moment, event: Option<Event<'a>>) -> Self {
        Self {
            shape: network.shape(),
            weights: network.weights(),
            edge_states: moment.edge_states(),
            node_states: moment.node_states(),
            just_cut: event.filter(|event| !event.wasted).map(|event| event.edge),
            just_orphaned: event.map_or(&[], |event| event.orphaned),
            overlay: &Overlay::NONE,
            camera: Camera::WHOLE,
        }
    }
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

/// A picture as marks: its edges layer by layer, and what goes over them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// The edges, an entry an edge layer.
    pub layers: Vec<Layer>,
    /// The marks over the edges, back to front.
    pub marks: Vec<Mark>,
    /// What [`View::Auto`] came to: lines or matrices.
    pub view: View,
    /// Alive edges, an entry an edge layer.
    pub alive: Vec<u32>,
    /// What the places depend on.
    key: Option<(Shape, Frame, Camera)>,
}

/// The edges of one edge layer. Nothing of them lies outside `clip`, so that a canvas can draw them again alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// x, y, width, height.
    pub clip: [f32; 4],
    /// The marks, back to front.
    pub marks: Vec<Mark>,
    /// Whether they differ from those of the picture that this one was [updated](Picture::update) from.
    pub fresh: bool,
    /// How each edge looks; empty for matrices.
    looks: Vec<u8>,
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
        let mut picture = Self::default();
        picture.update(input, frame, view);
        picture
    }

    /// Makes this the picture that [`Self::new`] would give, keeping the edge layers that look the same as before.
    pub fn update(&mut self, input: &PictureInput, frame: Frame, view: View) {
        let shape = input.shape;
        let frame = Frame::new(frame.width, frame.height);
        let view = resolved(view, shape, frame);
        let edges = shape.edge_count() as usize;
        let before = core::mem::replace(self, Self { view, ..Self::default() });
        if input.weights.len() < edges
            || input.edge_states.len() < edges
            || input.node_states.len() < shape.node_count() as usize
        {
            return;
        }
        self.key = Some((*shape, frame, input.camera));
        self.alive = (0..shape.edge_layers()).map(|layer| alive_in(input, layer)).collect();
        // Edge layers of a picture with other places are of no use.
        let same = before.view == view && before.key == self.key;
        let mut kept = before.layers.into_iter().filter(|_| same);
        match Places::new(shape, frame, view, input.camera) {
            Places::Matrices(layout) => {
                let looker = Cells::new(input);
                for layer in 0..shape.edge_layers() {
                    let marks = vec![matrix_layer(input, &layout, &looker, layer)];
                    let fresh = kept.next().is_none_or(|kept| kept.marks != marks);
                    let clip = outset(layout.matrix(layer), 1.0);
                    self.layers.push(Layer { clip, marks, fresh, looks: Vec::new() });
                }
                self.marks = self.above_matrices(input, &layout);
            }
            Places::Lines(layout) => {
                let looker = Looker::new(input);
                for layer in 0..shape.edge_layers() {
                    let looks = looker.layer(layer);
                    self.layers.push(match kept.next() {
                        Some(kept) if kept.looks == looks => Layer { fresh: false, ..kept },
                        _ => {
                            let marks = lines::layer_marks(input, &layout, layer, &looks);
                            Layer { clip: lines::strip(&layout, layer), marks, fresh: true, looks }
                        }
                    });
                }
                self.marks = lines::marks_above(input, &layout, &looker, &self.alive);
            }
        }
    }

    /// All that goes over matrices.
    fn above_matrices(&self, input: &PictureInput, layout: &MatrixLayout) -> Vec<Mark> {
        let shape = input.shape;
        let mut marks = Vec::new();
        if let Some(lit) = input.overlay.lit {
            for (layer, whole) in (0..).zip(self.layers.iter().flat_map(|layer| &layer.marks)) {
                push_veil(&mut marks, layout.matrix(layer));
                if let Mark::Raster(whole) = whole {
                    marks.extend(layout.part(whole, layer, lit).map(Mark::Raster));
                }
            }
        }
        let (mut names, mut counts, mut borders) = (Vec::new(), Vec::new(), Vec::new());
        for layer in 0..shape.edge_layers() {
            let [x, y, width, height] = layout.matrix(layer);
            borders.extend([x - 1.5, y - 1.5, width + 3.0, height + 3.0]);
            if let Some([name, count]) = layout.heading(layer, self.alive[layer as usize]) {
                names.push(Label { x, y: y - 22.0, text: name });
                counts.push(Label { x, y: y - 7.0, text: count });
            }
        }
        marks.push(Mark::Frames { stroke: Stroke::solid(Role::Line, 1.0), frames: borders });
        let frames = |ids: &[EdgeId]| {
            let known = ids.iter().filter(|&&id| id < shape.edge_count());
            known.flat_map(|&id| outline(layout.cell(shape.edge(id)), 0.0)).collect::<Vec<f32>>()
        };
        push_frames(&mut marks, 1.0, Dash::Solid, frames(input.just_orphaned));
        push_frames(&mut marks, 2.0, Dash::Solid, frames(input.just_cut.as_slice()));
        annotate::cells(&mut marks, input, layout);
        push_text(&mut marks, small(Role::Ink, Anchor::Start), names);
        push_text(&mut marks, small(Role::Soft, Anchor::Start), counts);
        let (text, x, y) = layout.note();
        let note = TextStyle { halo: input.camera.zoom > 1.0, ..small(Role::Soft, Anchor::Start) };
        push_text(&mut marks, note, vec![Label { x, y, text }]);
        marks
    }

    /// All marks, back to front.
    pub fn all(&self) -> impl Iterator<Item = &Mark> {
        self.layers.iter().flat_map(|layer| &layer.marks).chain(&self.marks)
    }

    /// Draws the picture.
    pub fn paint(&self, surface: &mut impl Surface) {
        for layer in &self.layers {
            if surface.edges(layer.clip, layer.fresh) {
                paint(&layer.marks, surface);
            }
        }
        surface.above();
        paint(&self.marks, surface);
    }
}

fn outset([x, y, width, height]: [f32; 4], by: f32) -> [f32; 4] {
    [x - by, y - by, width + 2.0 * by, height + 2.0 * by]
}

pub(crate) fn layer_range(shape: &Shape, layer: u32) -> core::ops::Range<usize> {
    shape.first_edge(layer) as usize..shape.first_edge(layer + 1) as usize
}

fn alive_in(input: &PictureInput, layer: u32) -> u32 {
    input.edge_states[layer_range(input.shape, layer)].iter().map(|&state| u32::from(is_alive(state))).sum()
}

/// The largest finite size of a layer's weights, cut ones included: widths do not change as a run goes on.
pub(crate) fn scale(weights: &[f64]) -> f64 {
    weights.iter().map(|w| w.abs()).filter(|w| w.is_finite()).fold(0.0, f64::max)
}

/// Adds marks unless there is nothing in them.
pub(crate) fn push_segments(marks: &mut Vec<Mark>, stroke: Stroke, points: Vec<f32>) {
    if !points.is_empty() {
        marks.push(Mark::Segments { stroke, points });
    }
}

pub(crate) fn push_text(marks: &mut Vec<Mark>, style: TextStyle, labels: Vec<Label>) {
    if !labels.is_empty() {
        marks.push(Mark::Text { style, labels });
    }
}

pub(crate) fn small(role: Role, anchor: Anchor) -> TextStyle {
    TextStyle { paint: role.into(), face: Face::Sans, size: SMALL, anchor, halo: false }
}

// ---- matrices ----

fn matrix_layer(input: &PictureInput, layout: &MatrixLayout, looker: &Cells, layer: u32) -> Mark {
    // Blocks tell shares, not sizes.
    let weights = &input.weights[layer_range(input.shape, layer)];
    let scale = if layout.block() == 1 { scale(weights) } else { 1.0 };
    Mark::Raster(layout.raster(layer, looker, scale))
}
