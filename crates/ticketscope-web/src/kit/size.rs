//! Sizes of elements, kept until the browser says that one has changed: asking the browser in the middle of writing makes it lay the
//! whole page out.

use core::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// The sizes of the elements that were asked for.
#[derive(Clone, Default)]
pub struct Sizes(Rc<Kept>);

#[derive(Default)]
struct Kept {
    known: RefCell<Vec<(Element, (i32, i32))>>,
    watch: RefCell<Option<Watch>>,
}

/// An observer, and what it calls.
struct Watch {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

/// Not known, or not laid out.
const NONE: (i32, i32) = (0, 0);

impl Sizes {
    /// From here on sizes are kept, and `changed` is called when one of them is another.
    pub fn watch(&self, mut changed: impl FnMut() + 'static) {
        let kept = Rc::downgrade(&self.0);
        let closure = Closure::<dyn FnMut()>::new(move || {
            if let Some(kept) = kept.upgrade() {
                Self(kept).forget();
            }
            changed();
        });
        // Without an observer every question goes to the browser.
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        *self.0.watch.borrow_mut() = observer.map(|observer| Watch { observer, _closure: closure });
    }

    /// Width and height of an element's inside, CSS px.
    pub fn of(&self, element: &Element) -> (i32, i32) {
        let mut known = self.0.known.borrow_mut();
        let place = known.iter().position(|(other, _)| other == element);
        if let Some(place) = place
            && known[place].1 != NONE
        {
            return known[place].1;
        }
        let size = (element.client_width(), element.client_height());
        match (place, &*self.0.watch.borrow()) {
            (Some(place), _) => known[place].1 = size,
            (None, Some(watch)) => {
                watch.observer.observe(element);
                known.push((element.clone(), size));
            }
            (None, None) => {}
        }
        size
    }

    /// Elements were moved: what is known of them may be wrong.
    pub fn forget(&self) {
        self.0.known.borrow_mut().iter_mut().for_each(|(_, size)| *size = NONE);
    }
}

impl core::fmt::Debug for Sizes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Sizes({})", self.0.known.borrow().len())
    }
}
