//! What can go wrong in a task.

use std::{fmt, io, path::Path, process::ExitStatus};

/// Why a task stopped.
#[derive(Debug)]
pub enum Error {
    /// A command ended with a failure of its own, which it has explained itself.
    Command { line: String, status: ExitStatus },
    /// The operating system refused something.
    Io { doing: String, source: io::Error },
    /// Something has to be installed first.
    Missing { what: &'static str, remedy: &'static str },
    /// The finished site breaks one of its own rules.
    Site(String),
    /// The words after `cargo xtask` make no sense.
    Usage(String),
    /// Tests or checks failed; the tally has been printed.
    Tests,
}

/// The result of a task.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Command { line, status } => write!(f, "`{line}` failed: {status}"),
            Error::Io { doing, source } => write!(f, "cannot {doing}: {source}"),
            Error::Missing { what, remedy } => write!(f, "{what} is missing; {remedy}"),
            Error::Site(reason) | Error::Usage(reason) => f.write_str(reason),
            Error::Tests => f.write_str("not everything passed"),
        }
    }
}

/// Turns an IO error into one that says what was being done.
pub trait Doing<T> {
    /// `verb` and `path` complete the sentence "cannot …".
    fn doing(self, verb: &str, path: &Path) -> Result<T>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, verb: &str, path: &Path) -> Result<T> {
        self.map_err(|source| Error::Io { doing: format!("{verb} {}", path.display()), source })
    }
}
