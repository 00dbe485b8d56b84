//! The link is a promise: what it must keep, tested by the million.

mod common;

use common::{Dice, dice, scene};
use std::collections::BTreeSet;
use ticketscope_scene::note::Note;
use ticketscope_scene::scene::{Reserved, Step};
use ticketscope_scene::{FIELDS, Field, NotALink, Opened, Scene, link};

/// Runs a test's cases on two threads, each with its own seeds.
fn on_two_threads(cases: u32, seed: u64, check: fn(&mut Dice)) {
    std::thread::scope(|scope| {
        for part in 0..2 {
            scope.spawn(move || {
                let mut dice = dice(seed + part);
                for _ in 0..cases / 2 {
                    check(&mut dice);
                }
            });
        }
    });
}

#[test]
fn a_million_scenes_survive_the_link() {
    on_two_threads(1_000_000, 100, |dice| {
        let scene = scene(dice);
        let link = link::write(&scene);
        assert!(link.len() <= link::MOST_CHARACTERS);
        let opened = link::read(&link).unwrap();
        assert_eq!(opened.scene, scene, "{link}");
        assert_eq!(opened.damaged, None, "{link}");
        assert!(opened.notes.iter().all(|note| matches!(note, Note::Reserved { .. })), "{link}: {:?}", opened.notes);
        assert_eq!(link::write(&opened.scene), link);
    });
}

/// Spoils a link: characters changed, put in, taken out, doubled, parts swapped, foreign text.
fn spoiled(dice: &mut Dice) -> String {
    const FOREIGN: &[&str] = &[
        "&",
        "=",
        "&&",
        "#v1",
        "#v1.",
        "%",
        "%2",
        "%00",
        "%ff%fe",
        "%2525",
        "+",
        "\0",
        "\u{202e}",
        "１２",
        "−",
        "…",
        "é",
        "&amp;",
        "<script>alert(1)</script>",
        "NaN",
        "inf",
        "-inf",
        "1e999",
        "1e-999",
        "0x10",
        "-0",
        "9007199254740993",
        "99999999999999999999999999999999999999",
        "&width=",
        "&width",
        "&=5",
        "&seed=-1",
        "&beta=,,",
        "&step=End",
        "=\r\n",
        " ",
        "\n> ",
        "&constructor=__proto__",
        "&utm_source=x",
        "\u{1f39f}",
        "e",
        ".",
        "-",
    ];
    let mut text: Vec<char> = link::write(&scene(dice)).chars().collect();
    for _ in 0..=dice.below(4) {
        let at = dice.below(text.len() as u32 + 1) as usize;
        match dice.below(6) {
            0 => text.truncate(at),
            1 if at < text.len() => text[at] = char::from(dice.below(128) as u8),
            2 if at < text.len() => _ = text.remove(at),
            3 => {
                let copy = text[at..].to_vec();
                text.extend(copy);
            }
            4 => text.insert(at, char::from_u32(dice.below(0x11_0000)).unwrap_or('\u{fffd}')),
            _ => _ = text.splice(at..at, dice.one(FOREIGN).chars()),
        }
    }
    text.into_iter().collect()
}

fn assert_in_range(opened: &Opened, text: &str) {
    for field in FIELDS {
        let written = field.write(&opened.scene);
        if written.is_empty() {
            continue;
        }
        let mut again = opened.scene.clone();
        assert_eq!(field.read(&mut again, &written), Ok(()), "{text:?}");
        assert_eq!(again, opened.scene, "{text:?}");
    }
}

#[test]
fn a_million_spoiled_links_open_or_are_refused() {
    on_two_threads(1_000_000, 200, |dice| {
        let text = spoiled(dice);
        match link::read(&text) {
            Ok(opened) => {
                assert!(opened.notes.len() <= 51);
                if dice.below(64) == 0 {
                    assert_in_range(&opened, &text);
                    let canonical = link::write(&opened.scene);
                    assert_eq!(link::read(&canonical).unwrap().scene, opened.scene, "{text:?}");
                }
                for note in &opened.notes {
                    let note = note.to_string();
                    assert!(!note.is_empty() && note.chars().count() < 400 && !note.contains('\0'), "{note}");
                }
            }
            Err(NotALink::TooLong { length }) => assert!(length > link::MOST_CHARACTERS),
            Err(NotALink::NoVersion) => {}
        }
    });
}

