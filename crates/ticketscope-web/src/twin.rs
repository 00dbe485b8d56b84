//! The network as tables: every edge, every surviving path, fifty rows at a time. Pure.

use crate::card;
use crate::chain;
use crate::hand;
use crate::model::{Fault, Model, Now, Run};
use crate::touch::{Thing, path_name};
use ticketscope_core::counts::TicketsThrough;
use ticketscope_core::path::{Path, Paths};
use ticketscope_core::shape::{EdgeId, Node};
use ticketscope_core::state::EdgeState;
use ticketscope_scene::name;
use ticketscope_scene::number::{count, group_digits, grouped};

/// Rows of a page.
pub const ROWS: u128 = 50;
/// Up to so many paths are sorted by size; more stand in the order of their addresses.
pub const MOST_SORTED: u128 = 10_000;

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Table {
    /// Every edge.
    #[default]
    Edges,
    /// Every surviving path.
    Paths,
}

/// What only this tab knows about the tables.
#[derive(Debug, Default)]
pub struct Twin {
    /// The tables are open: else nothing is computed.
    pub open: bool,
    /// Which one.
    pub table: Table,
    /// By |weight| or |product|, the largest first; else by address.
    pub by_size: bool,
    /// The first row, from 0.
    pub first: u128,
    /// A row that was asked for and is not there.
    pub fault: Option<Fault>,
}

/// What happens to the tables.
#[derive(Debug)]
pub enum Message {
    /// They are opened or closed.
    Open(bool),
    /// Another table.
    Show(Table),
    /// Another order.
    BySize(bool),
    /// The page before.
    Before,
    /// The page after.
    After,
    /// A row was asked for by its number, from 1.
    Jump(String),
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is of.
    pub thing: Thing,
    /// What its cells say.
    pub cells: Vec<String>,
    /// What pressing it does, if anything: `Cut`, `Back`.
    pub press: Option<&'static str>,
}

/// A page of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Which rows of how many, in which order.
    pub caption: String,
    /// The rows.
    pub rows: Vec<Row>,
    /// The number of the first, from 0.
    pub first: u128,
    /// All rows.
    pub of: u128,
    /// Whether so many can be sorted by size.
    pub sortable: bool,
}

/// Takes a message.
pub fn update(model: &mut Model, message: Message) {
    let all = of(model);
    let twin = &mut model.twin;
    twin.fault = None;
    match message {
        Message::Open(open) => twin.open = open,
        Message::Show(table) => (twin.table, twin.first) = (table, 0),
        Message::BySize(by_size) => (twin.by_size, twin.first) = (by_size, 0),
        Message::Before => twin.first = twin.first.saturating_sub(ROWS),
        Message::After if twin.first + ROWS < all => twin.first += ROWS,
        Message::After => {}
        Message::Jump(text) => match text.trim().replace(',', "").parse::<u128>() {
            Ok(row) if (1..=all).contains(&row) => twin.first = row - 1,
            _ => {
                let sentence =
                    format!("“{text}” is not allowed here: give 1–{}.", group_digits(&all.max(1).to_string()));
                twin.fault = Some(Fault { text, sentence });
            }
        },
    }
}

/// The number of rows.
fn of(model: &Model) -> u128 {
    let Some((run, now)) = model.run.as_deref().zip(model.now.as_ref()) else { return 0 };
    match model.twin.table {
        Table::Edges => u128::from(run.timeline.shape().edge_count()),
        Table::Paths => Paths::of(&run.network, now.moment.mask()).count(),
    }
}

/// The page that is shown.
pub fn page(model: &Model, run: &Run, now: &Now) -> Page {
    match model.twin.table {
        Table::Edges => edges(model, run, now),
        Table::Paths => paths(model, run, now),
    }
}

