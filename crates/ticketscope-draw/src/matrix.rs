//! One matrix per edge layer, for networks whose lines would only be a smear: a row per tail, a column per head. A positive
//! weight fills its cell, a negative one is a bar like a minus sign, a cut one a dot. Where a cell would be smaller than a
//! pixel, a pixel stands for a block of edges and shows what most matters in it.

use crate::layout::{CountForm, Frame, count_text};
use crate::surface::Paint;
use crate::theme::{Role, SMALL, Theme, text_width};
use ticketscope_core::shape::{Edge, Shape};
use ticketscope_core::state::EdgeState;

/// Kinds of cells: empty, cut, orphaned, then on a ticket and idle, each with two signs in four strengths.
const KINDS: usize = 19;
const CUT: u8 = 1;
const ORPHANED: u8 = 2;

fn alive_kind(on_ticket: bool, negative: bool, level: u8) -> u8 {
    3 + 8 * u8::from(!on_ticket) + 4 * u8::from(negative) + level.min(3)
}

/// A grid of equal cells, one byte each.
#[derive(Debug, Clone, PartialEq)]
pub struct Raster {
    /// Left edge, whole CSS px.
    pub x: f32,
    /// Top edge, whole CSS px.
    pub y: f32,
    /// Cells in a row.
    pub columns: u32,
    /// Rows of cells.
    pub rows: u32,
    /// A cell's width, CSS px.
    pub cell_width: u32,
    /// A cell's height, CSS px.
    pub cell_height: u32,
    cells: Vec<u8>,
}

/// What is painted in a cell of one kind: a rectangle relative to the cell, in whole px.
#[derive(Debug, Clone, Copy, PartialEq)]
struct CellMark {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
    paint: Paint,
}

/// Rectangles in one paint: x, y, width, height each, CSS px.
#[derive(Debug, Clone, PartialEq)]
pub struct Rectangles {
    /// Their colour.
    pub paint: Paint,
    /// Four numbers a rectangle.
    pub rectangles: Vec<f32>,
}

impl Raster {
    fn mark(&self, kind: u8) -> Option<CellMark> {
        let (width, height) = (self.cell_width, self.cell_height);
        let side = width.min(height);
        let centred = |w: u32, h: u32, paint| {
            let (w, h) = (w.clamp(1, width), h.clamp(1, height));
            Some(CellMark { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h, paint })
        };
        let roomy = side >= 6;
        if kind == CUT {
            let dot = if side >= 12 { 2 } else { 1 };
            return if side >= 5 {
                centred(dot, dot, Role::Ghost.into())
            } else {
                centred(width, height, Role::Ghost.at(0.34))
            };
        }
        if kind == ORPHANED {
            return if roomy { None } else { centred(width, height, Role::Ghost.at(0.14)) };
        }
        if kind == 0 {
            return None;
        }
        let (idle, negative, level) = ((kind - 3) / 8 == 1, (kind - 3) / 4 % 2 == 1, u32::from((kind - 3) % 4));
        let role = if negative { Role::Negative } else { Role::Positive };
        let strength = if idle { 0.36 } else { 1.0 };
        if roomy {
            // Size says |w|, as in a Hinton diagram; a strip's cells keep to their shorter side.
            let size = (side - 2) * (level + 2) / 5 + 1;
            return if negative {
                centred(size, (size * 2).div_ceil(5), role.at(strength))
            } else {
                centred(size, size, role.at(strength))
            };
        }
        let paint = role.at(strength * (0.55 + 0.15 * level as f32));
        if negative && height >= 3 {
            centred(width, height.div_ceil(2) - 1, paint)
        } else {
            centred(width, height, paint)
        }
    }

    /// Size of [`Self::rgba`] in pixels: (width, height).
    pub fn size(&self) -> (u32, u32) {
        (self.columns * self.cell_width, self.rows * self.cell_height)
    }

