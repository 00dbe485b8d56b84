//! The charts of many networks: a program of its own, which the page starts when a scene or a reader first asks for it
//! (`www/shell.js`). It hears the link of every scene that is shown, and answers a reader by setting the address; nothing else
//! joins the two. Its pool of workers runs the module that the page's worker runs.
//!
//! A section is a module with four functions: `scene` (another scene is shown), `heard` (news of a question it asked), `bind` (its
//! listeners, once) and `show` (its part of the screen, each frame that was asked for).

pub mod bounds;
pub mod luck;
pub mod parts;
pub mod pool;
pub mod survival;

use crate::BUILD;
use crate::kit::canvas::Canvas;
use crate::kit::dom::Dom;
use crate::kit::frame::Frames;
use crate::kit::listen::Listener;
use crate::kit::shell;
use crate::kit::worker::Hand;
use crate::tasks::{self, Reply};
use core::cell::{Cell, RefCell};
use core::ops::Range;
use pool::{Death, Kind, Pool};
use std::rc::{Rc, Weak};
use ticketscope_draw::theme::{Rgb, Role, Theme};
use ticketscope_scene::link;
use ticketscope_scene::scene::Scene;
use wasm_bindgen::JsValue;
use web_sys::{Event, EventTarget, Window};

thread_local! {
    static CHARTS: RefCell<Option<Rc<Charts>>> = const { RefCell::new(None) };
}

/// So many workers may die before they have said hello.
const STILLBORN: u32 = 3;

/// The program.
pub struct Charts {
    /// The window.
    pub window: Window,
    /// Its document.
    pub dom: Dom,
    /// What the survival section knows.
    pub survival: RefCell<survival::Survival>,
    /// What the luck section knows.
    pub luck: RefCell<luck::Luck>,
    /// What the Bounds view knows.
    pub bounds: RefCell<bounds::Bounds>,
    pool: RefCell<Pool>,
    hands: RefCell<Vec<Option<Hand>>>,
    /// The files of the workers are here.
    files: Cell<bool>,
    stillborn: Cell<u32>,
    frames: Frames,
    listeners: RefCell<Vec<Listener>>,
    this: Weak<Self>,
}

/// News of a question.
#[derive(Debug, Clone, Copy)]
pub enum News<'a> {
    /// The answer for some of its items.
    Numbers(&'a Range<u64>, &'a [f64]),
    /// How far a task of it is, 0 to 1.
    Progress(f64),
    /// There will be no answer, and why.
    Failed(&'a str),
}

/// Starts the charts in a window.
pub fn start(window: &Window) {
    let Some(document) = window.document() else { return };
    let cores = window.navigator().hardware_concurrency() as usize;
    let charts = Rc::new_cyclic(|this: &Weak<Charts>| Charts {
        window: window.clone(),
        dom: Dom::new(document),
        survival: RefCell::default(),
        luck: RefCell::default(),
        bounds: RefCell::default(),
        pool: RefCell::new(Pool::new(Pool::size(cores))),
        hands: RefCell::default(),
        files: Cell::new(false),
        stillborn: Cell::new(0),
        frames: Frames::new(window, with(this, |charts, _: f64| charts.show())),
        listeners: RefCell::default(),
        this: this.clone(),
    });
    charts.dom.sizes().watch({
        let mut redraw = with(&charts.this, |charts, ()| charts.redraw());
        move || redraw(())
    });
    survival::bind(&charts);
    luck::bind(&charts);
    bounds::bind(&charts);
    charts.on("theme", "click", |charts, _| charts.redraw());
    for query in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
        if let Ok(Some(list)) = window.match_media(query) {
            charts.on_target(&list, "change", |charts, _| charts.redraw());
        }
    }
    CHARTS.with(|kept| *kept.borrow_mut() = Some(Rc::clone(&charts)));
    let mut here = with(&charts.this, |charts, ()| {
        charts.files.set(true);
        charts.pump();
    });
    let missing = with(&charts.this, |charts, why: String| charts.give_up(&why));
    shell::prepare(move || here(()), missing);
    shell::charts(with(&charts.this, |charts, link: String| charts.scene(&link)));
}

/// A callback that does nothing once the program is gone.
fn with<A: 'static>(charts: &Weak<Charts>, act: impl Fn(&Rc<Charts>, A) + 'static) -> impl FnMut(A) + 'static {
    let charts = charts.clone();
    move |value| {
        if let Some(charts) = charts.upgrade() {
            act(&charts, value);
        }
    }
}

impl Charts {
    /// Listens on the element of an id.
    pub fn on(self: &Rc<Self>, id: &str, kind: &'static str, act: impl Fn(&Rc<Self>, Event) + 'static) {
        if let Some(element) = self.dom.find::<web_sys::Element>(id) {
            self.on_target(&element, kind, act);
        }
    }

    /// Listens on a target.
    pub fn on_target(
        self: &Rc<Self>,
        target: &EventTarget,
        kind: &'static str,
        act: impl Fn(&Rc<Self>, Event) + 'static,
    ) {
        let listener = Listener::on(target, kind, with(&self.this, act));
        self.listeners.borrow_mut().push(listener);
    }

    /// Asks for the sections to be shown anew with the next frame.
    pub fn redraw(&self) {
        self.frames.ask();
    }

    /// Opens a link in the page, as a new entry of the history: Back returns.
    pub fn open(&self, link: &str) {
        // A fragment can always be set.
        let _ = self.window.location().set_hash(link);
    }

