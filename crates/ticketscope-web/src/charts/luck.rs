//! The luck section of the Find view.

use super::{Charts, News};
use std::rc::Rc;
use ticketscope_scene::scene::Scene;

/// What the section knows.
#[derive(Debug, Default)]
pub struct Luck {
    scene: Option<Scene>,
}

/// Listeners, once.
pub fn bind(_charts: &Rc<Charts>) {}

/// Another scene is shown.
pub fn scene(charts: &Rc<Charts>, scene: &Scene) {
    charts.luck.borrow_mut().scene = Some(scene.clone());
}

/// News of a question; it may be another section's.
pub fn heard(_charts: &Rc<Charts>, _question: u32, _news: News<'_>) {}

/// The section as it is seen.
pub fn show(_charts: &Rc<Charts>) {}
