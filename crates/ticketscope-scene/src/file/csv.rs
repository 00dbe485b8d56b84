//! CSV, one line an edge. Cells are numbers; quotes around one are passed over.

use super::{FileError, LineError, MOST_EDGES, NetworkFile, assembled, each_edge, is_weight};
use crate::number::push_canonical;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::Network;
use ticketscope_core::shape::{Edge, MAX_HIDDEN_LAYERS, MAX_WIDTH, Shape};

const COLUMNS: [&str; 5] = ["layer", "from", "to", "weight", "kept"];

/// Where each column stands in a line.
struct Header {
    places: [Option<usize>; 5],
    cells: usize,
}

impl Header {
    fn of(line: &str) -> Result<Self, FileError> {
        let mut places = [None; 5];
        let mut cells = 0;
        for cell in line.split(',') {
            let column = COLUMNS.iter().position(|&name| name == trimmed(cell)).ok_or(FileError::Columns)?;
            if places[column].replace(cells).is_some() {
                return Err(FileError::Columns);
            }
            cells += 1;
        }
        let [layer, from, to, weight, kept] = places;
        let whole = [layer, from, to].iter().all(Option::is_some) && (weight.is_some() || kept.is_some());
        if whole { Ok(Self { places, cells }) } else { Err(FileError::Columns) }
    }
}

fn trimmed(cell: &str) -> &str {
    cell.trim().trim_matches('"')
}

/// One line: the edge, its weight, and 0 or 1; NaN where the column is missing.
struct Row {
    edge: Edge,
    weight: f64,
    kept: f64,
    line: usize,
}

pub(super) fn read(text: &str) -> Result<NetworkFile, FileError> {
    let mut lines = text.lines().enumerate();
    let (_, first) = lines.find(|(_, line)| !line.trim().is_empty()).ok_or(FileError::Empty)?;
    let header = Header::of(first)?;
    let mut rows = Vec::new();
    for (at, line) in lines {
        if line.trim().is_empty() {
            continue;
        }
        if rows.len() == MOST_EDGES {
            return Err(FileError::TooManyEdges);
        }
        rows.push(row(&header, line, at + 1).map_err(|wrong| FileError::Line { line: at + 1, wrong })?);
    }
    let shape = shape_of(&rows)?;
    if shape.edge_count() as usize > MOST_EDGES {
        return Err(FileError::TooManyEdges);
    }
    let [_, _, _, has_weight, has_kept] = header.places.map(|place| place.is_some());
    let mut weights = vec![0.0; if has_weight { shape.edge_count() as usize } else { 0 }];
    let mut kept = vec![0.0; if has_kept { shape.edge_count() as usize } else { 0 }];
    let mut seen = vec![false; shape.edge_count() as usize];
    for Row { edge, weight, kept: entry, line } in &rows {
        let refused = |wrong| FileError::Line { line: *line, wrong };
        if edge.from >= shape.tails(edge.layer) || edge.to >= shape.heads(edge.layer) {
            return Err(refused(LineError::Place));
        }
        let id = shape.edge_id(*edge) as usize;
        if std::mem::replace(&mut seen[id], true) {
            return Err(refused(LineError::Repeated));
        }
        if has_weight {
            weights[id] = *weight;
        }
        if has_kept {
            kept[id] = *entry;
        }
    }
    if let Some(id) = seen.iter().position(|seen| !seen) {
        return Err(FileError::Missing { edge: shape.edge(id as u32) });
    }
    assembled(shape, has_weight.then_some(weights), has_kept.then_some(kept))
}

fn row(header: &Header, line: &str, at: usize) -> Result<Row, LineError> {
    let mut cells = [""; 5];
    let mut count = 0;
    for cell in line.split(',') {
        *cells.get_mut(count).ok_or(LineError::Cells)? = trimmed(cell);
        count += 1;
    }
    if count != header.cells {
        return Err(LineError::Cells);
    }
    let cell = |column: usize| header.places[column].map(|place| cells[place]);
    let whole = |column, most: u32| -> Result<u32, LineError> {
        let text = cell(column).unwrap_or_default();
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|&n| digits && n <= most).ok_or(LineError::Place)
    };
    let edge =
        Edge { layer: whole(0, MAX_HIDDEN_LAYERS)?, from: whole(1, MAX_WIDTH - 1)?, to: whole(2, MAX_WIDTH - 1)? };
    let weight = match cell(3) {
        None => f64::NAN,
        Some(text) => text.parse().ok().filter(|&weight| is_weight(weight)).ok_or(LineError::Weight)?,
    };
    let kept = match cell(4) {
        None => f64::NAN,
        Some("0") => 0.0,
        Some("1") => 1.0,
        Some(_) => return Err(LineError::Kept),
    };
    Ok(Row { edge, weight, kept, line: at })
}

/// The smallest shape that holds all edges.
fn shape_of(rows: &[Row]) -> Result<Shape, FileError> {
    let last = rows.iter().map(|row| row.edge.layer).max().unwrap_or_default();
    if last == 0 {
        return Err(FileError::OneLayer { list: "the file" });
    }
    let most = |layer: u32, of: fn(&Edge) -> u32| {
        rows.iter().filter(|row| row.edge.layer == layer).map(|row| of(&row.edge) + 1).max().unwrap_or(1)
    };
    Shape::new(most(0, |edge| edge.from), last, most(0, |edge| edge.to), most(last, |edge| edge.to))
        .map_err(FileError::Shape)
}

/// Writes every edge with its weight and whether the mask keeps it.
pub fn write(network: &Network, mask: &Mask) -> String {
    use core::fmt::Write;
    let mut text = String::from("layer,from,to,weight,kept\n");
    each_edge(network, mask, |edge, weight, kept| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{},{},{},", edge.layer, edge.from, edge.to);
        push_canonical(&mut text, weight);
        text.push_str(if kept { ",1\n" } else { ",0\n" });
    });
    text
}
