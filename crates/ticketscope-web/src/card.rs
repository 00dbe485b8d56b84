//! What a card says of a node, an edge or a path: its state, weight, tickets, and the strongest product through it. Pure, and
//! every number is exact.

use crate::chain;
use crate::model::{Model, Now, Run};
use crate::touch::{Thing, path_name};
use num_bigint::BigUint;
use ticketscope_core::counts::{PathCounts, TicketsThrough};
use ticketscope_core::mask::Mask;
use ticketscope_core::path::{Path, Paths, Through};
use ticketscope_core::shape::{Edge, EdgeId, Node, Shape};
use ticketscope_core::state::{EdgeState, NodeState};
use ticketscope_scene::name;
use ticketscope_scene::number::{count, grouped};

/// A card.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Card {
    /// `Node`, `Edge`, `Path`.
    pub kind: &'static str,
    /// `h2.3 → h3.1`.
    pub title: String,
    /// What it is at this step.
    pub state: String,
    /// An edge's weight, and where it comes from; else empty.
    pub weight: String,
    /// A node's value in the forward pass; empty where none is shown.
    pub value: String,
    /// How many tickets go through it.
    pub tickets: String,
    /// The strongest surviving path through it, by its nodes; empty where there is none.
    pub strongest: String,
    /// Its product, as a line that can be recomputed.
    pub chain: String,
}

/// The card of a thing, of the run and the step that are shown. The thing must fit.
pub fn of(model: &Model, run: &Run, now: &Now, thing: &Thing) -> Card {
    let shape = run.timeline.shape();
    let mut card = Card { title: thing.name(shape), tickets: tickets(now, thing), ..Card::default() };
    match thing {
        Thing::Node(node) => {
            card.kind = "Node";
            card.state = node_state(run, now, *node);
            let pass = model.forward.pass.as_ref();
            let value = pass.and_then(|pass| pass.values.get(shape.node_id(*node) as usize));
            card.value = value.map(|&value| format!("Passes on {}", chain::shown(value, 5))).unwrap_or_default();
        }
        Thing::Edge(edge) => {
            card.kind = "Edge";
            card.state = edge_state(model, run, now, *edge);
            card.weight = weight(model, run, *edge);
        }
        Thing::Path(path) => {
            card.kind = "Path";
            card.state = path_state(model, run, now, path);
        }
    }
    if let Some(path) = strongest(run, now, thing) {
        let weights: Vec<f64> = path.edges(shape).iter().map(|&id| run.network.weights()[id as usize]).collect();
        card.chain = chain::line(&weights);
        if *thing != Thing::Path(path.clone()) {
            card.strongest = path_name(shape, &path);
        }
    }
    card
}

/// A thing in one sentence, for a screen reader.
pub fn say(model: &Model, thing: &Thing) -> Option<String> {
    let (run, now) = (model.run.as_deref()?, model.now.as_ref()?);
    let card = of(model, run, now, thing);
    let weight = if card.weight.is_empty() { String::new() } else { format!(", weight {}", card.weight) };
    Some(format!("{} {}{weight}: {}; {}.", card.kind, card.title, card.state, card.tickets))
}

/// The edges to light for a thing: of its strongest surviving path, or of the path itself.
pub fn lit(run: &Run, now: &Now, thing: &Thing) -> Option<Vec<EdgeId>> {
    let shape = run.timeline.shape();
    match thing {
        Thing::Path(path) if thing.fits(shape) => Some(path.edges(shape)),
        _ if thing.fits(shape) => strongest(run, now, thing).map(|path| path.edges(shape)),
        _ => None,
    }
}

/// The product of the strongest surviving path through a thing, or of a path itself.
pub fn product(run: &Run, now: &Now, thing: &Thing) -> Option<f64> {
    if !thing.fits(run.network.shape()) {
        return None;
    }
    strongest(run, now, thing).map(|path| path.product(&run.network))
}

/// The strongest surviving path through a thing; a path itself, dead or alive.
fn strongest(run: &Run, now: &Now, thing: &Thing) -> Option<Path> {
    let shape = run.timeline.shape();
    let through = match thing {
        Thing::Node(node) => Through::Node(shape.node_id(*node)),
        Thing::Edge(edge) => Through::Edge(shape.edge_id(*edge)),
        Thing::Path(path) => return Some(path.clone()),
    };
    Paths::of(&run.network, now.moment.mask()).strongest_through(through)
}

