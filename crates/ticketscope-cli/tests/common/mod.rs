//! The program as a user runs it.
#![allow(dead_code, reason = "each test file uses its own part")]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run left behind.
pub struct Ran {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error.
    pub err: String,
}

/// Runs the program.
pub fn run(args: &[&str]) -> Ran {
    run_with(args, b"")
}

/// Runs the program with something on its standard input.
pub fn run_with(args: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ticketscope"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that wants no input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let status = output.status.code().expect("ended by itself, not by a signal");
    Ran { status, out: output.stdout, err: String::from_utf8(output.stderr).unwrap() }
}

impl Ran {
    /// Standard output, of a run that went well and had nothing to complain of.
    pub fn text(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (0, ""));
        String::from_utf8(self.out).unwrap()
    }
}

/// The JSON object that a question is answered with.
pub fn json(args: &[&str]) -> Value {
    let text = run(&[args, &["--json"]].concat()).text();
    assert_eq!(text.lines().count(), 1, "one object, one line");
    serde_json::from_str(&text).unwrap()
}

/// A folder of a test's own, empty, inside the target folder.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
