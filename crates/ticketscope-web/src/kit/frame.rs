//! Drawing by the screen's clock, and only when something has changed; and one timer.

use core::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Window;

/// Asks for a frame at most once until it has come.
pub struct Frames {
    window: Window,
    waiting: Rc<Cell<bool>>,
    closure: Closure<dyn FnMut(f64)>,
}

impl Frames {
    /// Frames that call `draw` with the time in milliseconds.
    pub fn new(window: &Window, mut draw: impl FnMut(f64) + 'static) -> Self {
        let waiting = Rc::new(Cell::new(false));
        let come = Rc::clone(&waiting);
        let closure = Closure::<dyn FnMut(f64)>::new(move |time| {
            come.set(false);
            draw(time);
        });
        Self { window: window.clone(), waiting, closure }
    }

    /// Asks for the next frame.
    pub fn ask(&self) {
        if !self.waiting.replace(true)
            && self.window.request_animation_frame(self.closure.as_ref().unchecked_ref()).is_err()
        {
            self.waiting.set(false);
        }
    }
}

impl core::fmt::Debug for Frames {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Frames(waiting: {})", self.waiting.get())
    }
}

/// A timer that can be set, and set again; the last time counts.
pub struct Timer {
    window: Window,
    pending: Rc<Cell<Option<i32>>>,
    closure: Closure<dyn FnMut()>,
}

impl Timer {
    /// A timer that calls `act` when it goes off.
    pub fn new(window: &Window, mut act: impl FnMut() + 'static) -> Self {
        let pending = Rc::new(Cell::new(None));
        let gone = Rc::clone(&pending);
        let closure = Closure::<dyn FnMut()>::new(move || {
            gone.set(None);
            act();
        });
        Self { window: window.clone(), pending, closure }
    }

    /// Whether it will go off.
    pub fn is_set(&self) -> bool {
        self.pending.get().is_some()
    }

    /// Goes off once, `delay` milliseconds from now.
    pub fn set(&self, delay: i32) {
        self.clear();
        let function = self.closure.as_ref().unchecked_ref();
        self.pending.set(self.window.set_timeout_with_callback_and_timeout_and_arguments_0(function, delay).ok());
    }

    /// Does not go off any more.
    pub fn clear(&self) {
        if let Some(id) = self.pending.take() {
            self.window.clear_timeout_with_handle(id);
        }
    }
}

impl core::fmt::Debug for Timer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Timer(set: {})", self.is_set())
    }
}