/// How many of the surviving tickets go through a thing.
pub fn tickets_through(now: &Now, thing: &Thing) -> BigUint {
    let mask = now.moment.mask();
    let shape = mask.shape();
    match thing {
        Thing::Edge(edge) => TicketsThrough::of(mask).edge(shape.edge_id(*edge)),
        Thing::Node(node) => TicketsThrough::of(mask).node(shape.node_id(*node)),
        Thing::Path(path) => of_path(mask, path),
    }
}

/// A ticket with this path chooses freely among the other sources' paths.
fn of_path(mask: &Mask, path: &Path) -> BigUint {
    let shape = mask.shape();
    if path.edges(shape).iter().any(|&id| !mask.keeps(shape.edge(id))) {
        return BigUint::ZERO;
    }
    let counts = PathCounts::of(mask);
    let others = (0..).zip(counts.per_source()).filter(|&(source, _)| Some(&source) != path.nodes.first());
    others.map(|(_, paths)| paths).product()
}

fn tickets(now: &Now, thing: &Thing) -> String {
    if now.tickets == BigUint::ZERO {
        return "no ticket is left".to_owned();
    }
    let noun = if now.tickets == BigUint::from(1_u32) { "ticket" } else { "tickets" };
    format!("on {} of {} {noun}", count(&tickets_through(now, thing)), count(&now.tickets))
}

/// What an edge is at this step, and why.
pub fn edge_state(model: &Model, run: &Run, now: &Now, edge: Edge) -> String {
    let shape = run.timeline.shape();
    let id = shape.edge_id(edge);
    let step = run.fates.removed_at(id);
    match now.moment.edge_states()[id as usize] {
        EdgeState::OnTicket => "on a ticket".to_owned(),
        EdgeState::Idle => "idle: alive, but on no ticket".to_owned(),
        EdgeState::Cut if step > 0 => format!("cut at step {}", grouped(u64::from(step))),
        EdgeState::Cut if is_cut_by_hand(model, shape, edge) => "cut by hand".to_owned(),
        EdgeState::Cut => "left out by the file’s mask".to_owned(),
        EdgeState::Orphaned => {
            let head = name::node(shape, Node { layer: edge.layer + 1, index: edge.to });
            if step > 0 {
                format!("orphaned at step {} because {head} had no way on", grouped(u64::from(step)))
            } else {
                format!("orphaned from the start: {head} has no way on")
            }
        }
    }
}

/// Whether an edge that was never there was cut by hand: so it was if there is no file with a mask, or if the hand-made mask leaves it
/// out.
pub fn is_cut_by_hand(model: &Model, shape: &Shape, edge: Edge) -> bool {
    let file = model.own.as_ref().is_some_and(|own| own.mask.is_some());
    !file || model.scene.mask.as_ref().and_then(|text| text.mask(shape)).is_some_and(|mask| !mask.keeps(edge))
}

fn node_state(run: &Run, now: &Now, node: Node) -> String {
    let shape = run.timeline.shape();
    match now.moment.node_states()[shape.node_id(node) as usize] {
        NodeState::OnTicket => "on a ticket".to_owned(),
        NodeState::Idle => "idle: alive, but on no ticket".to_owned(),
        NodeState::Dead => {
            // It died with the last of its edges onwards.
            let on = (0..shape.heads(node.layer)).map(|to| Edge { layer: node.layer, from: node.index, to });
            match on.map(|edge| run.fates.removed_at(shape.edge_id(edge))).max() {
                Some(step) if step > 0 => {
                    format!("dead since step {}: no way on to an output", grouped(u64::from(step)))
                }
                _ => "dead from the start: no way on to an output".to_owned(),
            }
        }
    }
}

fn path_state(model: &Model, run: &Run, now: &Now, path: &Path) -> String {
    let shape = run.timeline.shape();
    // The first of its edges to go broke it.
    let mut edges: Vec<EdgeId> = path.edges(shape);
    edges.sort_by_key(|&id| run.fates.removed_at(id));
    let first = edges[0];
    if run.fates.removed_at(first) > now.moment.step() {
        return if now.moment.destroyed() { "whole, but the network is destroyed" } else { "survives" }.to_owned();
    }
    let edge = shape.edge(first);
    format!("broken: {} {}", name::edge(shape, edge), edge_state(model, run, now, edge))
}

/// An edge's weight, and whether a hand typed it.
fn weight(model: &Model, run: &Run, edge: Edge) -> String {
    let weight = run.network.weights()[run.timeline.shape().edge_id(edge) as usize];
    let typed = model.scene.edits.iter().find(|edit| edit.edge() == edge);
    let text = chain::shown(typed.map_or(weight, |edit| edit.weight), 5);
    if typed.is_some() { format!("{text}, typed by hand") } else { text }
}
