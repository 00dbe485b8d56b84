//! Cells of a matrix of edges, as pixels for a canvas and as rectangles for a file. A positive weight fills its cell, a negative
//! one is a bar like a minus sign, a cut one a dot. Where a cell would be smaller than a pixel, a pixel stands for a block of
//! edges and shows what most matters in it.

use crate::overlay::Order;
use crate::surface::Paint;
use crate::theme::{Role, Theme};
use ticketscope_core::state::EdgeState;

/// Kinds of cells: empty, cut, orphaned, then on a ticket and idle, each with two signs in four strengths; then gone ones by age.
const KINDS: usize = 19 + Order::LEVELS as usize;
pub(crate) const CUT: u8 = 1;
const ORPHANED: u8 = 2;

/// The kind of a cell that is gone, by a shade of its age.
pub(crate) fn aged(level: u8) -> u8 {
    19 + level
}

fn alive_kind(on_ticket: bool, negative: bool, level: u8) -> u8 {
    3 + 8 * u8::from(!on_ticket) + 4 * u8::from(negative) + level.min(3)
}

/// A grid of equal cells, one byte each.
#[derive(Debug, Clone, PartialEq)]
pub struct Raster {
    /// Left edge, CSS px; whole at zoom 1.
    pub x: f32,
    /// Top edge, CSS px; whole at zoom 1.
    pub y: f32,
    /// How much larger it is shown.
    pub zoom: f32,
    /// Cells in a row.
    pub columns: u32,
    /// Rows of cells.
    pub rows: u32,
    /// A cell's width, CSS px.
    pub cell_width: u32,
    /// A cell's height, CSS px.
    pub cell_height: u32,
    pub(crate) cells: Vec<u8>,
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
        if let Some(level) = kind.checked_sub(19) {
            return centred(width / 2 + 1, height / 2 + 1, Order::paint(level, 1.0));
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

    /// Where it is drawn: x, y, width, height in CSS px.
    pub fn place(&self) -> [f32; 4] {
        let (width, height) = self.size();
        [self.x, self.y, self.zoom * width as f32, self.zoom * height as f32]
    }

    /// Size of [`Self::rgba`] in pixels: (width, height).
    pub fn size(&self) -> (u32, u32) {
        (self.columns * self.cell_width, self.rows * self.cell_height)
    }

    /// The matrix as pixels, one a CSS px, four bytes each (red, green, blue, opacity), row by row; to be stretched over
    /// [`Self::place`] without smoothing.
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
                let y = self.y + self.zoom * (row * self.cell_height + mark.y) as f32;
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
                    let x = self.x + self.zoom * (start as u32 * self.cell_width + mark.x) as f32;
                    rectangles.extend([x, y, self.zoom * run as f32, self.zoom * mark.height as f32]);
                }
            }
            if !rectangles.is_empty() {
                groups.push(Rectangles { paint: mark.paint, rectangles });
            }
        }
        groups
    }
}

/// The kind of an edge's own cell; `scale` is its layer's largest |weight|.
pub(crate) fn kind(weight: f64, state: EdgeState, scale: f64) -> u8 {
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
pub(crate) struct Block {
    counts: [[u32; 2]; 4],
}

impl Block {
    /// Counts one edge.
    pub(crate) fn add(&mut self, weight: f64, state: EdgeState) {
        self.counts[state as usize & 3][usize::from(weight < 0.0)] += 1;
    }

    /// On a ticket before idle before cut; the strength is the share of the block's edges, the sign that of most of them.
    pub(crate) fn kind(&self) -> u8 {
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

    #[test]
    fn strange_weights_have_a_strength() {
        assert_eq!(strength(f64::NAN, 1.0), 0.0);
        assert_eq!(strength(f64::NEG_INFINITY, 1.0), 1.0);
        assert_eq!(strength(1.0, 0.0), 0.0);
        assert_eq!(strength(0.0, 0.0), 0.0);
        assert_eq!(strength(-0.5, 1.0), 0.5);
    }

    #[test]
    fn a_block_shows_what_most_matters_in_it() {
        let block = |edges: &[(f64, EdgeState)]| {
            let mut block = Block::default();
            edges.iter().for_each(|&(weight, state)| block.add(weight, state));
            block.kind()
        };
        let (cut, orphaned, idle) = ((1.0, EdgeState::Cut), (1.0, EdgeState::Orphaned), (-1.0, EdgeState::Idle));
        assert_eq!(block(&[cut, orphaned]), CUT);
        assert_eq!(block(&[cut, orphaned, orphaned]), ORPHANED);
        assert_eq!(block(&[cut, cut, cut, idle]), alive_kind(false, true, 0));
        assert_eq!(block(&[idle, idle, idle, (1.0, EdgeState::OnTicket)]), alive_kind(true, false, 0));
        assert_eq!(block(&[(-1.0, EdgeState::OnTicket); 9]), alive_kind(true, true, 3));
    }
}
