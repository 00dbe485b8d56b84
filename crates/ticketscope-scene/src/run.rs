//! From the scene to the mathematics: the one place that turns its values into a network, a law, a run.
//!
//! The command line, the page's worker and the tests all come through here, so one link means one thing.

use crate::note::Note;
use crate::scene::{Alpha, Scene, Step};
use core::fmt;
use ticketscope_core::law::{Law, LawError, ProductLaw, WeightLaw, alpha_at_resolution, alpha_flat};
use ticketscope_core::mask::Mask;
use ticketscope_core::network::{Network, NetworkError};
use ticketscope_core::prune::Timeline;
use ticketscope_core::seed::SEED_LIMIT;
use ticketscope_core::shape::{Shape, ShapeError};

/// Weights and a mask of the user's own, in place of drawn ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Own {
    shape: Option<Shape>,
    weights: Option<Vec<f64>>,
    mask: Option<Mask>,
}

/// Why a scene has no network. Scenes that came through the table of fields always have one; own weights may not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SceneError {
    /// A count is out of range.
    Shape(ShapeError),
    /// A number of the weights' law is out of range.
    Law(LawError),
    /// Own weights or an own mask do not fit.
    Network(NetworkError),
    /// More than 1,000 bins.
    Bins,
}

impl fmt::Display for SceneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(error) => error.fmt(f),
            Self::Law(error) => error.fmt(f),
            Self::Network(error) => error.fmt(f),
            Self::Bins => f.write_str("a histogram has at most 1,000 bins"),
        }
    }
}

impl core::error::Error for SceneError {}

impl From<ShapeError> for SceneError {
    fn from(error: ShapeError) -> Self {
        Self::Shape(error)
    }
}

impl From<LawError> for SceneError {
    fn from(error: LawError) -> Self {
        Self::Law(error)
    }
}

impl From<NetworkError> for SceneError {
    fn from(error: NetworkError) -> Self {
        Self::Network(error)
    }
}

impl Own {
    /// Takes a file's weights and mask, whichever it has; a later file's replace an earlier one's.
    ///
    /// # Errors
    /// [`NetworkError::OtherShape`] if it is for another shape than what was taken before.
    pub fn take(&mut self, file: crate::file::NetworkFile) -> Result<(), NetworkError> {
        if self.shape.is_some_and(|shape| shape != file.shape) {
            return Err(NetworkError::OtherShape);
        }
        self.shape = Some(file.shape);
        self.weights = file.weights.or(self.weights.take());
        self.mask = file.mask.or(self.mask.take());
        Ok(())
    }

    /// Whether everything is drawn, so that a link says it all.
    pub fn is_empty(&self) -> bool {
        self.shape.is_none()
    }

    /// Whether the weights are own ones.
    pub fn has_weights(&self) -> bool {
        self.weights.is_some()
    }

    /// The shape of the files, if there are any.
    pub fn shape(&self) -> Option<Shape> {
        self.shape
    }

    /// Whether there is an own mask.
    pub fn has_mask(&self) -> bool {
        self.mask.is_some()
    }

    /// Makes the scene's shape that of the files.
    pub fn shape_into(&self, scene: &mut Scene) {
        if let Some(shape) = self.shape {
            scene.sources = shape.sources();
            scene.hidden = shape.hidden_layers();
            scene.width = shape.width();
            scene.sinks = shape.sinks();
        }
    }
}

/// α as a number: the scene's choice resolved for its path length, resolution and window. Only the law `power` uses it.
pub fn alpha(scene: &Scene) -> f64 {
    let path_length = scene.hidden.saturating_add(1);
    match scene.alpha {
        Alpha::Auto => alpha_at_resolution(path_length, scene.resolution),
        Alpha::Flat => alpha_flat(path_length, scene.window / scene.scale),
        Alpha::Value(alpha) => alpha,
    }
}

/// The law of each weight.
pub fn weight_law(scene: &Scene) -> Result<WeightLaw, SceneError> {
    let alpha = if scene.law == Law::Power { alpha(scene) } else { 1.0 };
    Ok(WeightLaw::new(scene.law, alpha, scene.scale, scene.shape()?.path_length())?)
}

