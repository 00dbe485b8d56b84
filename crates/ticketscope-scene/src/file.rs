//! Own weights and masks as files, JSON and CSV.
//!
//! JSON: `{"weights": [per edge layer [per tail node [a number per head]]], "mask": [the same with 0 and 1]}`, either or both;
//! `network {sources, hidden_layers, width, sinks}` may stand beside them and must then agree; other keys are passed over, so
//! what `ticketscope network --json` prints can be read back. CSV: a first line that names the columns `layer,from,to` and
//! `weight`, `kept` or both, in any order, then one line an edge. Every edge must be there once.
//!
//! Sizes are checked before anything is allocated for them: a file has at most 64 MiB, 2·10⁶ edges and, where it is JSON, 32 lists
//! inside one another.

mod csv;
mod json;

use core::fmt;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::{MAX_WEIGHT, Network};
use ticketscope_core::shape::{Edge, Shape, ShapeError};

pub use csv::write as write_csv;
pub use json::{JsonFault, MOST_DEPTH, Wanted, write as write_json};

/// The largest file, in bytes.
pub const MOST_BYTES: usize = 64 << 20;
/// The most edges in a file.
pub const MOST_EDGES: usize = 2_000_000;

/// What a file holds: a shape, and weights, a mask, or both.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkFile {
    /// The shape that the lists have.
    pub shape: Shape,
    /// A weight an edge, in the order of edge ids.
    pub weights: Option<Vec<f64>>,
    /// Which edges are kept.
    pub mask: Option<Mask>,
}

/// Why a file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// More than [`MOST_BYTES`].
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// More than [`MOST_EDGES`].
    TooManyEdges,
    /// Not UTF-8.
    Encoding,
    /// UTF-16, as some programs save text.
    Utf16,
    /// A NUL character in it: no text.
    Nul {
        /// Its line, from 1.
        line: usize,
    },
    /// Nothing in it.
    Empty,
    /// Not JSON, or JSON of another form.
    Json {
        /// The line, from 1.
        line: usize,
        /// The character in it, from 1.
        column: usize,
        /// What is wrong there.
        fault: JsonFault,
    },
    /// A line of a CSV file is wrong.
    Line {
        /// From 1.
        line: usize,
        /// What is wrong.
        wrong: LineError,
    },
    /// The first line of a CSV file does not name the columns.
    Columns,
    /// Neither weights nor a mask.
    Nothing,
    /// A count is out of range.
    Shape(ShapeError),
    /// Fewer than two edge layers.
    OneLayer {
        /// `weights` or `mask`.
        list: &'static str,
    },
    /// A list has the wrong number of rows, or a row the wrong length.
    Row {
        /// `weights` or `mask`.
        list: &'static str,
        /// The edge layer.
        layer: usize,
        /// The row, or none where their number is wrong.
        row: Option<usize>,
        /// What was given.
        given: usize,
        /// What must be.
        wanted: usize,
    },
    /// `network` says another shape than the lists have, or the mask another than the weights.
    Disagreement,
    /// A weight is not finite or too large, or an entry of a mask neither 0 nor 1.
    Value {
        /// `weights` or `mask`.
        list: &'static str,
        /// The edge.
        edge: Edge,
    },
    /// An edge is missing from a CSV file.
    Missing {
        /// The edge.
        edge: Edge,
    },
}

/// What is wrong with a line of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineError {
    /// More or fewer cells than columns.
    Cells,
    /// `layer`, `from` or `to` is no whole number in range.
    Place,
    /// `weight` is no number from −10⁹ to 10⁹.
    Weight,
    /// `kept` is neither 0 nor 1.
    Kept,
    /// The edge came before.
    Repeated,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |edge: &Edge| format!("(layer {}, from {}, to {})", edge.layer, edge.from, edge.to);
        match self {
            Self::TooLarge { bytes } => {
                write!(f, "the file has {bytes} bytes; at most {MOST_BYTES} (64 MiB) are read")
            }
            Self::TooManyEdges => write!(f, "the file has more than {MOST_EDGES} edges; at most so many are read"),
            Self::Encoding => f.write_str("the file is not text in UTF-8"),
            Self::Empty => f.write_str("the file is empty"),
            Self::Utf16 => f.write_str("the file is text in UTF-16; save it as UTF-8"),
            Self::Nul { line } => write!(f, "line {line}: there is a NUL character, so this is no text"),
            Self::Json { line, column, fault } => write!(f, "line {line}, column {column}: {fault}"),
            Self::Line { line, wrong } => write!(f, "line {line}: {wrong}"),
            Self::Columns => {
                f.write_str("the first line must name the columns layer,from,to and weight, kept or both, each once")
            }
            Self::Nothing => f.write_str("the file has neither weights nor a mask"),
            Self::Shape(error) => error.fmt(f),
            Self::OneLayer { list } => write!(f, "{list} needs at least two edge layers"),
            Self::Row { list, layer, row: Some(row), given, wanted } => {
                write!(f, "{list}, edge layer {layer}, row {row} has {given} entries where {wanted} are wanted")
            }
            Self::Row { list, layer, row: None, given, wanted } => {
                write!(f, "{list}, edge layer {layer} has {given} rows where {wanted} are wanted")
            }
            Self::Disagreement => f.write_str("network, weights and mask do not agree on the shape"),
            Self::Value { list: "mask", edge } => write!(f, "mask: the entry of edge {} must be 0 or 1", at(edge)),
            Self::Value { list, edge } => {
                write!(f, "{list}: the weight of edge {} must be a number from −10⁹ to 10⁹", at(edge))
            }
            Self::Missing { edge } => write!(f, "edge {} is missing", at(edge)),
        }
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cells => "there must be one cell for each column",
            Self::Place => "layer, from and to must be whole numbers: a layer of 0–32 and places of 0–511",
            Self::Weight => "weight must be a number from −10⁹ to 10⁹",
            Self::Kept => "kept must be 0 or 1",
            Self::Repeated => "this edge came before",
        })
    }
}

