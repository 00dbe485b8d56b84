//! Elements by id, and the few ways in which the page writes to them.

use super::size::Sizes;
use core::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTemplateElement};

/// The page's document.
#[derive(Debug, Clone)]
pub struct Dom {
    document: Document,
    sizes: Sizes,
    /// Elements that were asked for: to ask the browser for each at every step costs more than what is written.
    known: Rc<RefCell<Vec<(String, Element)>>>,
}

impl Dom {
    /// Wraps a document.
    pub fn new(document: Document) -> Self {
        Self { document, sizes: Sizes::default(), known: Rc::default() }
    }

    /// The document itself, as a target for listeners.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The sizes of elements, kept.
    pub fn sizes(&self) -> &Sizes {
        &self.sizes
    }

    /// The root element, `<html>`.
    pub fn root(&self) -> Option<HtmlElement> {
        self.document.document_element()?.dyn_into().ok()
    }

    /// The element of an id, of the type asked for. One that is missing is named on the console: the page goes on without it.
    pub fn find<T: JsCast>(&self, id: &str) -> Option<T> {
        let found = self.element(id).and_then(|element| element.dyn_into().ok());
        if found.is_none() {
            web_sys::console::error_2(&"the page has no such element:".into(), &JsValue::from_str(id));
        }
        found
    }

    fn element(&self, id: &str) -> Option<Element> {
        let mut known = self.known.borrow_mut();
        let place = known.binary_search_by(|(other, _)| other.as_str().cmp(id));
        if let Ok(place) = place {
            if known[place].1.is_connected() {
                return Some(known[place].1.clone());
            }
            known.remove(place);
        }
        let element = self.document.get_element_by_id(id)?;
        known.insert(place.unwrap_or_else(|place| place), (id.to_owned(), element.clone()));
        Some(element)
    }

    /// Runs a closure on an element that exists.
    pub fn with<T: JsCast>(&self, id: &str, act: impl FnOnce(&T)) {
        if let Some(element) = self.find(id) {
            act(&element);
        }
    }

    /// Writes a text, only where it differs.
    pub fn text(&self, id: &str, text: &str) {
        self.with(id, |element: &Element| set_text(element, text));
    }

    /// Writes a text and shows the element, or hides it where there is none.
    pub fn note(&self, id: &str, text: Option<&str>) {
        self.text(id, text.unwrap_or(""));
        self.show(id, text.is_some());
    }

    /// Shows or hides an element.
    pub fn show(&self, id: &str, shown: bool) {
        self.with(id, |element: &HtmlElement| {
            if element.hidden() == shown {
                element.set_hidden(!shown);
            }
        });
    }

    /// Sets an attribute, only where it differs; removes it for `None`.
    pub fn attribute(&self, id: &str, name: &str, value: Option<&str>) {
        self.with(id, |element: &Element| set_attribute(element, name, value));
    }

    /// Puts a value into a text field, unless the visitor is typing there.
    pub fn value(&self, id: &str, value: &str) {
        self.with(id, |input: &HtmlInputElement| {
            if !self.has_focus(input) && input.value() != value {
                input.set_value(value);
            }
        });
    }

    /// Puts a value into a text field that has no id, unless the visitor is typing there.
    pub fn put(&self, input: &Element, value: &str) {
        if let Some(input) = input.dyn_ref::<HtmlInputElement>()
            && !self.has_focus(input)
            && input.value() != value
        {
            input.set_value(value);
        }
    }

    /// Puts a text into a text field even while it has the focus: after what was typed there has been taken.
    pub fn replace_value(&self, id: &str, value: &str) {
        self.with(id, |input: &HtmlInputElement| {
            if input.value() != value {
                input.set_value(value);
            }
        });
    }

    /// Chooses an option of a select.
    pub fn choose(&self, id: &str, word: &str) {
        self.with(id, |select: &HtmlSelectElement| {
            if select.value() != word {
                select.set_value(word);
            }
        });
    }

