//! What happens when something happens: the model changes, and the shell is told what to do. Pure, and tested without a
//! browser.

use crate::compare;
use crate::fall;
use crate::files;
use crate::find;
use crate::forward;
use crate::hand;
use crate::jobs::{Request, Work};
use crate::keys::Action;
use crate::lens;
use crate::message::Message;
use crate::model::{Fault, Gesture, Model, Now, Outcome, field};
use crate::play::Play;
use crate::slider;
use crate::touch;
use crate::track;
use crate::trouble;
use crate::twin;
use ticketscope_scene::link;
use ticketscope_scene::note::Note;
use ticketscope_scene::preset;
use ticketscope_scene::run::{self, Own};
use ticketscope_scene::scene::{Of, Scene, Step, View};

/// What the shell is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Write the scene's link into the address bar.
    Write {
        /// As a new entry of the history; else the present entry changes, soon.
        new_entry: bool,
    },
    /// A gesture has ended: what is still to be written is written now.
    Flush,
    /// Send a request to the worker.
    Send(Request),
    /// End the worker and start another.
    RestartWorker,
    /// End the worker.
    EndWorker,
    /// Listen to the worker's silence from now on.
    Watch,
    /// Show the bar of failures, with a report, although the page lives.
    Trouble(String),
    /// Draw a seed for this field.
    Draw(&'static str),
    /// Copy the link.
    Copy,
    /// Open the list of keys.
    ShowKeys,
    /// Remember a setting in this browser.
    Remember(&'static str, String),
    /// Say a sentence to a screen reader.
    Say(String),
    /// Move the focus: what had it is about to be hidden.
    Focus(&'static str),
    /// Give a text field its value even though it has the focus.
    Refill(&'static str),
    /// Let the outline of the histogram rest.
    Rest,
    /// Use the files up to this number in place of the drawn network, or none for 0.
    UseFile(u32),
    /// Save a text as a file of this name.
    Save {
        /// The file's name.
        name: &'static str,
        /// What is in it.
        text: String,
    },
}

/// Takes a message into the model.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    match message {
        Message::Opened { fragment, motion } => {
            opened(model, &fragment, motion);
            files::opened(model, &mut effects);
        }
        Message::Typed { key, text } => typed(model, key, &text, &mut effects),
        Message::AlphaMode(mode) => alpha_mode(model, &mode, &mut effects),
        Message::Slid { key, position, done } => slid(model, key, position, done, &mut effects),
        Message::Scrubbed { step, done } => {
            model.play = None;
            go(model, step, &mut effects);
            if done {
                effects.push(Effect::Flush);
            }
        }
        Message::Roll { key } => roll(model, key, &mut effects),
        Message::Rolled { key, seed } => {
            read(model, key, &seed.to_string());
            changed(model, None, &mut effects);
            effects.push(Effect::Refill(key));
        }
        Message::Lock { key } => {
            let locked = !model.is_locked(key);
            model.locked.insert(key, locked);
        }
        Message::Act(action) => act(model, action, &mut effects),
        Message::Speed(speed) => {
            model.speed = speed;
            if let Some(play) = &mut model.play {
                play.set_speed(speed);
            }
        }
        Message::View(view) => {
            find::enter(model, view);
            changed(model, None, &mut effects);
        }
        Message::Compare(option) => compare::choose(model, &option, &mut effects),
        Message::CompareSeed(seed) => compare::typed(model, &seed, &mut effects),
        Message::FitSearch => find::fit(model, &mut effects),
        Message::Track(message) => track::update(model, message, &mut effects),
        Message::Frame { now } => frame(model, now, &mut effects),
        Message::Progress { id, share } => {
            model.trouble.heard();
            if model.jobs.is_newest(id) {
                model.progress = Some(share);
            } else {
                // Long work that nobody waits for any more: ending the worker is the quickest way to the newest question.
                model.jobs.worker_lost();
                effects.push(Effect::RestartWorker);
            }
        }
        Message::Answered { id, outcome } => {
            model.trouble.heard();
            model.progress = None;
            if model.jobs.answered(id) {
                answered(model, outcome, &mut effects);
            }
        }
        Message::Trouble(message) => trouble::update(model, message, &mut effects),
        Message::Cancel => {
            model.trouble.heard();
            model.progress = None;
            model.cancelled = true;
            model.jobs.worker_lost();
            model.jobs.forget_all();
            effects.push(Effect::RestartWorker);
            effects.push(Effect::Focus("play"));
        }
        Message::NotesClosed => {
            model.notes.clear();
            effects.push(Effect::Focus("play"));
        }
        Message::NextTheme => {
            model.theme = model.theme.next();
            effects.push(Effect::Remember("theme", model.theme.word().to_owned()));
        }
        Message::Theme(theme) => model.theme = theme,
        Message::Letters(on) => {
            model.letters = on;
            effects.push(Effect::Remember("letters", if on { "on" } else { "off" }.to_owned()));
        }
        Message::Sheet(open) => {
            model.sheet = open;
            if !open {
                effects.push(Effect::Focus("sheet"));
            }
        }
        Message::Resized => {}
        Message::Forward(message) => forward::update(model, message, &mut effects),
        Message::Lens(message) => lens::update(model, message, &mut effects),
        Message::Files(message) => files::update(model, message, &mut effects),
        Message::Touch(message) => touch::update(model, message, &mut effects),
        Message::Hand(message) => hand::update(model, message, &mut effects),
        Message::Twin(message) => twin::update(model, message),
        Message::Copied(done) => effects.push(Effect::Say(
            if done { "Link copied." } else { "The link could not be copied: it stands in the address bar." }
                .to_owned(),
        )),
    }
    settle(model, &mut effects);
    effects
}

/// Opens a link, or the opening scene where there is none.
fn opened(model: &mut Model, fragment: &str, motion: bool) {
    model.play = None;
    model.track.stride = None;
    model.gesture = None;
    model.faults.clear();
    model.notes.clear();
    model.notes.extend(model.trouble.none.clone());
    model.cancelled = false;
    model.motion = motion;
    model.opening = fragment.is_empty() || fragment == "#";
    let before = model.scene.clone();
    open(model, fragment);
    hand::opened(model, &before);
}

fn open(model: &mut Model, fragment: &str) {
    if model.opening {
        model.scene = Scene { step: Step::End, ..preset::opening() };
        return;
    }
    match link::read(fragment) {
        Ok(opened) => {
            model.scene = opened.scene;
            model.step_unchecked = true;
            model.notes.extend(opened.damaged.map(|damage| sentence(&damage.to_string())));
            model.notes.extend(opened.notes.iter().map(|note| sentence(&note.to_string())));
            let misfits = run::misfits(&model.scene, &Own::default());
            model.notes.extend(misfits.iter().map(|note| sentence(&note.to_string())));
        }
        Err(error) => {
            model.scene = Scene::default();
            model.notes.push(sentence(&format!("{error}: the default scene is shown")));
        }
    }
}

/// Shows a note, once.
pub(crate) fn note(model: &mut Model, sentence: String) {
    if !model.notes.contains(&sentence) {
        model.notes.push(sentence);
    }
}

/// A text with a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    // These sentences are our own: they begin with a letter of ASCII, or with a quotation mark.
    let first: String = letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter().collect();
    first + letters.as_str()
}

