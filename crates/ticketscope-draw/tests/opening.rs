//! The page's first HTML shows the opening's true network.

#[path = "../examples/opening.rs"]
#[allow(dead_code)]
mod generator;

#[test]
fn the_page_begins_with_the_openings_own_picture() {
    let file = include_str!("../../../www/views/opening.svg.html");
    let now = generator::opening();
    assert!(
        file == now,
        "www/views/opening.svg.html is not what the opening looks like now; make it again:\n\
         cargo run -p ticketscope-draw --example opening > www/views/opening.svg.html"
    );
}

#[test]
fn it_needs_no_inline_style_and_names_every_role_that_the_style_sheet_fills() {
    let svg = generator::opening();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let css = include_str!("../../../www/css/opening.css");
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        for attribute in ["style", "stroke", "fill", "id"] {
            assert!(element.attribute(attribute).is_none(), "{element:?}");
        }
        for class in element.attribute("class").unwrap_or_default().split(' ').filter(|class| !class.is_empty()) {
            assert!(css.contains(&format!(".{class}")), "the style sheet lacks .{class}");
        }
    }
}
