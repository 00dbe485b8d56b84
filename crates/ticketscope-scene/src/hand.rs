//! What a visitor does by hand: edges cut, weights typed. Both travel in the link.
//!
//! A **hand-made mask** is a text: six edges a character in the order of edge ids, most significant bit first, base64url digits
//! (RFC 4648 §5) without padding, a set bit for a *kept* edge. Edges behind its end are kept, so the digits that keep all six
//! are left off the end, and a network with one edge cut near its sources has a short text.
//!
//! The functions here are pure: a scene and what was done to it in, a scene out.

use crate::field::{MOST_MASK, edits_fit};
use crate::link;
use crate::scene::{Scene, Step};
use core::fmt;
use ticketscope_core::mask::Mask;
use ticketscope_core::network::{MAX_WEIGHT, Network};
use ticketscope_core::prune::{Fates, Moment};
use ticketscope_core::shape::{Edge, Shape};
use ticketscope_core::state::EdgeState;

/// The digits of base64url, by value.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Edges that one digit speaks of.
const BITS: u32 = 6;

/// A hand-made mask as a link holds it: at most 2,000 digits, the last of which leaves some edge out.
///
/// ```
/// use ticketscope_core::{mask::Mask, shape::Shape};
/// use ticketscope_scene::hand::MaskText;
/// let shape = Shape::new(1, 1, 3, 1).unwrap();
/// let mask = Mask::from_fn(shape, |id| id != 1);
/// let text = MaskText::of(&mask).unwrap().unwrap();
/// assert_eq!(text.as_str(), "v");
/// assert_eq!(text.mask(&shape), Some(mask));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskText(String);

impl MaskText {
    /// The text of a mask; none for the mask that keeps every edge.
    ///
    /// # Errors
    /// [`HandError::Mask`] if it takes more digits than a link holds.
    pub fn of(mask: &Mask) -> Result<Option<Self>, HandError> {
        let shape = mask.shape();
        let mut text = String::new();
        // Digits that keep everything are written only once another follows.
        let mut held_back = 0;
        let edges = shape.edge_count();
        for first in (0..edges).step_by(BITS as usize) {
            let kept = |id: u32| id >= edges || mask.keeps(shape.edge(id));
            let value = (first..first + BITS).fold(0, |value, id| value << 1 | usize::from(kept(id)));
            if value == DIGITS.len() - 1 {
                held_back += 1;
                continue;
            }
            if text.len() + held_back + 1 > MOST_MASK {
                return Err(HandError::Mask);
            }
            text.extend(core::iter::repeat_n('_', held_back));
            text.push(char::from(DIGITS[value]));
            held_back = 0;
        }
        Ok((!text.is_empty()).then_some(Self(text)))
    }

    /// Takes a link's text, and what it is without digits that say nothing; none if it has another character in it.
    pub(crate) fn read(text: &str) -> Option<Option<Self>> {
        text.bytes().all(|digit| value_of(digit).is_some()).then(|| {
            let text = text.trim_end_matches('_');
            (!text.is_empty()).then(|| Self(text.to_owned()))
        })
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mask of a shape; none if it leaves out an edge that the shape does not have.
    pub fn mask(&self, shape: &Shape) -> Option<Mask> {
        let bits: Vec<bool> = self
            .0
            .bytes()
            .flat_map(|digit| {
                let value = value_of(digit).unwrap_or(u32::MAX);
                (0..BITS).map(move |place| value >> (BITS - 1 - place) & 1 == 1)
            })
            .collect();
        let edges = shape.edge_count() as usize;
        let fits = bits.iter().skip(edges).all(|&kept| kept);
        fits.then(|| Mask::from_fn(*shape, |id| bits.get(id as usize).copied().unwrap_or(true)))
    }
}

fn value_of(digit: u8) -> Option<u32> {
    DIGITS.iter().position(|&one| one == digit).map(|value| value as u32)
}

/// A weight typed by hand, in place of the edge's own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edit {
    /// Edge layer, from 0.
    pub layer: u32,
    /// The tail's place, from 0.
    pub from: u32,
    /// The head's place, from 0.
    pub to: u32,
    /// The weight, −10⁹..=10⁹.
    pub weight: f64,
}

impl Edit {
    /// The edge.
    pub fn edge(&self) -> Edge {
        Edge { layer: self.layer, from: self.from, to: self.to }
    }

    /// Whether a shape has the edge.
    pub fn fits(&self, shape: &Shape) -> bool {
        has_edge(shape, self.edge())
    }
}

fn has_edge(shape: &Shape, edge: Edge) -> bool {
    edge.layer < shape.edge_layers() && edge.from < shape.tails(edge.layer) && edge.to < shape.heads(edge.layer)
}

/// Why something done by hand cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandError {
    /// The mask has more digits than a link holds.
    Mask,
    /// The typed weights have more characters than a link holds.
    Edits,
    /// A weight is no number from −10⁹ to 10⁹.
    Weight,
    /// The network has no such edge.
    NoEdge,
}

impl fmt::Display for HandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mask => write!(
                f,
                "a link holds cuts by hand among the first {} edges of a network only; save it as a file to cut further",
                crate::number::grouped(MOST_MASK as u64 * u64::from(BITS))
            ),
            Self::Edits => f.write_str("a link holds no more weights typed by hand; save the network as a file"),
            Self::Weight => f.write_str("a weight is a number from −10⁹ to 10⁹"),
            Self::NoEdge => f.write_str("this network has no such edge"),
        }
    }
}

