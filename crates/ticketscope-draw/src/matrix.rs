//! One matrix per edge layer, for networks whose lines would only be a smear: a row per tail, a column per head.

use crate::camera::Camera;
use crate::layout::{CountForm, Frame, count_text};
use crate::pick::is_alive;
use crate::picture::PictureInput;
use crate::progress::Phases;
use crate::raster::{Block, aged, kind};
pub use crate::raster::{Raster, Rectangles};
use crate::theme::{SMALL, text_width};
use ticketscope_core::shape::{Edge, EdgeId, Node, Shape};
use ticketscope_core::state::EdgeState;

/// Where the matrices of a shape go in a box: one after the other, as words on lines.
#[derive(Debug, Clone)]
pub struct MatrixLayout {
    shape: Shape,
    frame: Frame,
    grain: Grain,
    corners: Vec<(f32, f32)>,
    /// Room for an edge layer's heading, px.
    rooms: Vec<f32>,
    text: Heading,
    height: f32,
    camera: Camera,
}

/// How edges become cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    /// An edge a cell of this many px.
    Edge(u32),
    /// So many cells of one px stand for so many edges: fewer cells than edges.
    Block { cells: u32, edges: u32 },
}

/// What stands above a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    /// Which layers it joins, and how many of its edges are alive.
    Full,
    /// Nothing: dozens of matrices on a phone.
    None,
}

impl Heading {
    /// Room above a matrix.
    fn height(self) -> f32 {
        if self == Self::Full { 38.0 } else { 4.0 }
    }

    /// Room between matrices.
    fn gap(self) -> f32 {
        if self == Self::Full { 18.0 } else { 8.0 }
    }
}

/// Room below the whole picture for its one line of text.
const FOOT: f32 = 22.0;
/// Room for the frame around a matrix.
const EDGE: f32 = 2.0;
/// A strip (few tails or few heads) is at least this thick, px.
const STRIP: u32 = 12;
/// Largest cell, px.
const LARGEST: u32 = 22;

impl Grain {
    /// Cells for so many tails or heads.
    fn cells(self, nodes: u32) -> u32 {
        match self {
            Self::Edge(_) => nodes,
            Self::Block { cells, edges } => (nodes * cells / edges).max(1),
        }
    }

    /// px a cell where there are so many of them.
    fn px(self, cells: u32) -> u32 {
        let px = if let Self::Edge(px) = self { px } else { 1 };
        px.max(STRIP / cells)
    }

    /// From the coarsest grain worth drawing to the finest.
    fn all(most: u32) -> impl Iterator<Item = Self> {
        let blocks = (1..most).rev().map(move |cells| Self::Block { cells, edges: most });
        (1..=LARGEST).rev().map(Self::Edge).chain(blocks)
    }
}

impl MatrixLayout {
    /// Lays the matrices out with the largest cells that fit.
    pub fn new(shape: &Shape, frame: Frame) -> Self {
        let frame = Frame::new(frame.width, frame.height);
        let most = shape.width().max(shape.sources()).max(shape.sinks());
        let fitting = |text, least: u32| {
            let grains = Grain::all(most).take_while(move |grain| grain.cells(most) >= least.min(most));
            grains.map(|grain| Self::flow(shape, frame, grain, text)).find(|(_, bottom)| *bottom <= frame.height - FOOT)
        };
        // Headings go before the matrices become specks; the last resort, past the bottom, is for boxes that nothing fits.
        let fitting = fitting(Heading::Full, 24).or_else(|| fitting(Heading::None, 1));
        let last = || Self::flow(shape, frame, Grain::Block { cells: 1, edges: most }, Heading::None);
        let (mut layout, bottom) = fitting.unwrap_or_else(last);
        layout.height = bottom + FOOT;
        let spare = ((frame.height - FOOT - bottom) / 2.0).max(0.0).floor();
        layout.corners.iter_mut().for_each(|corner| corner.1 += spare);
        layout
    }

    /// Fills lines from the left; a flat first matrix (few sources) has a line of its own, so that it does not set the height
    /// of others'. Also gives the bottom of the last line.
    fn flow(shape: &Shape, frame: Frame, grain: Grain, text: Heading) -> (Self, f32) {
        let (head, gap) = (text.height(), text.gap());
        let (corners, rooms, camera) = (Vec::new(), Vec::new(), Camera::WHOLE);
        let mut layout = Self { shape: *shape, frame, grain, corners, rooms, text, height: 0.0, camera };
        let narrowest = match text {
            Heading::Full if frame.width < 480.0 => 46.0,
            Heading::Full => 72.0,
            Heading::None => 0.0,
        };
        let (mut x, mut top, mut line_height, mut bottom) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
        for layer in 0..shape.edge_layers() {
            let (columns, rows) = layout.cells(layer);
            let (cell_width, cell_height) = layout.cell_size(layer);
            let (width, height) =
                ((columns * cell_width) as f32 + 2.0 * EDGE, (rows * cell_height) as f32 + 2.0 * EDGE);
            let slot = width.max(narrowest);
            let flat_before = layer == 1 && 4.0 * line_height < height;
            if x > 0.0 && (flat_before || x + slot > frame.width) {
                (x, top) = (0.0, top + head + line_height + gap / 2.0);
                line_height = 0.0;
            }
            layout.corners.push((x + EDGE, top + head));
            layout.rooms.push(slot + gap - 6.0);
            x += slot + gap;
            line_height = line_height.max(height);
            // What is wider than the box does not fit, however low.
            bottom = if width > frame.width { f32::INFINITY } else { bottom.max(top + head + line_height) };
        }
        (layout, bottom)
    }

