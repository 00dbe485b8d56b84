//! The marks of an [`Overlay`](crate::overlay::Overlay): what is looked at, pinned, focused, last cut, different, and the
//! numbers of a forward pass. They differ by shape, not by hue: all are ink.

use crate::layout::{Direction, Layout};
use crate::matrix::MatrixLayout;
use crate::overlay::Order;
use crate::pick::{Pick, has_node, is_alive};
use crate::picture::{PictureInput, layer_range, push_segments, push_text, small};
use crate::range::signed;
use crate::surface::{Anchor, Dash, Face, Label, Mark, Stroke, TextStyle};
use crate::theme::{Role, SMALL, text_width};
use ticketscope_core::shape::{EdgeId, Node, Shape};
use ticketscope_core::state::NodeState;

/// How a thing is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Halo {
    Focus,
    Pin,
    Hover,
}

impl Halo {
    /// Rings from the outside in: distance from the thing, CSS px, and dash. Nested, so that one thing can have all three.
    fn rings(self) -> &'static [(f32, Dash)] {
        match self {
            Self::Focus => &[(10.5, Dash::Focus)],
            Self::Pin => &[(7.0, Dash::Solid), (4.0, Dash::Solid)],
            Self::Hover => &[(3.0, Dash::Solid)],
        }
    }
}

/// Everything marked, the widest marks first.
fn halos(input: &PictureInput) -> impl Iterator<Item = (Halo, Pick)> {
    let overlay = input.overlay;
    let pins = overlay.pins.iter().map(|&pick| (Halo::Pin, pick));
    let focus = overlay.focus.map(|pick| (Halo::Focus, pick));
    focus.into_iter().chain(pins).chain(overlay.hover.map(|pick| (Halo::Hover, pick)))
}

/// Marks about edges; `again` draws an edge itself over them.
pub(crate) fn edges(
    marks: &mut Vec<Mark>,
    input: &PictureInput,
    layout: &Layout,
    again: impl Fn(&mut Vec<Mark>, EdgeId),
) {
    push_last_cut(marks, input, layout);
    for (halo, pick) in halos(input) {
        let Pick::Edge(id) = pick else { continue };
        if id >= input.shape.edge_count() {
            continue;
        }
        let line = layout.edge(input.shape.edge(id));
        for &(distance, dash) in halo.rings() {
            push_segments(marks, Stroke::dashed(Role::Ink, 2.0 * distance + 3.0, dash), line.to_vec());
            push_segments(marks, Stroke::solid(Role::Paper, 2.0 * distance), line.to_vec());
        }
        again(marks, id);
    }
    push_differences(marks, input, layout);
}

/// The edges whose loss destroyed the network: ink dashes, severed by two bars.
fn push_last_cut(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    let Some(last) = input.overlay.last_cut else { return };
    let (mut lines, mut bars) = (Vec::new(), Vec::new());
    for &id in last.edges.iter().filter(|&&id| id < input.shape.edge_count()) {
        let line = layout.edge(input.shape.edge(id));
        lines.extend(line);
        let (x, y, ux, uy) = middle(line);
        for side in [-2.0, 2.0] {
            let (x, y) = (x + side * ux, y + side * uy);
            bars.extend([x - 5.0 * uy, y + 5.0 * ux, x + 5.0 * uy, y - 5.0 * ux]);
        }
    }
    push_segments(marks, Stroke::solid(Role::Paper, 3.4), lines.clone());
    push_segments(marks, Stroke::dashed(Role::Ink, 1.4, Dash::JustCut), lines);
    push_segments(marks, Stroke::solid(Role::Ink, 1.8), bars);
}

/// The middle of a line and its unit vector.
fn middle([x0, y0, x1, y1]: [f32; 4]) -> (f32, f32, f32, f32) {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = (dx * dx + dy * dy).sqrt().max(1e-3);
    ((x0 + x1) / 2.0, (y0 + y1) / 2.0, dx / length, dy / length)
}

