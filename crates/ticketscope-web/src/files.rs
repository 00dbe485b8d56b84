//! A network of the visitor's own: files that were opened, dropped or pasted. Pure; the worker reads them.

use crate::model::Model;
use crate::update::{Effect, changed, note};
use ticketscope_core::shape::Shape;
use ticketscope_scene::number::plural;
use ticketscope_scene::scene::{Scene, Step};

/// What the worker has read from a file, and everything from files before that fits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The file's number, in the order in which they were given.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// The shape.
    pub shape: Shape,
    /// The SHA-256 of the file that the weights are from, if any.
    pub weights: Option<String>,
    /// The SHA-256 of the file that the mask is from, if any.
    pub mask: Option<String>,
}

/// What happens to files.
#[derive(Debug)]
pub enum Message {
    /// One was read.
    Loaded(Loaded),
    /// One was refused, and why.
    Refused(String),
    /// The drawn network is wanted again.
    PutAway,
}

/// Takes a message.
pub fn update(model: &mut Model, message: Message, effects: &mut Vec<Effect>) {
    match message {
        Message::Loaded(loaded) => {
            // The worker has started anew and was given the files again: nothing has changed.
            if model.own.as_ref() == Some(&loaded) {
                return;
            }
            let shape = loaded.shape;
            model.scene = Scene {
                sources: shape.sources(),
                hidden: shape.hidden_layers(),
                width: shape.width(),
                sinks: shape.sinks(),
                mask: None,
                edits: Vec::new(),
                step: Step::At(0),
                ..model.scene.clone()
            };
            take(model, Some(loaded), effects);
            changed(model, None, effects);
            effects.push(Effect::Say(words(model).unwrap_or_default()));
        }
        Message::Refused(why) => {
            note(model, why.clone());
            effects.push(Effect::Say(why));
        }
        Message::PutAway => {
            model.scene = Scene { mask: None, edits: Vec::new(), step: Step::At(0), ..model.scene.clone() };
            take(model, None, effects);
            changed(model, None, effects);
            effects.push(Effect::Focus("play"));
        }
    }
}

/// The files in use, or none. What was computed of another network does not count any more.
fn take(model: &mut Model, own: Option<Loaded>, effects: &mut Vec<Effect>) {
    effects.push(Effect::UseFile(own.as_ref().map_or(0, |own| own.number)));
    model.own = own;
    model.run = None;
    model.now = None;
    model.products = None;
    model.jobs.forget_all();
    crate::hand::forget(model);
    model.faults.clear();
}

/// A link was opened: the files stay if they fit it.
pub fn opened(model: &mut Model, effects: &mut Vec<Effect>) {
    let fits = |own: &Loaded| model.scene.shape().is_ok_and(|shape| shape == own.shape);
    if model.own.as_ref().is_some_and(|own| !fits(own)) {
        take(model, None, effects);
        note(
            model,
            "This link is of another network than the file that was open: the drawn network is shown.".to_owned(),
        );
    }
}

/// What is in use, in words.
pub fn words(model: &Model) -> Option<String> {
    let own = model.own.as_ref()?;
    let shape = own.shape;
    let mut parts = Vec::new();
    for (what, hash) in [("weights", &own.weights), ("mask", &own.mask)] {
        parts.extend(hash.as_ref().map(|hash| format!("{what} of SHA-256 {hash}")));
    }
    Some(format!(
        "“{}”: {}, {} of {}, {}; {}. A link cannot hold them: send the file along.",
        own.name,
        plural(u64::from(shape.sources()), "source"),
        plural(u64::from(shape.hidden_layers()), "hidden layer"),
        plural(u64::from(shape.width()), "node"),
        plural(u64::from(shape.sinks()), "sink"),
        parts.join(", "),
    ))
}
