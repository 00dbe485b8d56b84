//! The tasks of this project: `cargo xtask serve`, `build`, `test`, `soak` and `bench`, set-up included.

mod bench;
mod browser;
mod error;
mod program;
mod serve;
mod shell;
mod site;
mod soak;
mod tally;
mod test;
mod tools;

use error::{Error, Result};
use std::{env, process::ExitCode};

const HELP: &str = "\
usage: cargo xtask TASK
  serve [--port NUMBER]  build the page and serve it on this machine
  build                  build the page and the JavaScript module into dist/
  build --faults         build the page that its tests can make fail, beside dist/
  test [STAGE …]         check and test everything, or only some stages
  soak [FILE …]          what takes too long for every change: large counts, all states, fuzzing
  bench [page]           measure the core, native and in Node, and the page in Chromium; or the page only
stages: fmt clippy native wasm build module page";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match task(&words) {
        Ok(()) => ExitCode::SUCCESS,
        // The tally is the last line of a test run.
        Err(Error::Tests) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn task(words: &[String]) -> Result<()> {
    match words {
        [task, rest @ ..] if task == "serve" => serve::serve(rest),
        [task, stages @ ..] if task == "test" => test::test(stages),
        [task] if task == "build" => site::build(),
        [task, option] if task == "build" && option == "--faults" => site::build_faulty().map(drop),
        [task, files @ ..] if task == "soak" => soak::soak(files),
        [task] if task == "bench" => bench::bench(),
        [task, part] if task == "bench" && part == "page" => bench::page(),
        [task] if task == "help" || task == "--help" => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(Error::Usage(HELP.to_owned())),
    }
}