/// Edges alive here only: a diamond.
fn push_differences(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    let arm = (0.1 * layout.spacing().min(layout.pitch())).clamp(2.5, 5.0);
    let mut diamonds = Vec::new();
    for &id in input.overlay.differs.iter().filter(|&&id| id < input.shape.edge_count()) {
        let (x, y, ..) = middle(layout.edge(input.shape.edge(id)));
        let corners = [(x - arm, y), (x, y - arm), (x + arm, y), (x, y + arm)];
        for (i, from) in corners.into_iter().enumerate() {
            let to = corners[(i + 1) % 4];
            diamonds.extend([from.0, from.1, to.0, to.1]);
        }
    }
    push_segments(marks, Stroke::solid(Role::Card, arm + 2.5), diamonds.clone());
    push_segments(marks, Stroke::solid(Role::Ink, 1.6), diamonds);
}

/// Marks about nodes.
pub(crate) fn nodes(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    for (halo, pick) in halos(input) {
        let Pick::Node(node) = pick else { continue };
        if !has_node(input.shape, node) {
            continue;
        }
        let ((x, y), radius) = (layout.node(node), layout.radius(node.layer));
        for &(distance, dash) in halo.rings() {
            push_ring(marks, x, y, radius + distance + 0.75, dash);
        }
    }
    if let Some(last) = input.overlay.last_cut
        && last.source < input.shape.sources()
    {
        let (x, y) = layout.node(Node { layer: 0, index: last.source });
        let arm = layout.radius(0) + 2.0;
        let frame = vec![x - arm, y - arm, 2.0 * arm, 2.0 * arm];
        marks.push(Mark::Frames { stroke: Stroke::solid(Role::Ink, 2.5), frames: frame });
    }
    push_off(marks, input, layout);
}

fn push_ring(marks: &mut Vec<Mark>, x: f32, y: f32, radius: f32, dash: Dash) {
    let ring = |stroke| Mark::Circles { fill: None, stroke: Some(stroke), circles: vec![x, y, radius] };
    marks.push(ring(Stroke::solid(Role::Paper, 4.0)));
    marks.push(ring(Stroke::dashed(Role::Ink, 1.5, dash)));
}

/// Nodes that pass nothing on: a bar across.
fn push_off(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    let Some(pass) = input.overlay.pass else { return };
    let mut bars = Vec::new();
    for node in all_nodes(input.shape) {
        if pass.off.get(input.shape.node_id(node) as usize) == Some(&true) {
            let ((x, y), arm) = (layout.node(node), 0.62 * layout.radius(node.layer));
            bars.extend([x - arm, y, x + arm, y]);
        }
    }
    push_segments(marks, Stroke::solid(Role::Ink, (0.3 * layout.radius(1)).clamp(1.0, 2.4)), bars);
}

fn all_nodes(shape: &Shape) -> impl Iterator<Item = Node> + '_ {
    (0..shape.node_layers()).flat_map(|layer| (0..shape.nodes_in(layer)).map(move |index| Node { layer, index }))
}

/// Letters, numbers and legends over the picture.
pub(crate) fn labels(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    push_values(marks, input, layout);
    push_order(marks, input, layout);
    let tags = input.overlay.pins.iter().enumerate().filter_map(|(place, &pick)| {
        let at = match pick {
            Pick::Node(node) => has_node(input.shape, node).then(|| {
                let ((x, y), radius) = (layout.node(node), layout.radius(node.layer));
                (x + 0.71 * radius + 12.0, y - 0.71 * radius - 12.0)
            }),
            Pick::Edge(id) => (id < input.shape.edge_count()).then(|| {
                let [x0, y0, x1, y1] = layout.edge(input.shape.edge(id));
                (x0 + 0.3 * (x1 - x0), y0 + 0.3 * (y1 - y0))
            }),
        };
        Some((place, at?))
    });
    push_tags(marks, &tags.collect::<Vec<_>>());
}

