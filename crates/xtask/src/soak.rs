//! What takes too long for every change: the tests of the page with large counts and all its states, and the fuzz targets.

use crate::{
    browser,
    error::{Error, Result},
    shell::{self, command},
    site,
    tally::Tally,
};
use std::{path::Path, time::Instant};

/// The tests of the page that do more when they are asked to, by parts of their files' names.
const FILES: [&str; 2] = ["failure", "states"];

/// The fuzz targets of `fuzz/`, and how long each searches, seconds.
const TARGETS: [&str; 2] = ["link", "file"];
const SEARCH: &str = "-max_total_time=60";

/// Runs all of it, or the tests of the page whose file names hold one of these words, and ends with `N passed, N failed`.
pub fn soak(names: &[String]) -> Result<()> {
    let start = Instant::now();
    let mut tally = Tally::default();
    let files: Vec<&str> = if names.is_empty() { FILES.to_vec() } else { names.iter().map(String::as_str).collect() };
    page(&mut tally, &files);
    if names.is_empty() {
        fuzz(&mut tally);
    }
    println!("\n== soak took {:.0} s", start.elapsed().as_secs_f64());
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 { Ok(()) } else { Err(Error::Tests) }
}

/// 1,000 cancels, 50 silent workers, all states in all worlds.
fn page(tally: &mut Tally, files: &[&str]) {
    let built = site::build().and_then(|()| site::build_faulty());
    match built.and_then(|faulty| Ok((faulty, browser::page_tests()?))) {
        Ok((faulty, mut tests)) => {
            tests.args(files).env("FAULTY", faulty).env("SOAK", "1").env("ALL_STATES", "1");
            tally.suite(&mut tests);
        }
        Err(error) => tally.check(Err(error)),
    }
}

/// Searches for a minute with each target, where cargo-fuzz is there: it needs a nightly compiler. The corpora are replayed by
/// `cargo xtask test` in any case. What it finds on its way stays out of the checkout.
fn fuzz(tally: &mut Tally) {
    if shell::output(&mut command("cargo", &["fuzz", "--version"])).is_none() {
        println!("fuzz targets: not run, for there is no cargo-fuzz (cargo install cargo-fuzz)");
        return;
    }
    for target in TARGETS {
        let found = site::target().join("fuzz").join(target);
        tally.check(search(target, &found));
    }
}

fn search(target: &str, found: &Path) -> Result<()> {
    std::fs::create_dir_all(found)
        .map_err(|source| Error::Io { doing: format!("make {}", found.display()), source })?;
    let corpus = shell::root().join("fuzz/corpus").join(target);
    let mut fuzz = command("cargo", &["+nightly", "fuzz", "run", target]);
    shell::run(fuzz.arg(found).arg(corpus).args(["--", SEARCH]))
}
