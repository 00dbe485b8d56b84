//! Where nodes and labels go in a given box. Text keeps its size; the picture gives way.

use crate::camera::Camera;
use crate::theme::{SMALL, text_width};
use ticketscope_core::shape::{Edge, Node, Shape};

/// A box to draw in, in CSS px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// Smallest box that is laid out; a smaller one (or NaN) is taken as this.
pub const SMALLEST: Frame = Frame { width: 120.0, height: 120.0 };

impl Frame {
    /// A box, made finite and at least [`SMALLEST`].
    pub fn new(width: f32, height: f32) -> Self {
        let usable = |x: f32, least: f32| if x.is_finite() { x.clamp(least, 16_384.0) } else { least };
        Self { width: usable(width, SMALLEST.width), height: usable(height, SMALLEST.height) }
    }
}

/// Which way the paths run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Sources at the left, sinks at the right.
    Right,
    /// Sources at the top, sinks at the bottom: for boxes much taller than wide.
    Down,
}

/// How the number of alive edges is written beside an edge layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountForm {
    /// "9 of 49".
    Of,
    /// "9".
    Short,
    /// "9", and only beside every so many edge layers.
    Every(u32),
}

/// Places of nodes and labels for lines and circles.
#[derive(Debug, Clone)]
pub struct Layout {
    shape: Shape,
    direction: Direction,
    /// Along the paths: the first node layer's place, and the distance between node layers.
    first: f32,
    spacing: f32,
    /// Across the paths: the middle, and the distance between neighbours in sources, hidden layers, sinks.
    middle: f32,
    pitch: [f32; 3],
    /// Half of the widest layer's extent, centre to centre.
    half_extent: f32,
    radius: f32,
    end_radius: [f32; 2],
    frame: Frame,
}

const LABEL_BAND: f32 = 26.0;
const SIDE_LABELS: f32 = 34.0;
/// Radius to which nodes grow under a camera, CSS px.
const LARGEST_NODE: f32 = 14.0;

impl Layout {
    /// Lays a shape out in a box; of the two directions, the one that leaves more room between nodes, with a preference for
    /// [`Direction::Right`], in which the text about the network reads.
    pub fn new(shape: &Shape, frame: Frame) -> Self {
        let right = Self::directed(shape, frame, Direction::Right);
        let down = Self::directed(shape, frame, Direction::Down);
        if down.tightness() > 1.4 * right.tightness() { down } else { right }
    }

    /// Lays a shape out in a given direction.
    pub fn directed(shape: &Shape, frame: Frame, direction: Direction) -> Self {
        let frame = Frame::new(frame.width, frame.height);
        let gaps = shape.edge_layers() as f32;
        let counts = [shape.sources(), shape.width(), shape.sinks()];
        let (along, across, bands) = match direction {
            Direction::Right => (frame.width, frame.height, (LABEL_BAND, LABEL_BAND)),
            Direction::Down => {
                let widest = count_text(shape.width() * shape.width(), shape.width() * shape.width(), CountForm::Of);
                let counts = text_width(&widest, SMALL).min(frame.width * 0.3) + 12.0;
                (frame.height, frame.width, (SIDE_LABELS, counts))
            }
        };
        // Names of sources and sinks stand inside their circles where these have room, else outside.
        let guess = (along - 40.0) / gaps;
        let end_pitch = |count: u32, extent: f32| if count > 1 { extent / (count - 1) as f32 } else { f32::INFINITY };
        let extent = (across - bands.0 - bands.1 - 24.0).max(20.0);
        let end = |count: u32| end_radius(end_pitch(count, extent).min(extent), guess);
        let end_radius = [end(shape.sources()), end(shape.sinks())];
        let margin = end_radius.map(|radius| if label_inside(radius) { radius + 12.0 } else { radius + 26.0 });
        let spacing = (along - margin[0] - margin[1]) / gaps;

        let hidden = end_pitch(shape.width(), extent).min((1.25 * spacing).clamp(64.0, 120.0));
        let ends = |count: u32| end_pitch(count, extent).min(hidden.max(48.0));
        let pitch =
            [ends(shape.sources()), hidden, ends(shape.sinks())].map(|p| if p.is_finite() { p } else { extent });
        let half_extent = counts.iter().zip(pitch).map(|(&n, p)| (n - 1) as f32 * p / 2.0).fold(0.0, f32::max);
        let room = pitch[1].min(spacing);
        let radius = (0.19 * room).clamp(1.2, 9.0).min(0.42 * room);
        Self {
            shape: *shape,
            direction,
            first: margin[0],
            spacing,
            middle: bands.0 + (across - bands.0 - bands.1) / 2.0,
            pitch,
            half_extent,
            radius,
            end_radius,
            frame,
        }
    }