/// The letters of pins, the same as on their cards.
fn push_tags(marks: &mut Vec<Mark>, tags: &[(usize, (f32, f32))]) {
    if tags.is_empty() {
        return;
    }
    let circles = tags.iter().flat_map(|&(_, (x, y))| [x, y, 9.0]).collect();
    marks.push(Mark::Circles { fill: Some(Role::Ink.into()), stroke: Some(Stroke::solid(Role::Paper, 2.0)), circles });
    let style = TextStyle { face: Face::SansBold, ..small(Role::Paper, Anchor::Middle) };
    let letter = |place: usize| char::from(b'A' + (place % 26) as u8).to_string();
    let labels = tags.iter().map(|&(place, (x, y))| Label { x, y: y + 4.3, text: letter(place) });
    push_text(marks, style, labels.collect());
}

/// The values of a forward pass, above their nodes where paths run right, else beside them.
fn push_values(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    let shape = input.shape;
    let Some(pass) = input.overlay.pass.filter(|pass| pass.values.len() >= shape.node_count() as usize) else { return };
    let right = layout.direction() == Direction::Right;
    let widest = text_width("−0.00", SMALL);
    let labels = all_nodes(shape).filter_map(|node| {
        let ((x, y), radius) = (layout.node(node), layout.radius(node.layer));
        let (along, across) = if right { (widest, SMALL + 4.0) } else { (SMALL + 4.0, widest) };
        let alone = shape.nodes_in(node.layer) == 1;
        let room = layout.spacing() >= along && (alone || layout.pitch_in(node.layer) >= 2.0 * radius + across);
        let id = shape.node_id(node) as usize;
        let inside = x.clamp(widest / 2.0, layout.frame().width - widest / 2.0);
        let (x, y) = if right { (inside, y - radius - 5.0) } else { (x + radius + 5.0, y + 4.0) };
        let shown = room && input.node_states[id] != NodeState::Dead;
        shown.then(|| Label { x, y, text: signed(pass.values[id]) })
    });
    let anchor = if right { Anchor::Middle } else { Anchor::Start };
    push_text(marks, TextStyle { halo: true, ..small(Role::Ink, anchor) }, labels.collect());
}

/// Most steps that are written beside their edges.
const MOST_STEPS: usize = 60;

/// The step beside each edge that is gone, as far as there is room, and what the shades mean.
fn push_order(marks: &mut Vec<Mark>, input: &PictureInput, layout: &Layout) {
    let Some(order) = input.overlay.order else { return };
    let shape = input.shape;
    let mut gone: Vec<(u32, EdgeId)> = (0..shape.edge_count())
        .filter(|&id| !is_alive(input.edge_states[id as usize]))
        .filter_map(|id| Some((*order.removed_at.get(id as usize)?, id)))
        .filter(|&(step, _)| step > 0)
        .collect();
    gone.sort_unstable();
    let mut labels: Vec<Label> = Vec::new();
    if gone.len() <= MOST_STEPS {
        for (step, id) in gone {
            let [x0, y0, x1, y1] = layout.edge(shape.edge(id));
            let free = |&(x, y): &(f32, f32)| {
                labels.iter().all(|label| (label.x - x).abs() > 20.0 || (label.y - y).abs() > SMALL + 2.0)
            };
            let at = [0.5, 0.38, 0.62, 0.27].map(|share| (x0 + share * (x1 - x0), y0 + share * (y1 - y0) + 4.0));
            if let Some((x, y)) = at.into_iter().find(free) {
                labels.push(Label { x, y, text: step.to_string() });
            }
        }
    }
    push_text(marks, TextStyle { halo: true, ..small(Role::Ink, Anchor::Middle) }, labels);
    push_legend(marks, layout.frame().height);
}