#[test]
fn bytes_of_any_kind_are_read() {
    // Random bytes behind a good beginning, up to the longest text.
    let mut dice = dice(300);
    for _ in 0..2_000 {
        let length = dice.below(8_000);
        let bytes: Vec<u8> = (0..length).map(|_| dice.below(256) as u8).collect();
        let text = format!("#v1&{}", String::from_utf8_lossy(&bytes));
        match link::read(&text) {
            Ok(opened) => assert_in_range(&opened, &text),
            Err(error) => assert_eq!(error, NotALink::TooLong { length: text.len() }),
        }
    }
}

#[test]
fn too_long_is_refused_and_the_longest_is_not() {
    let longest = format!("#v1&{}", "a".repeat(link::MOST_CHARACTERS - 4));
    assert!(link::read(&longest).is_ok());
    let error = link::read(&format!("{longest}a")).unwrap_err();
    assert_eq!(error.to_string(), "this is no link: it has 8193 characters and a link has at most 8192");
}

fn longest_of(form: ticketscope_scene::field::Form) -> Vec<String> {
    use ticketscope_scene::field::Form;
    let number = "-1.234567890123456e-300";
    let edits: Vec<String> = (100..).map(|to| format!("32.511.{to}:{number}")).take(form.most() / 35).collect();
    vec![match form {
        Form::Mask => "A".repeat(form.most()),
        Form::Edits => edits.join(","),
        Form::Inputs => vec![number; form.most() / (number.len() + 1)].join(","),
        Form::Compare => "rule:two-choices".into(),
        Form::Brush => format!("{number},{}", &number[1..]),
    }]
}

#[test]
fn the_longest_scene_has_a_link() {
    let mut longest = Scene::default();
    for field in FIELDS {
        let texts: Vec<String> = match field.kind {
            ticketscope_scene::field::Kind::Text { most } => vec!["a".repeat(most)],
            ticketscope_scene::field::Kind::Form(form) => longest_of(form),
            ticketscope_scene::field::Kind::Reals(_) => vec![vec!["-1.234567890123456e-300"; 116].join(",")],
            _ => vec!["1.234567890123456e-300".into(), "9007199254740991".into(), "1000000000000".into()],
        };
        for text in texts.into_iter().chain(field.words().map(str::to_owned)) {
            let mut other = longest.clone();
            if field.read(&mut other, &text).is_ok() && link::write(&other).len() > link::write(&longest).len() {
                longest = other;
            }
        }
    }
    let link = link::write(&longest);
    assert!((6_500..=link::MOST_CHARACTERS).contains(&link.len()), "{}", link.len());
    assert_eq!(link::read(&link).unwrap().scene, longest);
}

fn golden() -> Vec<[String; 3]> {
    let text = include_str!("../../../tests/links/v1.txt");
    text.lines()
        .filter(|line| !line.starts_with('#') || line.starts_with("#v"))
        .filter(|line| !line.is_empty())
        .map(|line| {
            let parts: Vec<String> = line.split('\t').map(unescaped).collect();
            parts.try_into().unwrap_or_else(|parts| panic!("three columns are wanted: {parts:?}"))
        })
        .collect()
}

/// Golden lines spell line ends `\n` and `\r`.
fn unescaped(text: &str) -> String {
    text.replace("\\r", "\r").replace("\\n", "\n")
}

/// What stands away from the default, in words that a change of the format does not touch.
fn summary(opened: &Opened) -> String {
    let mut words: Vec<String> = FIELDS
        .iter()
        .filter(|field| !field.is_default(&opened.scene))
        .map(|field| format!("{} {}", field.key, field.write(&opened.scene)))
        .collect();
    let notes = opened.notes.iter().filter(|note| !matches!(note, Note::Reserved { .. })).count();
    words.push(format!("notes {notes}"));
    if opened.damaged.is_some() {
        words.push("damaged".into());
    }
    words.join("; ")
}

#[test]
fn golden_links_open_what_they_always_opened() {
    let lines = golden();
    assert!(lines.len() >= 60, "{}", lines.len());
    let mut wrong = String::new();
    for [given, canonical, expected] in lines {
        let opened = link::read(&given).unwrap_or_else(|error| panic!("{given}: {error}"));
        let (now, got) = (link::write(&opened.scene), summary(&opened));
        if now != canonical || got != expected {
            let given = given.replace('\r', "\\r").replace('\n', "\\n");
            wrong += &format!("{given}\t{now}\t{got}\n");
        }
    }
    assert!(wrong.is_empty(), "these lines came out otherwise:\n{wrong}");
}

