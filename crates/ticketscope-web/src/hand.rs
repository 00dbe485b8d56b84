//! What a visitor does by hand: cuts, typed weights, and taking them back. Pure; what it means for a scene stands in
//! [`ticketscope_scene::hand`].

use crate::card;
use crate::model::{Fault, Gesture, Model, Run};
use crate::update::{Effect, changed, sentence};
use ticketscope_core::shape::{Edge, Shape};
use ticketscope_core::state::EdgeState;
use ticketscope_scene::hand::{self, HandError};
use ticketscope_scene::link;
use ticketscope_scene::name;
use ticketscope_scene::number::{canonical, grouped, plural};
use ticketscope_scene::scene::{Scene, Step};

/// What only this tab knows about the hand's work.
#[derive(Debug, Default)]
pub struct Hand {
    /// The scenes before each thing done, the last one last.
    pub undo: Vec<Scene>,
    /// The scenes that were taken back, the last one last.
    pub redo: Vec<Scene>,
    /// The scene in which the hand last did something, or that was opened: from it the hand's work follows the shape.
    base: Scene,
    /// The message of what was done.
    pub told: Option<Told>,
    /// A weight that was typed and is not allowed.
    pub fault: Option<(Edge, Fault)>,
}

/// A message that stands until something else happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What it says.
    pub sentence: String,
    /// Whether it offers to undo.
    pub undo: bool,
    /// The scene that it is about, but for its step.
    about: Scene,
}

/// What the hand does.
#[derive(Debug)]
pub enum Message {
    /// An edge was pressed: it is cut, or comes back.
    Press(Edge),
    /// An edge is to be cut.
    Cut(Edge),
    /// An edge is to come back.
    Restore(Edge),
    /// A weight was typed.
    Typed(Edge, String),
    /// A weight is slid or dragged.
    Slid {
        /// Of which edge.
        edge: Edge,
        /// To what.
        weight: f64,
        /// Whether it was let go.
        done: bool,
    },
    /// A typed weight is to go again.
    Own(Edge),
    /// The last thing done is taken back.
    Undo,
    /// It is done again.
    Redo,
    /// All that was done is taken back.
    Clear,
    /// The message was read.
    Close,
    /// The network is to be saved as a file.
    Save,
}

/// Takes a message.
pub fn update(model: &mut Model, message: Message, effects: &mut Vec<Effect>) {
    match message {
        Message::Press(edge) => press(model, edge, effects),
        Message::Cut(edge) => cut(model, edge, effects),
        Message::Restore(edge) => restore(model, edge, effects),
        Message::Typed(edge, text) => typed(model, edge, &text, effects),
        Message::Slid { edge, weight, done } => slid(model, edge, weight, done, effects),
        Message::Own(edge) => {
            let scene = hand::clear_weight(&model.scene, edge);
            let words = format!("{} has its own weight again.", edge_name(model, edge));
            model.hand.fault = None;
            done(model, Ok(scene), words, effects);
        }
        Message::Undo => undo(model, effects),
        Message::Redo => redo(model, effects),
        Message::Clear => {
            let scene = hand::clear(&model.scene);
            done(model, Ok(scene), "All that was done by hand is gone.".to_owned(), effects);
        }
        Message::Close => {
            model.hand.told = None;
            effects.push(Effect::Focus("network-box"));
        }
        Message::Save => save(model, effects),
    }
}

fn edge_name(model: &Model, edge: Edge) -> String {
    model.run.as_ref().map(|run| name::edge(run.timeline.shape(), edge)).unwrap_or_default()
}

/// Says something that changes nothing.
pub fn tell(model: &mut Model, sentence: String, effects: &mut Vec<Effect>) {
    effects.push(Effect::Say(sentence.clone()));
    model.hand.told = Some(Told { sentence, undo: false, about: without_step(&model.scene) });
}