fn caption(what: &str, order: &str, (first, rows, of): (u128, usize, u128)) -> String {
    if of == 0 {
        return format!("No {what} survives.");
    }
    let number = |n: u128| group_digits(&n.to_string());
    let all = if of == u128::MAX { "more than 3 × 10³⁸".to_owned() } else { number(of) };
    format!("{what}s {} to {} of {all}, {order}", number(first + 1), number(first + rows as u128))
}

fn edges(model: &Model, run: &Run, now: &Now) -> Page {
    let shape = run.timeline.shape();
    let of = shape.edge_count();
    let mut ids: Vec<EdgeId> = (0..of).collect();
    if model.twin.by_size {
        let size = |id: &EdgeId| run.network.weights()[*id as usize].abs();
        ids.sort_by(|a, b| size(b).total_cmp(&size(a)));
    }
    let first = model.twin.first.min(u128::from(of) - 1) as usize;
    let through = TicketsThrough::of(now.moment.mask());
    let rows = ids[first..].iter().take(ROWS as usize).map(|&id| {
        let edge = shape.edge(id);
        let state = now.moment.edge_states()[id as usize];
        let at = run.fates.removed_at(id);
        let gone = |word: &str| match at {
            0 => format!("{word} from the start"),
            step => format!("{word} at step {}", grouped(u64::from(step))),
        };
        let said = match state {
            EdgeState::OnTicket => "on a ticket".to_owned(),
            EdgeState::Idle => "idle".to_owned(),
            EdgeState::Cut if at == 0 && card::is_cut_by_hand(model, shape, edge) => "cut by hand".to_owned(),
            EdgeState::Cut => gone("cut"),
            EdgeState::Orphaned => gone("orphaned"),
        };
        let cells = vec![
            name::node(shape, Node { layer: edge.layer, index: edge.from }),
            name::node(shape, Node { layer: edge.layer + 1, index: edge.to }),
            chain::shown(hand::weight(model, run, edge), 5),
            said,
            count(&through.edge(id)),
        ];
        let press = match state {
            EdgeState::OnTicket | EdgeState::Idle => Some("Cut"),
            EdgeState::Cut if now.moment.step() == 0 && card::is_cut_by_hand(model, shape, edge) => Some("Back"),
            _ => None,
        };
        Row { thing: Thing::Edge(edge), cells, press }
    });
    let rows: Vec<Row> = rows.collect();
    let order = if model.twin.by_size { "the largest weight first" } else { "by layer" };
    let place = (first as u128, rows.len(), u128::from(of));
    Page { caption: caption("Edge", order, place), rows, first: place.0, of: place.2, sortable: true }
}

fn paths(model: &Model, run: &Run, now: &Now) -> Page {
    let shape = run.timeline.shape();
    let paths = Paths::of(&run.network, now.moment.mask());
    let of = paths.count();
    let sortable = of <= MOST_SORTED;
    let by_size = sortable && model.twin.by_size;
    let first = model.twin.first.min(of.saturating_sub(1));
    let last = of.min(first + ROWS);
    let listed: Vec<Path> = if by_size {
        let mut all: Vec<(f64, Path)> =
            (0..of).filter_map(|rank| paths.path(rank).map(|path| (path.product(&run.network).abs(), path))).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        all.into_iter().skip(first as usize).take(ROWS as usize).map(|(_, path)| path).collect()
    } else {
        (first..last).filter_map(|rank| paths.path(rank)).collect()
    };
    let rows: Vec<Row> = listed
        .into_iter()
        .map(|path| {
            let weights: Vec<f64> = path.edges(shape).iter().map(|&id| run.network.weights()[id as usize]).collect();
            let cells = vec![path_name(shape, &path), chain::line(&weights)];
            Row { thing: Thing::Path(path), cells, press: None }
        })
        .collect();
    let order = match (by_size, sortable) {
        (true, _) => "the largest product first",
        (false, true) => "by their nodes",
        (false, false) => "by their nodes: too many to sort",
    };
    Page { caption: caption("Path", order, (first, rows.len(), of)), rows, first, of, sortable }
}
