//! What happens when the worker dies, falls silent or cannot be had. Pure. What is left to do when the page itself has failed
//! stands in `www/shell.js`.

use crate::BUILD;
use crate::jobs::Work;
use crate::model::Model;
use crate::update::Effect;

/// The time, in seconds, after which a silent worker is mentioned, and mentioned again.
pub const SILENCE: u32 = 5;

/// Something is wrong with the worker.
#[derive(Debug)]
pub enum Message {
    /// It has died; whether it had said hello before.
    Died {
        /// It had.
        started: bool,
    },
    /// It has said nothing for [`SILENCE`] seconds, or for as long again.
    Silent,
    /// The visitor wants to wait.
    Wait,
    /// Its files could not be had: why.
    NoFiles(String),
    /// It is of another build, which has this name.
    OtherBuild(String),
}

/// What this tab knows of its worker's health.
#[derive(Debug, Default)]
pub struct Trouble {
    /// For how many seconds the worker has been silent.
    pub silent: u32,
    /// The visitor was asked what to do about the silence and has not answered.
    pub asks: bool,
    /// How many workers in a row died before they said hello.
    stillborn: u32,
    /// Why no worker can be had, if so: nothing is asked then.
    pub none: Option<String>,
}

impl Trouble {
    /// The worker has said something, or is another.
    pub fn heard(&mut self) {
        self.silent = 0;
        self.asks = false;
    }

    /// What is asked about the silence.
    pub fn question(&self) -> String {
        if self.asks {
            format!("The worker has been silent for {} seconds. It may yet answer.", self.silent)
        } else {
            String::new()
        }
    }
}

/// Takes a message about the worker into the model.
pub fn update(model: &mut Model, message: Message, effects: &mut Vec<Effect>) {
    match message {
        Message::Died { started } => died(model, started, effects),
        Message::Silent => {
            if model.jobs.under_way().is_some() {
                model.trouble.silent += SILENCE;
                model.trouble.asks = true;
                effects.push(Effect::Watch);
            }
        }
        Message::Wait => {
            model.trouble.asks = false;
            effects.push(Effect::Focus("play"));
        }
        Message::NoFiles(why) => {
            let sentence = format!(
                "What computes could not be loaded: a file is missing or was changed on the way ({why}). Reload the page."
            );
            without(model, sentence, effects);
        }
        Message::OtherBuild(build) => {
            let sentence = format!(
                "The page and its worker are of two builds ({BUILD} and {build}): one of them is an old one that was kept on \
                 the way. Reload the page."
            );
            without(model, sentence, effects);
        }
    }
}

/// What was under way is done again by another worker, once; what kills that one too is left out.
fn died(model: &mut Model, started: bool, effects: &mut Vec<Effect>) {
    model.progress = None;
    model.trouble.heard();
    model.trouble.stillborn = if started { 0 } else { model.trouble.stillborn + 1 };
    if model.trouble.stillborn > 1 {
        let sentence = "The part of the program that computes does not start in this browser.".to_owned();
        effects.push(Effect::Trouble(sentence.clone()));
        without(model, sentence, effects);
        return;
    }
    let sentence = match model.jobs.died() {
        Some(work) => format!("The worker stopped twice at the same work: {}. The rest goes on.", undone(work)),
        None => "The worker stopped. Another one was started and does its work again.".to_owned(),
    };
    effects.push(Effect::RestartWorker);
    effects.push(Effect::Trouble(sentence));
}

/// What is missing when work cannot be done.
fn undone(work: Work) -> &'static str {
    match work {
        Work::Run => "this network could not be pruned, and what is shown is the one before",
        Work::Lit => "the paths in this range could not be counted",
        Work::Bounds => "the bounds on safe cuts could not be computed",
        Work::Second => "the second panel’s network could not be pruned",
        Work::Products | Work::Beside | Work::Sizes | Work::SizesBeside => "these products could not be gathered",
    }
}