/// Takes a scene that the hand made, as something that can be undone.
fn done(model: &mut Model, scene: Result<Scene, HandError>, words: String, effects: &mut Vec<Effect>) {
    match scene {
        Ok(scene) if scene == model.scene => {}
        Ok(scene) => {
            let before = core::mem::replace(&mut model.scene, scene);
            remember(model, before);
            changed(model, None, effects);
            tell_done(model, words, effects);
        }
        Err(error) => tell(model, sentence(&error.to_string()), effects),
    }
}

fn remember(model: &mut Model, before: Scene) {
    model.hand.undo.push(before);
    model.hand.redo.clear();
    model.hand.base = model.scene.clone();
}

fn tell_done(model: &mut Model, sentence: String, effects: &mut Vec<Effect>) {
    tell(model, sentence, effects);
    if let Some(told) = &mut model.hand.told {
        told.undo = true;
    }
}

/// Cuts an alive edge, brings one back that the hand cut, and says why where it can do neither.
pub fn press(model: &mut Model, edge: Edge, effects: &mut Vec<Effect>) {
    let (Some(run), Some(now)) = (model.run.as_deref(), model.now.as_ref()) else { return };
    let shape = run.timeline.shape();
    let what = now.moment.edge_states()[shape.edge_id(edge) as usize];
    match what {
        EdgeState::OnTicket | EdgeState::Idle => cut(model, edge, effects),
        EdgeState::Cut if card::is_cut_by_hand(model, shape, edge) && now.moment.step() == 0 => {
            restore(model, edge, effects)
        }
        _ => {
            let (title, state) = (name::edge(shape, edge), card::edge_state(model, run, now, edge));
            let step = run.fates.removed_at(shape.edge_id(edge));
            let way = if step > 0 {
                format!("step back to {} to have it", grouped(u64::from(step - 1)))
            } else if what == EdgeState::Orphaned {
                "it comes back with a way on".to_owned()
            } else if card::is_cut_by_hand(model, shape, edge) {
                "rewind to the start to bring it back".to_owned()
            } else {
                "it cannot be brought back here".to_owned()
            };
            tell(model, format!("{title} is {state}; {way}."), effects);
        }
    }
}

/// Cuts an edge at the step that is shown: a new run begins there.
pub fn cut(model: &mut Model, edge: Edge, effects: &mut Vec<Effect>) {
    let Some(now) = current(model) else { return };
    if !now.moment.mask().keeps(edge) {
        return;
    }
    let scene = hand::cut(&model.scene, &now.moment, edge);
    let from = match now.moment.step() {
        0 => String::new(),
        step => format!(" A new run begins where step {} had come to.", grouped(u64::from(step))),
    };
    let words = format!("Cut {} by hand.{from}", edge_name(model, edge));
    done(model, scene, words, effects);
}

/// The moment that is shown, if it is this scene's: an edge is never cut in a picture that is out of date.
fn current(model: &Model) -> Option<&crate::model::Now> {
    model.current_run()?;
    model.now.as_ref().filter(|now| now.moment.step() == model.step())
}

fn restore(model: &mut Model, edge: Edge, effects: &mut Vec<Effect>) {
    let Some(run) = model.current_run() else { return };
    let scene = hand::restore(&model.scene, &run.network, edge);
    let words = format!("{} is back.", edge_name(model, edge));
    done(model, scene, words, effects);
}

fn typed(model: &mut Model, edge: Edge, text: &str, effects: &mut Vec<Effect>) {
    let plain: String = text.trim().replace('\u{2212}', "-");
    let scene =
        plain.parse().map_err(|_| HandError::Weight).and_then(|weight| hand::set_weight(&model.scene, edge, weight));
    model.hand.fault = None;
    if scene == Err(HandError::Weight) {
        let sentence = format!("“{text}” is not allowed here: give a number from −10⁹ to 10⁹.");
        model.hand.fault = Some((edge, Fault { text: text.to_owned(), sentence }));
        return;
    }
    let words = weight_words(model, edge, plain.parse().unwrap_or(0.0));
    done(model, scene, words, effects);
}