/// A text with a capital and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    capital(text) + if text.ends_with(['.', '?', '!']) { "" } else { "." }
}

/// Reads a text into a field of the scene; whether it was allowed.
pub(crate) fn read(model: &mut Model, key: &'static str, text: &str) -> bool {
    let Some(field) = field(key) else { return false };
    match field.read(&mut model.scene, text.trim()) {
        Ok(()) => {
            model.faults.remove(key);
            hand::follow(model);
            true
        }
        Err(error) => {
            let sentence = format!("“{}” is not allowed here: give {}.", error.given, error.allowed);
            model.faults.insert(key, Fault { text: text.to_owned(), sentence });
            false
        }
    }
}

fn typed(model: &mut Model, key: &'static str, text: &str, effects: &mut Vec<Effect>) {
    let before = model.scene.clone();
    if read(model, key, text) {
        effects.push(Effect::Refill(key));
        if model.scene != before {
            changed(model, None, effects);
        }
    }
}

fn alpha_mode(model: &mut Model, mode: &str, effects: &mut Vec<Effect>) {
    // Typing begins with the α that was in effect.
    let shown = model.products.as_ref().map(|products| products.figures.alpha).filter(|alpha| alpha.is_finite());
    let text = if mode == "typed" { format!("{:.3}", shown.unwrap_or(1.0)) } else { mode.to_owned() };
    typed(model, "alpha", &text, effects);
}

