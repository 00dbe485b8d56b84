//! Whatever is given, the program answers or says why not; it never panics.

use proptest::prelude::*;
use std::ffi::OsString;
use ticketscope_cli::{Streams, run};
use ticketscope_scene::field::{Form, Group, Kind};
use ticketscope_scene::number::canonical;
use ticketscope_scene::{FIELDS, link};

fn word() -> impl Strategy<Value = String> {
    let commands =
        prop::sample::select(vec!["network", "prune", "products", "open", "find", "build", "bounds", "help"]);
    let keys = prop::sample::select(FIELDS.iter().map(|field| field.key).collect::<Vec<_>>());
    let options = prop::sample::select(vec!["json", "theme", "help", "version", "weights", "mask"]);
    let words = prop::sample::select(FIELDS.iter().flat_map(|field| field.words()).collect::<Vec<_>>());
    let odd = prop::sample::select(vec![
        "",
        "-",
        "--",
        "---",
        "=",
        "--=",
        "--=x",
        "-1",
        "0",
        "1",
        "2",
        "3",
        "1e3",
        "1e999",
        "-0",
        "0x10",
        "nan",
        "inf",
        "１",
        "9007199254740992",
        "99999999999999999999",
        "0.5",
        "1,2,3",
        "light",
        "dark",
        "/",
        "/nonexistent",
        "/dev/null",
        "#",
        "#v",
        "#v1",
        "#v1.",
        "#v9",
        "#v1&&==&",
        "#v1&view=find",
        "#v1&width=900",
        "%",
        "\u{202e}",
        "\0",
        "\n",
        "“”",
    ]);
    prop_oneof![
        2 => commands.prop_map(str::to_owned),
        4 => keys.clone().prop_map(|key| format!("--{key}")),
        2 => options.prop_map(|option| format!("--{option}")),
        2 => words.prop_map(str::to_owned),
        4 => odd.prop_map(str::to_owned),
        2 => (0_u32..40).prop_map(|n| n.to_string()),
        2 => (keys.clone(), "[ -~]{0,8}").prop_map(|(key, value)| format!("--{key}={value}")),
        1 => (keys, "[ -~]{0,8}").prop_map(|(key, value)| format!("#v1&{key}={value}&width=3&samples=99")),
        1 => any::<String>(),
    ]
}

/// Legal but long work is not what is tested here.
fn is_long(args: &[String]) -> bool {
    let joined = args.join(" ").to_lowercase();
    ["trials", "samples", "synflow", "width", "sources", "sinks", "１"].iter().any(|word| joined.contains(word))
        && joined.bytes().filter(u8::is_ascii_digit).count() > 3
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_arguments(command in prop::sample::select(vec!["", "network", "prune", "products", "open"]), words in prop::collection::vec(word(), 0..7)) {
        let args: Vec<String> = [command.to_owned()].into_iter().filter(|word| !word.is_empty()).chain(words).collect();
        prop_assume!(!is_long(&args));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut streams = Streams { input: &mut std::io::empty(), output: &mut out, error: &mut err, is_terminal: false };
        let status = run(args.iter().map(OsString::from), &mut streams);
        let err = String::from_utf8(err).unwrap();
        // 3: a search proved that there is no ticket.
        prop_assert!(matches!(status, 0 | 2 | 3));
        prop_assert!(std::str::from_utf8(&out).is_ok());
        if status == 2 {
            prop_assert!(out.is_empty(), "{args:?}");
            let sentences = err.lines().count();
            prop_assert!(sentences >= 1 && err.lines().all(|line| line.starts_with("ticketscope: ")), "{args:?}: {err:?}");
            prop_assert!(err.len() < 1000 && !err.contains('\u{202e}'), "{args:?}: {err}");
        } else {
            prop_assert!(!out.is_empty());
        }
    }
}

/// A key, and a value that it takes; small shapes only.
fn flag() -> impl Strategy<Value = (&'static str, String)> {
    let fields = FIELDS.iter().filter(|field| field.is_flag()).count();
    (0..fields, any::<prop::sample::Index>(), 0.0..1.0_f64).prop_map(|(place, index, share)| {
        let mut fields = FIELDS.iter().filter(|field| field.is_flag());
        let Some(field) = fields.nth(place) else { return ("seed", "1".to_owned()) };
        let words: Vec<&str> = field.words().collect();
        if !words.is_empty() && (field.kind == Kind::Word || share < 0.2) {
            return (field.key, words[index.index(words.len())].to_owned());
        }
        let value = match field.kind {
            Kind::Word => String::new(),
            Kind::Whole { min, max } => {
                let most = if field.group == Group::Network { 6 } else { max };
                (min + ((most - min) as f64 * share * share) as u64).to_string()
            }
            Kind::Real(range) => canonical(range.low + share * (range.high.min(1e6) - range.low)),
            Kind::Reals(range) => format!("{},{}", canonical(-share), canonical(range.high * share)),
            Kind::Form(Form::Edits) => format!("0.0.0:{},1.0.0:{}", canonical(-share), canonical(share)),
            Kind::Form(Form::Inputs) => canonical(share),
            Kind::Form(Form::Compare) => format!("seed:{}", index.index(99)),
            Kind::Form(Form::Mask | Form::Brush) => format!("{},1", canonical(share)),
            Kind::Text { .. } => format!("a.b-{}", index.index(99)),
        };
        (field.key, value)
    })
}

fn answer(args: &[&str]) -> serde_json::Value {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams { input: &mut std::io::empty(), output: &mut out, error: &mut err, is_terminal: false };
    let status = run(args.iter().map(OsString::from), &mut streams);
    assert_eq!((status, String::from_utf8(err).unwrap()), (0, String::new()), "{args:?}");
    serde_json::from_slice(&out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flags_say_what_their_link_says(flags in prop::collection::vec(flag(), 0..6)) {
        let mut args = vec!["network".to_owned(), "--json".to_owned()];
        let mut hand = "#v1".to_owned();
        for (place, (key, value)) in flags.iter().enumerate() {
            if flags[..place].iter().all(|(other, _)| other != key) {
                args.push(format!("--{key}={value}"));
                hand += &format!("&{key}={value}");
            }
        }
        let asked = answer(&args.iter().map(String::as_str).collect::<Vec<_>>());
        let written = asked["link"].as_str().unwrap();
        let opened = link::read(written).unwrap();
        prop_assert_eq!((&opened.notes, opened.damaged), (&Vec::new(), None));
        if hand != "#v1" {
            let by_hand = link::read(&hand).unwrap();
            prop_assert_eq!(by_hand.notes, Vec::new(), "{}", hand);
            prop_assert_eq!(by_hand.scene, opened.scene, "{}", hand);
        }
    }
}