#[test]
fn golden_lines_are_never_edited() {
    // The first lines of the file as released, counted and hashed (FNV-1a, 64 bits). Add lines at the end, and a row here.
    const BLOCKS: &[(usize, u64)] =
        &[(97, 0x540b_2eae_8cf0_662a), (121, 0x8613_5945_c84f_1c68), (134, 0x07ed_9dbc_49e9_1c16)];
    let text = include_str!("../../../tests/links/v1.txt");
    for &(lines, hash) in BLOCKS {
        let block: String = text.split_inclusive('\n').take(lines).collect();
        let got = block
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        assert_eq!(got, hash, "the first {lines} lines of tests/links/v1.txt have changed (now {got:#018x})");
    }
    let covered = BLOCKS.last().map_or(0, |block| block.0);
    assert_eq!(text.lines().count(), covered, "add a row to BLOCKS for the lines that are new");
}

#[test]
fn a_prefix_shows_the_same_or_says_that_it_is_damaged() {
    let mut links: BTreeSet<String> = golden().into_iter().map(|[_, canonical, _]| canonical).collect();
    let mut dice = dice(400);
    while links.len() < 400 {
        links.insert(link::write(&scene(&mut dice)));
    }
    for whole in &links {
        let scene = link::read(whole).unwrap().scene;
        for end in 0..whole.len() {
            match link::read(&whole[..end]) {
                Ok(opened) => assert!(opened.damaged.is_some() || opened.scene == scene, "{}", &whole[..end]),
                Err(error) => assert!(end <= 2, "{}: {error}", &whole[..end]),
            }
        }
    }
}

#[test]
fn one_changed_character_is_noticed() {
    let whole = "#v1.XK2R&width=12";
    for at in 9..whole.len() {
        for c in b'!'..=b'~' {
            let mut changed = whole.as_bytes().to_vec();
            changed[at] = c;
            let changed = String::from_utf8(changed).unwrap();
            let opened = link::read(&changed).unwrap();
            assert!(opened.damaged.is_some() || opened.scene.width == 12, "{changed}");
        }
    }
}

/// The notes of a link, as sentences.
fn notes(link: &str) -> Vec<String> {
    let opened = link::read(link).unwrap();
    assert_eq!(opened.damaged, None, "{link}");
    opened.notes.iter().map(ToString::to_string).collect()
}