    /// The same layout through a camera: distances grow by its zoom, nodes to a limit, and text not at all.
    pub fn seen(mut self, camera: Camera) -> Self {
        let (along, across) = match self.direction {
            Direction::Right => (camera.x, camera.y),
            Direction::Down => (camera.y, camera.x),
        };
        let zoom = camera.zoom;
        self.first = zoom * self.first + along;
        self.middle = zoom * self.middle + across;
        self.spacing *= zoom;
        self.pitch = self.pitch.map(|pitch| zoom * pitch);
        self.half_extent *= zoom;
        self.radius = (zoom * self.radius).min(self.radius.max(LARGEST_NODE));
        self.end_radius = self.end_radius.map(|radius| (zoom * radius).min(radius.max(LARGEST_NODE + 2.0)));
        self
    }

    /// The smaller of the two distances between neighbouring nodes: what decides how readable a layout is.
    fn tightness(&self) -> f32 {
        if self.shape.width() > 1 { self.spacing.min(self.pitch[1]) } else { self.spacing }
    }

    /// The box.
    pub fn frame(&self) -> Frame {
        self.frame
    }

    /// The direction.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Distance between node layers, CSS px.
    pub fn spacing(&self) -> f32 {
        self.spacing
    }

    /// Distance between neighbours in a hidden layer, CSS px.
    pub fn pitch(&self) -> f32 {
        self.pitch[1]
    }

    /// Distance between neighbours in a node layer, CSS px.
    pub fn pitch_in(&self, node_layer: u32) -> f32 {
        self.pitch[self.part(node_layer)]
    }

    fn place(&self, along: f32, across: f32) -> (f32, f32) {
        match self.direction {
            Direction::Right => (along, across),
            Direction::Down => (across, along),
        }
    }

    /// Centre of a node.
    pub fn node(&self, node: Node) -> (f32, f32) {
        let count = self.shape.nodes_in(node.layer);
        let across = self.middle + (node.index as f32 - (count - 1) as f32 / 2.0) * self.pitch[self.part(node.layer)];
        self.place(self.first + node.layer as f32 * self.spacing, across)
    }

    /// Centres of an edge's tail and head: x0, y0, x1, y1.
    pub fn edge(&self, edge: Edge) -> [f32; 4] {
        let (x0, y0) = self.node(Node { layer: edge.layer, index: edge.from });
        let (x1, y1) = self.node(Node { layer: edge.layer + 1, index: edge.to });
        [x0, y0, x1, y1]
    }

    /// Which node layer a point is at: 0 at the sources, 1.5 halfway between hidden layers 1 and 2.
    pub fn along(&self, x: f32, y: f32) -> f32 {
        let along = if self.direction == Direction::Right { x } else { y };
        (along - self.first) / self.spacing
    }

    /// Which place in a node layer a point is beside.
    pub fn across(&self, x: f32, y: f32, node_layer: u32) -> f32 {
        let across = if self.direction == Direction::Right { y } else { x };
        let middle = (self.shape.nodes_in(node_layer) - 1) as f32 / 2.0;
        (across - self.middle) / self.pitch[self.part(node_layer)] + middle
    }

    /// 0 for sources, 1 for hidden layers, 2 for sinks.
    fn part(&self, node_layer: u32) -> usize {
        if node_layer == 0 { 0 } else { 1 + usize::from(node_layer > self.shape.hidden_layers()) }
    }

    /// Radius of the nodes in a node layer.
    pub fn radius(&self, node_layer: u32) -> f32 {
        [self.end_radius[0], self.radius, self.end_radius[1]][self.part(node_layer)]
    }

    /// Where the name of a source or sink goes: its x, its baseline, and whether it stands inside the circle; `None` where
    /// neighbours leave no room for it.
    pub fn end_label(&self, node: Node) -> Option<(f32, f32, bool)> {
        let part = self.part(node.layer);
        let radius = self.radius(node.layer);
        let (x, y) = self.node(node);
        let baseline = y + 5.0;
        if label_inside(radius) {
            return Some((x, baseline, true));
        }
        let room = match self.direction {
            Direction::Right => 15.0,
            Direction::Down => 22.0,
        };
        let last = self.shape.nodes_in(node.layer) - 1;
        let every = every(self.pitch[part], room);
        let shown = node.index.is_multiple_of(every) && (node.index == 0 || node.index + every <= last || every == 1)
            || node.index == last;
        let out = if part == 0 { -(radius + 13.0) } else { radius + 13.0 };
        shown.then_some(match self.direction {
            Direction::Right => (x + out, baseline, false),
            Direction::Down => (x, baseline + out, false),
        })
    }

