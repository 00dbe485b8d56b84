//! The command line of Ticketscope: arguments → a scene → a report, JSON, CSV, SVG or PNG.
//!
//! The flags are the keys of [`ticketscope_scene::FIELDS`]; the numbers are those of the page, from the same functions. This
//! crate adds files, a progress bar and sentences about what was wrong, and decides no number.

mod answer;
mod args;
mod error;
mod figure;
mod help;
mod load;
mod luck;
mod output;
mod progress;
mod sweep;
mod work;

use args::Ask;
use error::Error;
use output::Target;
use std::ffi::OsString;
use std::io::{Read, Write};

/// What the program reads and writes.
pub struct Streams<'a> {
    /// Standard input: read where FILE is `-`.
    pub input: &'a mut dyn Read,
    /// Standard output.
    pub output: &'a mut dyn Write,
    /// Standard error.
    pub error: &'a mut dyn Write,
    /// Whether a person watches standard error and may be shown progress.
    pub is_terminal: bool,
}

/// Does what the arguments (without the program's name) ask for and gives the exit status: 0, 3 where a search has proved that
/// there is no ticket, 4 where its budget ended before that was known, or 2 after one sentence on standard error.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> u8 {
    match respond(args, streams) {
        Ok(Verdict::Answered) => 0,
        Ok(Verdict::Impossible) => 3,
        Ok(Verdict::Budget) => 4,
        Err(error) => {
            say(streams.error, &error.to_string());
            2
        }
    }
}

/// A sentence on standard error.
fn say(to: &mut dyn Write, sentence: &str) {
    let stop = if sentence.ends_with(['.', '?', '!']) { "" } else { "." };
    // Nobody is left to hear of a failure to tell of something.
    let _ = writeln!(to, "ticketscope: {sentence}{stop}");
}

/// How a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Well.
    Answered,
    /// By a proof that what was searched for is not there.
    Impossible,
    /// Not: the budget ended before it was known.
    Budget,
}

fn respond(args: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> Result<Verdict, Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some((_, rest)) = args.split_first().filter(|(first, _)| *first == "sweep") {
        return sweep::run(rest, streams).map(|()| Verdict::Answered);
    }
    let text = match args::read(args)? {
        Ask::Help(command) => help::help(command),
        Ask::Version => help::version(),
        Ask::Answer(request) => return answer::answer(*request, streams),
    };
    Target::Standard.write(streams.output, |to| to.write_all(text.as_bytes()))?;
    Ok(Verdict::Answered)
}
