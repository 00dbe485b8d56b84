//! Whole walks through the page, without a browser.

use super::*;
use crate::compute::{self, Kept};
use crate::model::Run;
use crate::play::Speed;
use ticketscope_core::counts::PathCounts;
use ticketscope_core::prune::Fates;
use ticketscope_core::state::EdgeState;

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
                        Work::Second => Outcome::Second(Box::new(run_of(&request.link))),
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
    let last = tab.model.last_step();
    assert!(last > 3 && tab.model.step() == last, "a visitor who wants no motion sees how it ends");
    tab.send(Message::Act(Action::Back));
    assert_eq!((tab.model.step(), tab.history.len()), (last - 1, 2));
    tab.back();
    assert_eq!((tab.model.opening, tab.model.step()), (true, last));
}

#[test]
fn the_opening_plays_once_in_less_than_five_seconds_and_stops() {
    let still = Tab::open("");
    let mut model = Model::default();
    update(&mut model, Message::Opened { fragment: String::new(), motion: true });
    assert_eq!(model.step(), 0, "no worker is waited for");
    let mut now = 0.0;
    while model.is_moving() {
        now += 1000.0 / 60.0;
        update(&mut model, Message::Frame { now });
    }
    assert!((2000.0..5000.0).contains(&now), "{now}");
    assert_eq!(model.step(), still.model.step());
    assert!(model.opening, "playing by itself is no change");
    // It plays once: Back to the opening shows how it ends.
    update(&mut model, Message::Opened { fragment: "#v1&hidden=3".to_owned(), motion: true });
    update(&mut model, Message::Opened { fragment: String::new(), motion: true });
    assert!(!model.is_moving() && model.step() == still.model.step());
}

#[test]
fn a_search_is_a_run_that_ends_with_what_it_found() {
    let mut tab = Tab::open("");
    let sentence = |tab: &Tab| crate::find::say(tab.model.found().unwrap(), tab.model.step()).to_string();
    assert!(sentence(&tab).starts_with("A winning ticket: "), "{}", sentence(&tab));
    let (chains, sum) = crate::find::chains(tab.model.found().unwrap(), tab.model.now.as_ref().unwrap());
    let number = |text: &str| text.replace('−', "-").parse::<f64>().unwrap();
    let added: f64 = chains.iter().map(|chain| number(&chain.product)).sum();
    assert_eq!(format!("{added:.3}"), format!("{:.3}", number(&sum)), "the shown terms add up to the shown sum");
    tab.send(Message::Act(Action::First));
    assert!(sentence(&tab).starts_with("The products of 12 random paths sum to "), "{}", sentence(&tab));
    // A tolerance that no set meets: the page says that it is proved, not that it gave up.
    tab.typed("epsilon", "1e-9");
    tab.send(Message::Act(Action::Last));
    assert!(sentence(&tab).starts_with("Proved: none of the 4,096 sets of paths comes within "), "{}", sentence(&tab));
}

#[test]
fn the_tabs_lead_back_to_what_was_looked_at() {
    let mut tab = Tab::open("#v1&hidden=4&width=6&seed=3&step=9");
    let before = tab.model.scene.clone();
    tab.send(Message::View(View::Find));
    assert!(tab.model.found().is_some() && tab.model.refusal().is_none());
    let search = tab.model.scene.clone();
    tab.send(Message::View(View::Prune));
    assert_eq!(tab.model.scene, before);
    tab.send(Message::View(View::Find));
    assert_eq!(tab.model.scene, search);
    // From the opening there is nothing behind: a network that can be pruned is shown.
    let mut tab = Tab::open("");
    tab.send(Message::View(View::Prune));
    assert!(tab.model.last_step() > 100);
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
    let mut tab = Tab::open("#v1&view=build&width=7");
    assert!(tab.model.refusal().unwrap().contains("build"));
    tab.send(Message::View(View::Prune));
    assert_eq!((tab.model.refusal(), tab.model.scene.width), (None, 7));
}