    /// The same matrices through a camera.
    pub fn seen(mut self, camera: Camera) -> Self {
        self.camera = camera;
        self
    }

    /// The box.
    pub fn frame(&self) -> Frame {
        self.frame
    }

    /// The height, in CSS px, that the matrices need of it.
    pub fn height(&self) -> f32 {
        self.height
    }

    /// Edges that a cell stands for at most in each direction; 1 when every edge has its own cell.
    pub fn block(&self) -> u32 {
        match self.grain {
            Grain::Edge(_) => 1,
            Grain::Block { cells, edges } => edges.div_ceil(cells),
        }
    }

    /// Columns and rows of an edge layer's matrix.
    fn cells(&self, edge_layer: u32) -> (u32, u32) {
        (self.grain.cells(self.shape.heads(edge_layer)), self.grain.cells(self.shape.tails(edge_layer)))
    }

    /// Size of an edge layer's cells, px: strips have thicker ones.
    fn cell_size(&self, edge_layer: u32) -> (u32, u32) {
        let (columns, rows) = self.cells(edge_layer);
        (self.grain.px(columns), self.grain.px(rows))
    }

    /// Top left corner of an edge layer's matrix: whole px but for a camera.
    pub fn corner(&self, edge_layer: u32) -> (f32, f32) {
        let (x, y) = self.corners[edge_layer as usize];
        self.camera.seen(x.round(), y.round())
    }

    /// The rectangle of an edge's cell: x, y, width, height.
    pub fn cell(&self, edge: Edge) -> [f32; 4] {
        let (x, y) = self.corner(edge.layer);
        let (width, height) = self.cell_size(edge.layer);
        let (columns, rows) = self.cells(edge.layer);
        let column = edge.to * columns / self.shape.heads(edge.layer) * width;
        let row = edge.from * rows / self.shape.tails(edge.layer) * height;
        let zoom = self.camera.zoom;
        [x + zoom * column as f32, y + zoom * row as f32, zoom * width as f32, zoom * height as f32]
    }

    /// The rectangle of an edge layer's matrix: x, y, width, height.
    pub fn matrix(&self, edge_layer: u32) -> [f32; 4] {
        let (x, y) = self.corner(edge_layer);
        let ((columns, rows), (width, height)) = (self.cells(edge_layer), self.cell_size(edge_layer));
        let zoom = self.camera.zoom;
        [x, y, zoom * (columns * width) as f32, zoom * (rows * height) as f32]
    }

    /// The edge whose cell is at a point; none outside the matrices, and where a cell stands for several edges.
    pub fn edge_at(&self, x: f32, y: f32) -> Option<Edge> {
        if self.block() > 1 {
            return None;
        }
        (0..self.shape.edge_layers()).find_map(|layer| {
            let [left, top, width, height] = self.matrix(layer);
            let inside = x >= left && x < left + width && y >= top && y < top + height;
            let (columns, rows) = self.cells(layer);
            let place = |at: f32, side: f32, cells: u32| ((at / side * cells as f32) as u32).min(cells - 1);
            inside.then(|| Edge { layer, from: place(y - top, height, rows), to: place(x - left, width, columns) })
        })
    }

    /// What stands above an edge layer's matrix: which layers it joins, and how much of it is alive; shorter where there is
    /// little room, `None` where there is none.
    pub fn heading(&self, edge_layer: u32, alive: u32) -> Option<[String; 2]> {
        let n = self.shape.hidden_layers();
        let room = self.camera.zoom * self.rooms[edge_layer as usize];
        let tail = if edge_layer == 0 { "x".to_owned() } else { format!("h{edge_layer}") };
        let head = if edge_layer == n { "y".to_owned() } else { format!("h{}", edge_layer + 1) };
        let spaced = format!("{tail} → {head}");
        let name = if text_width(&spaced, SMALL) <= room { spaced } else { format!("{tail}→{head}") };
        let count = count_text(alive, self.shape.edges_in(edge_layer), self.count_form());
        (self.text == Heading::Full).then_some([name, count])
    }

