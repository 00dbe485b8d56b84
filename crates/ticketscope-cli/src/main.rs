//! The command `ticketscope`.

use std::io::{IsTerminal, stderr, stdin, stdout};
use std::process::ExitCode;
use ticketscope_cli::{Streams, run};

fn main() -> ExitCode {
    let is_terminal = stderr().is_terminal();
    let (mut input, mut output, mut error) = (stdin().lock(), stdout().lock(), stderr().lock());
    let mut streams = Streams { input: &mut input, output: &mut output, error: &mut error, is_terminal };
    run(std::env::args_os().skip(1), &mut streams).into()
}