fn slid(model: &mut Model, key: &'static str, position: u32, done: bool, effects: &mut Vec<Effect>) {
    let Some(field) = field(key) else { return };
    let stops = slider::stops(field);
    // A slider that is let go where it was does not round a typed value.
    let now = slider::number(&field.value(&model.scene)).map(|value| slider::position(&stops, value));
    if now != Some(position)
        && let Some(text) = slider::text(&stops, position)
        && read(model, key, &text)
    {
        changed(model, Some(Gesture::Drag(key)), effects);
    }
    if done {
        model.gesture = None;
        effects.push(Effect::Flush);
    }
}

fn roll(model: &mut Model, key: &'static str, effects: &mut Vec<Effect>) {
    if key == "seed" && model.own.as_ref().is_some_and(|own| own.weights.is_some()) {
        effects.push(Effect::Say("The weights are the file’s: the seed draws none.".to_owned()));
    } else if model.is_locked(key) {
        effects.push(Effect::Say("This seed is locked.".to_owned()));
    } else {
        effects.push(Effect::Draw(key));
    }
}

/// The scene has changed: it stops playing, is written, and is no longer the opening.
pub(crate) fn changed(model: &mut Model, gesture: Option<Gesture>, effects: &mut Vec<Effect>) {
    if gesture != Some(Gesture::Timeline) {
        model.play = None;
    }
    model.track.stride = None;
    let goes_on = gesture.is_some() && gesture == model.gesture;
    model.gesture = gesture;
    model.opening = false;
    model.cancelled = false;
    effects.push(Effect::Write { new_entry: !goes_on });
}

/// Takes a single step, which the screen shows on its way if it may.
fn step_to(model: &mut Model, to: u32, effects: &mut Vec<Effect>) {
    let (from, left) = (model.step(), model.now.take());
    go(model, to, effects);
    let Some(left) = left else { return };
    match model.step() {
        step if step == from => model.now = Some(left),
        step if model.motion && model.current_run().is_some() && step.abs_diff(from) == 1 => {
            model.track.begin(left, step > from);
        }
        _ => {}
    }
}

/// Goes to a step.
fn go(model: &mut Model, step: u32, effects: &mut Vec<Effect>) {
    if model.run.is_none() || (model.step() == step && model.scene.step != Step::End) {
        return;
    }
    model.scene.step = Step::At(u64::from(step.min(model.last_step())));
    if model.opening && model.play.is_some() {
        // Playing by itself is no change.
        return;
    }
    changed(model, Some(Gesture::Timeline), effects);
}

fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let step = model.step();
    match action {
        Action::PlayPause => play_pause(model, effects),
        Action::Back | Action::Forward | Action::First | Action::Last => {
            model.play = None;
            let to = match action {
                Action::Back => step.saturating_sub(1),
                Action::Forward => (step + 1).min(model.last_step()),
                Action::First => 0,
                _ => model.last_step(),
            };
            if matches!(action, Action::Back | Action::Forward) {
                step_to(model, to, effects);
            } else {
                go(model, to, effects);
            }
        }
        Action::NewWeights => roll(model, "seed", effects),
        Action::CopyLink if model.link().len() > link::MOST_SHARED => {
            let words = "This scene’s link is too long to be sent whole: save the network as a file.".to_owned();
            hand::tell(model, words, effects);
        }
        Action::CopyLink => effects.push(Effect::Copy),
        Action::Help => effects.push(Effect::ShowKeys),
        Action::Bar(way) => lens::update(model, lens::Message::Walk(way), effects),
        Action::Keep => lens::update(model, lens::Message::Take, effects),
        Action::Clear => lens::update(model, lens::Message::Clear, effects),
        Action::Undo => hand::update(model, hand::Message::Undo, effects),
        Action::Redo => hand::update(model, hand::Message::Redo, effects),
        Action::Pin | Action::Leave | Action::Walk(_) | Action::Press | Action::Cut => {
            touch::act(model, action, effects)
        }
    }
}

