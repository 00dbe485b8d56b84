//! Whole walks through the page, without a browser.

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
                        _ => Outcome::Failed("not in this test".to_owned()),
                    };
                    self.send(Message::Answered { id: request.id, outcome });
                    self.model
                        .notes
                        .retain(|note| !note.contains("not in this test") && !note.contains("Not in this test"));
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
fn a_cancel_stops_the_work_until_something_changes() {
    let mut model = Model::default();
    let sent = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Send(_)));
    assert!(sent(&update(&mut model, Message::Opened { fragment: "#v1&width=6".to_owned(), motion: false })));
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
