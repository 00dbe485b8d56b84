//! Sweeps: every cell is the command's own answer, and shards, merges and continued files come to the same bytes.

mod common;

use common::{json, run};
use std::fs;
use std::path::{Path, PathBuf};

const SWEEP: [&str; 8] =
    ["sweep", "prune", "--trials=20", "--over", "width=2,3", "--over", "hidden=2..=4", "--over=rule=layer,edge"];

fn sweep(more: &[&str]) -> String {
    run(&[&SWEEP[..], more].concat()).text()
}

/// An empty directory of this test's own.
fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn a_cell_is_the_answer_of_its_command() {
    let whole = sweep(&[]);
    let lines: Vec<&str> = whole.lines().collect();
    assert_eq!(lines.len(), 12);
    for (cell, line) in lines.iter().enumerate() {
        let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
        let width = ["2", "3"][cell / 6];
        let hidden = ["2", "3", "4"][cell / 2 % 3];
        let rule = ["layer", "edge"][cell % 2];
        let object = value.as_object_mut().unwrap();
        assert_eq!(object.remove("cell"), Some(cell.into()));
        assert_eq!(object.remove("cells"), Some(12.into()));
        assert_eq!(value, json(&["prune", "--trials", "20", "--width", width, "--hidden", hidden, "--rule", rule]));
    }
}

#[test]
fn searches_and_luck_can_be_swept() {
    let text = run(&["sweep", "find", "--activation=linear", "--trials=50", "--over=width=3,6"]).text();
    let wins = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["luck"]["trials"].as_u64();
    assert_eq!(text.lines().map(wins).collect::<Vec<_>>(), [Some(50), Some(50)]);
}

#[test]
fn shards_merge_to_the_whole_in_any_order() {
    let directory = directory("shards");
    let file = |shard: usize| directory.join(shard.to_string()).to_str().unwrap().to_owned();
    for shard in 1..=5 {
        assert_eq!(sweep(&["--shard", &format!("{shard}/5"), "--out", &file(shard)]), "");
    }
    let files: Vec<String> = [3, 1, 5, 2, 4].map(file).into();
    let args: Vec<&str> = ["sweep", "--merge"].into_iter().chain(files.iter().map(String::as_str)).collect();
    assert_eq!(run(&args).text(), sweep(&[]));
    let ran = run(&args[..args.len() - 1]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "ticketscope: cell 3 of 12 is in none of the files.\n"));
}

#[test]
fn a_file_is_continued_wherever_it_was_torn() {
    let directory = directory("resumed");
    let path = directory.join("cells.jsonl");
    let out = ["--out", path.to_str().unwrap()];
    let whole = sweep(&[]);
    for end in [0, 1, 9, whole.len() / 3, whole.find('\n').unwrap(), whole.find('\n').unwrap() + 1, whole.len()] {
        fs::write(&path, &whole[..end]).unwrap();
        assert_eq!(sweep(&out), "");
        assert_eq!(fs::read_to_string(&path).unwrap(), whole, "torn at byte {end}");
    }
    // Whole lines are taken as they stand, not worked out again.
    let marked = whole.lines().next().unwrap().replacen("\"cells\":12,", "\"cells\":12, ", 1) + "\n";
    fs::write(&path, &marked).unwrap();
    assert_eq!(sweep(&out), "");
    assert!(fs::read_to_string(&path).unwrap().starts_with(&marked));
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let directory = directory("other");
    let path = directory.join("notes.txt");
    let name = path.to_str().unwrap();
    let other = run(&["sweep", "prune", "--over", "width=2,3"]).text();
    for text in ["my notes\n", "my notes", &other] {
        fs::write(&path, text).unwrap();
        let ran = run(&[&SWEEP[..], &["--out", name]].concat());
        assert_eq!((ran.status, ran.err.lines().count()), (2, 1), "{}", ran.err);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn what_is_wrong_is_said_in_a_sentence() {
    for (args, said) in [
        (&["sweep"][..], "prune, products or find"),
        (&["sweep", "bake"], "“bake”"),
        (&["sweep", "prune"], "--over KEY=VALUES"),
        (&["sweep", "prune", "--over", "width"], "“width”"),
        (&["sweep", "prune", "--over", "width=4", "--over", "width=5"], "twice"),
        (&["sweep", "prune", "--over", "width=6..=2"], "“6..=2”"),
        (&["sweep", "prune", "--over", "width=4,0"], "width"),
        (&["sweep", "prune", "--over", "widht=4"], "widht"),
        (&["sweep", "prune", "--width=4", "--over", "width=4,5"], "width"),
        (&["sweep", "prune", "--over", "width=1..=512", "--over", "seed=0..=99999"], "1000000 cells"),
        (&["sweep", "prune", "--over", "width=4", "--shard", "5/4"], "“5/4”"),
        (&["sweep", "--merge"], "no cell"),
        (&["sweep", "--merge", "no such file"], "no such file"),
    ] {
        let ran = run(args);
        assert_eq!((ran.status, ran.out.len(), ran.err.lines().count()), (2, 0, 1), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
    }
}
