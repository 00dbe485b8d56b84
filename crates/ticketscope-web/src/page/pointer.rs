//! Mouse, finger and wheel on the picture.

use super::Page;
use super::bind::on;
use super::pictures::unit;
use crate::fingers::{Fingers, Meaning};
use crate::hand;
use crate::kit::frame::Timer;
use crate::message::Message;
use crate::model::{Model, Run};
use crate::touch::{self, At, By, Thing};
use core::cell::{Cell, RefCell};
use std::rc::Rc;
use ticketscope_core::shape::Edge;
use ticketscope_core::state::EdgeState;
use ticketscope_draw::camera::Camera;
use ticketscope_draw::layout::Frame;
use ticketscope_draw::pick::{FINGER, MOUSE, Target};
use ticketscope_draw::picture::View as Lines;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent, TouchEvent, WheelEvent};

/// What the shell keeps of pointers.
pub(super) struct Pointers {
    fingers: RefCell<Fingers>,
    /// The edge whose weight is being dragged, and the weight at the start as a place of its slider.
    dragged: Cell<Option<(Edge, f64)>>,
    /// Goes off when the pointer has been over nothing for a moment.
    pub(super) away: Timer,
}

/// The pointer may cross so much emptiness, ms, on its way to the card.
const GRACE: i32 = 300;
/// A pointer that has moved by no more than this, px, is where it was.
const STILL: f32 = 3.0;
/// px of a drag that take a weight from 0 to the end of its slider.
const DRAG: f64 = 120.0;

impl Pointers {
    pub(super) fn new(away: Timer) -> Self {
        Self { fingers: RefCell::default(), dragged: Cell::new(None), away }
    }
}

/// Where the picture of the network is.
pub(super) struct Place {
    element: Element,
    /// Its box, in its own units.
    pub(super) frame: Frame,
    /// A unit in CSS px.
    pub(super) unit: f64,
    camera: Camera,
}

impl Place {
    /// The picture's place, if it is laid out.
    pub(super) fn of(page: &Page, model: &Model) -> Option<Self> {
        let canvas = &page.canvases.as_ref()?.0;
        let unit = unit(page);
        let (width, height) = canvas.size();
        let frame = Frame::new((f64::from(width) / unit) as f32, (f64::from(height) / unit) as f32);
        let element: Element = canvas.element().clone().into();
        (width > 0).then_some(Self { element, frame, unit, camera: model.touch.camera })
    }

    /// The things in it.
    pub(super) fn target<'a>(&self, run: &Run, states: &'a [EdgeState]) -> Target<'a> {
        Target::new(run.timeline.shape(), self.frame, Lines::Auto, self.camera, states)
    }

    /// Where a place of the window is in the picture.
    fn inside(&self, x: i32, y: i32) -> (f32, f32) {
        let rectangle = self.element.get_bounding_client_rect();
        let within = |px: i32, start: f64| ((f64::from(px) - start) / self.unit) as f32;
        (within(x, rectangle.left()), within(y, rectangle.top()))
    }
}

/// Listens to the picture.
pub(super) fn bind(page: &Rc<Page>) {
    let pointer = |kind: &'static str, act: fn(&Rc<Page>, &PointerEvent)| {
        let weak = Rc::downgrade(page);
        on(page, "network-box", kind, move |event| {
            let page = weak.upgrade()?;
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                act(&page, event);
            }
            None
        });
    };
    pointer("pointerdown", down);
    pointer("pointermove", moved);
    pointer("pointerup", up);
    pointer("pointercancel", |page, event| page.pointers.fingers.borrow_mut().cancel(event.pointer_id()));
    pointer("pointerleave", |page, _| page.pointers.away.set(GRACE));
    for kind in ["touchstart", "touchmove"] {
        // Two fingers pinch the picture; the browser would scroll the page by them.
        on(page, "network-box", kind, |event| {
            if event.dyn_ref::<TouchEvent>().is_some_and(|touch| touch.touches().length() > 1) {
                event.prevent_default();
            }
            None
        });
    }
    on(page, "network-box", "blur", |_| Some(Message::Touch(touch::Message::Blur)));
    let weak = Rc::downgrade(page);
    on(page, "network-box", "wheel", move |event| wheel(&weak.upgrade()?, &event));
    for (id, factor) in [("zoom-in", 1.5), ("zoom-out", 1.0 / 1.5), ("zoom-whole", 0.0)] {
        let weak = Rc::downgrade(page);
        on(page, id, "click", move |_| {
            let page = weak.upgrade()?;
            let model = page.model.borrow();
            let place = Place::of(&page, &model)?;
            let middle = (place.frame.width / 2.0, place.frame.height / 2.0);
            Some(look(if factor == 0.0 { Camera::WHOLE } else { place.camera.zoomed(factor, middle, place.frame) }))
        });
    }
}