    /// Sets a slider: its largest position, its position, what a screen reader says of it.
    pub fn slider(&self, id: &str, max: u32, position: u32, words: &str) {
        self.with(id, |input: &HtmlInputElement| {
            set_attribute(input, "max", Some(&max.to_string()));
            let position_text = position.to_string();
            if input.value() != position_text {
                input.set_value(&position_text);
            }
            set_attribute(input, "aria-valuetext", Some(words));
            property(input, "--fill", &format!("{}%", 100.0 * f64::from(position) / f64::from(max.max(1))));
        });
    }

    /// Enables or disables a button or input.
    pub fn enable(&self, id: &str, enabled: bool) {
        self.attribute(id, "disabled", if enabled { None } else { Some("") });
    }

    /// Moves the focus to an element.
    pub fn focus(&self, id: &str) {
        // An element that cannot take the focus leaves it where it is.
        self.with(id, |element: &HtmlElement| _ = element.focus());
    }

    /// Whether an element has the focus.
    pub fn has_focus(&self, element: &Element) -> bool {
        self.document.active_element().is_some_and(|active| &active == element)
    }

    /// Moves an element to the end of another.
    pub fn move_into(&self, id: &str, parent: &str) {
        let (Some(element), Some(parent)) = (self.find::<Element>(id), self.find::<Element>(parent)) else {
            return;
        };
        if element.parent_element().as_ref() != Some(&parent) {
            // Both exist and the one does not hold the other: nothing can go wrong.
            let _ = parent.append_child(&element);
            self.sizes.forget();
        }
    }

    /// Makes an element hold exactly `rows` children, created by `make` and filled by `fill`; existing children are kept.
    pub fn rows(&self, id: &str, rows: usize, make: impl Fn(&Self) -> Option<Element>, fill: impl Fn(usize, &Element)) {
        self.fill_rows(id, rows, &make, &fill);
    }

    /// The same for any two functions, so that all lists share one code: it is in the page's first load.
    fn fill_rows(
        &self,
        id: &str,
        rows: usize,
        make: &dyn Fn(&Self) -> Option<Element>,
        fill: &dyn Fn(usize, &Element),
    ) {
        let Some(list) = self.find::<Element>(id) else { return };
        while list.child_element_count() as usize > rows {
            if let Some(last) = list.last_element_child() {
                last.remove();
            }
        }
        while (list.child_element_count() as usize) < rows {
            let Some(row) = make(self) else { return };
            if list.append_child(&row).is_err() {
                return;
            }
        }
        let mut child = list.first_element_child();
        let mut place = 0;
        while let Some(row) = child {
            fill(place, &row);
            place += 1;
            child = row.next_element_sibling();
        }
    }

    /// A copy of the one element in a template.
    pub fn copy_of(&self, template: &str) -> Option<Element> {
        let content = self.find::<HtmlTemplateElement>(template)?.content();
        content.first_element_child()?.clone_node_with_deep(true).ok()?.dyn_into().ok()
    }

    /// A new element.
    pub fn create(&self, tag: &str) -> Option<Element> {
        self.document.create_element(tag).ok()
    }

    /// A new element with children of the given tags.
    pub fn create_with(&self, tag: &str, children: &[&str]) -> Option<Element> {
        let parent = self.create(tag)?;
        for child in children {
            let child = self.create(child)?;
            parent.append_child(&child).ok()?;
        }
        Some(parent)
    }
}

/// The first element inside another with `data-NAME="VALUE"`.
pub fn part(element: &Element, name: &str, value: &str) -> Option<Element> {
    // The names are written here and valid.
    element.query_selector(&format!("[data-{name}=\"{value}\"]")).ok().flatten()
}

/// Shows or hides an element.
pub fn set_shown(element: &Element, shown: bool) {
    set_attribute(element, "hidden", (!shown).then_some(""));
}

/// Writes a text, only where it differs.
pub fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets an attribute, only where it differs; removes it for `None`.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() == value {
        return;
    }
    // The names are written here and valid: neither call can fail.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Sets a custom property: the one thing that the page writes to a style, and the policy allows from a script.
pub fn property(element: &Element, name: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // A custom property takes any text.
        let _ = element.style().set_property(name, value);
    }
}

/// The text of the nth child of a row.
pub fn set_cell(row: &Element, place: u32, text: &str) {
    if let Some(cell) = row.children().item(place) {
        set_text(&cell, text);
    }
}
