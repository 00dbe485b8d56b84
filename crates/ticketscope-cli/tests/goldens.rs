//! Answers of released versions stay what they were: `tests/cli/commands.txt` names them, `tests/cli/NAME.json` holds them.
//!
//! This test never writes. A new line in `commands.txt` gets its answer by `cargo run -p ticketscope-cli --example bless-answers`.

mod common;

use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli")
}

#[test]
fn answers_stay_what_they_were() {
    let commands = std::fs::read_to_string(folder().join("commands.txt")).unwrap();
    let mut names = Vec::new();
    let mut changed = Vec::new();
    for line in commands.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (name, args) = words.split_first().unwrap();
        // 3: a search that proved that there is no ticket has answered.
        let ran = common::run(&[args, &["--json"][..]].concat());
        assert!((ran.status == 0 || ran.status == 3) && ran.err.is_empty(), "{name}: {}", ran.err);
        let answer = String::from_utf8(ran.out).unwrap();
        let golden = std::fs::read_to_string(folder().join(format!("{name}.json"))).unwrap_or_default();
        if answer != golden {
            changed.push(*name);
        }
        names.push(format!("{name}.json"));
    }
    assert!(changed.is_empty(), "these answers have changed, or were never blessed: {changed:?}");
    assert!(names.len() >= 10);
    // And no answer without its command.
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "commands.txt" || names.contains(&name), "{name} is in no line of commands.txt");
    }
}