#[test]
fn each_deviation_is_one_named_note() {
    for (link, note) in [
        ("#v1&width=3&width=7", "width is given more than once: the last one counts"),
        ("#v1&Width=7", "“Width” is read as width"),
        ("#v1&prune_seed=7", "“prune_seed” is read as prune-seed"),
        ("#v1&rule=Edge", "rule “Edge” is read as edge"),
        ("#v1&width=１２", "width “１２” is read as 12"),
        ("#v1&width=%EF%BC%91%EF%BC%92", "width “１２” is read as 12"),
        ("#v1&scale=1e999", "scale 1e999 → 1000000 (allowed above 0, at most 1000000)"),
        ("#v1&samples=1e999", "samples 1e999 → 100000000 (allowed 1–100000000)"),
        ("#v1&confidence=1e999", "confidence 1e999 → 1.7976931348623157e308 (allowed 1 or more or e)"),
        ("#v1&step=-0", "step “-0” is read as 0"),
        ("#v1&beta=-0", "beta “-0” is read as 0"),
        ("#v1&width=0x10", "width 0x10 → 5 (allowed 1–512)"),
        ("#v1&width=007", "width “007” is read as 7"),
        ("#v1&width=+7", "width “+7” is read as 7"),
        ("#v1&seed=9007199254740993", "seed 9007199254740993 → 9007199254740991 (allowed 0–9007199254740991)"),
        ("#v1&confidence=9007199254740993", "confidence “9007199254740993” is read as 9007199254740992"),
        ("#v1&width=", "width is empty: 5 is used"),
        ("#v1&width", "width is empty: 5 is used"),
        ("#v1&construction=", "construction is empty and left out"),
        ("#v1&widht=7", "unknown key “widht” is left out (did you mean width?)"),
        ("#v1&frobnicate=7", "unknown key “frobnicate” is left out"),
        ("#v1&scale=NaN", "scale NaN → 1 (allowed above 0, at most 1000000)"),
        ("#v1&scale=inf", "scale inf → 1 (allowed above 0, at most 1000000)"),
        ("#v1&beta=nan,1", "beta nan,1 → 0.5 (allowed numbers −1000000–1000000 with commas between or uniform)"),
        (
            "#v1&beta=2000000,1",
            "beta 2000000,1 → 1000000,1 (allowed numbers −1000000–1000000 with commas between or uniform)",
        ),
        ("#v1&width=900", "width 900 → 512 (allowed 1–512)"),
        ("#v1&width=0", "width 0 → 1 (allowed 1–512)"),
        ("#v1&width=-4", "width -4 → 1 (allowed 1–512)"),
        ("#v1&width=12.6", "width 12.6 → 13 (allowed 1–512)"),
        ("#v1&alpha=0", "alpha 0 → auto (allowed above 0, at most 8, auto or flat)"),
        ("#v1&alpha=9", "alpha 9 → 8 (allowed above 0, at most 8, auto or flat)"),
        ("#v1&resolution=1", "resolution 1 → 0.02 (allowed above 0, below 1)"),
        ("#v1&rule=random", "rule random → layer (allowed layer, two-choices, edge, node, magnitude or synflow)"),
        ("#v1&embed=AAEC", "embed is kept, but has no meaning in this version of the program"),
        ("#v1&mask=v_", "mask “v_” is read as v"),
        ("#v1&mask=__", "mask is empty and left out"),
        ("#v1&mask=a.b", "mask a.b → none (allowed at most 2000 characters of A–Z a–z 0–9 - _, six edges each)"),
        ("#v1&edits=1.0.0:2,0.0.1:3", "edits “1.0.0:2,0.0.1:3” is read as 0.0.1:3,1.0.0:2"),
        (
            "#v1&edits=0.0.1:3,0.0.1:4",
            "edits 0.0.1:3,0.0.1:4 → 0.0.1:4 (allowed layer.from.to:weight with commas between, each edge once, weights −1000000000–1000000000, at most 600 characters)",
        ),
        (
            "#v1&edits=0.0.1:3e9,33.0.0:1",
            "edits 0.0.1:3e9,33.0.0:1 → 0.0.1:1000000000 (allowed layer.from.to:weight with commas between, each edge once, weights −1000000000–1000000000, at most 600 characters)",
        ),
        (
            "#v1&input=2e6",
            "input 2e6 → 1000000 (allowed numbers −1000000–1000000 with commas between, at most 300 characters)",
        ),
        ("#v1&compare=Rule:Edge", "compare “Rule:Edge” is read as rule:edge"),
        (
            "#v1&compare=seed:-1",
            "compare seed:-1 → seed:0 (allowed rule:WORD, seed:NUMBER, prune-seed:NUMBER or mask:random)",
        ),
        (
            "#v1&compare=law:exact",
            "compare law:exact → none (allowed rule:WORD, seed:NUMBER, prune-seed:NUMBER or mask:random)",
        ),
        (
            "#v1&brush=0.5,-0.5",
            "brush 0.5,-0.5 → -0.5,0.5 (allowed two numbers −1000000–1000000 with a comma between, the lower one first)",
        ),
        (
            "#v1&brush=0.5",
            "brush 0.5 → none (allowed two numbers −1000000–1000000 with a comma between, the lower one first)",
        ),
        ("#v1&edits=0.0.1:+3", "edits “0.0.1:+3” is read as 0.0.1:3"),
        (
            "#v1&hide=<b>",
            "this link was altered on its way here and has been mended|hide is kept, but has no meaning in this version of the program",
        ),
        (
            "#v2&width=7",
            "this link is of version 2 and this program reads up to version 1: it opened what it understood",
        ),
    ] {
        assert_eq!(notes(link), note.split('|').collect::<Vec<_>>(), "{link}");
    }
    for fine in ["#v1&samples=1e6", "#v1&beta=0.50", "#v1&epsilon=1e-2", "#v1&alpha=2.", "#v1&", "#v1&&width=7&"] {
        let notes = notes(fine);
        assert!(notes.is_empty() || fine.ends_with('.'), "{fine}: {notes:?}");
    }
}