#[test]
fn what_is_not_searched_is_said_and_can_be_made_so() {
    let mut tab = Tab::open("#v1&view=find&width=7");
    let refusal = tab.model.refusal().unwrap();
    assert!(refusal.contains("4 hidden layers") && refusal.contains("method=path"), "{refusal}");
    assert!(tab.model.run.is_none());
    tab.send(Message::FitSearch);
    assert_eq!((tab.model.refusal(), tab.model.scene.width), (None, 7));
    assert!(tab.model.found().is_some());
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

#[test]
fn two_panels_stand_on_one_timeline_and_differ_as_they_are_said_to() {
    let mut tab = Tab::open("#v1&hidden=4&width=5&compare=rule:two-choices&step=20");
    let steps = |tab: &Tab| {
        let (second, run, now) = tab.model.current_second().unwrap();
        let sentences = crate::compare::sentences(&tab.model.scene, second, run, now);
        (now.moment.step(), second.now.moment.step(), sentences)
    };
    let (a, b, sentences) = steps(&tab);
    assert_eq!((a, b), (20, 20));
    assert!(sentences[0].starts_with("Rule: layer against two-choices"), "{sentences:?}");
    tab.send(Message::Act(Action::Forward));
    assert_eq!(steps(&tab).1, 21, "one step is for both");
    // A second run that is over stands at its end, and says so.
    tab.typed("rule", "two-choices");
    tab.send(Message::Compare("rule:layer".to_owned()));
    tab.send(Message::Act(Action::Last));
    let (a, b, sentences) = steps(&tab);
    assert!(b < a && sentences.iter().any(|said| said.contains("is over")), "{sentences:?}");
    // A random mask keeps as many edges at every step.
    tab.send(Message::Compare("mask:random".to_owned()));
    for step in [0, 13, 50] {
        tab.send(Message::Scrubbed { step, done: true });
        let (second, _, now) = tab.model.current_second().unwrap();
        assert_eq!(second.now.moment.tally().alive(), now.moment.tally().alive(), "{step}");
    }
    tab.send(Message::Compare("seed".to_owned()));
    assert_eq!(tab.model.scene.compare, Some(ticketscope_scene::compare::Compare::Seed(2)));
    tab.send(Message::CompareSeed("77".to_owned()));
    assert_eq!(tab.model.scene.compare, Some(ticketscope_scene::compare::Compare::Seed(77)));
    tab.send(Message::Compare(String::new()));
    assert!(tab.model.scene.compare.is_none() && tab.model.current_second().is_none());
}

#[test]
fn a_destroyed_network_names_its_last_cut() {
    let mut tab = Tab::open("#v1&sources=2&hidden=4&width=4&seed=3");
    assert!(tab.model.fall.is_none());
    tab.send(Message::Act(Action::Last));
    let (fall, run) = (tab.model.fall.as_ref().unwrap(), tab.model.run.as_ref().unwrap());
    let said = crate::fall::sentence(fall, run);
    assert!(said.starts_with("Source x") && said.contains(&format!("at step {}", run.timeline.len())), "{said}");
    assert!(said.contains("these 16 edges"), "{said}");
    tab.send(Message::Act(Action::Back));
    assert!(tab.model.fall.is_none());
}

/// The first edge of a layer that is alive.
fn alive_in(tab: &Tab, layer: u32) -> ticketscope_core::shape::Edge {
    let mask = tab.model.now.as_ref().unwrap().moment.mask();
    mask.shape().edges().find(|&edge| edge.layer == layer && mask.keeps(edge)).unwrap()
}

fn hand_does(tab: &mut Tab, message: hand::Message) {
    tab.send(Message::Hand(message));
}

#[test]
fn a_cut_by_hand_begins_a_new_run_where_the_old_one_stood_and_can_be_taken_back_step_and_all() {
    let mut tab = Tab::open("#v1&hidden=3&width=4&step=10");
    let before = tab.model.link();
    let was = tab.model.now.as_ref().unwrap().moment.edge_states().to_vec();
    let edge = alive_in(&tab, 1);
    hand_does(&mut tab, hand::Message::Press(edge));
    assert_eq!(tab.model.step(), 0);
    let now = tab.model.now.as_ref().unwrap();
    assert!(!now.moment.mask().keeps(edge));
    for (id, &state) in was.iter().enumerate().filter(|&(_, &state)| state == EdgeState::Cut) {
        assert_eq!(now.moment.edge_states()[id], state, "what was cut stays cut");
    }
    assert_eq!(hand::cuts(&tab.model, now.moment.mask().shape()).len(), 11);
    let after = tab.model.link();
    assert_eq!(tab.history.last(), Some(&after), "an entry of the history");
    hand_does(&mut tab, hand::Message::Undo);
    assert_eq!(tab.model.link(), before);
    hand_does(&mut tab, hand::Message::Redo);
    assert_eq!(tab.model.link(), after);
    // The browser's Back is the same as Undo.
    tab.send(Message::Opened { fragment: before, motion: false });
    assert_eq!((tab.model.hand.undo.len(), tab.model.hand.redo.len()), (0, 1));
    hand_does(&mut tab, hand::Message::Redo);
    assert_eq!(tab.model.link(), after);
    hand_does(&mut tab, hand::Message::Restore(edge));
    assert!(tab.model.now.as_ref().unwrap().moment.mask().keeps(edge));
}

#[test]
fn a_weight_is_one_change_however_far_it_is_dragged_and_nonsense_is_none() {
    let mut tab = Tab::open("#v1&hidden=3&width=4");
    let before = tab.model.link();
    let edge = alive_in(&tab, 2);
    for text in ["", "x", "NaN", "inf", "1e10", "−1e10"] {
        hand_does(&mut tab, hand::Message::Typed(edge, text.to_owned()));
        assert!(tab.model.hand.fault.as_ref().unwrap().1.sentence.ends_with("from −10⁹ to 10⁹."), "{text}");
        assert_eq!(tab.model.link(), before);
    }
    for place in 1..=9 {
        let weight = f64::from(place) / 10.0;
        hand_does(&mut tab, hand::Message::Slid { edge, weight, done: place == 9 });
    }
    assert_eq!(tab.model.hand.undo.len(), 1);
    assert_eq!(hand::weight(&tab.model, tab.model.run.as_ref().unwrap(), edge), 0.9);
    hand_does(&mut tab, hand::Message::Typed(edge, "−0.25".to_owned()));
    assert_eq!(tab.model.scene.edits[0].weight, -0.25);
    hand_does(&mut tab, hand::Message::Clear);
    assert!(tab.model.scene.edits.is_empty());
    for _ in 0..3 {
        hand_does(&mut tab, hand::Message::Undo);
    }
    assert_eq!(tab.model.link(), before);
    hand_does(&mut tab, hand::Message::Undo);
    assert_eq!(tab.model.hand.told.as_ref().unwrap().sentence, "There is nothing to undo.");
}

#[test]
fn what_the_hand_did_stays_on_its_edges_when_the_shape_changes_and_comes_back() {
    let mut tab = Tab::open("#v1&hidden=3&width=4");
    let edge = ticketscope_core::shape::Edge { layer: 1, from: 3, to: 2 };
    hand_does(&mut tab, hand::Message::Cut(edge));
    let there = tab.model.link();
    for (width, cuts) in [("6", 1), ("3", 0), ("4", 1)] {
        tab.send(Message::Typed { key: "width", text: width.to_owned() });
        let shape = tab.model.scene.shape().unwrap();
        let here = hand::cuts(&tab.model, &shape);
        assert_eq!(here, vec![edge; cuts], "{width}");
        assert_eq!(hand::forgotten(&tab.model).is_some(), cuts == 0);
    }
    assert_eq!(tab.model.link(), there);
}

#[test]
fn pins_have_letters_and_go_with_what_the_shape_loses() {
    let mut tab = Tab::open("#v1&hidden=3&width=8");
    let node = |index| touch::Thing::Node(ticketscope_core::shape::Node { layer: 2, index });
    for index in 0..7 {
        tab.send(Message::Touch(touch::Message::Pin(node(index))));
    }
    let letters = |tab: &Tab| tab.model.touch.pins.iter().map(|pin| pin.letter).collect::<String>();
    assert_eq!(letters(&tab), "ABCDEF");
    assert!(tab.model.hand.told.as_ref().unwrap().sentence.starts_with("Six cards are pinned"));
    tab.send(Message::Touch(touch::Message::Unpin('B')));
    tab.send(Message::Touch(touch::Message::Pin(node(6))));
    assert_eq!(letters(&tab), "ABCDEF", "the free letter is used again");
    assert_eq!(tab.model.touch.pins[1].thing, node(6));
    tab.send(Message::Typed { key: "width", text: "4".to_owned() });
    assert_eq!(letters(&tab), "ACD");
}

#[test]
fn a_walk_says_each_place_and_presses_what_it_is_on() {
    use crate::keys::Way;
    let mut tab = Tab::open("#v1&hidden=3&width=4");
    for way in [Way::Right, Way::Right, Way::Right] {
        tab.send(Message::Act(Action::Walk(way)));
    }
    assert_eq!(tab.said.last().unwrap(), "Node h1.2: on a ticket; on 16 of 64 tickets.");
    tab.send(Message::Touch(touch::Message::Away));
    assert!(tab.model.touch.at.is_some(), "the pointer went away, the cursor did not");
    tab.send(Message::Act(Action::Press));
    assert_eq!(tab.model.touch.pins.len(), 1);
    tab.send(Message::Act(Action::Walk(Way::Left)));
    tab.send(Message::Act(Action::Cut));
    let cut = ticketscope_core::shape::Edge { layer: 0, from: 0, to: 1 };
    assert_eq!(hand::cuts(&tab.model, &tab.model.scene.shape().unwrap()), [cut]);
    for _ in 0..3 {
        tab.send(Message::Act(Action::Leave));
    }
    assert_eq!((&tab.model.touch.at, tab.model.touch.walk, &tab.model.hand.told), (&None, None, &None));
}

#[test]
fn a_file_decides_the_shape_until_it_is_put_away() {
    let mut kept = Kept::default();
    let loaded =
        compute::file(&mut kept, 1, "mine", b"{\"weights\": [[[1, 2]], [[3, 4], [5, 6]], [[7], [8]]]}").unwrap();
    let mut tab = Tab::open("#v1&hidden=3&width=4&mask=v");
    tab.send(Message::Files(files::Message::Loaded(loaded.clone())));
    assert_eq!((tab.model.scene.hidden, tab.model.scene.width, &tab.model.scene.mask), (2, 2, &None));
    assert!(tab.effects.contains(&Effect::UseFile(1)));
    assert!(
        files::words(&tab.model)
            .unwrap()
            .starts_with("“mine”: 1 source, 2 hidden layers of 2 nodes, 1 sink; weights of")
    );
    let link = tab.model.link();
    tab.send(Message::Files(files::Message::Loaded(loaded)));
    assert_eq!(tab.model.link(), link, "a worker that has started anew changes nothing");
    tab.send(Message::Opened { fragment: "#v1&hidden=3&width=4".to_owned(), motion: false });
    assert_eq!(tab.model.own, None, "a link of another network");
    assert!(compute::file(&mut kept, 2, "bad", b"{}").is_err());
}