fn look(camera: Camera) -> Message {
    Message::Touch(touch::Message::Camera(camera))
}

/// Whether an event is the card's own.
fn is_on_card(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.and_then(|target| target.closest("#hover").ok()).flatten().is_some()
}

fn is_finger(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch"
}

/// What is under a place of the picture.
fn thing_at(page: &Page, (x, y): (f32, f32), reach: f32) -> Option<Thing> {
    let model = page.model.borrow();
    let (run, now) = (model.run.as_deref()?, model.now.as_ref()?);
    let place = Place::of(page, &model)?;
    let pick = place.target(run, now.moment.edge_states()).at(x, y, reach)?;
    Some(Thing::picked(pick, run.timeline.shape()))
}

fn inside(page: &Page, event: &PointerEvent) -> Option<(f32, f32)> {
    Some(Place::of(page, &page.model.borrow())?.inside(event.client_x(), event.client_y()))
}

fn down(page: &Rc<Page>, event: &PointerEvent) {
    if is_on_card(event) || (!is_finger(event) && event.button() != 0) {
        return;
    }
    if let Some(place) = inside(page, event) {
        page.pointers.fingers.borrow_mut().down(event.pointer_id(), place);
    }
}

fn moved(page: &Rc<Page>, event: &PointerEvent) {
    if is_on_card(event) && !page.pointers.fingers.borrow().is_down() {
        page.pointers.away.clear();
        return;
    }
    let Some(place) = inside(page, event) else { return };
    let meaning = page.pointers.fingers.borrow_mut().moved(event.pointer_id(), place);
    match meaning {
        Meaning::Drag { start, now, moved } => drag(page, event, (start, now, moved)),
        Meaning::Pinch { factor, middle, moved } => {
            let camera = {
                let model = page.model.borrow();
                let Some(place) = Place::of(page, &model) else { return };
                place.camera.moved(moved.0, moved.1, place.frame).zoomed(factor, middle, place.frame)
            };
            page.send(look(camera));
        }
        _ if is_finger(event) || page.pointers.fingers.borrow().is_down() => {}
        _ => hover(page, event, place),
    }
}

/// The card of what the mouse is over. On the way to the card that is open, the card stays.
fn hover(page: &Rc<Page>, event: &PointerEvent, (x, y): (f32, f32)) {
    let thing = thing_at(page, (x, y), MOUSE);
    page.dom.attribute("network-box", "data-over", thing.as_ref().map(|_| ""));
    let open = page.model.borrow().touch.at.clone();
    if let Some(At { by: By::Pointer(at_x, at_y), .. }) = open
        && (at_x - x).abs().max((at_y - y).abs()) <= STILL
    {
        // What was just cut is still what the pointer is on, though an edge that is alive lies near.
        page.pointers.away.clear();
        return;
    }
    match thing {
        Some(thing) if open.as_ref().is_some_and(|at| at.thing == thing) => page.pointers.away.clear(),
        _ if is_on_the_way(page, event, open.as_ref()) => {}
        Some(thing) => {
            page.pointers.away.clear();
            page.send(Message::Touch(touch::Message::Look(At { thing, by: By::Pointer(x, y) })));
        }
        None if open.is_some() && !page.pointers.away.is_set() => page.pointers.away.set(GRACE),
        None => {}
    }
}

/// Whether the pointer is between the place that it pointed at and the card.
fn is_on_the_way(page: &Page, event: &PointerEvent, open: Option<&At>) -> bool {
    let Some(At { by: By::Pointer(x, y), .. }) = open else { return false };
    let Some(card) = page.dom.find::<Element>("hover") else { return false };
    let Some(place) = Place::of(page, &page.model.borrow()) else { return false };
    let here = place.inside(event.client_x(), event.client_y());
    let card = card.get_bounding_client_rect();
    let (_, top) = place.inside(0, card.top() as i32);
    let (_, bottom) = place.inside(0, card.bottom() as i32);
    let between = if bottom <= *y { bottom..=*y } else { *y..=top };
    (here.0 - x).abs() <= 24.0 && here.1 != *y && between.contains(&here.1)
}

