//! The picture that stands in the page's HTML before any program runs: the opening's own network, whole and as the search leaves
//! it. `cargo run -p ticketscope-draw --example opening > www/views/opening.svg.html`; `tests/opening.rs` holds the file to it.

use ticketscope_core::prune::Moment;
use ticketscope_draw::layout::Frame;
use ticketscope_draw::markup::svg;
use ticketscope_draw::picture::{Picture, PictureInput, View};
use ticketscope_scene::{find::find, preset, run::Own};

/// Between a desk's and a phone's, so that the page's scaling changes little.
const FRAME: Frame = Frame { width: 560.0, height: 440.0 };

fn main() {
    print!("{}", opening());
}

/// The two pictures as one `svg`.
pub fn opening() -> String {
    let found = match find(&preset::opening(), &Own::default()) {
        Ok(found) => found,
        Err(refused) => panic!("the opening is not searched: {refused}"),
    };
    let still = |step| {
        let moment = Moment::at(&found.fates, step);
        let input = PictureInput::of(&found.network, &moment, None);
        Picture::new(&input, FRAME, View::Lines)
    };
    let label = format!(
        "A random network of {} paths from x to y; the {} that add up to about {} stay, the others are cut",
        found.terms.len(),
        found.kept().count(),
        found.target
    );
    svg("opening", &label, FRAME, &[("opening-first", &still(0)), ("opening-last", &still(found.timeline.len()))])
}
