//! The menu of scenes: each a real link, with what there is to see in it.

use super::Page;
use crate::kit::dom::{set_attribute, set_cell};
use crate::kit::listen::target;
use crate::kit::place;
use crate::model::Model;
use std::rc::Rc;
use ticketscope_scene::link;
use ticketscope_scene::preset::PRESETS;
use ticketscope_scene::scene::{Scene, Step};
use web_sys::{Element, HtmlDialogElement};

/// Opens and closes the menu.
pub(super) fn bind(page: &Rc<Page>) {
    let weak = Rc::downgrade(page);
    super::bind::on(page, "scenes-open", "click", move |_| {
        let page = weak.upgrade()?;
        show(&page, &page.model.borrow());
        // It fails only where the dialog is open already.
        page.dom.with("scenes", |menu: &HtmlDialogElement| _ = menu.show_modal());
        None
    });
    let weak = Rc::downgrade(page);
    super::bind::on(page, "scenes", "click", move |event| {
        // The browser follows the link; a press on the backdrop lands on the dialog itself.
        let pressed = target::<Element>(&event)?;
        if pressed.closest("a").ok()?.is_some() || pressed.id() == "scenes" {
            weak.upgrade()?.dom.with("scenes", HtmlDialogElement::close);
        }
        None
    });
}

/// A scene wherever its run stands: a step is no other scene.
fn standing(scene: &Scene) -> String {
    link::write(&Scene { step: Step::At(0), ..scene.clone() })
}

/// Fills the menu and marks the scene that is open.
fn show(page: &Page, model: &Model) {
    let dom = &page.dom;
    let here = standing(&model.scene);
    dom.rows(
        "scenes-list",
        PRESETS.len(),
        |dom| {
            let row = dom.create("li")?;
            row.append_child(&*dom.create_with("a", &["b", "span"])?).ok()?;
            Some(row)
        },
        |number, row| {
            let (preset, Some(anchor)) = (&PRESETS[number], row.first_element_child()) else { return };
            // A whole address: a bare fragment would be a place on this page to those who do not see it.
            set_attribute(&anchor, "href", Some(&place::address(&page.window, preset.link)));
            set_attribute(&anchor, "data-preset", Some(preset.name));
            let current = link::read(preset.link).is_ok_and(|opened| standing(&opened.scene) == here);
            set_attribute(&anchor, "aria-current", current.then_some("true"));
            set_cell(&anchor, 0, preset.heading);
            set_cell(&anchor, 1, preset.title);
        },
    );
}
