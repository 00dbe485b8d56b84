//! JSON, a list per edge layer, a row per tail node.

use super::{FileError, MOST_EDGES, NetworkFile, Rows, assembled};
use crate::note::quoted;
use core::fmt;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::shape::Shape;

#[derive(Deserialize)]
struct Document {
    network: Option<Counts>,
    weights: Option<Rows>,
    mask: Option<Rows>,
}

#[derive(Deserialize)]
struct Counts {
    sources: u32,
    hidden_layers: u32,
    width: u32,
    sinks: u32,
}

pub(super) fn read(text: &str) -> Result<NetworkFile, FileError> {
    let document: Document = serde_json::from_str(text).map_err(|error| {
        let what = error.to_string();
        if what.starts_with(TOO_MANY) { FileError::TooManyEdges } else { FileError::Json { what: shortened(&what) } }
    })?;
    let shape_of = |rows: &Option<Rows>, list| rows.as_ref().map(|rows| rows.shape(list)).transpose();
    let shapes = [
        document
            .network
            .map(|n| Shape::new(n.sources, n.hidden_layers, n.width, n.sinks))
            .transpose()
            .map_err(FileError::Shape)?,
        shape_of(&document.weights, "weights")?,
        shape_of(&document.mask, "mask")?,
    ];
    let [_, weights_shape, mask_shape] = shapes;
    let shape = weights_shape.or(mask_shape).ok_or(FileError::Nothing)?;
    if shapes.into_iter().flatten().any(|other| other != shape) {
        return Err(FileError::Disagreement);
    }
    assembled(shape, document.weights.map(|rows| rows.values), document.mask.map(|rows| rows.values))
}

/// An error's words with nothing unseen in them, its place at the end kept.
fn shortened(what: &str) -> String {
    match what.rsplit_once(" at line ") {
        Some((said, place)) => format!("{} at line {}", quoted(said), quoted(place)),
        None => quoted(what),
    }
}

const TOO_MANY: &str = "too many entries";

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut rows = Self::default();
        Level { rows: &mut rows, depth: 0 }.deserialize(deserializer)?;
        Ok(rows)
    }
}

/// The list of layers (depth 0), a layer's list of rows (1), a row's numbers (2): read straight into one flat list, which
/// stops at the most entries there may be.
struct Level<'a> {
    rows: &'a mut Rows,
    depth: u32,
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.depth {
            0 => "a list of edge layers",
            1 => "a list of rows",
            _ => "a list of numbers",
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { rows, depth } = self;
        let mut count = 0;
        loop {
            let more = if depth == 2 {
                let next = list.next_element::<f64>()?;
                rows.values.extend(next);
                next.is_some()
            } else {
                list.next_element_seed(Level { rows: &mut *rows, depth: depth + 1 })?.is_some()
            };
            if !more {
                break;
            }
            count += 1;
            if rows.values.len() > MOST_EDGES || rows.lengths.len() > MOST_EDGES || rows.layers.len() > MOST_EDGES {
                return Err(serde::de::Error::custom(TOO_MANY));
            }
        }
        match depth {
            2 => rows.lengths.push(count),
            1 => rows.layers.push(count),
            _ => {}
        }
        Ok(())
    }
}

/// Writes the shape, every weight and the mask, as [`super::read`] takes them.
pub fn write(network: &Network, mask: &Mask) -> String {
    let shape = network.shape();
    let mut text = format!(
        "{{\"network\": {{\"sources\": {}, \"hidden_layers\": {}, \"width\": {}, \"sinks\": {}}}",
        shape.sources(),
        shape.hidden_layers(),
        shape.width(),
        shape.sinks()
    );
    let weights = |text: &mut String, id: u32| crate::number::push_canonical(text, network.weights()[id as usize]);
    push_lists(&mut text, shape, "weights", weights);
    push_lists(&mut text, shape, "mask", |text, id| text.push(if mask.keeps(shape.edge(id)) { '1' } else { '0' }));
    text.push_str("}\n");
    text
}

fn push_lists(text: &mut String, shape: &Shape, name: &str, entry: impl Fn(&mut String, u32)) {
    text.push_str(",\n\"");
    text.push_str(name);
    text.push_str("\": [");
    let mut id = 0;
    for layer in 0..shape.edge_layers() {
        text.push_str(if layer > 0 { ",\n[" } else { "\n[" });
        for from in 0..shape.tails(layer) {
            text.push_str(if from > 0 { ",\n[" } else { "[" });
            for to in 0..shape.heads(layer) {
                if to > 0 {
                    text.push_str(", ");
                }
                entry(text, id);
                id += 1;
            }
            text.push(']');
        }
        text.push(']');
    }
    text.push(']');
}