/// What the shades of gone edges mean, at the bottom left.
fn push_legend(marks: &mut Vec<Mark>, bottom: f32) {
    let rows = [(0, bottom - 24.0, "first cut"), (Order::LEVELS - 1, bottom - 8.0, "last cut")];
    for (level, y, _) in rows {
        let stroke = Stroke::dashed(Order::paint(level, 1.0), 0.9 + 0.22 * f32::from(level), Dash::Cut);
        push_segments(marks, stroke, vec![2.0, y, 28.0, y]);
    }
    let labels = rows.map(|(_, y, text)| Label { x: 34.0, y: y + 4.0, text: text.to_owned() });
    push_text(marks, TextStyle { halo: true, ..small(Role::Soft, Anchor::Start) }, labels.to_vec());
}

// ---- matrices ----

/// All marks over matrices.
pub(crate) fn cells(marks: &mut Vec<Mark>, input: &PictureInput, layout: &MatrixLayout) {
    let shape = input.shape;
    let known = |ids: &[EdgeId]| -> Vec<f32> {
        let ids = ids.iter().filter(|&&id| id < shape.edge_count());
        ids.flat_map(|&id| outline(layout.cell(shape.edge(id)), 0.0)).collect()
    };
    if let Some(last) = input.overlay.last_cut {
        // A layer that went as a whole is framed as a whole.
        let whole = |layer| last.edges.iter().filter(|&&id| layer_range(shape, layer).contains(&(id as usize))).count();
        let layers = (0..shape.edge_layers()).filter(|&layer| whole(layer) == shape.edges_in(layer) as usize);
        let (layers, mut frames): (Vec<u32>, Vec<f32>) = (layers.collect(), Vec::new());
        for &layer in &layers {
            frames.extend(outline(layout.matrix(layer), 1.5));
        }
        let single = last.edges.iter().copied().filter(|&id| id < shape.edge_count());
        let single: Vec<EdgeId> = single.filter(|&id| !layers.contains(&shape.edge(id).layer)).collect();
        frames.extend(known(&single));
        push_frames(marks, 1.6, Dash::Solid, frames);
    }
    push_frames(marks, 1.4, Dash::Dead, known(input.overlay.differs));
    let mut tags = Vec::new();
    for (halo, pick) in halos(input) {
        for area in areas(shape, layout, pick) {
            for &(distance, dash) in halo.rings() {
                push_frames(marks, 1.5, dash, outline(area, 0.9 * distance - 2.0).to_vec());
            }
        }
    }
    for (place, &pick) in input.overlay.pins.iter().enumerate() {
        let area = areas(shape, layout, pick).into_iter().next();
        tags.extend(area.map(|[x, y, width, _]| (place, (x + width + 12.0, y - 10.0))));
    }
    push_tags(marks, &tags);
    if input.overlay.order.is_some() {
        push_legend(marks, layout.frame().height - 22.0);
    }
}

/// Frames on a paper ground.
pub(crate) fn push_frames(marks: &mut Vec<Mark>, width: f32, dash: Dash, frames: Vec<f32>) {
    if !frames.is_empty() {
        marks.push(Mark::Frames { stroke: Stroke::solid(Role::Paper, width + 2.0), frames: frames.clone() });
        marks.push(Mark::Frames { stroke: Stroke::dashed(Role::Ink, width, dash), frames });
    }
}

/// Where a thing is in matrices: an edge's cell; a node's row as a tail and its column as a head.
fn areas(shape: &Shape, layout: &MatrixLayout, pick: Pick) -> Vec<[f32; 4]> {
    match pick {
        Pick::Edge(id) if id < shape.edge_count() => vec![layout.cell(shape.edge(id))],
        Pick::Node(node) if has_node(shape, node) => layout.bands(node),
        _ => Vec::new(),
    }
}

/// A frame around a cell, large enough to be seen around the smallest.
pub(crate) fn outline([x, y, width, height]: [f32; 4], more: f32) -> [f32; 4] {
    let grow = |side: f32| ((9.0 - side) / 2.0).max(1.5) + more;
    let (dx, dy) = (grow(width), grow(height));
    [x - dx, y - dy, width + 2.0 * dx, height + 2.0 * dy]
}
