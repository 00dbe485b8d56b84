//! The page: it hears the browser, hands messages to `update`, does what that asks for, and shows the model.

mod bind;
mod cards;
mod compare;
mod controls;
mod files;
mod find;
mod forward;
mod lens;
mod numbers;
mod pictures;
mod pointer;
mod preview;
mod scenes;
mod show;
mod timeline;
mod twin;
mod work;

use crate::kit::canvas::Canvas;
use crate::kit::dom::Dom;
use crate::kit::frame::{Frames, Timer};
use crate::kit::listen::Listener;
use crate::kit::{place, shell, store};
use crate::message::Message;
use crate::model::{Model, Theme};
use crate::update::{Effect, update};
use core::cell::{Cell, RefCell};
use show::Shown;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use web_sys::{MediaQueryList, Window};
use work::Crew;

/// The time between two changes of one entry of the history, ms: at most three a second, the last one always written.
const WRITE_DELAY: i32 = 400;
/// At most one announcement to a screen reader in this time, ms.
const SAY_DELAY: i32 = 500;
/// The outline of the histogram follows quick steps every so many ms: at each fourth frame of the screen.
const REST_DELAY: i32 = 64;

/// The visitor wants no motion.
const REDUCED: &str = "(prefers-reduced-motion: reduce)";

thread_local! {
    /// Keeps the page alive for as long as the document lives.
    static PAGE: RefCell<Option<Rc<Page>>> = const { RefCell::new(None) };
}

/// The page.
struct Page {
    window: Window,
    dom: Dom,
    model: RefCell<Model>,
    shown: RefCell<Shown>,
    inbox: RefCell<VecDeque<Message>>,
    busy: Cell<bool>,
    frames: Frames,
    write: Timer,
    say: Timer,
    rest: Timer,
    to_say: RefCell<String>,
    /// The link that waits to be written, and the fragment that the address bar is known to hold.
    to_write: RefCell<Option<String>>,
    address: RefCell<String>,
    crew: Crew,
    canvases: Option<(Canvas, Canvas)>,
    /// What was asked about the screen, each question kept: to ask anew costs more than to look.
    media: RefCell<Vec<(&'static str, MediaQueryList)>>,
    /// Something but the clock has had a say since the model was last shown.
    stale: Cell<bool>,
    pointers: pointer::Pointers,
    given: files::Given,
    listeners: RefCell<Vec<Listener>>,
}

/// Starts the page in a window.
pub fn start(window: &Window) {
    let Some(document) = window.document() else { return };
    let dom = Dom::new(document);
    let canvases = Canvas::find(&dom, "network-canvas").zip(Canvas::find(&dom, "histogram-canvas"));
    let page = Rc::new_cyclic(|page: &Weak<Page>| Page {
        window: window.clone(),
        model: RefCell::new(Model::default()),
        shown: RefCell::new(Shown::default()),
        inbox: RefCell::default(),
        busy: Cell::new(false),
        frames: Frames::new(window, later(page, |page, now| page.frame(now))),
        write: Timer::new(window, later0(page, |page| page.write_now())),
        say: Timer::new(window, later0(page, |page| page.say_now())),
        rest: Timer::new(window, later0(page, |page| page.send(Message::Lens(crate::lens::Message::Rested)))),
        to_say: RefCell::default(),
        to_write: RefCell::default(),
        address: RefCell::new(place::fragment(window)),
        crew: Crew::new(window, page),
        canvases,
        media: RefCell::default(),
        stale: Cell::new(true),
        given: files::Given::default(),
        pointers: pointer::Pointers::new(Timer::new(
            window,
            later0(page, |page| {
                page.send(Message::Touch(crate::touch::Message::Away));
            }),
        )),
        listeners: RefCell::default(),
        dom,
    });
    let weak = Rc::downgrade(&page);
    page.dom.sizes().watch(later0(&weak, |page| {
        page.stale.set(true);
        page.frames.ask();
    }));
    page.await_worker();
    page.restore_settings();
    bind::bind(&page);
    page.send(Message::Opened { fragment: place::fragment(window), motion: page.wants_motion() });
    page.show();
    if let Some(root) = page.dom.root() {
        // A page that cannot be marked is seen as not started: there is nothing better to do here.
        let _ = root.dataset().set("ready", "true");
    }
    PAGE.with(|kept| *kept.borrow_mut() = Some(page));
}

/// A callback that does nothing once the page is gone.
fn later<A: 'static>(page: &Weak<Page>, act: impl Fn(&Rc<Page>, A) + 'static) -> impl FnMut(A) + 'static {
    let page = page.clone();
    move |value| {
        if let Some(page) = page.upgrade() {
            act(&page, value);
        }
    }
}

