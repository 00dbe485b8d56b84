//! Everything that must hold, in stages; a stage that fails does not stop the next.

use crate::{
    browser,
    error::{Error, Result},
    shell::{self, command},
    site,
    tally::Tally,
    tools::{self, WASM, WASM_BINDGEN},
};
use std::time::Instant;

/// Runs a stage and counts what it finds.
type Stage = fn(&mut Tally);

/// The stages in their order: what fails fastest comes first.
const STAGES: [(&str, Stage); 7] = [
    ("fmt", fmt),
    ("clippy", clippy),
    ("native", native),
    ("wasm", wasm),
    ("build", build),
    ("module", module),
    ("page", page),
];

/// The crates that are compiled to WebAssembly.
const ON_WASM: [&str; 6] = [
    "ticketscope-core",
    "ticketscope-scene",
    "ticketscope-draw",
    "ticketscope-wasm",
    "ticketscope-web",
    "ticketscope-bench",
];

/// Runs the stages named, or all, and ends with the line `N passed, N failed`.
pub fn test(names: &[String]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| STAGES.iter().all(|(stage, _)| stage != name)) {
        let known = STAGES.map(|(name, _)| name).join(" ");
        return Err(Error::Usage(format!("there is no stage `{unknown}`; the stages are: {known}")));
    }
    let mut tally = Tally::default();
    for (name, stage) in STAGES {
        // The last two test what `build` writes.
        let needed = name == "build" && names.iter().any(|name| name == "module" || name == "page");
        if names.is_empty() || needed || names.iter().any(|wanted| wanted == name) {
            println!("\n== {name}");
            let start = Instant::now();
            stage(&mut tally);
            println!("== {name} took {:.0} s", start.elapsed().as_secs_f64());
        }
    }
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 { Ok(()) } else { Err(Error::Tests) }
}

fn fmt(tally: &mut Tally) {
    tally.check(component("fmt", "rustfmt").and_then(|()| shell::run(&mut command("cargo", &["fmt", "--check"]))));
}

fn clippy(tally: &mut Tally) {
    tally.check(component("clippy", "clippy").and_then(|()| {
        let all = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
        shell::run(&mut command("cargo", &all))
    }));
    tally.check(tools::ensure_target().and_then(|()| {
        let mut clippy = command("cargo", &["clippy", "--target", WASM]);
        clippy.args(ON_WASM.iter().flat_map(|name| ["--package", *name]));
        shell::run(clippy.args(["--", "--deny", "warnings"]))
    }));
}

/// A part of the Rust toolchain, added when it is not there.
fn component(subcommand: &str, name: &str) -> Result<()> {
    match shell::output(&mut command("cargo", &[subcommand, "--version"])) {
        Some(_) => Ok(()),
        None => shell::run(&mut command("rustup", &["component", "add", name])),
    }
}

/// Unit, property, golden and doc tests.
fn native(tally: &mut Tally) {
    tally.suite(&mut command("cargo", &["test", "--workspace", "--no-fail-fast"]));
}

/// WebAssembly computes the same, to the last bit: pinned digests, in Node.
fn wasm(tally: &mut Tally) {
    let ready = tools::ensure_target().and_then(|()| tools::ensure_node()).and_then(|()| WASM_BINDGEN.program());
    let runner = match ready {
        Ok(program) => program.with_file_name("wasm-bindgen-test-runner"),
        Err(error) => return tally.check(Err(error)),
    };
    let tests = ["test", "--target", WASM, "--package", "ticketscope-wasm", "--test", "wasm"];
    tally.suite(command("cargo", &tests).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner));
}

/// The site builds, holds to its own rules and stays within its budget.
fn build(tally: &mut Tally) {
    tally.check(site::build());
}

/// The JavaScript module as its users call it, in Node.
fn module(tally: &mut Tally) {
    tally.suite(&mut command("node", &["--test", "crates/ticketscope-wasm/npm/module.test.mjs"]));
}

/// The page as a reader meets it, in Chromium; and a second build of it that can be made to fail.
fn page(tally: &mut Tally) {
    match site::build_faulty().and_then(|faulty| Ok((faulty, browser::page_tests()?))) {
        Ok((faulty, mut tests)) => tally.suite(tests.env("FAULTY", faulty)),
        Err(error) => tally.check(Err(error)),
    }
}
