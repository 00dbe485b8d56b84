//! Listeners: each event of the page becomes a message.

use super::Page;
use crate::keys::{self, Action, Focus, Held};
use crate::kit::listen::{Listener, target};
use crate::message::Message;
use crate::model::{CHOICES, NUMBERS, SEEDS};
use crate::play::Speed;
use crate::track;
use crate::trouble;
use crate::update::{TABS, TRIALS};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

/// Listens to everything.
pub(super) fn bind(page: &Rc<Page>) {
    fields(page);
    trials(page);
    timeline(page);
    super::preview::bind(page);
    header(page);
    on(page, "by-death", "change", |event| {
        target::<HtmlInputElement>(&event).map(|input| Message::Track(track::Message::ByDeath(input.checked())))
    });
    super::scenes::bind(page);
    super::find::bind(page);
    super::compare::bind(page);
    for (id, make) in [
        ("notes-close", (|| Message::NotesClosed) as fn() -> Message),
        ("cancel", || Message::Cancel),
        ("silent-stop", || Message::Cancel),
        ("silent-wait", || Message::Trouble(trouble::Message::Wait)),
    ] {
        on(page, id, "click", move |_| Some(make()));
    }
    super::lens::bind(page);
    super::forward::bind(page);
    for id in ["help", "scenes"] {
        // A dialog gives the focus back to what had it; where nothing had, it would be lost.
        let weak = Rc::downgrade(page);
        on(page, id, "close", move |_| {
            let page = weak.upgrade()?;
            let lost = |active: Element| active.tag_name() == "BODY" || matches!(active.closest("dialog"), Ok(Some(_)));
            if page.dom.document().active_element().is_none_or(lost) {
                page.dom.focus("play");
            }
            None
        });
    }
    window(page);
    super::pointer::bind(page);
    super::cards::bind(page);
    super::twin::bind(page);
    super::files::bind(page);
}

/// One listener on an element.
pub(super) fn on(page: &Rc<Page>, id: &str, kind: &'static str, message: impl Fn(Event) -> Option<Message> + 'static) {
    listen_by_id(page, id, kind, Box::new(message));
}

/// One listener on a target.
pub(super) fn on_target(
    page: &Rc<Page>,
    target: &EventTarget,
    kind: &'static str,
    message: impl Fn(Event) -> Option<Message> + 'static,
) {
    listen(page, target, kind, Box::new(message));
}

/// What an event says. Boxed, so that the many listeners share one code: it is in the page's first load.
type Said = Box<dyn Fn(Event) -> Option<Message>>;

fn listen_by_id(page: &Rc<Page>, id: &str, kind: &'static str, message: Said) {
    if let Some(element) = page.dom.find::<Element>(id) {
        listen(page, &element, kind, message);
    }
}

fn listen(page: &Rc<Page>, target: &EventTarget, kind: &'static str, message: Said) {
    let weak = Rc::downgrade(page);
    let listener = Listener::on(target, kind, move |event| {
        if let Some(page) = weak.upgrade()
            && let Some(message) = message(event)
        {
            page.send(message);
        }
    });
    page.listeners.borrow_mut().push(listener);
}

/// The value of the input or select that an event is of.
pub(super) fn value(event: &Event) -> Option<String> {
    target::<HtmlInputElement>(event)
        .map(|input| input.value())
        .or_else(|| target::<HtmlSelectElement>(event).map(|select| select.value()))
}

pub(super) fn position(event: &Event) -> u32 {
    target::<HtmlInputElement>(event).and_then(|input| input.value().parse().ok()).unwrap_or(0)
}

fn fields(page: &Rc<Page>) {
    on(page, "controls", "submit", |event| {
        event.prevent_default();
        None
    });
    let typed = |key: &'static str| {
        move |event: Event| target::<HtmlInputElement>(&event).map(|input| Message::Typed { key, text: input.value() })
    };
    for &key in NUMBERS {
        on(page, key, "change", typed(key));
        let slider = format!("{key}-slider");
        on(page, &slider, "input", move |event| Some(Message::Slid { key, position: position(&event), done: false }));
        on(page, &slider, "change", move |event| Some(Message::Slid { key, position: position(&event), done: true }));
    }
    for &key in CHOICES {
        on(page, key, "change", move |event| {
            target::<HtmlSelectElement>(&event).map(|select| Message::Typed { key, text: select.value() })
        });
    }
    on(page, "alpha-mode", "change", |event| {
        target::<HtmlSelectElement>(&event).map(|select| Message::AlphaMode(select.value()))
    });
    for &key in SEEDS {
        on(page, key, "change", typed(key));
        on(page, &format!("{key}-roll"), "click", move |_| Some(Message::Roll { key }));
        on(page, &format!("{key}-lock"), "click", move |_| Some(Message::Lock { key }));
    }
}