/// The law of the product along one path.
pub fn product_law(scene: &Scene) -> Result<ProductLaw, SceneError> {
    Ok(ProductLaw::new(weight_law(scene)?, scene.sources, scene.width))
}

/// The network before any cut: drawn, or the user's own. Own files decide the shape.
pub fn network(scene: &Scene, own: &Own) -> Result<Network, SceneError> {
    let shape = own.shape.map_or_else(|| scene.shape(), Ok)?;
    let network = match &own.weights {
        Some(weights) => Network::from_weights(shape, weights.clone())?,
        None => Network::random(shape, &weight_law(scene)?, scene.seed),
    };
    by_hand(scene, own, network)
}

/// A network with the weights typed by hand and the edges of an own file's mask that the hand has kept.
fn by_hand(scene: &Scene, own: &Own, mut network: Network) -> Result<Network, SceneError> {
    let shape = *network.shape();
    if scene.edits.iter().any(|edit| edit.fits(&shape)) {
        let mut weights = network.weights().to_vec();
        for edit in scene.edits.iter().filter(|edit| edit.fits(&shape)) {
            weights[shape.edge_id(edit.edge()) as usize] = edit.weight;
        }
        network = Network::from_weights(shape, weights)?;
    }
    let hand = scene.mask.as_ref().and_then(|text| text.mask(&shape));
    let mask = match (&own.mask, hand) {
        (None, None) => return Ok(network),
        (Some(mask), None) => mask.clone(),
        (None, Some(mask)) => mask,
        (Some(own), Some(hand)) => Mask::from_fn(shape, |id| own.keeps(shape.edge(id)) && hand.keeps(shape.edge(id))),
    };
    Ok(network.with_mask(mask)?)
}

/// The values of the sources in a scene's forward pass, one each; none where there is none or the list fits no such network.
pub fn input(scene: &Scene, shape: &Shape) -> Option<Vec<f64>> {
    match scene.input[..] {
        [one] => Some(vec![one; shape.sources() as usize]),
        ref all => (!all.is_empty() && all.len() == shape.sources() as usize).then(|| all.to_vec()),
    }
}

/// What of a scene does not fit its network and is not applied, though the link keeps it: the hand-made mask, typed weights, the
/// input.
pub fn misfits(scene: &Scene, own: &Own) -> Vec<Note> {
    let Ok(shape) = own.shape.map_or_else(|| scene.shape(), Ok) else { return Vec::new() };
    let mut notes = Vec::new();
    if scene.mask.as_ref().is_some_and(|text| text.mask(&shape).is_none()) {
        notes.push(Note::MaskMisfit);
    }
    let misfits = scene.edits.iter().filter(|edit| !edit.fits(&shape)).count();
    if misfits > 0 {
        notes.push(Note::EditsMisfit { misfits, edits: scene.edits.len() });
    }
    if !scene.input.is_empty() && input(scene, &shape).is_none() {
        notes.push(Note::InputMisfit { given: scene.input.len(), sources: shape.sources() });
    }
    notes
}

/// The whole pruning run of a network.
pub fn timeline(scene: &Scene, network: &Network) -> Timeline {
    Timeline::of(network, &scene.pruning())
}

/// The step at which the scene stands in a run of `len` steps, with a note if it had to be clamped.
pub fn step_in(scene: &Scene, len: u32) -> (u32, Option<Note>) {
    match scene.step {
        Step::End => (len, None),
        Step::At(k) => match u32::try_from(k) {
            Ok(k) if k <= len => (k, None),
            _ => (len, Some(Note::StepBeyondEnd { given: k, end: len.into() })),
        },
    }
}

/// Trial i of an ensemble as a scene of its own: seed + i and prune-seed + i (mod 2⁵³), no further trials.
pub fn trial(scene: &Scene, i: u64) -> Scene {
    Scene {
        seed: (scene.seed + i) % SEED_LIMIT,
        prune_seed: (scene.prune_seed + i) % SEED_LIMIT,
        trials: 0,
        ..scene.clone()
    }
}