    /// Asks the pool; the number of the question. See [`Pool::ask`].
    pub fn ask(self: &Rc<Self>, kind: Kind, link: &str, total: u64) -> u32 {
        let question = self.pool.borrow_mut().ask(kind, link, total);
        self.pump();
        question
    }

    /// Drops a question, at once.
    pub fn cancel(self: &Rc<Self>, question: u32) {
        let ended = self.pool.borrow_mut().cancel(question);
        ended.into_iter().for_each(|worker| self.start_hand(worker));
        self.pump();
    }

    /// How much of a question is done, 0 to 1; none once it is over.
    pub fn progress(&self, question: u32) -> Option<f64> {
        self.pool.borrow().progress(question)
    }

    /// The colours of the page as they are now.
    pub fn theme(&self, canvas: &Canvas) -> Theme {
        let is = |query: &str| self.window.match_media(query).ok().flatten().is_some_and(|list| list.matches());
        if is("(forced-colors: active)") {
            return Theme::new(Role::ALL.map(|role| {
                let (red, green, blue) = canvas.resolve(role.forced_keyword()).unwrap_or((128, 128, 128));
                Rgb(red, green, blue)
            }));
        }
        let chosen = self.dom.root().and_then(|root| root.get_attribute("data-theme"));
        let dark = chosen.map_or_else(|| is("(prefers-color-scheme: dark)"), |word| word == "dark");
        if dark { Theme::DARK } else { Theme::LIGHT }
    }

    fn scene(self: &Rc<Self>, fragment: &str) {
        #[cfg(feature = "faults")]
        crate::faults::at("charts");
        let scene = link::read(fragment).map_or_else(|_| Scene::default(), |opened| opened.scene);
        survival::scene(self, &scene);
        luck::scene(self, &scene);
        bounds::scene(self, &scene);
        self.redraw();
    }

    fn show(self: &Rc<Self>) {
        survival::show(self);
        luck::show(self);
        bounds::show(self);
    }

    fn tell(self: &Rc<Self>, question: u32, news: News<'_>) {
        survival::heard(self, question, news);
        luck::heard(self, question, news);
        bounds::heard(self, question, news);
        self.redraw();
    }

    /// Gives every free worker a task; starts the workers with the first.
    fn pump(self: &Rc<Self>) {
        if !self.files.get() || self.stillborn.get() >= STILLBORN {
            return;
        }
        let workers = self.pool.borrow().workers();
        if self.hands.borrow().is_empty() && self.pool.borrow().is_asked() {
            self.hands.borrow_mut().resize_with(workers, || None);
            (0..workers).for_each(|worker| self.start_hand(worker));
        }
        for worker in 0..workers {
            let task = self.pool.borrow_mut().take(worker, js_sys::Date::now());
            if let (Some(task), Some(Some(hand))) = (task, self.hands.borrow().get(worker)) {
                let message = tasks::task(&task);
                #[cfg(feature = "faults")]
                crate::faults::mark_task(&message);
                hand.post(&message);
            }
        }
    }

    /// Starts a worker in place of the one before, which is ended.
    fn start_hand(self: &Rc<Self>, worker: usize) {
        let heard = with(&self.this, move |charts, data: JsValue| charts.reply(worker, &data));
        let mut died = with(&self.this, move |charts, ()| charts.died(worker));
        let hand = Hand::help(heard, move || died(()));
        let before = self.hands.borrow_mut().get_mut(worker).map(|place| core::mem::replace(place, hand));
        drop(before);
    }

    fn reply(self: &Rc<Self>, worker: usize, data: &JsValue) {
        match tasks::read_reply(data) {
            Some(Reply::Hello(build)) if build == BUILD => {
                self.stillborn.set(0);
                self.pool.borrow_mut().ready(worker);
            }
            Some(Reply::Hello(_)) => {
                self.give_up("the workers are of another build: reload the page");
                return;
            }
            Some(Reply::Numbers(task, numbers)) => {
                let answered = self.pool.borrow_mut().answered(worker, task, js_sys::Date::now());
                // The next task first: the worker computes while the answer is taken.
                self.pump();
                if let Some((question, range)) = answered {
                    self.tell(question, News::Numbers(&range, &numbers));
                }
                return;
            }
            Some(Reply::Progress(task, share)) => {
                let question = self.pool.borrow().question_of(worker, task);
                if let Some(question) = question {
                    self.tell(question, News::Progress(share));
                }
            }
            Some(Reply::Failed(task, why)) => {
                let question = self.pool.borrow().question_of(worker, task);
                if let Some(question) = question {
                    self.cancel(question);
                    self.tell(question, News::Failed(&why));
                }
            }
            None => {}
        }
        self.pump();
    }

    fn died(self: &Rc<Self>, worker: usize) {
        let was_ready = self.pool.borrow().is_ready(worker);
        let death = self.pool.borrow_mut().died(worker);
        if !was_ready {
            self.stillborn.set(self.stillborn.get() + 1);
        }
        if self.stillborn.get() >= STILLBORN {
            self.give_up("no worker can be started");
            return;
        }
        self.start_hand(worker);
        if let Death::GivenUp(question) = death {
            self.tell(question, News::Failed("two workers have died at it"));
        }
        self.pump();
    }

    /// Nothing more will be computed: everything that was asked fails.
    fn give_up(self: &Rc<Self>, why: &str) {
        self.stillborn.set(STILLBORN);
        let questions = self.pool.borrow().questions();
        for question in questions {
            self.pool.borrow_mut().cancel(question);
            self.tell(question, News::Failed(why));
        }
    }
}

impl core::fmt::Debug for Charts {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Charts({:?})", self.pool.borrow())
    }
}