fn weight_words(model: &Model, edge: Edge, weight: f64) -> String {
    format!("{} now weighs {}.", edge_name(model, edge), canonical(weight).replace('-', "\u{2212}"))
}

/// A drag is one thing done, however many weights it passes.
fn slid(model: &mut Model, edge: Edge, weight: f64, let_go: bool, effects: &mut Vec<Effect>) {
    let gesture = Gesture::Drag("edits");
    let goes_on = model.gesture == Some(gesture);
    match hand::set_weight(&model.scene, edge, weight) {
        Ok(scene) if scene != model.scene => {
            let before = core::mem::replace(&mut model.scene, scene);
            if goes_on {
                model.hand.base = model.scene.clone();
            } else {
                remember(model, before);
            }
            model.hand.fault = None;
            changed(model, Some(gesture), effects);
        }
        Ok(_) => {}
        Err(error) => tell(model, sentence(&error.to_string()), effects),
    }
    if let_go {
        if model.gesture == Some(gesture) {
            let words = weight_words(model, edge, weight);
            tell_done(model, words, effects);
        }
        model.gesture = None;
        effects.push(Effect::Flush);
    }
}

/// Takes back the last thing done: the scene as it was, step and all, in the view that is open.
fn undo(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.hand.undo.pop() {
        None => tell(model, "There is nothing to undo.".to_owned(), effects),
        Some(scene) => {
            let after = go_to(model, scene, effects);
            model.hand.redo.push(after);
            tell(model, format!("Undone. {}", left(model)), effects);
        }
    }
}

fn redo(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.hand.redo.pop() {
        None => tell(model, "There is nothing to redo.".to_owned(), effects),
        Some(scene) => {
            let before = go_to(model, scene, effects);
            model.hand.undo.push(before);
            tell(model, format!("Done again. {}", left(model)), effects);
        }
    }
}

fn left(model: &Model) -> String {
    match model.hand.undo.len() as u64 {
        0 => "Nothing is left to undo.".to_owned(),
        n => format!("{} can still be undone.", plural(n, "change")),
    }
}

/// Goes to a scene of the stack and gives the one that was left.
fn go_to(model: &mut Model, scene: Scene, effects: &mut Vec<Effect>) -> Scene {
    let view = model.scene.view;
    let left = core::mem::replace(&mut model.scene, Scene { view, ..scene });
    model.hand.base = model.scene.clone();
    model.hand.fault = None;
    changed(model, None, effects);
    left
}

/// A link was opened. Back and Forward of the browser go along the same stack.
pub fn opened(model: &mut Model, before: &Scene) {
    let link = link::write(&model.scene);
    let is_here = |scene: &Scene| link::write(scene) == link;
    if model.hand.undo.last().is_some_and(is_here) {
        model.hand.undo.pop();
        model.hand.redo.push(before.clone());
    } else if model.hand.redo.last().is_some_and(is_here) {
        model.hand.redo.pop();
        model.hand.undo.push(before.clone());
    }
    model.hand.base = model.scene.clone();
    model.hand.fault = None;
    model.hand.told = None;
}

/// The network is another altogether: nothing that was done to the one before can be taken back.
pub fn forget(model: &mut Model) {
    model.hand = Hand { base: model.scene.clone(), ..Hand::default() };
}

/// A control has changed the scene: the hand's work stays on the edges where it was, and comes back with those that are gone for
/// now.
pub fn follow(model: &mut Model) {
    let base = &model.hand.base;
    if base.mask.is_none() && base.edits.is_empty() {
        return;
    }
    match hand::reshaped(base, model.scene.clone()) {
        Ok(scene) => model.scene = scene,
        Err(_) => model.scene = Scene { mask: None, edits: Vec::new(), ..model.scene.clone() },
    }
}

/// The edges that the hand has cut.
pub fn cuts(model: &Model, shape: &Shape) -> Vec<Edge> {
    let mask = model.scene.mask.as_ref().and_then(|text| text.mask(shape));
    mask.map_or(Vec::new(), |mask| shape.edges().filter(|&edge| !mask.keeps(edge)).collect())
}

