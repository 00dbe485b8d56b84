//! Counting what passed and what failed, over every kind of test.

use crate::{
    error::{Error, Result},
    shell,
};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

/// The sums of a test run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Tests and checks that passed.
    pub passed: u64,
    /// Tests and checks that failed.
    pub failed: u64,
}

impl Tally {
    /// Counts one check: a task that passes or fails as a whole.
    pub fn check(&mut self, result: Result<()>) {
        match result {
            Ok(()) => self.passed += 1,
            Err(error) => {
                println!("failed: {error}");
                self.failed += 1;
            }
        }
    }

    /// Runs a command whose output tells how many tests passed, and adds them up.
    ///
    /// A suite that fails without naming a failed test (it did not compile, it died) counts as one failed, and so
    /// does one that ran no test at all.
    pub fn suite(&mut self, command: &mut Command) {
        let (counted, ended) = stream(command);
        self.passed += counted.passed;
        self.failed += counted.failed;
        match ended {
            Err(error) if counted.failed == 0 => self.check(Err(error)),
            Ok(()) if counted == Tally::default() => {
                println!("failed: `{}` ran no test", shell::line(command));
                self.failed += 1;
            }
            _ => {}
        }
    }

    /// Adds what one line of a test runner's summary says.
    fn read(&mut self, line: &str) {
        if let Some(summary) = line.trim_start().strip_prefix("test result: ") {
            // cargo test: "test result: ok. 12 passed; 0 failed; 0 ignored; …"
            self.passed += number_before(summary, " passed");
            self.failed += number_before(summary, " failed");
        } else if let Some((kind, count)) = node_summary(line) {
            match kind {
                "pass" => self.passed += count,
                "fail" | "cancelled" => self.failed += count,
                _ => {}
            }
        }
    }
}

/// Runs a command, shows its output as it comes, and counts.
fn stream(command: &mut Command) -> (Tally, Result<()>) {
    let line = shell::line(command);
    println!("→ {line}");
    let mut counted = Tally::default();
    let ended = (|| {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        if let Some(output) = child.stdout.take() {
            for text in BufReader::new(output).split(b'\n') {
                let text = text?;
                let text = String::from_utf8_lossy(&text);
                writeln!(std::io::stdout(), "{text}")?;
                counted.read(&text);
            }
        }
        child.wait()
    })();
    let result = match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Error::Command { line, status }),
        Err(source) => Err(Error::Io { doing: format!("run `{line}`"), source }),
    };
    (counted, result)
}

/// The number that stands right before `word`.
fn number_before(text: &str, word: &str) -> u64 {
    let before = text.split(word).next().unwrap_or("");
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Node's summary lines: "ℹ pass 3", or "# pass 3" where its output is not for people.
fn node_summary(line: &str) -> Option<(&str, u64)> {
    let rest = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?;
    let (kind, count) = rest.split_once(' ')?;
    Some((kind, count.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> (u64, u64) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        (tally.passed, tally.failed)
    }

    #[test]
    fn cargo_summaries_add_up() {
        let first = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        let second = "test result: ok. 5 passed; 0 failed; 0 ignored; finished in 0.01s";
        assert_eq!(tally(&[first, "test tests::passed ... ok", second]), (17, 3));
    }

    #[test]
    fn node_summaries_add_up() {
        assert_eq!(tally(&["ℹ tests 5", "ℹ pass 4", "ℹ fail 1", "ℹ cancelled 0"]), (4, 1));
        assert_eq!(tally(&["# tests 2", "# pass 1", "# cancelled 1", "# passing thought"]), (1, 1));
    }

    #[test]
    fn silence_and_death_count_as_failures() {
        let mut silent = Tally::default();
        silent.suite(&mut Command::new("true"));
        assert_eq!(silent, Tally { passed: 0, failed: 1 });
        let mut dead = Tally::default();
        dead.suite(&mut Command::new("false"));
        assert_eq!(dead, Tally { passed: 0, failed: 1 });
    }
}