/// A drag: of an edge's weight with the mouse, else of the picture.
fn drag(page: &Rc<Page>, event: &PointerEvent, (start, now, by): ((f32, f32), (f32, f32), (f32, f32))) {
    let dragged = page.pointers.dragged.get().or_else(|| {
        let Some(Thing::Edge(edge)) = (!is_finger(event)).then(|| thing_at(page, start, MOUSE)).flatten() else {
            return None;
        };
        let model = page.model.borrow();
        let (run, now) = (model.current_run()?, model.now.as_ref()?);
        now.moment.mask().keeps(edge).then(|| (edge, hand::weight(&model, run, edge)))
    });
    if let Some((edge, weight)) = dragged {
        page.pointers.dragged.set(dragged);
        capture(page, event);
        let message = dragged_to(page, edge, weight, f64::from(start.1 - now.1), false);
        message.into_iter().for_each(|message| page.send(message));
        return;
    }
    let camera = {
        let model = page.model.borrow();
        let Some(place) = Place::of(page, &model) else { return };
        if place.camera.zoom <= 1.0 {
            return;
        }
        place.camera.moved(by.0, by.1, place.frame)
    };
    capture(page, event);
    page.send(look(camera));
}

/// The weight of an edge after a drag upwards by so many px.
fn dragged_to(page: &Page, edge: Edge, weight: f64, up: f64, done: bool) -> Option<Message> {
    let model = page.model.borrow();
    let run = model.run.as_deref()?;
    let middle = f64::from(hand::POSITIONS / 2);
    let change = hand::weight_at(&model, run, edge, middle + up / DRAG * middle);
    let weight = hand::tidy(weight + change);
    Some(Message::Hand(hand::Message::Slid { edge, weight, done }))
}

/// Further movements come here, wherever the pointer goes.
fn capture(page: &Page, event: &PointerEvent) {
    page.dom.with("network-box", |element: &Element| {
        // A pointer that is gone by now has nothing to capture.
        let _ = element.set_pointer_capture(event.pointer_id());
    });
}

fn up(page: &Rc<Page>, event: &PointerEvent) {
    let meaning = page.pointers.fingers.borrow_mut().up(event.pointer_id(), event.time_stamp());
    match meaning {
        Meaning::Tap(x, y) if is_finger(event) => {
            let message = match thing_at(page, (x, y), FINGER) {
                Some(thing) => touch::Message::Look(At { thing, by: By::Tap }),
                None => touch::Message::Close,
            };
            page.send(Message::Touch(message));
        }
        Meaning::DoubleTap(..) if is_finger(event) => page.send(look(Camera::WHOLE)),
        Meaning::Tap(x, y) | Meaning::DoubleTap(x, y) => click(page, event, (x, y)),
        Meaning::Dropped { start, now } => {
            if let Some((edge, weight)) = page.pointers.dragged.take() {
                let message = dragged_to(page, edge, weight, f64::from(start.1 - now.1), true);
                message.into_iter().for_each(|message| page.send(message));
            }
        }
        _ => {}
    }
}

/// A click is on what the card says that the pointer is on.
fn click(page: &Rc<Page>, event: &PointerEvent, place: (f32, f32)) {
    let said = page.model.borrow().touch.at.clone().filter(|at| matches!(at.by, By::Pointer(..))).map(|at| at.thing);
    let message = match said.or_else(|| thing_at(page, place, MOUSE)) {
        Some(Thing::Edge(edge)) if !event.shift_key() => Message::Hand(hand::Message::Press(edge)),
        Some(thing) => Message::Touch(touch::Message::Pin(thing)),
        None => return,
    };
    page.send(message);
}

/// The wheel with Ctrl zooms about the pointer; without, it scrolls the page.
fn wheel(page: &Rc<Page>, event: &Event) -> Option<Message> {
    let event: &WheelEvent = event.dyn_ref()?;
    if !event.ctrl_key() {
        return None;
    }
    event.prevent_default();
    let model = page.model.borrow();
    let place = Place::of(page, &model)?;
    let at = place.inside(event.client_x(), event.client_y());
    let factor = if event.delta_y() < 0.0 { 1.25 } else { 0.8 };
    Some(look(place.camera.zoomed(factor, at, place.frame)))
}