    /// How counts are written so that neighbours do not meet, even when every edge of the widest layer is alive.
    pub fn count_form(&self) -> CountForm {
        if self.direction == Direction::Down {
            return if self.spacing >= 15.0 { CountForm::Of } else { CountForm::Every(every(self.spacing, 15.0)) };
        }
        let most = (0..self.shape.edge_layers()).map(|layer| self.shape.edges_in(layer)).max().unwrap_or(0);
        let room = |form| text_width(&count_text(most, most, form), SMALL) + 10.0;
        if room(CountForm::Of) <= self.spacing {
            CountForm::Of
        } else if room(CountForm::Short) <= self.spacing {
            CountForm::Short
        } else {
            CountForm::Every(every(self.spacing, room(CountForm::Short)))
        }
    }

    /// Anchor point (x, baseline) of an edge layer's count: centred on x when the paths run right, its left end when they
    /// run down.
    pub fn count_label(&self, edge_layer: u32) -> (f32, f32) {
        let along = self.first + (edge_layer as f32 + 0.5) * self.spacing;
        match self.direction {
            Direction::Right => (along, (self.middle - self.half_extent - self.clearance() - 6.0).max(SMALL)),
            Direction::Down => {
                let most = (0..self.shape.edge_layers()).map(|layer| self.shape.edges_in(layer)).max().unwrap_or(0);
                let right = self.frame.width - text_width(&count_text(most, most, self.count_form()), SMALL);
                ((self.middle + self.half_extent + self.clearance() + 4.0).min(right), along + 4.0)
            }
        }
    }

    /// Names of the hidden layers that have room: (text, x, baseline), centred when the paths run right, right-aligned when
    /// they run down.
    pub fn layer_labels(&self) -> Vec<(String, f32, f32)> {
        let n = self.shape.hidden_layers();
        let right = self.direction == Direction::Right;
        let long = right && text_width(&format!("hidden {n}"), SMALL) + 10.0 <= self.spacing;
        let short = if right { text_width(&format!("h{n}"), SMALL) + 8.0 } else { 15.0 };
        let every = if long { 1 } else { every(self.spacing, short) };
        let short_width = text_width(&format!("h{n}"), SMALL);
        let at = |layer: u32| {
            let along = self.first + layer as f32 * self.spacing;
            let text = if long { format!("hidden {layer}") } else { format!("h{layer}") };
            // Looked at from near, names stay at the edge of the box.
            let (low, high) = (self.middle - self.half_extent, self.middle + self.half_extent);
            match self.direction {
                Direction::Right => (text, along, (high + self.clearance() + SMALL + 2.0).min(self.frame.height - 1.0)),
                Direction::Down => (text, (low - self.clearance() - 4.0).max(short_width), along + 4.0),
            }
        };
        (1..=n).step_by(every as usize).map(at).collect()
    }

    fn clearance(&self) -> f32 {
        self.radius.max(if self.shape.width() == 1 { self.end_radius[0] } else { 0.0 }) + 4.0
    }

    /// How much ink the edges of the fullest layer would lay on its area, in layers of paint: about 2 is where lines stop
    /// being lines.
    pub fn smear(&self) -> f32 {
        let height = 2.0 * self.half_extent + 2.0 * self.radius;
        // Two uniform places on a side of length h are h/3 apart on average.
        let slant = height / 3.0;
        let length = (self.spacing * self.spacing + slant * slant).sqrt();
        let fullest = (0..self.shape.edge_layers()).map(|layer| self.shape.edges_in(layer)).max().unwrap_or(0);
        fullest as f32 * length * 1.2 / (self.spacing * height)
    }
}

/// The height, in CSS px, that lines of this shape would like in a box of a width: nodes as far apart as on a desk, within
/// 240 to 640 px, and taller on a phone for what is better drawn downwards.
pub fn lines_height(shape: &Shape, width: f32) -> f32 {
    let most = shape.width().max(shape.sources()).max(shape.sinks()) as f32;
    let along = 80.0 + shape.edge_layers() as f32 * 44.0;
    if width < 480.0 && along > 1.3 * width && shape.width() < 12 {
        return along.min(560.0);
    }
    let across = 2.0 * LABEL_BAND + 24.0 + (most - 1.0) * 64.0;
    across.clamp(240.0, (0.72 * width).clamp(300.0, 640.0))
}