#[test]
fn mangled_links_open_the_same_scene() {
    let scene = Scene { width: 12, hidden: 6, seed: 77, step: Step::End, ..Scene::default() };
    let sound = link::write(&scene);
    let typed = "#v1&hidden=6&width=12&seed=77&step=end".to_owned();
    let encoded = |text: &str| -> String { text.bytes().map(|b| format!("%{b:02X}")).collect() };
    for link in [sound, typed] {
        let bare = link.trim_start_matches('#');
        let (head, tail) = link.split_at(link.len() - 9);
        for mangled in [
            link.clone(),
            format!("https://EXAMPLE.org/ticketscope/{link}"),
            format!("HTTPS://EXAMPLE.ORG/?utm_source=mail&utm_medium=x{link}"),
            format!("<https://example.org/{link}>"),
            format!("(https://example.org/{link})."),
            format!("“https://example.org/{link}”,"),
            format!("{link}!"),
            format!("{link}?"),
            format!("{link}&utm_source=mail&utm_medium=x"),
            format!("{link}?fbclid=IwAR0123"),
            format!("{head}\n{tail}"),
            format!("{head}\r\n {tail}\r\n"),
            format!("{head}\n> {tail}"),
            format!("{head}\u{200b}{tail}"),
            format!("{head}\u{ad}{tail}"),
            link.replace('&', "&amp;"),
            link.replace('&', "&amp;amp;"),
            link.replace('&', "%26").replace('=', "%3D"),
            link.replace('&', "%2526").replace('=', "%253D"),
            link.replace('=', "=3D"),
            format!("#{}", encoded(bare).replacen("%76", "v", 1).replacen("%31", "1", 1)),
            encoded(&link),
            format!("https://example.org/{}", encoded(&encoded(&link))),
            format!("#V{}", &bare[1..]),
        ] {
            let opened = link::read(&mangled).unwrap_or_else(|error| panic!("{mangled}: {error}"));
            assert_eq!(opened.scene, scene, "{mangled}");
            assert_eq!(opened.damaged, None, "{mangled}");
            assert!(opened.notes.len() <= 1 && opened.notes.iter().all(|note| *note == Note::Mended), "{mangled}");
        }
    }
    // Only the check digits can tell these apart from what they look like.
    let link = link::write(&scene);
    let (head, tail) = link.split_at(link.len() - 9);
    for mangled in
        [format!("{head}=\n{tail}"), format!("{head}=\r\n{tail}"), format!("{link} is the one"), link.to_lowercase()]
    {
        assert_eq!(
            link::read(&mangled).map(|opened| (opened.scene, opened.damaged)),
            Ok((scene.clone(), None)),
            "{mangled}"
        );
    }
    assert!(link::read("#v1&hidden=6&wid…").unwrap().damaged.is_some());
    assert!(link::read("#v1").unwrap().damaged.is_some());
}

#[test]
fn what_is_no_link() {
    for text in ["", "#", "#v", "v1&width=3", "#view", "https://example.org/", "#width=3", "%23", "\u{feff}"] {
        assert_eq!(link::read(text), Err(NotALink::NoVersion), "{text:?}");
    }
}

#[test]
fn lengths() {
    assert_eq!(link::write(&Scene::default()), "#v1.0000");
    // One change of a word or a short number adds at most 20 characters.
    for field in FIELDS {
        for text in field.words().chain(["7", "0.5", "7000"]) {
            let mut scene = Scene::default();
            if field.read(&mut scene, text).is_ok() {
                assert!(link::write(&scene).len() - "#v1.0000".len() <= 20, "{}", field.key);
            }
        }
    }
}

#[test]
fn the_table_is_whole() {
    let keys: BTreeSet<&str> = FIELDS.iter().map(|field| field.key).collect();
    assert_eq!(keys.len(), FIELDS.len());
    assert_eq!(FIELDS.len(), 39);
    let default = Scene::default();
    for field in FIELDS {
        assert_eq!(field.write(&default), field.default, "{}", field.key);
        let mut reset = Scene { reserved: Reserved::default(), ..default.clone() };
        for word in field.words() {
            field.read(&mut reset, word).unwrap();
            assert_eq!(field.write(&reset), word);
        }
        field.reset(&mut reset);
        assert_eq!(reset, default, "{}", field.key);
        assert!(!field.label.is_empty() && field.help.ends_with('.') && !field.views.is_empty());
        assert!(Field::of(field.key).is_ok());
    }
    assert_eq!(Field::of("widht").err().unwrap().to_string(), "there is no key “widht”: did you mean width?");
    assert!(
        Field::of("frobnicate")
            .err()
            .unwrap()
            .to_string()
            .starts_with("there is no key “frobnicate”: the keys are view, ")
    );
}