    /// One form for all matrices: the longest that has room above each.
    fn count_form(&self) -> CountForm {
        let fits = |(layer, &room): (u32, &f32)| {
            let all = self.shape.edges_in(layer);
            text_width(&count_text(all, all, CountForm::Of), SMALL) <= self.camera.zoom * room
        };
        if (0..).zip(&self.rooms).all(fits) { CountForm::Of } else { CountForm::Short }
    }

    /// One line for the foot of the picture, and its place (x, baseline).
    pub fn note(&self) -> (String, f32, f32) {
        let block = self.block();
        let axes = "row: tail · column: head".to_owned();
        let text = if block > 1 {
            let dot = format!("a dot: up to {block} × {block} edges");
            let both = format!("{axes} · {dot}");
            if text_width(&both, SMALL) <= self.frame.width { both } else { dot }
        } else {
            axes
        };
        (text, EDGE, self.frame.height - 5.0)
    }

    /// Where a node is: its row in the matrix that it is a tail of, its column in the one that it is a head of.
    pub fn bands(&self, node: Node) -> Vec<[f32; 4]> {
        let mut bands = Vec::new();
        if node.layer < self.shape.edge_layers() {
            let [x, _, width, _] = self.matrix(node.layer);
            let [_, y, _, height] = self.cell(Edge { layer: node.layer, from: node.index, to: 0 });
            bands.push([x, y, width, height]);
        }
        if let Some(layer) = node.layer.checked_sub(1) {
            let [_, y, _, height] = self.matrix(layer);
            let [x, _, width, _] = self.cell(Edge { layer, from: 0, to: node.index });
            bands.push([x, y, width, height]);
        }
        bands
    }

    /// The matrix of an edge layer; `scale` is the layer's largest |weight|.
    pub(crate) fn raster(&self, edge_layer: u32, of: &Cells, scale: f64) -> Raster {
        let (x, y) = self.corner(edge_layer);
        let (cell_width, cell_height) = self.cell_size(edge_layer);
        let (tails, heads) = (self.shape.tails(edge_layer), self.shape.heads(edge_layer));
        let (columns, rows) = self.cells(edge_layer);
        let first = self.shape.first_edge(edge_layer) as usize;
        let edges = first..first + (tails * heads) as usize;
        let (weights, states) = (&of.input.weights[edges.clone()], &of.states(edge_layer)[edges.clone()]);
        let mut cells: Vec<u8>;
        if self.block() == 1 {
            cells = weights.iter().zip(states).map(|(&weight, &state)| kind(weight, state, scale)).collect();
            if let Some(order) = of.input.overlay.order {
                let gone = edges.zip(states).zip(&mut cells).filter(|((_, state), _)| !is_alive(**state));
                gone.for_each(|((id, _), cell)| *cell = aged(order.level(id)));
            }
        } else {
            cells = self.blocks(edge_layer, weights, states);
        }
        Raster { x, y, zoom: self.camera.zoom, columns, rows, cell_width, cell_height, cells }
    }

    /// Of a matrix only the cells of some edges; none where no edge of it is among them.
    pub(crate) fn part(&self, whole: &Raster, edge_layer: u32, ids: &[EdgeId]) -> Option<Raster> {
        let (columns, rows) = self.cells(edge_layer);
        let (tails, heads) = (self.shape.tails(edge_layer), self.shape.heads(edge_layer));
        let layer = self.shape.first_edge(edge_layer)..self.shape.first_edge(edge_layer + 1);
        let mut part: Option<Raster> = None;
        for &id in ids.iter().filter(|id| layer.contains(id)) {
            let edge = self.shape.edge(id);
            let cell = (edge.from * rows / tails * columns + edge.to * columns / heads) as usize;
            let part = part.get_or_insert_with(|| Raster { cells: vec![0; whole.cells.len()], ..whole.clone() });
            part.cells[cell] = whole.cells[cell];
        }
        part
    }

    /// The kinds of cells that stand for several edges.
    fn blocks(&self, edge_layer: u32, weights: &[f64], states: &[EdgeState]) -> Vec<u8> {
        let (tails, heads) = (self.shape.tails(edge_layer), self.shape.heads(edge_layer));
        let (columns, rows) = self.cells(edge_layer);
        let mut blocks = vec![Block::default(); (columns * rows) as usize];
        let column_of: Vec<usize> = (0..heads).map(|head| (head * columns / heads) as usize).collect();
        let lines = weights.chunks_exact(heads as usize).zip(states.chunks_exact(heads as usize));
        for (tail, (row, row_states)) in (0..tails).zip(lines) {
            let start = (tail * rows / tails * columns) as usize;
            for ((&weight, &state), &column) in row.iter().zip(row_states).zip(&column_of) {
                blocks[start + column].add(weight, state);
            }
        }
        blocks.iter().map(Block::kind).collect()
    }
}