/// The count beside an edge layer.
pub fn count_text(alive: u32, all: u32, form: CountForm) -> String {
    match form {
        CountForm::Of => format!("{} of {}", grouped(alive), grouped(all)),
        CountForm::Short | CountForm::Every(_) => grouped(alive),
    }
}

/// A whole number with a comma between thousands.
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A round step (1, 2, 5, 10, …) such that labels `room` apart fit when things are `spacing` apart.
fn every(spacing: f32, room: f32) -> u32 {
    [1, 2, 5, 10, 20, 50].into_iter().find(|&step| spacing * step as f32 >= room).unwrap_or(100)
}

fn end_radius(pitch: f32, spacing: f32) -> f32 {
    (0.36 * pitch.min(spacing)).min(14.0)
}

/// Whether a circle has room for its name in 16 px italic, index included.
fn label_inside(radius: f32) -> bool {
    radius >= 12.5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes() -> impl Iterator<Item = Shape> {
        let widths = [1, 2, 3, 5, 7, 12, 30, 100, 300, 512];
        widths.into_iter().flat_map(|w| {
            [(1, 1, 1), (1, 4, 1), (3, 5, 2), (64, 12, 16), (1, 32, 1)]
                .map(move |(s, n, t)| Shape::new(s, n, w, t).unwrap())
        })
    }

    const FRAMES: [(f32, f32); 6] =
        [(900.0, 640.0), (660.0, 560.0), (328.0, 300.0), (328.0, 480.0), (120.0, 120.0), (f32::NAN, -3.0)];

    fn nodes(shape: &Shape) -> impl Iterator<Item = Node> + '_ {
        (0..shape.node_layers()).flat_map(|layer| (0..shape.nodes_in(layer)).map(move |index| Node { layer, index }))
    }

    #[test]
    fn nodes_lie_inside_the_box_and_apart() {
        for shape in shapes() {
            for (width, height) in FRAMES {
                let frame = Frame::new(width, height);
                let layout = Layout::new(&shape, frame);
                let mut last: Option<(Node, (f32, f32))> = None;
                for node in nodes(&shape) {
                    let (x, y) = layout.node(node);
                    let r = layout.radius(node.layer);
                    assert!(x - r >= -0.01 && x + r <= frame.width + 0.01, "{shape:?} {frame:?} {node:?} x {x} r {r}");
                    assert!(y - r >= -0.01 && y + r <= frame.height + 0.01, "{shape:?} {frame:?} {node:?} y {y} r {r}");
                    // Neighbours in a layer and from layer to layer; the layout is a grid, so these are the nearest.
                    if let Some((before, (px, py))) = last.filter(|(before, _)| before.layer == node.layer) {
                        let distance = (x - px).abs().max((y - py).abs());
                        assert!(distance >= 2.0 * r * 0.99, "{shape:?} {frame:?} {before:?} {node:?} {distance} {r}");
                    }
                    if node.layer > 0 {
                        let sum = r + layout.radius(node.layer - 1);
                        assert!(
                            layout.spacing() >= sum * 0.99,
                            "{shape:?} {frame:?} {node:?} spacing {} {sum}",
                            layout.spacing()
                        );
                    }
                    last = Some((node, (x, y)));
                }
            }
        }
    }

    #[test]
    fn labels_lie_inside_the_box_and_apart() {
        for shape in shapes() {
            for (width, height) in FRAMES {
                let frame = Frame::new(width, height);
                let layout = Layout::new(&shape, frame);
                let right = layout.direction() == Direction::Right;
                let mut end = f32::NEG_INFINITY;
                for (text, x, y) in layout.layer_labels() {
                    let half = text_width(&text, SMALL) / 2.0;
                    let (from, to) = if right { (x - half, x + half) } else { (y - SMALL, y) };
                    assert!(from >= end, "{shape:?} {frame:?} {text} {from} {end}");
                    assert!(y - SMALL >= 0.0 && y <= frame.height, "{shape:?} {frame:?} {text} y {y}");
                    end = to;
                }
                for layer in 0..shape.edge_layers() {
                    let (x, y) = layout.count_label(layer);
                    assert!(
                        y - SMALL >= 0.0 && y <= frame.height && x >= 0.0 && x <= frame.width,
                        "{shape:?} {frame:?} {x} {y}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_tall_box_with_many_layers_turns_the_picture() {
        let deep = Shape::new(1, 12, 4, 1).unwrap();
        assert_eq!(Layout::new(&deep, Frame::new(328.0, 560.0)).direction(), Direction::Down);
        assert_eq!(Layout::new(&deep, Frame::new(900.0, 640.0)).direction(), Direction::Right);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
