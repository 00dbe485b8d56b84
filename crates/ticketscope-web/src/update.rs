//! What happens when something happens: the model changes, and the shell is told what to do. Pure, and tested without a
//! browser.

use crate::jobs::{Request, Work};
use crate::keys::Action;
use crate::message::Message;
use crate::model::{Fault, Gesture, Model, Now, Outcome, field, opening_scene};
use crate::play::{Play, Speed};
use crate::slider;
use ticketscope_scene::link;
use ticketscope_scene::note::Note;
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
    /// Give a text field its value even though it has the focus.
    Refill(&'static str),
}

/// Takes a message into the model.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    match message {
        Message::Opened { fragment, motion } => opened(model, &fragment, motion),
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
            model.scene.view = view;
            changed(model, None, &mut effects);
        }
        Message::Frame { now } => frame(model, now, &mut effects),
        Message::Progress { id, share } => {
            if model.jobs.is_newest(id) {
                model.progress = Some(share);
            } else {
                // Long work that nobody waits for any more: ending the worker is the quickest way to the newest question.
                model.jobs.worker_lost();
                effects.push(Effect::RestartWorker);
            }
        }
        Message::Answered { id, outcome } => {
            model.progress = None;
            if model.jobs.answered(id) {
                answered(model, outcome);
            }
        }
        Message::WorkerLost => {
            model.progress = None;
            model.jobs.worker_lost();
            note(model, "The worker stopped and was started again: its work begins anew.".to_owned());
        }
        Message::WorkerSilent => {
            if model.jobs.under_way().is_some() {
                note(model, "The worker has been silent for five seconds. It may yet answer; Cancel stops it.".to_owned());
                model.progress = model.progress.or(Some(0.0));
            }
        }
        Message::OtherVersion(version) => {
            model.notes.push(format!("The worker is of version {version}, an old one that the browser has kept: reload the page."));
        }
        Message::Cancel => {
            model.progress = None;
            model.cancelled = true;
            model.jobs.worker_lost();
            model.jobs.forget_all();
            effects.push(Effect::RestartWorker);
        }
        Message::NotesClosed => model.notes.clear(),
        Message::NextTheme => {
            model.theme = model.theme.next();
            effects.push(Effect::Remember("theme", model.theme.word().to_owned()));
        }
        Message::Theme(theme) => model.theme = theme,
        Message::Letters(on) => {
            model.letters = on;
            effects.push(Effect::Remember("letters", if on { "on" } else { "off" }.to_owned()));
        }
        Message::Sheet(open) => model.sheet = open,
        Message::Resized => {}
        Message::Copied(done) => effects.push(Effect::Say(
            if done { "Link copied." } else { "The link could not be copied: it stands in the address bar." }.to_owned(),
        )),
    }
    settle(model, &mut effects);
    effects
}

/// Opens a link, or the opening scene where there is none.
fn opened(model: &mut Model, fragment: &str, motion: bool) {
    model.play = None;
    model.gesture = None;
    model.faults.clear();
    model.notes.clear();
    model.cancelled = false;
    model.motion = motion;
    model.opening = fragment.is_empty() || fragment == "#";
    if model.opening {
        model.scene = opening_scene();
        return;
    }
    match link::read(fragment) {
        Ok(opened) => {
            model.scene = opened.scene;
            model.step_unchecked = true;
            model.notes.extend(opened.damaged.map(|damage| sentence(&damage.to_string())));
            model.notes.extend(opened.notes.iter().map(|note| sentence(&note.to_string())));
        }
        Err(error) => {
            model.scene = Scene::default();
            model.notes.push(sentence(&format!("{error}: the default scene is shown")));
        }
    }
}

/// Shows a note, once.
fn note(model: &mut Model, sentence: String) {
    if !model.notes.contains(&sentence) {
        model.notes.push(sentence);
    }
}

