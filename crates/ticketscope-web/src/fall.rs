//! What destroyed a network: the source that lost its last way, and the edges whose loss it was. Pure.

use crate::model::{Model, Run};
use ticketscope_core::prune::{LastCut, Protect};
use ticketscope_core::shape::Node;
use ticketscope_scene::name;
use ticketscope_scene::number::{grouped, plural};
use ticketscope_scene::scene::View;

/// The last cut of a run.
#[derive(Debug)]
pub struct Fall {
    /// The run.
    key: String,
    /// What destroyed it.
    pub cut: LastCut,
    /// The step that did it.
    pub step: u32,
}

/// Looks for what destroyed the network, once the run stands where it is destroyed.
pub fn settle(model: &mut Model) {
    let destroyed = model.now.as_ref().is_some_and(|now| now.moment.destroyed()) && model.scene.view != View::Find;
    let Some(run) = model.run.as_ref().filter(|_| destroyed) else {
        model.fall = None;
        return;
    };
    if model.fall.as_ref().is_some_and(|fall| fall.key == run.key) {
        return;
    }
    let cut = LastCut::of(&run.fates, model.scene.protect);
    model.fall = cut.zip(run.timeline.destroyed_at()).map(|(cut, step)| Fall { key: run.key.clone(), cut, step });
}

/// The sentence: who lost its way, when, and to what.
pub fn sentence(fall: &Fall, run: &Run) -> String {
    let shape = run.timeline.shape();
    let source = lowered(&name::node(shape, Node { layer: 0, index: fall.cut.source() }));
    let edges = plural(fall.cut.edges().len() as u64, "edge");
    let these = if fall.cut.edges().len() == 1 { "this" } else { "these" };
    let was = if fall.cut.edges().len() == 1 { "was" } else { "were" };
    if fall.step == 0 {
        return format!(
            "Source {source} has no way to an output from the start: {these} {edges}, outlined, {was} missing."
        );
    }
    format!(
        "Source {source} lost its last way at step {}: {these} {edges}, outlined, {was} its last cut.",
        grouped(u64::from(fall.step))
    )
}

/// A name with its number in lowered figures, as the picture has it.
fn lowered(name: &str) -> String {
    name.chars()
        .map(|letter| letter.to_digit(10).and_then(|digit| char::from_u32(0x2080 + digit)).unwrap_or(letter))
        .collect()
}

/// What a minimum cut is, and what this one is made of.
pub fn note(fall: &Fall, protect: Protect) -> String {
    let (cut, orphaned) = (fall.cut.cut(), fall.cut.orphaned());
    let made = match orphaned {
        0 => "all of them were cut".to_owned(),
        _ => format!("{} were cut and {} orphaned", grouped(u64::from(cut)), grouped(u64::from(orphaned))),
    };
    let inside = if protect == Protect::Ends {
        " Between full hidden layers that takes w² edges, wherever it happens."
    } else {
        ""
    };
    let least = if fall.cut.is_smallest() { "the fewest edges" } else { "a few edges" };
    format!("A minimum cut is {least} whose loss parts a source from every output. Here {made}.{inside}")
}
