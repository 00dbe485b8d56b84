//! A mask: which edges of a network are kept. A set bit is a **kept** edge, always that way round.

use crate::shape::{Edge, EdgeId, MAX_WIDTH, Shape};

/// One bit an edge, a row per tail (bits over its heads), each row padded to whole 64-bit words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    shape: Shape,
    words: Vec<u64>,
}

/// Why a list of edges kept or not is no mask of a shape: it has the wrong length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaskLengthError {
    /// Entries given.
    pub given: usize,
    /// Edges of the shape.
    pub edges: u32,
}

impl core::fmt::Display for MaskLengthError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "the mask has {} entries, the network {} edges", self.given, self.edges)
    }
}

impl core::error::Error for MaskLengthError {}

impl Mask {
    /// The mask that keeps every edge.
    pub fn full(shape: Shape) -> Self {
        Self::from_fn(shape, |_| true)
    }

    /// The mask that keeps the edges for which `kept` says so; it is asked in the order of edge ids.
    pub fn from_fn(shape: Shape, mut kept: impl FnMut(EdgeId) -> bool) -> Self {
        Self::from_rows(shape, |first, row| row.iter_mut().zip(first..).for_each(|(flag, id)| *flag = kept(id)))
    }

    /// The mask given by one entry an edge, in the order of edge ids.
    pub fn from_kept(shape: Shape, kept: &[bool]) -> Result<Self, MaskLengthError> {
        if kept.len() != shape.edge_count() as usize {
            return Err(MaskLengthError { given: kept.len(), edges: shape.edge_count() });
        }
        Ok(Self::from_rows(shape, |first, row| row.copy_from_slice(&kept[first as usize..][..row.len()])))
    }

    /// The mask whose rows `fill` says, one after the other: it is given the first edge of a row and a flag for each of its heads.
    pub(crate) fn from_rows(shape: Shape, mut fill: impl FnMut(EdgeId, &mut [bool])) -> Self {
        let mut words = Vec::with_capacity(word_count(&shape));
        let mut flags = [false; MAX_WIDTH as usize];
        let mut first = 0;
        for layer in 0..shape.edge_layers() {
            let heads = shape.heads(layer);
            let row = &mut flags[..heads as usize];
            for _ in 0..shape.tails(layer) {
                fill(first, row);
                words.extend(row.chunks(64).map(packed));
                first += heads;
            }
        }
        Self { shape, words }
    }

    /// The shape whose edges these are.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Whether an edge is kept.
    pub fn keeps(&self, edge: Edge) -> bool {
        let row = self.row(edge.layer, edge.from);
        (row[(edge.to / 64) as usize] >> (edge.to % 64)) & 1 == 1
    }

    /// The number of edges kept.
    pub fn kept_count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// The bits of one tail over its heads, the first head in the lowest bit of the first word.
    pub fn row(&self, edge_layer: u32, from: u32) -> &[u64] {
        let stride = words_for(self.shape.heads(edge_layer));
        let start = first_word(&self.shape, edge_layer) + from as usize * stride;
        &self.words[start..start + stride]
    }
}

/// At most 64 flags as bits, the first in the lowest.
fn packed(flags: &[bool]) -> u64 {
    let (eights, rest) = flags.as_chunks::<8>();
    let last = rest.iter().rev().fold(0, |word, &flag| word << 1 | u64::from(flag));
    eights.iter().rev().fold(last, |word, eight| {
        // Eight bytes of 0 or 1: the product brings byte i to bit 56 + i.
        let bytes = u64::from_le_bytes(eight.map(u8::from));
        word << 8 | bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// Words that a row of `bits` bits takes.
pub(crate) fn words_for(bits: u32) -> usize {
    bits.div_ceil(64) as usize
}

fn first_word(shape: &Shape, edge_layer: u32) -> usize {
    let wide = words_for(shape.width());
    match edge_layer {
        0 => 0,
        layer => shape.sources() as usize * wide + (layer as usize - 1) * shape.width() as usize * wide,
    }
}

fn word_count(shape: &Shape) -> usize {
    first_word(shape, shape.hidden_layers()) + shape.width() as usize * words_for(shape.sinks())
}

/// The places of the set bits of a row, ascending.
pub(crate) fn set_bits(words: &[u64]) -> impl Iterator<Item = u32> + '_ {
    words.iter().enumerate().flat_map(|(block, &word)| {
        let mut rest = word;
        core::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let bit = rest.trailing_zeros();
            rest &= rest - 1;
            Some(block as u32 * 64 + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_was_told() {
        for (s, n, w, t) in [(1, 1, 3, 1), (2, 3, 65, 2), (3, 2, 64, 1), (1, 4, 130, 16)] {
            let shape = Shape::new(s, n, w, t).unwrap();
            let kept: Vec<bool> = (0..shape.edge_count()).map(|id| id % 3 != 1 && id % 7 != 2).collect();
            let mask = Mask::from_kept(shape, &kept).unwrap();
            for edge in shape.edges() {
                assert_eq!(mask.keeps(edge), kept[shape.edge_id(edge) as usize]);
            }
            assert_eq!(mask.kept_count() as usize, kept.iter().filter(|&&k| k).count());
            assert_eq!(mask.words.len(), word_count(&shape));
            for layer in 0..shape.edge_layers() {
                for from in 0..shape.tails(layer) {
                    let heads: Vec<u32> = set_bits(mask.row(layer, from)).collect();
                    let expected: Vec<u32> =
                        (0..shape.heads(layer)).filter(|&to| mask.keeps(Edge { layer, from, to })).collect();
                    assert_eq!(heads, expected);
                }
            }
        }
        assert!(Mask::from_kept(Shape::new(1, 1, 1, 1).unwrap(), &[true]).is_err());
    }
}