/// How many networks.
fn trials(page: &Rc<Page>) {
    for id in TRIALS {
        on(page, id, "click", |event| {
            let text = target::<web_sys::HtmlButtonElement>(&event)?.value();
            Some(Message::Typed { key: "trials", text })
        });
    }
}

fn timeline(page: &Rc<Page>) {
    for (id, action) in [
        ("first", Action::First),
        ("back", Action::Back),
        ("play", Action::PlayPause),
        ("forward", Action::Forward),
        ("last", Action::Last),
    ] {
        on(page, id, "click", move |_| Some(Message::Act(action)));
    }
    on(page, "scrub", "input", |event| Some(Message::Scrubbed { step: position(&event), done: false }));
    on(page, "scrub", "change", |event| Some(Message::Scrubbed { step: position(&event), done: true }));
    on(page, "speed", "change", |event| {
        target::<HtmlSelectElement>(&event).and_then(|select| Speed::of(&select.value())).map(Message::Speed)
    });
}

fn header(page: &Rc<Page>) {
    for view in TABS {
        on(page, &format!("tab-{}", view.word()), "click", move |event| {
            // A click with a modifier opens the link beside; the plain one stays here and keeps what this tab knows.
            let plain = event.dyn_ref::<web_sys::MouseEvent>().is_none_or(|mouse| {
                mouse.button() == 0 && !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key())
            });
            plain.then(|| {
                event.prevent_default();
                Message::View(view)
            })
        });
    }
    on(page, "copy", "click", |_| Some(Message::Act(Action::CopyLink)));
    on(page, "keys", "click", |_| Some(Message::Act(Action::Help)));
    on(page, "theme", "click", |_| Some(Message::NextTheme));
    on(page, "letters", "change", |event| {
        target::<HtmlInputElement>(&event).map(|input| Message::Letters(input.checked()))
    });
    on(page, "bins-twin", "toggle", |_| Some(Message::Resized));
    on(page, "sheet", "click", |event| {
        let open = target::<Element>(&event)?.closest("button").ok()??.get_attribute("aria-expanded")?;
        Some(Message::Sheet(open != "true"))
    });
}

fn window(page: &Rc<Page>) {
    let weak = Rc::downgrade(page);
    on_target(page, page.dom.document(), "keydown", move |event| key(&weak.upgrade()?, &event));
    let window = page.window.clone();
    for kind in ["popstate", "hashchange"] {
        let weak = Rc::downgrade(page);
        on_target(page, &window, kind, move |_| {
            weak.upgrade()?.address_changed();
            None
        });
    }
    on_target(page, &window, "resize", |_| Some(Message::Resized));
    for query in ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(max-width: 760px)"] {
        if let Ok(Some(list)) = window.match_media(query) {
            on_target(page, &list, "change", |_| Some(Message::Resized));
        }
    }
    if let Ok(Some(list)) = window.match_media(super::REDUCED) {
        let weak = Rc::downgrade(page);
        on_target(page, &list, "change", move |_| {
            Some(Message::Track(track::Message::Motion(weak.upgrade()?.wants_motion())))
        });
    }
    let weak = Rc::downgrade(page);
    on_target(page, &window, "pagehide", move |_| {
        weak.upgrade()?.write_now();
        None
    });
}

/// The one handler of keys: what a key does stands in its table.
fn key(page: &Rc<Page>, event: &Event) -> Option<Message> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    if event.default_prevented() || event.alt_key() || event.is_composing() {
        return None;
    }
    let held = match (event.ctrl_key() || event.meta_key(), event.shift_key()) {
        (false, _) => Held::Plain,
        (true, false) => Held::Ctrl,
        (true, true) => Held::CtrlShift,
    };
    // An open dialog has the keys to itself, and Escape closes it.
    let is_open = |id| page.dom.find::<web_sys::HtmlDialogElement>(id).is_some_and(|dialog| dialog.open());
    if ["help", "scenes"].into_iter().any(is_open) {
        return None;
    }
    let action = keys::action(&event.key(), held, focus(event), page.model.borrow().letters)?;
    event.prevent_default();
    Some(Message::Act(action))
}

/// Where the focus is.
fn focus(event: &KeyboardEvent) -> Focus {
    let Some(element) = target::<Element>(event) else { return Focus::Elsewhere };
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "range" => Focus::Slider,
            "checkbox" => Focus::Pressable,
            _ => Focus::Typing,
        };
    }
    match element.id().as_str() {
        "network-box" => return Focus::Picture,
        "histogram-box" => return Focus::Chart,
        _ => {}
    }
    match element.tag_name().as_str() {
        "SELECT" | "TEXTAREA" => Focus::Typing,
        "BUTTON" | "A" | "SUMMARY" => Focus::Pressable,
        _ => Focus::Elsewhere,
    }
}