/// Goes on with what the page can do by itself.
fn without(model: &mut Model, sentence: String, effects: &mut Vec<Effect>) {
    model.progress = None;
    model.trouble.heard();
    model.trouble.none = Some(sentence.clone());
    model.jobs.worker_lost();
    model.jobs.forget_all();
    effects.push(Effect::EndWorker);
    crate::update::note(model, sentence);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message as Any;
    use crate::update::update;

    /// A page that has just asked for its first work.
    fn opened() -> Model {
        let mut model = Model::default();
        update(&mut model, Any::Opened { fragment: "#v1&width=6".to_owned(), motion: false });
        assert!(model.jobs.under_way().is_some());
        model
    }

    fn send(model: &mut Model, message: Message) -> Vec<Effect> {
        update(model, Any::Trouble(message))
    }

    fn asked(effects: &[Effect]) -> Option<Work> {
        effects.iter().find_map(|effect| if let Effect::Send(request) = effect { Some(request.work) } else { None })
    }

    fn said(effects: &[Effect]) -> &str {
        effects
            .iter()
            .find_map(|effect| if let Effect::Trouble(text) = effect { Some(&text[..]) } else { None })
            .unwrap()
    }

    #[test]
    fn work_that_kills_two_workers_is_left_out_and_the_rest_goes_on() {
        let mut model = opened();
        let effects = send(&mut model, Message::Died { started: true });
        assert_eq!(asked(&effects), Some(Work::Run));
        assert!(effects.contains(&Effect::RestartWorker) && said(&effects).contains("does its work again"));
        let effects = send(&mut model, Message::Died { started: true });
        assert_eq!(asked(&effects), Some(Work::Bounds), "the run is not asked for a third time");
        assert!(effects.contains(&Effect::RestartWorker) && said(&effects).contains("could not be pruned"));
        let effects = update(&mut model, Any::Typed { key: "width", text: "7".to_owned() });
        assert_eq!(asked(&effects), None, "the worker is busy with the bounds");
        assert_eq!(
            asked(&send(&mut model, Message::Died { started: true })),
            Some(Work::Run),
            "another network is tried"
        );
    }

    #[test]
    fn a_worker_that_never_starts_is_not_started_for_ever() {
        let mut model = opened();
        assert!(send(&mut model, Message::Died { started: false }).contains(&Effect::RestartWorker));
        let effects = send(&mut model, Message::Died { started: false });
        assert!(effects.contains(&Effect::EndWorker) && !effects.contains(&Effect::RestartWorker));
        assert!(model.notes[0].contains("does not start"));
        let effects = update(&mut model, Any::Typed { key: "width", text: "7".to_owned() });
        assert_eq!(asked(&effects), None);
        update(&mut model, Any::Opened { fragment: "#v1&width=8".to_owned(), motion: false });
        assert!(model.notes[0].contains("does not start"), "another link has the same trouble");
    }

    #[test]
    fn silence_asks_and_asks_again_until_something_is_heard() {
        let mut model = opened();
        assert!(send(&mut model, Message::Silent).contains(&Effect::Watch));
        assert!(model.trouble.question().contains("silent for 5 seconds"));
        send(&mut model, Message::Wait);
        assert!(!model.trouble.asks);
        send(&mut model, Message::Silent);
        assert!(model.trouble.question().contains("silent for 10 seconds"));
        let id = model.jobs.under_way().unwrap();
        update(&mut model, Any::Progress { id, share: 0.5 });
        assert!(!model.trouble.asks && model.trouble.silent == 0);
        send(&mut model, Message::Silent);
        let effects = update(&mut model, Any::Cancel);
        assert!(effects.contains(&Effect::RestartWorker) && !model.trouble.asks && model.cancelled);
        send(&mut model, Message::Silent);
        assert!(!model.trouble.asks, "nothing is under way");
    }
}