/// A text with a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// Reads a text into a field of the scene; whether it was allowed.
fn read(model: &mut Model, key: &'static str, text: &str) -> bool {
    let Some(field) = field(key) else { return false };
    match field.read(&mut model.scene, text.trim()) {
        Ok(()) => {
            model.faults.remove(key);
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
    if model.is_locked(key) {
        effects.push(Effect::Say("This seed is locked.".to_owned()));
    } else {
        effects.push(Effect::Draw(key));
    }
}

/// The scene has changed: it stops playing, is written, and is no longer the opening.
fn changed(model: &mut Model, gesture: Option<Gesture>, effects: &mut Vec<Effect>) {
    if gesture != Some(Gesture::Timeline) {
        model.play = None;
    }
    let goes_on = gesture.is_some() && gesture == model.gesture;
    model.gesture = gesture;
    model.opening = false;
    model.cancelled = false;
    effects.push(Effect::Write { new_entry: !goes_on });
}

/// Goes to a step.
fn go(model: &mut Model, step: u32, effects: &mut Vec<Effect>) {
    if model.run.is_none() || (model.step() == step && model.scene.step != Step::End) {
        return;
    }
    model.scene.step = Step::At(u64::from(step.min(model.last_step())));
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
            go(model, to, effects);
            effects.push(Effect::Flush);
        }
        Action::NewWeights => roll(model, "seed", effects),
        Action::CopyLink => effects.push(Effect::Copy),
        Action::Help => effects.push(Effect::ShowKeys),
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
    let (step, end) = (model.step(), model.last_step());
    let Some(play) = &mut model.play else { return };
    let steps = play.steps(now, end);
    let to = (step + steps).min(play.until);
    if steps == 0 && step < play.until {
        return;
    }
    let ends = to >= play.until;
    if model.opening {
        model.scene.step = Step::At(u64::from(to));
    } else {
        go(model, to, effects);
    }
    if ends {
        model.play = None;
        effects.push(Effect::Flush);
    }
}

fn answered(model: &mut Model, outcome: Outcome) {
    match outcome {
        Outcome::Run(run) => {
            let first = model.run.is_none();
            model.run = Some(run);
            model.now = None;
            if first && model.opening && model.motion {
                begin_opening(model);
            }
        }
        Outcome::Bounds(bounds) => model.bounds = bounds,
        Outcome::Products(products) => model.products = Some(products),
        Outcome::Failed(why) => note(model, sentence(&why)),
    }
}

/// The opening plays itself once, for less than five seconds, and stops where the scene stands.
fn begin_opening(model: &mut Model) {
    let until = model.step();
    model.play = Some(Play::new(Speed::Rate(f64::from(until) / 4.0), until));
    model.scene.step = Step::At(0);
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
    if model.refusal().is_some() {
        model.jobs.forget_all();
        model.run = None;
        model.now = None;
        model.products = None;
        model.play = None;
        model.progress = None;
        return;
    }
    if !model.cancelled {
        if model.current_run().is_none() {
            model.jobs.ask(Work::Run, model.run_key(), 0);
        }
        model.jobs.ask(Work::Bounds, model.bounds_key(), 0);
        let step = if model.scene.of == Of::Network { model.step() } else { 0 };
        if model.scene.of == Of::Law || model.current_run().is_some() {
            model.jobs.ask(Work::Products, model.products_key(), step);
        }
    }
    check_step(model);
    if let Some(run) = &model.run {
        let step = model.step();
        if model.now.as_ref().is_none_or(|now| now.moment.step() != step) {
            model.now = Some(Now::at(run, step));
        }
    }
    effects.extend(model.jobs.take().map(Effect::Send));
}

/// Which views have a tab.
pub const TABS: [View; 2] = [View::Prune, View::Products];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::{self, Kept};
    use crate::model::Run;
    use ticketscope_core::counts::PathCounts;
    use ticketscope_core::prune::Fates;

    /// Answers a request as the worker would.
    fn run_of(key: &str) -> Run {
        let mut kept = Kept::default();
        let run = compute::run(&mut kept, key, &mut |_| {}).unwrap();
        let fates = Fates::of(run.network.mask(), &run.timeline);
        let tickets = PathCounts::of(run.network.mask()).tickets();
        Run { key: key.to_owned(), network: run.network.clone(), timeline: run.timeline.clone(), fates, tickets }
    }

    /// A page and its history, without a browser: requests for runs are answered at once, those for products never.
    struct Tab {
        model: Model,
        history: Vec<String>,
        writes: usize,
        said: Vec<String>,
        effects: Vec<Effect>,
    }

    impl Tab {
        fn open(fragment: &str) -> Self {
            let model = Model::default();
            let history = vec![fragment.to_owned()];
            let mut tab = Self { model, history, writes: 0, said: Vec::new(), effects: Vec::new() };
            tab.send(Message::Opened { fragment: fragment.to_owned(), motion: false });
            tab
        }

        fn send(&mut self, message: Message) {
            let effects = update(&mut self.model, message);
            for effect in &effects {
                match effect {
                    Effect::Write { new_entry } => {
                        self.writes += 1;
                        let link = self.model.link();
                        if *new_entry {
                            self.history.push(link);
                        } else {
                            *self.history.last_mut().unwrap() = link;
                        }
                    }
                    Effect::Send(request) => {
                        let outcome = match request.work {
                            Work::Run => Outcome::Run(Box::new(run_of(&request.link))),
                            Work::Bounds => Outcome::Bounds(compute::bounds(&request.link).unwrap()),
                            Work::Products => Outcome::Failed("not in this test".to_owned()),
                        };
                        self.send(Message::Answered { id: request.id, outcome });
                        self.model.notes.retain(|note| !note.contains("not in this test") && !note.contains("Not in this test"));
                    }
                    Effect::Say(sentence) => self.said.push(sentence.clone()),
                    _ => {}
                }
            }
            self.effects = effects;
        }

        fn back(&mut self) {
            self.history.pop();
            let fragment = self.history.last().unwrap().clone();
            self.send(Message::Opened { fragment, motion: false });
        }

        fn states(&self) -> Vec<u8> {
            self.model.now.as_ref().unwrap().moment.edge_states().iter().map(|&state| state as u8).collect()
        }

        fn typed(&mut self, key: &'static str, text: &str) {
            self.send(Message::Typed { key, text: text.to_owned() });
        }
    }

    #[test]
    fn a_visit_without_a_link_writes_none_until_something_changes() {
        let mut tab = Tab::open("");
        assert!(tab.model.opening && tab.writes == 0);
        assert_eq!(tab.model.step(), 148);
        tab.send(Message::Act(Action::Back));
        assert_eq!((tab.model.step(), tab.history.len()), (147, 2));
        tab.back();
        assert_eq!((tab.model.opening, tab.model.step()), (true, 148));
    }

    #[test]
    fn the_opening_plays_once_in_less_than_five_seconds_and_stops() {
        let mut tab = Tab::open("");
        let mut model = Model::default();
        let effects = update(&mut model, Message::Opened { fragment: String::new(), motion: true });
        let Some(Effect::Send(request)) = effects.first() else { panic!("a run is asked for first") };
        update(&mut model, Message::Answered { id: request.id, outcome: Outcome::Run(Box::new(run_of(&request.link))) });
        assert_eq!(model.step(), 0);
        let mut now = 0.0;
        while model.play.is_some() {
            now += 1000.0 / 60.0;
            update(&mut model, Message::Frame { now });
        }
        assert!(now < 5000.0, "{now}");
        assert_eq!(model.step(), tab.model.step());
        assert!(model.opening, "playing by itself is no change");
        tab.send(Message::NotesClosed);
    }

    #[test]
    fn a_drag_is_one_entry_of_the_history_and_back_returns_to_before_it() {
        let mut tab = Tab::open("#v1&hidden=4&width=5");
        let before = tab.model.scene.clone();
        for position in 5..=11 {
            tab.send(Message::Slid { key: "width", position, done: false });
        }
        tab.send(Message::Slid { key: "width", position: 11, done: true });
        assert_eq!(tab.history.len(), 2);
        assert_eq!(tab.model.scene.width, 12);
        tab.send(Message::Slid { key: "width", position: 3, done: true });
        assert_eq!(tab.history.len(), 3, "another drag, another entry");
        tab.back();
        assert_eq!(tab.model.scene.width, 12);
        tab.back();
        assert_eq!(tab.model.scene, before);
    }

    #[test]
    fn steps_share_an_entry_and_forward_then_back_is_the_identity() {
        let mut tab = Tab::open("#v1&hidden=4&width=5");
        let start = tab.states();
        for _ in 0..20 {
            tab.send(Message::Act(Action::Forward));
        }
        assert_ne!(tab.states(), start);
        for _ in 0..20 {
            tab.send(Message::Act(Action::Back));
        }
        assert_eq!(tab.states(), start);
        assert_eq!(tab.history.len(), 2);
        tab.send(Message::Act(Action::Last));
        assert!(tab.model.now.as_ref().unwrap().moment.destroyed());
        tab.send(Message::Act(Action::Forward));
        assert_eq!(tab.model.step(), tab.model.last_step());
    }

    #[test]
    fn a_change_undone_by_hand_restores_the_state_and_the_step() {
        let mut tab = Tab::open("#v1&hidden=4&width=5&step=60");
        let (states, link) = (tab.states(), tab.model.link());
        tab.typed("width", "2");
        assert!(tab.model.step() < 60, "the run of a small network ends sooner");
        tab.typed("width", "5");
        assert_eq!(tab.states(), states);
        assert_eq!(tab.model.link(), link);
    }

    #[test]
    fn nonsense_stays_where_it_was_typed_and_changes_nothing() {
        let mut tab = Tab::open("#v1&width=7");
        let link = tab.model.link();
        tab.typed("width", "seven");
        assert_eq!(tab.model.faults["width"].text, "seven");
        assert!(tab.model.faults["width"].sentence.contains("1–512"));
        assert_eq!((tab.model.link(), tab.writes), (link, 0));
        tab.typed("width", " 9 ");
        assert!(tab.model.faults.is_empty());
        assert_eq!(tab.model.scene.width, 9);
    }

    #[test]
    fn a_bad_link_opens_with_notes() {
        let tab = Tab::open("#v1&width=900&colour=red&step=9999999");
        let notes = tab.model.notes.join("\n");
        assert!(notes.contains("512") && notes.contains("colour") && notes.contains("Step 9999999"), "{notes}");
        let tab = Tab::open("#v1.0000&width=12");
        assert!(tab.model.notes[0].contains("damaged"), "{:?}", tab.model.notes);
        let tab = Tab::open("#nonsense");
        assert!(tab.model.notes[0].contains("no link"), "{:?}", tab.model.notes);
        assert!(tab.model.now.is_some());
    }

    #[test]
    fn too_many_edges_are_refused_with_their_number_and_the_scene_is_kept() {
        let mut tab = Tab::open("#v1&hidden=9&width=512");
        assert!(tab.model.refusal().unwrap().contains("2,098,176"));
        assert!(tab.model.run.is_none() && tab.model.jobs.under_way().is_none());
        tab.typed("width", "5");
        assert_eq!(tab.model.refusal(), None);
        assert!(tab.model.now.is_some());
    }

    #[test]
    fn a_view_that_is_not_there_yet_says_so_and_keeps_the_scene() {
        let mut tab = Tab::open("#v1&view=find&width=7");
        assert!(tab.model.refusal().unwrap().contains("find"));
        tab.send(Message::View(View::Prune));
        assert_eq!((tab.model.refusal(), tab.model.scene.width), (None, 7));
    }

    #[test]
    fn a_locked_seed_is_not_rolled() {
        let mut tab = Tab::open("#v1&width=7");
        tab.send(Message::Roll { key: "seed" });
        assert!(tab.effects.contains(&Effect::Draw("seed")));
        tab.send(Message::Rolled { key: "seed", seed: 77 });
        assert_eq!(tab.model.scene.seed, 77);
        tab.send(Message::Lock { key: "seed" });
        tab.send(Message::Act(Action::NewWeights));
        assert!(!tab.effects.contains(&Effect::Draw("seed")));
        assert_eq!(tab.said, ["This seed is locked."]);
    }

    #[test]
    fn a_lost_worker_is_said_and_its_work_asked_for_again() {
        let mut model = Model::default();
        let effects = update(&mut model, Message::Opened { fragment: "#v1&width=6".to_owned(), motion: false });
        let sent = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Send(_)));
        assert!(sent(&effects));
        let effects = update(&mut model, Message::WorkerLost);
        assert!(sent(&effects) && model.notes[0].contains("worker stopped"));
        let effects = update(&mut model, Message::Cancel);
        assert!(effects.contains(&Effect::RestartWorker) && !sent(&effects));
        let effects = update(&mut model, Message::Typed { key: "width", text: "7".to_owned() });
        assert!(sent(&effects), "a change goes on after a cancel");
    }

    #[test]
    fn playing_writes_the_step_and_ends_at_the_end() {
        let mut tab = Tab::open("#v1&hidden=3&width=3");
        tab.send(Message::Speed(Speed::Max));
        tab.send(Message::Act(Action::PlayPause));
        for frame in 0..2000 {
            tab.send(Message::Frame { now: f64::from(frame) * 16.0 });
        }
        assert!(tab.model.play.is_none());
        assert_eq!(tab.model.step(), tab.model.last_step());
        assert_eq!(tab.history.len(), 2, "all of it is one entry");
        tab.send(Message::Act(Action::PlayPause));
        assert_eq!(tab.model.step(), 0, "from the end it plays from the start");
    }
}
