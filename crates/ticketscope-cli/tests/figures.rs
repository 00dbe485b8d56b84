//! Pictures: well-formed, of the right colours, the same from every door.

mod common;

use common::{folder, run, text};

const QUESTIONS: &[&[&str]] = &[
    &["network", "--width", "3"],
    &["prune", "--step", "12"],
    &["prune", "--hidden", "6", "--width", "100", "--step", "end"],
    &["prune", "--sources", "64", "--hidden", "32", "--width", "7", "--sinks", "16"],
    &["prune", "--hidden", "1", "--width", "1"],
    &["products"],
    &["products", "--of", "network", "--step", "9"],
    &["products", "--of", "network", "--step", "end"],
    &["products", "--law", "normal", "--samples", "1000", "--window", "1000000"],
];

#[test]
fn svg_is_xml_with_a_title_and_its_link() {
    for question in QUESTIONS {
        let ran = run(&[question, &["--svg", "-"][..]].concat());
        assert_eq!(ran.status, 0, "{question:?}: {}", ran.err);
        let svg = String::from_utf8(ran.out).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{question:?}: {error}"));
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "svg");
        let child = |name| root.children().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
        assert!(child("title").and_then(|title| title.text()).is_some_and(|title| title.len() > 10), "{question:?}");
        let description = child("desc").and_then(|desc| desc.text()).unwrap_or_default();
        assert!(description.contains("#v1.") && description.contains(env!("CARGO_PKG_VERSION")), "{description}");
        for wrong in ["NaN", "inf", "undefined"] {
            assert!(!svg.contains(wrong), "{question:?}: {wrong}");
        }
    }
}

#[test]
fn png_decodes_and_is_no_blank() {
    for question in [QUESTIONS[1], QUESTIONS[2], QUESTIONS[5]] {
        let ran = run(&[question, &["--png", "-"][..]].concat());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        let mut reader = png::Decoder::new(std::io::Cursor::new(ran.out)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert!(info.width >= 900 && info.height >= 400);
        let colours: std::collections::BTreeSet<&[u8]> = pixels.chunks_exact(info.color_type.samples()).collect();
        assert!(colours.len() > 20, "{question:?}: {} colours", colours.len());
    }
}

#[test]
fn themes_and_files() {
    let folder = folder("figures");
    let (light, dark, png) = (folder.join("light.svg"), folder.join("dark.svg"), folder.join("dark.png"));
    let both = run(&["prune", "--svg", text(&dark), "--png", text(&png), "--theme", "dark"]);
    // Pictures stand in the place of the report.
    assert_eq!((both.status, both.out.len(), both.err.as_str()), (0, 0, ""));
    assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG\r\n\x1a\n"));
    // Asked for, JSON comes beside them.
    let beside = run(&["prune", "--svg", text(&light), "--json"]).text();
    assert_eq!(beside, run(&["prune", "--json"]).text());
    let [light, dark] = [light, dark].map(|path| std::fs::read_to_string(path).unwrap());
    assert_eq!(light, run(&["prune", "--svg", "-", "--theme", "light"]).text());
    assert_ne!(light, dark);
}

#[test]
fn a_link_draws_what_its_flags_draw() {
    for question in [QUESTIONS[1], QUESTIONS[6]] {
        let link = common::json(question)["link"].as_str().unwrap().to_owned();
        assert_eq!(run(&["open", &link, "--svg", "-"]).text(), run(&[question, &["--svg", "-"][..]].concat()).text());
    }
}