/// An edge's weight: as the hand has it now, even before the worker has answered.
pub fn weight(model: &Model, run: &Run, edge: Edge) -> f64 {
    let typed = model.scene.edits.iter().find(|edit| edit.edge() == edge);
    typed.map_or(run.network.weights()[run.timeline.shape().edge_id(edge) as usize], |edit| edit.weight)
}

/// The last position of a weight's slider; the middle is 0.
pub const POSITIONS: u32 = 400;

/// The weight at the end of an edge's slider: a round number no smaller than the other weights of its layer, so that it stays
/// while this one is slid.
pub fn span(model: &Model, run: &Run, edge: Edge) -> f64 {
    let shape = run.timeline.shape();
    let (first, own) = (shape.first_edge(edge.layer), shape.edge_id(edge));
    let others = (first..shape.first_edge(edge.layer + 1)).filter(|&id| id != own);
    let most = others.map(|id| run.network.weights()[id as usize].abs()).fold(model.scene.scale.abs(), f64::max);
    let mut round = 1.0;
    while round < most {
        round *= 10.0;
    }
    while round / 10.0 >= most && round > 1e-12 {
        round /= 10.0;
    }
    if most <= round / 5.0 {
        round / 5.0
    } else if most <= round / 2.0 {
        round / 2.0
    } else {
        round
    }
}

/// Where an edge's weight stands on its slider.
pub fn position(model: &Model, run: &Run, edge: Edge) -> u32 {
    let middle = f64::from(POSITIONS / 2);
    let place = middle + weight(model, run, edge) / span(model, run, edge) * middle;
    place.round().clamp(0.0, f64::from(POSITIONS)) as u32
}

/// The weight at a place of an edge's slider, a short decimal.
pub fn weight_at(model: &Model, run: &Run, edge: Edge, position: f64) -> f64 {
    let middle = f64::from(POSITIONS / 2);
    tidy((position - middle) / middle * span(model, run, edge))
}

/// A number of four digits: what a drag gives is no more exact, and this one can be read.
pub fn tidy(weight: f64) -> f64 {
    format!("{weight:.3e}").parse().unwrap_or(0.0)
}

/// How much of the hand's work this shape has no edges for.
pub fn forgotten(model: &Model) -> Option<String> {
    let (base, scene) = (&model.hand.base, &model.scene);
    let (Ok(old), Ok(new)) = (base.shape(), scene.shape()) else { return None };
    let lost = base.edits.len() - scene.edits.len().min(base.edits.len());
    let cuts = |scene: &Scene, shape| {
        scene.mask.as_ref().and_then(|text| text.mask(&shape)).map_or(0, |mask| shape.edge_count() - mask.kept_count())
    };
    let missing = (cuts(base, old)).saturating_sub(cuts(scene, new));
    (old != new && (lost > 0 || missing > 0)).then(|| {
        let parts = [(missing, "cut"), (lost as u32, "typed weight")].into_iter().filter(|&(n, _)| n > 0);
        let parts: Vec<String> = parts.map(|(n, noun)| plural(u64::from(n), noun)).collect();
        format!("This network has no edges for {}; they come back with the shape.", parts.join(" and "))
    })
}

fn without_step(scene: &Scene) -> Scene {
    Scene { step: Step::At(0), ..scene.clone() }
}

/// The message goes once the scene is another.
pub fn settle(model: &mut Model) {
    if model.hand.told.as_ref().is_some_and(|told| told.about != without_step(&model.scene)) {
        model.hand.told = None;
    }
}

/// The network as it is shown, as a file that the command line and this page read.
fn save(model: &mut Model, effects: &mut Vec<Effect>) {
    let (Some(run), Some(now)) = (model.current_run(), current(model)) else { return };
    let text = ticketscope_scene::file::write_json(&run.network, now.moment.mask());
    effects.push(Effect::Save { name: "ticketscope-network.json", text });
}