/// Plays from here; at the end, from the start.
fn play_pause(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.play.take().is_some() {
        effects.push(Effect::Flush);
        return;
    }
    let end = model.last_step();
    if end == 0 || model.current_run().is_none() {
        return;
    }
    if model.step() == end {
        go(model, 0, effects);
    }
    model.play = Some(Play::new(model.speed, end));
}

fn frame(model: &mut Model, now: f64, effects: &mut Vec<Effect>) {
    model.track.advance(now);
    let (step, end) = (model.step(), model.last_step());
    let Some(play) = &mut model.play else { return };
    let steps = play.steps(now, end);
    let to = (step + steps).min(play.until);
    if steps == 0 && step < play.until {
        return;
    }
    let (ends, slow) = (to >= play.until, play.is_slow(end));
    if slow {
        step_to(model, to, effects);
    } else {
        go(model, to, effects);
    }
    if ends {
        model.play = None;
        effects.push(Effect::Flush);
    }
}

fn answered(model: &mut Model, outcome: Outcome, effects: &mut Vec<Effect>) {
    match outcome {
        Outcome::Run(run) => {
            model.show_run(*run);
        }
        Outcome::Second(run) => {
            compare::answered(model, *run);
        }
        Outcome::Bounds(bounds) => model.bounds = bounds,
        Outcome::Products(products) => lens::take(model, products, effects),
        Outcome::Lit(lit) => model.lens.lit = Some(lit),
        Outcome::Sizes(bins) => lens::take_sizes(model, bins, effects),
        Outcome::Failed(why) => note(model, sentence(&why)),
    }
}

/// Holds a link's step against the end of its run, once that is known.
fn check_step(model: &mut Model) {
    let Some(end) = model.current_run().map(|run| u64::from(run.timeline.len())) else { return };
    if core::mem::take(&mut model.step_unchecked)
        && let Step::At(given) = model.scene.step
        && given > end
    {
        model.notes.push(sentence(&Note::StepBeyondEnd { given, end }.to_string()));
    }
}

/// Brings what follows from the scene up to date, and asks the worker for what is missing.
fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    find::settle(model);
    // The bounds are drawn by another program.
    if model.refusal().is_some() || model.scene.view == View::Bounds {
        model.jobs.forget_all();
        model.run = None;
        model.now = None;
        model.products = None;
        model.play = None;
        model.progress = None;
        return;
    }
    if !model.cancelled && model.trouble.none.is_none() {
        if model.current_run().is_none() {
            model.jobs.ask(Work::Run, model.run_key(), 0);
        }
        if model.scene.view != View::Find {
            model.jobs.ask(Work::Bounds, model.bounds_key(), 0);
        }
        let step = if model.of() == Of::Network { model.step() } else { 0 };
        if model.of() == Of::Law || model.current_run().is_some() {
            model.jobs.ask(Work::Products, model.products_key(), step);
        }
        lens::ask(model);
    }
    check_step(model);
    hand::settle(model);
    // While the next run is on its way, the picture stays: the old run's first step was never asked for.
    let waits = model.current_run().is_none() && model.now.is_some();
    if let Some(run) = &model.run
        && !waits
    {
        let step = model.step();
        model.touch.fit(run.timeline.shape());
        if model.now.as_ref().is_none_or(|now| now.moment.step() != step) {
            model.now = Some(Now::at(run, step));
        }
    }
    compare::settle(model);
    fall::settle(model);
    forward::settle(model);
    lens::settle(model);
    effects.extend(model.jobs.take().map(Effect::Send));
}

/// Which views have a tab.
pub const TABS: [View; 4] = [View::Prune, View::Products, View::Find, View::Bounds];

/// The groups of buttons that say how many networks are asked for.
pub const TRIALS: [&str; 2] = ["survival-trials", "luck-trials"];

#[cfg(test)]
mod tests;