/// What decides the cells.
pub(crate) struct Cells<'a> {
    input: &'a PictureInput<'a>,
    phases: Phases<'a>,
}

impl<'a> Cells<'a> {
    pub fn new(input: &'a PictureInput<'a>) -> Self {
        Self { input, phases: Phases::new(input) }
    }

    /// The states that an edge layer shows: a cell does not fade, it changes halfway.
    fn states(&self, edge_layer: u32) -> &'a [EdgeState] {
        match self.input.overlay.progress {
            Some(progress) if self.phases.early(edge_layer) => progress.edge_states,
            _ => self.input.edge_states,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlay::Overlay;
    use crate::raster::CUT;
    use crate::theme::Theme;

    fn input<'a>(shape: &'a Shape, weights: &'a [f64], edge_states: &'a [EdgeState]) -> PictureInput<'a> {
        let (overlay, camera) = (&Overlay::NONE, Camera::WHOLE);
        PictureInput {
            shape,
            weights,
            edge_states,
            node_states: &[],
            just_cut: None,
            just_orphaned: &[],
            overlay,
            camera,
        }
    }

    fn network(shape: &Shape) -> (Vec<f64>, Vec<EdgeState>) {
        let states = [EdgeState::OnTicket, EdgeState::Idle, EdgeState::Cut, EdgeState::Orphaned];
        let edges = shape.edge_count();
        ((0..edges).map(|id| f64::from(id % 7) - 3.0).collect(), (0..edges).map(|id| states[id as usize % 4]).collect())
    }

    #[test]
    fn matrices_lie_inside_the_box_and_apart() {
        for (s, n, w, t) in
            [(1, 1, 1, 1), (1, 4, 30, 1), (64, 3, 16, 16), (64, 5, 100, 16), (1, 32, 512, 1), (2, 11, 300, 3)]
        {
            let shape = Shape::new(s, n, w, t).unwrap();
            for (width, height) in [(900.0, 640.0), (328.0, 300.0), (328.0, 560.0)] {
                let layout = MatrixLayout::new(&shape, Frame { width, height });
                let head = layout.text.height();
                let boxes: Vec<[f32; 4]> = (0..shape.edge_layers())
                    .map(|layer| {
                        let last = Edge { layer, from: shape.tails(layer) - 1, to: shape.heads(layer) - 1 };
                        let (left, top) = layout.corner(layer);
                        let [x, y, w, h] = layout.cell(last);
                        assert!(
                            left >= 0.0 && top >= head && x + w <= width && y + h <= height - FOOT,
                            "{shape:?} {width} {layer}"
                        );
                        // With the heading above.
                        [left, top - head, x + w, y + h]
                    })
                    .collect();
                assert_eq!(
                    layout.heading(0, 1).is_none(),
                    n == 32 && width < 400.0 && height < 400.0,
                    "{shape:?} {width} {height}"
                );
                for (i, a) in boxes.iter().enumerate() {
                    for b in &boxes[..i] {
                        let apart = a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3];
                        assert!(apart, "{shape:?} {width}: {a:?} {b:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn each_edge_has_its_cell_or_its_share_of_one() {
        for (w, n) in [(40, 3), (300, 6)] {
            let shape = Shape::new(1, n, w, 1).unwrap();
            let (weights, states) = network(&shape);
            let layout = MatrixLayout::new(&shape, Frame { width: 328.0, height: 300.0 });
            let raster = layout.raster(1, &Cells::new(&input(&shape, &weights, &states)), 3.0);
            assert!(raster.columns <= w && raster.columns * layout.block() >= w);
            assert_eq!(raster.cells.len(), (raster.columns * raster.rows) as usize);
            if layout.block() == 1 {
                let first = shape.first_edge(1) as usize;
                let cut = states[first..first + raster.cells.len()].iter().filter(|&&s| s == EdgeState::Cut).count();
                assert_eq!(raster.cells.iter().filter(|&&kind| kind == CUT).count(), cut);
            }
        }
    }

    #[test]
    fn pixels_and_rectangles_cover_the_same() {
        let shape = Shape::new(1, 2, 30, 1).unwrap();
        let (weights, states) = network(&shape);
        for width in [130.0, 328.0, 900.0] {
            let layout = MatrixLayout::new(&shape, Frame { width, height: width });
            let raster = layout.raster(1, &Cells::new(&input(&shape, &weights, &states)), 3.0);
            let painted = raster.rgba(&Theme::LIGHT).chunks_exact(4).filter(|pixel| pixel[3] > 0).count();
            let area: f32 = raster
                .rectangles()
                .iter()
                .flat_map(|group| group.rectangles.chunks_exact(4))
                .map(|r| r[2] * r[3])
                .sum();
            assert_eq!(painted, area as usize);
        }
    }
}
