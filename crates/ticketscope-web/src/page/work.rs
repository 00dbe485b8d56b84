//! The worker as the page sees it: started once its files have come, fed, heard, watched and ended.

use super::{Page, files, later, later0};
use crate::BUILD;
use crate::jobs::Request;
use crate::kit::frame::Timer;
use crate::kit::shell;
use crate::kit::worker::Hand;
use crate::message::Message;
use crate::trouble::{self, SILENCE};
use crate::wire::{self, Reply};
use core::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use web_sys::Window;

/// The worker, and what waits for it.
#[derive(Debug)]
pub(super) struct Crew {
    hand: RefCell<Option<Hand>>,
    /// Its files are here.
    files: Cell<bool>,
    /// It has said hello.
    ready: Cell<bool>,
    waiting: RefCell<Option<JsValue>>,
    silence: Timer,
}

impl Crew {
    pub(super) fn new(window: &Window, page: &Weak<Page>) -> Self {
        Self {
            hand: RefCell::default(),
            files: Cell::new(false),
            ready: Cell::new(false),
            waiting: RefCell::default(),
            silence: Timer::new(window, later0(page, |page| page.send(Message::Trouble(trouble::Message::Silent)))),
        }
    }
}

impl Page {
    /// Starts a worker as soon as its files are here. They come behind those of the page.
    pub(super) fn await_worker(self: &Rc<Self>) {
        let page = Rc::downgrade(self);
        let here = later0(&page, |page| {
            page.crew.files.set(true);
            page.start_worker();
        });
        let missing = |page: &Rc<Page>, why| page.send(Message::Trouble(trouble::Message::NoFiles(why)));
        shell::prepare(here, later(&page, missing));
    }

    /// Ends the worker, if there is one, and starts another.
    pub(super) fn start_worker(self: &Rc<Self>) {
        let crew = &self.crew;
        self.end_worker();
        if !crew.files.get() {
            return;
        }
        let page = Rc::downgrade(self);
        let heard = later(&page, |page: &Rc<Page>, data: JsValue| page.heard(&data));
        let died = later0(&page, |page| {
            let started = page.crew.ready.get();
            page.send(Message::Trouble(trouble::Message::Died { started }));
        });
        *crew.hand.borrow_mut() = Hand::start(heard, died);
        self.watch();
    }

    /// Ends the worker, if there is one.
    pub(super) fn end_worker(&self) {
        let crew = &self.crew;
        crew.silence.clear();
        crew.ready.set(false);
        drop(crew.hand.take());
    }

    /// Listens to the worker's silence from now on.
    pub(super) fn watch(&self) {
        self.crew.silence.set(SILENCE as i32 * 1000);
    }

    /// Sends a request, or keeps it until the worker has said hello. One kept before is forgotten: it is asked again.
    pub(super) fn post(&self, request: &Request) {
        let crew = &self.crew;
        let message = wire::request(request);
        #[cfg(feature = "faults")]
        crate::faults::mark(&message, request.work);
        match &*crew.hand.borrow() {
            Some(hand) if crew.ready.get() => {
                self.watch();
                hand.post(&message);
            }
            _ => *crew.waiting.borrow_mut() = Some(message),
        }
    }

    /// Gives the worker something beside a request. One that has not said hello yet is given it when it does: see
    /// [`files::give_again`].
    pub(super) fn give(&self, message: &JsValue) {
        if let (true, Some(hand)) = (self.crew.ready.get(), &*self.crew.hand.borrow()) {
            hand.post(message);
        }
    }

    fn heard(self: &Rc<Self>, data: &JsValue) {
        let crew = &self.crew;
        match wire::read_reply(data) {
            Some(Reply::Hello(build)) if build == BUILD => {
                crew.ready.set(true);
                files::give_again(self);
                if let (Some(message), Some(hand)) = (crew.waiting.take(), &*crew.hand.borrow()) {
                    self.watch();
                    hand.post(&message);
                }
            }
            Some(Reply::Hello(build)) => self.send(Message::Trouble(trouble::Message::OtherBuild(build))),
            Some(Reply::Loaded(loaded)) => self.send(Message::Files(crate::files::Message::Loaded(loaded))),
            Some(Reply::Refused(number, why)) => {
                files::forget(self, number);
                self.send(Message::Files(crate::files::Message::Refused(why)));
            }
            Some(Reply::Progress(id, share)) => {
                self.watch();
                self.send(Message::Progress { id, share });
            }
            Some(Reply::Answer(id, outcome)) => {
                crew.silence.clear();
                self.send(Message::Answered { id, outcome });
            }
            None => {}
        }
    }
}