impl core::error::Error for HandError {}

/// The scene in which an edge has been cut by hand at a moment of its run: all that was cut up to then is out of the mask, and
/// this edge with it, and a new run begins there, at step 0, with the same rule and seeds. What was orphaned stays orphaned
/// because its heads still reach no sink.
pub fn cut(scene: &Scene, moment: &Moment, edge: Edge) -> Result<Scene, HandError> {
    let shape = *moment.mask().shape();
    if !has_edge(&shape, edge) {
        return Err(HandError::NoEdge);
    }
    let states = moment.edge_states();
    let gone = shape.edge_id(edge);
    with_mask(scene, &Mask::from_fn(shape, |id| states[id as usize] != EdgeState::Cut && id != gone))
}

/// The scene in which an edge that the network's mask leaves out is back, at step 0. An own file's mask is not the hand's: an
/// edge that it leaves out stays away.
pub fn restore(scene: &Scene, network: &Network, edge: Edge) -> Result<Scene, HandError> {
    let shape = *network.shape();
    if !has_edge(&shape, edge) {
        return Err(HandError::NoEdge);
    }
    let back = shape.edge_id(edge);
    with_mask(scene, &Mask::from_fn(shape, |id| network.mask().keeps(shape.edge(id)) || id == back))
}

/// The scene with a mask made by hand, at step 0.
pub fn with_mask(scene: &Scene, mask: &Mask) -> Result<Scene, HandError> {
    Ok(Scene { mask: MaskText::of(mask)?, step: Step::At(0), ..scene.clone() })
}

/// The scene in which an edge has a typed weight. The step stays: a weight moves no cut, but under the rules that look at
/// weights.
pub fn set_weight(scene: &Scene, edge: Edge, weight: f64) -> Result<Scene, HandError> {
    if weight.is_nan() || weight.abs() > MAX_WEIGHT {
        return Err(HandError::Weight);
    }
    if !scene.shape().is_ok_and(|shape| has_edge(&shape, edge)) {
        return Err(HandError::NoEdge);
    }
    let mut scene = clear_weight(scene, edge);
    let place = scene.edits.partition_point(|edit| edit.edge() < edge);
    // A link has no −0.
    let weight = if weight == 0.0 { 0.0 } else { weight };
    scene.edits.insert(place, Edit { layer: edge.layer, from: edge.from, to: edge.to, weight });
    if edits_fit(&scene.edits) { Ok(scene) } else { Err(HandError::Edits) }
}

/// The scene in which an edge has its own weight again.
pub fn clear_weight(scene: &Scene, edge: Edge) -> Scene {
    let mut scene = scene.clone();
    scene.edits.retain(|edit| edit.edge() != edge);
    scene
}

/// The scene without anything done by hand, at step 0.
pub fn clear(scene: &Scene) -> Scene {
    Scene { mask: None, edits: Vec::new(), step: Step::At(0), ..scene.clone() }
}

/// A scene of another shape with what was done by hand in `before`, each edge where it was: same layer, same ends, the last
/// layer staying the last. Edges that are no more are forgotten, new ones are kept. Ask it with the scene as it was when a
/// control began to move, so that moving back brings everything back.
pub fn reshaped(before: &Scene, after: Scene) -> Result<Scene, HandError> {
    let (Ok(old), Ok(new)) = (before.shape(), after.shape()) else { return Ok(after) };
    if old == new || (before.mask.is_none() && before.edits.is_empty()) {
        return Ok(Scene { mask: before.mask.clone(), edits: before.edits.clone(), ..after });
    }
    let moved = |edge: Edge, from: &Shape, to: &Shape| {
        let is_last = edge.layer + 1 == from.edge_layers();
        let layer = if is_last { to.edge_layers() - 1 } else { edge.layer };
        let is_end = layer + 1 == to.edge_layers();
        let edge = Edge { layer, ..edge };
        (is_last == is_end && has_edge(to, edge)).then_some(edge)
    };
    let mask = match before.mask.as_ref().and_then(|text| text.mask(&old)) {
        None => None,
        Some(mask) => {
            MaskText::of(&Mask::from_fn(new, |id| moved(new.edge(id), &new, &old).is_none_or(|edge| mask.keeps(edge))))?
        }
    };
    let edits = before.edits.iter().filter_map(|edit| {
        let edge = moved(edit.edge(), &old, &new)?;
        Some(Edit { layer: edge.layer, from: edge.from, to: edge.to, weight: edit.weight })
    });
    let edits = edits.collect();
    Ok(Scene { mask, edits, ..after })
}

/// Whether a scene's link is one that mail and chat carry whole; else offer the network as a file.
pub fn is_shared(scene: &Scene) -> bool {
    link::write(scene).len() <= link::MOST_SHARED
}

/// Edges that a hand cut and the run did not, of a network's mask: those that [`restore`] would bring back.
pub fn is_cut_by_hand(fates: &Fates, states: &[EdgeState], edge: Edge) -> bool {
    let id = fates.shape().edge_id(edge);
    fates.removed_at(id) == 0 && states.get(id as usize) == Some(&EdgeState::Cut)
}
