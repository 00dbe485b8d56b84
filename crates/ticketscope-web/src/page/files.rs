//! Files dropped, pasted or chosen: their bytes go to the worker, and are kept here for a worker that starts anew.

use super::Page;
use super::bind::{on, on_target};
use crate::files;
use crate::kit::listen::target;
use crate::message::Message;
use crate::model::Model;
use crate::wire;
use core::cell::{Cell, RefCell};
use js_sys::Uint8Array;
use std::rc::Rc;
use ticketscope_scene::file::{FileError, MOST_BYTES};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, File, FileList, HtmlInputElement};

/// What was given, and which of it is in use.
#[derive(Debug, Default)]
pub(super) struct Given {
    last: Cell<u32>,
    files: RefCell<Vec<(u32, String, Uint8Array)>>,
    used: Cell<u32>,
}

/// The line that says which files are in use; the controls of what they decide.
pub(super) fn show_files(page: &Page, model: &Model) {
    let dom = &page.dom;
    dom.show("own", model.own.is_some());
    if let Some(words) = files::words(model) {
        dom.text("own-text", &words);
    }
}

/// Listens to everything by which a file can come.
pub(super) fn bind(page: &Rc<Page>) {
    let document = page.dom.document().clone();
    let weak = Rc::downgrade(page);
    on(page, "file", "change", move |event| {
        let input = target::<HtmlInputElement>(&event)?;
        take_all(&weak.upgrade()?, input.files());
        // The same file can be chosen again.
        input.set_value("");
        None
    });
    on(page, "own-close", "click", |_| Some(Message::Files(files::Message::PutAway)));
    for kind in ["dragenter", "dragover", "dragleave", "drop"] {
        let weak = Rc::downgrade(page);
        on_target(page, &document, kind, move |event| {
            let page = weak.upgrade()?;
            let event = event.dyn_ref::<DragEvent>()?;
            let data = event.data_transfer().filter(holds_files)?;
            event.prevent_default();
            page.dom.show("drop", kind != "drop" && !(kind == "dragleave" && event.related_target().is_none()));
            if kind == "drop" {
                take_all(&page, data.files());
            }
            None
        });
    }
    let weak = Rc::downgrade(page);
    on_target(page, &document, "paste", move |event| {
        let page = weak.upgrade()?;
        let event = event.dyn_ref::<ClipboardEvent>()?;
        if target::<Element>(event)?.closest("input, textarea, select").ok()?.is_some() {
            return None;
        }
        let data = event.clipboard_data()?;
        if data.files().is_some_and(|files| files.length() > 0) {
            take_all(&page, data.files());
            return None;
        }
        let text = data.get_data("text/plain").ok().filter(|text| !text.trim().is_empty())?;
        event.prevent_default();
        take(&page, "pasted text", &Uint8Array::from(text.as_bytes()));
        None
    });
}

fn holds_files(data: &DataTransfer) -> bool {
    data.types().includes(&"Files".into(), 0)
}

fn take_all(page: &Rc<Page>, files: Option<FileList>) {
    let Some(files) = files else { return };
    for file in (0..files.length()).filter_map(|at| files.get(at)) {
        read(page, &file);
    }
}

/// Reads a file; one that is too large is not even begun.
fn read(page: &Rc<Page>, file: &File) {
    let name = file.name();
    if file.size() > MOST_BYTES as f64 {
        let error = FileError::TooLarge { bytes: file.size() as usize };
        page.send(Message::Files(files::Message::Refused(format!("“{name}”: {error}."))));
        return;
    }
    let (weak, failed) = (Rc::downgrade(page), Rc::downgrade(page));
    let unread = name.clone();
    let came = Closure::once(move |buffer: JsValue| {
        if let Some(page) = weak.upgrade() {
            take(&page, &name, &Uint8Array::new(&buffer));
        }
    });
    let lost = Closure::once(move |_: JsValue| {
        if let Some(page) = failed.upgrade() {
            let why = format!("“{unread}” could not be read. Was it a folder, or is it gone?");
            page.send(Message::Files(files::Message::Refused(why)));
        }
    });
    // The chain ends here; one of the two is called, once, and the browser frees both with the promise.
    let _ = file.array_buffer().then2(&came, &lost);
    came.forget();
    lost.forget();
}

fn take(page: &Rc<Page>, name: &str, bytes: &Uint8Array) {
    let given = &page.given;
    given.last.set(given.last.get() + 1);
    let number = given.last.get();
    given.files.borrow_mut().push((number, name.to_owned(), bytes.clone()));
    let message = wire::file(number, name, bytes);
    #[cfg(feature = "faults")]
    crate::faults::mark_file(&message);
    page.give(&message);
}

/// Uses the files up to this one, or none; forgets those that are not needed.
pub(super) fn use_file(page: &Page, number: u32) {
    page.given.used.set(number);
    if number == 0 {
        page.given.files.borrow_mut().clear();
    }
    page.give(&wire::use_file(number));
}

/// A file was refused: a worker that starts anew need not see it.
pub(super) fn forget(page: &Page, number: u32) {
    page.given.files.borrow_mut().retain(|(given, ..)| *given != number);
}

/// Gives a new worker what the old one had.
pub(super) fn give_again(page: &Page) {
    for (number, name, bytes) in &*page.given.files.borrow() {
        page.give(&wire::file(*number, name, bytes));
    }
    if page.given.used.get() != 0 {
        page.give(&wire::use_file(page.given.used.get()));
    }
}