/// The same without an argument.
fn later0(page: &Weak<Page>, act: impl Fn(&Rc<Page>) + 'static) -> impl FnMut() + 'static {
    let mut act = later(page, move |page, ()| act(page));
    move || act(())
}

impl Page {
    /// Takes a message; those that arrive while one is handled wait their turn.
    fn send(self: &Rc<Self>, message: Message) {
        self.stale.set(true);
        self.inbox.borrow_mut().push_back(message);
        self.handle();
    }

    /// Handles the messages that have come, unless that is being done.
    fn handle(self: &Rc<Self>) {
        if self.busy.replace(true) {
            return;
        }
        loop {
            let next = self.inbox.borrow_mut().pop_front();
            let Some(message) = next else { break };
            let effects = {
                let mut model = self.model.borrow_mut();
                #[cfg(feature = "faults")]
                crate::faults::at_message(&message);
                update(&mut model, message)
            };
            for effect in effects {
                self.perform(effect);
            }
        }
        self.busy.set(false);
        self.frames.ask();
    }

    /// A frame of the screen: play, then show what has changed.
    fn frame(self: &Rc<Self>, now: f64) {
        if self.model.borrow().is_moving() {
            let stale = self.stale.get();
            let before = self.model.borrow().standing();
            self.send(Message::Frame { now });
            // A step on its way moves lines and nothing else.
            self.stale.set(stale || before != self.model.borrow().standing());
        }
        self.show();
        if self.model.borrow().is_moving() {
            self.frames.ask();
        }
    }

    fn show(self: &Rc<Self>) {
        // What is hidden or removed loses the focus, and the browser may say so in the middle: such messages wait.
        let busy = self.busy.replace(true);
        {
            let (model, mut shown) = (self.model.borrow(), self.shown.borrow_mut());
            if self.stale.replace(false) {
                show::show(self, &model, &mut shown);
            } else {
                show::draw(self, &model, &mut shown);
            }
        }
        self.busy.set(busy);
        if !self.inbox.borrow().is_empty() {
            self.handle();
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Write { new_entry } => self.write(new_entry),
            Effect::Flush => self.write_now(),
            Effect::Send(request) => self.post(&request),
            Effect::RestartWorker => self.start_worker(),
            Effect::EndWorker => self.end_worker(),
            Effect::Watch => self.watch(),
            Effect::Trouble(sentence) => shell::trouble(&sentence),
            Effect::Draw(key) => {
                // Without randomness of its own the browser is broken in worse ways; the seed then stays.
                if let Ok(word) = getrandom::u64() {
                    // Six digits are seeds enough for a hand, and keep the link short.
                    self.inbox.borrow_mut().push_back(Message::Rolled { key, seed: word % 1_000_000 });
                }
            }
            Effect::Copy => self.copy(),
            Effect::ShowKeys => self.dom.with("help", |help: &web_sys::HtmlDialogElement| {
                // It fails only where the dialog is open already.
                let _ = help.show_modal();
            }),
            Effect::Remember(key, value) => store::write(&self.window, &format!("ticketscope-{key}"), &value),
            Effect::Say(sentence) => self.say(sentence),
            Effect::Focus(id) => self.dom.focus(id),
            Effect::Rest => self.rest.set(REST_DELAY),
            Effect::UseFile(number) => files::use_file(self, number),
            Effect::Save { name, text } => crate::kit::save::save(&self.dom, name, &text),
            Effect::Refill(key) => controls::refill(&self.dom, &self.model.borrow(), key),
        }
    }

    /// Writes the address: a new entry at once, a change of the present one soon.
    fn write(&self, new_entry: bool) {
        let link = self.model.borrow().link();
        if link.len() <= ticketscope_scene::link::MOST_CHARACTERS {
            shell::keep(&link);
        }
        if link.len() > ticketscope_scene::link::MOST_SHARED {
            // The page says so, and offers a file; what waited to be written is older than what is shown.
            self.write.clear();
            self.to_write.take();
            return;
        }
        if new_entry {
            self.write_now();
            place::write(&self.window, &link, true);
            *self.address.borrow_mut() = link;
            return;
        }
        *self.to_write.borrow_mut() = Some(link);
        if !self.write.is_set() {
            self.write.set(WRITE_DELAY);
        }
    }

    fn write_now(&self) {
        self.write.clear();
        if let Some(link) = self.to_write.take()
            && *self.address.borrow() != link
        {
            place::write(&self.window, &link, false);
            *self.address.borrow_mut() = link;
        }
    }

    /// The address has changed: by Back, Forward, a tab, or by hand.
    fn address_changed(self: &Rc<Self>) {
        let fragment = place::fragment(&self.window);
        if *self.address.borrow() == fragment {
            return;
        }
        self.write.clear();
        self.to_write.take();
        *self.address.borrow_mut() = fragment.clone();
        self.send(Message::Opened { fragment, motion: self.wants_motion() });
    }

    /// Says a sentence to a screen reader, the last of those that come in quick succession.
    fn say(&self, sentence: String) {
        *self.to_say.borrow_mut() = sentence;
        self.say.set(SAY_DELAY);
    }

    fn say_now(&self) {
        self.dom.text("announce", &self.to_say.borrow());
    }

    fn copy(self: &Rc<Self>) {
        self.write_now();
        let address = place::address(&self.window, &self.model.borrow().link());
        let clipboard = js_sys::Reflect::get(&self.window.navigator(), &"clipboard".into());
        if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
            let promise = self.window.navigator().clipboard().write_text(&address);
            let page = Rc::downgrade(self);
            let done = |copied: bool| {
                let mut act = later(&page, move |page: &Rc<Page>, _: JsValue| page.send(Message::Copied(copied)));
                wasm_bindgen::closure::Closure::once(move |value: JsValue| act(value))
            };
            let (copied, failed) = (done(true), done(false));
            // The chain ends here; both closures are used at most once, and freed by the browser with the promise.
            let _ = promise.then2(&copied, &failed);
            copied.forget();
            failed.forget();
        } else {
            self.send(Message::Copied(false));
        }
    }

    fn matches(&self, query: &'static str) -> bool {
        let mut media = self.media.borrow_mut();
        if let Some((_, list)) = media.iter().find(|(asked, _)| *asked == query) {
            return list.matches();
        }
        let list = self.window.match_media(query).ok().flatten();
        media.extend(list.clone().map(|list| (query, list)));
        list.is_some_and(|list| list.matches())
    }

    fn wants_motion(&self) -> bool {
        !self.matches(REDUCED)
    }

    fn restore_settings(self: &Rc<Self>) {
        let theme = store::read(&self.window, "ticketscope-theme").map_or(Theme::System, |word| Theme::of(&word));
        let mut model = self.model.borrow_mut();
        model.theme = theme;
        model.track.by_death = store::read(&self.window, "ticketscope-by-death").as_deref() == Some("on");
        model.lens.by_size = store::read(&self.window, "ticketscope-axis").as_deref() == Some("log");
        model.letters = store::read(&self.window, "ticketscope-letters").as_deref() != Some("off");
    }
}