impl core::error::Error for FileError {}

/// Reads a file of weights, of a mask, or of both: JSON if it begins with `{`, else CSV. A byte-order mark is passed over.
///
/// ```
/// let file = ticketscope_scene::file::read(b"{\"weights\": [[[0.5, -1]], [[1], [0.25]]]}").unwrap();
/// assert_eq!((file.shape.width(), file.weights), (2, Some(vec![0.5, -1.0, 1.0, 0.25])));
/// ```
pub fn read(bytes: &[u8]) -> Result<NetworkFile, FileError> {
    if bytes.len() > MOST_BYTES {
        return Err(FileError::TooLarge { bytes: bytes.len() });
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(FileError::Utf16);
    }
    let text = core::str::from_utf8(bytes).map_err(|_| FileError::Encoding)?;
    if let Some(at) = text.find('\0') {
        return Err(FileError::Nul { line: text[..at].matches('\n').count() + 1 });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().bytes().next() {
        None => Err(FileError::Empty),
        Some(b'{' | b'[') => json::read(text),
        Some(_) => csv::read(text),
    }
}

/// Why a file of some name was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its name, fit to be shown.
    pub name: String,
    /// What is wrong with it.
    pub error: FileError,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”: {}", self.name, self.error)
    }
}

impl core::error::Error for Refused {}

/// Reads a file that was dropped, pasted or chosen: [`read`], and a refusal that names it. The name decides nothing.
pub fn open(name: &str, bytes: &[u8]) -> Result<NetworkFile, Refused> {
    read(bytes).map_err(|error| Refused { name: crate::note::quoted(name), error })
}

/// A list per edge layer, row per tail, laid end to end, with the lengths as they came.
#[derive(Debug, Default)]
struct Rows {
    values: Vec<f64>,
    /// The length of every row.
    lengths: Vec<u32>,
    /// The number of rows of every layer.
    layers: Vec<u32>,
}

impl Rows {
    /// The shape that the lists have: S and w from the first layer, T from the last.
    fn shape(&self, list: &'static str) -> Result<Shape, FileError> {
        let (Some(&sources), Some(&width), true) = (self.layers.first(), self.lengths.first(), self.layers.len() > 1)
        else {
            return Err(FileError::OneLayer { list });
        };
        let last_row = self.lengths.last().copied().unwrap_or_default();
        let hidden_layers = u32::try_from(self.layers.len() - 1).unwrap_or(u32::MAX);
        let shape = Shape::new(sources, hidden_layers, width, last_row).map_err(FileError::Shape)?;
        let mut lengths = self.lengths.iter();
        for (layer, &rows) in self.layers.iter().enumerate() {
            let (tails, heads) = (shape.tails(layer as u32), shape.heads(layer as u32));
            if rows != tails {
                return Err(FileError::Row { list, layer, row: None, given: rows as usize, wanted: tails as usize });
            }
            for (row, &length) in lengths.by_ref().take(rows as usize).enumerate() {
                if length != heads {
                    let (given, wanted) = (length as usize, heads as usize);
                    return Err(FileError::Row { list, layer, row: Some(row), given, wanted });
                }
            }
        }
        Ok(shape)
    }
}

/// Checks weights and mask entries, and puts the file together.
fn assembled(shape: Shape, weights: Option<Vec<f64>>, kept: Option<Vec<f64>>) -> Result<NetworkFile, FileError> {
    if let Some(weights) = &weights
        && let Some(id) = weights.iter().position(|weight| !is_weight(*weight))
    {
        return Err(FileError::Value { list: "weights", edge: shape.edge(id as u32) });
    }
    let mask = match kept {
        None => None,
        Some(kept) => {
            if let Some(id) = kept.iter().position(|&kept| kept != 0.0 && kept != 1.0) {
                return Err(FileError::Value { list: "mask", edge: shape.edge(id as u32) });
            }
            Some(Mask::from_fn(shape, |id| kept[id as usize] == 1.0))
        }
    };
    if weights.is_none() && mask.is_none() {
        return Err(FileError::Nothing);
    }
    Ok(NetworkFile { shape, weights, mask })
}

fn is_weight(weight: f64) -> bool {
    weight.abs() <= MAX_WEIGHT
}

/// Calls back for every edge in order, with its weight and whether a mask keeps it.
fn each_edge(network: &Network, mask: &Mask, mut tell: impl FnMut(Edge, f64, bool)) {
    for (edge, &weight) in network.shape().edges().zip(network.weights()) {
        tell(edge, weight, mask.keeps(edge));
    }
}