    /// The matrix as pixels, one a CSS px, four bytes each (red, green, blue, opacity), row by row; to be painted at
    /// (x, y), enlarged by the device pixel ratio without smoothing.
    pub fn rgba(&self, theme: &Theme) -> Vec<u8> {
        let (width, height) = self.size();
        let mut pixels = vec![0u8; (width * height * 4) as usize];
        let marks: [Option<([u8; 4], CellMark)>; KINDS] = core::array::from_fn(|kind| {
            self.mark(kind as u8).map(|mark| {
                let colour = theme.colour(mark.paint.role);
                ([colour.0, colour.1, colour.2, (mark.paint.alpha * 255.0) as u8], mark)
            })
        });
        for (i, &kind) in self.cells.iter().enumerate() {
            let Some((colour, mark)) = &marks[kind as usize] else { continue };
            let (column, row) = (i as u32 % self.columns, i as u32 / self.columns);
            for y in 0..mark.height {
                let start = (row * self.cell_height + mark.y + y) * width + column * self.cell_width + mark.x;
                let line = &mut pixels[start as usize * 4..(start + mark.width) as usize * 4];
                line.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(colour));
            }
        }
        pixels
    }

    /// The matrix as rectangles, grouped by paint; neighbours in a row that touch are joined.
    pub fn rectangles(&self) -> Vec<Rectangles> {
        let mut groups = Vec::new();
        for kind in 1..KINDS as u8 {
            let Some(mark) = self.mark(kind) else { continue };
            let mut rectangles: Vec<f32> = Vec::new();
            for row in 0..self.rows {
                let cells = &self.cells[(row * self.columns) as usize..((row + 1) * self.columns) as usize];
                let y = self.y + (row * self.cell_height + mark.y) as f32;
                let mut column = 0;
                while column < cells.len() {
                    if cells[column] != kind {
                        column += 1;
                        continue;
                    }
                    let start = column;
                    column += 1;
                    while mark.width == self.cell_width && column < cells.len() && cells[column] == kind {
                        column += 1;
                    }
                    let run = (column - start - 1) as u32 * self.cell_width + mark.width;
                    let x = self.x + (start as u32 * self.cell_width + mark.x) as f32;
                    rectangles.extend([x, y, run as f32, mark.height as f32]);
                }
            }
            if !rectangles.is_empty() {
                groups.push(Rectangles { paint: mark.paint, rectangles });
            }
        }
        groups
    }
}

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
        let mut layout =
            Self { shape: *shape, frame, grain, corners: Vec::new(), rooms: Vec::new(), text, height: 0.0 };
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

    /// Top left corner of an edge layer's matrix, whole px.
    pub fn corner(&self, edge_layer: u32) -> (f32, f32) {
        let (x, y) = self.corners[edge_layer as usize];
        (x.round(), y.round())
    }

    /// The rectangle of an edge's cell: x, y, width, height.
    pub fn cell(&self, edge: Edge) -> [f32; 4] {
        let (x, y) = self.corner(edge.layer);
        let (width, height) = self.cell_size(edge.layer);
        let (columns, rows) = self.cells(edge.layer);
        let column = edge.to * columns / self.shape.heads(edge.layer) * width;
        let row = edge.from * rows / self.shape.tails(edge.layer) * height;
        [x + column as f32, y + row as f32, width as f32, height as f32]
    }

    /// What stands above an edge layer's matrix: which layers it joins, and how much of it is alive; shorter where there is
    /// little room, `None` where there is none.
    pub fn heading(&self, edge_layer: u32, alive: u32) -> Option<[String; 2]> {
        let n = self.shape.hidden_layers();
        let room = self.rooms[edge_layer as usize];
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
            text_width(&count_text(all, all, CountForm::Of), SMALL) <= room
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

    /// The matrix of an edge layer. `weights` and `states` are the whole network's; `scale` is the layer's largest |weight|.
    pub fn raster(&self, edge_layer: u32, weights: &[f64], states: &[EdgeState], scale: f64) -> Raster {
        let (x, y) = self.corner(edge_layer);
        let (cell_width, cell_height) = self.cell_size(edge_layer);
        let (tails, heads) = (self.shape.tails(edge_layer), self.shape.heads(edge_layer));
        let (columns, rows) = self.cells(edge_layer);
        let first = self.shape.first_edge(edge_layer) as usize;
        let edges = first..first + (tails * heads) as usize;
        let (weights, states) = (&weights[edges.clone()], &states[edges]);
        let cells = if self.block() == 1 {
            weights.iter().zip(states).map(|(&weight, &state)| kind(weight, state, scale)).collect()
        } else {
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
        };
        Raster { x, y, columns, rows, cell_width, cell_height, cells }
    }
}

fn kind(weight: f64, state: EdgeState, scale: f64) -> u8 {
    match state {
        EdgeState::Cut => CUT,
        EdgeState::Orphaned => ORPHANED,
        EdgeState::OnTicket | EdgeState::Idle => {
            let level = (strength(weight, scale) * 4.0) as u8;
            alive_kind(state == EdgeState::OnTicket, weight < 0.0, level)
        }
    }
}

/// |w| relative to a scale, 0 to 1; 1 for an infinite weight, 0 for NaN.
pub(crate) fn strength(weight: f64, scale: f64) -> f32 {
    let ratio = if weight.is_infinite() { 1.0 } else { (weight / scale).abs() };
    if ratio.is_finite() { ratio.min(1.0) as f32 } else { 0.0 }
}

/// How many edges of a block are in each state, positive and negative; indexed without a branch, since states and signs
/// come in no order that a processor could guess.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    counts: [[u32; 2]; 4],
}

impl Block {
    fn add(&mut self, weight: f64, state: EdgeState) {
        self.counts[state as usize & 3][usize::from(weight < 0.0)] += 1;
    }

    /// On a ticket before idle before cut; the strength is the share of the block's edges, the sign that of most of them.
    fn kind(&self) -> u8 {
        let all: u32 = self.counts.iter().flatten().sum();
        for (on_ticket, [positive, negative]) in [(true, self.counts[0]), (false, self.counts[1])] {
            let alive = positive + negative;
            if alive > 0 {
                return alive_kind(on_ticket, negative > positive, ((4 * alive).div_ceil(all) - 1) as u8);
            }
        }
        let [cut, orphaned] = [self.counts[2], self.counts[3]].map(|signs| signs[0] + signs[1]);
        if cut >= orphaned { CUT } else { ORPHANED }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let raster = layout.raster(1, &weights, &states, 3.0);
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
            let raster = layout.raster(1, &weights, &states, 3.0);
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

    #[test]
    fn strange_weights_have_a_strength() {
        assert_eq!(strength(f64::NAN, 1.0), 0.0);
        assert_eq!(strength(f64::NEG_INFINITY, 1.0), 1.0);
        assert_eq!(strength(1.0, 0.0), 0.0);
        assert_eq!(strength(0.0, 0.0), 0.0);
        assert_eq!(strength(-0.5, 1.0), 0.5);
    }
}
