//! Where answers go.

use crate::error::Error;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// A place for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Standard,
    /// A file, written anew.
    File(PathBuf),
}

impl Target {
    /// The target that a FILE names: `-` is standard output.
    pub fn of(name: OsString) -> Self {
        if name == "-" { Self::Standard } else { Self::File(name.into()) }
    }

    /// Has an answer written to this place. A reader that goes away early, like `head`, is no error: the rest is left out.
    pub fn write(
        &self,
        stdout: &mut dyn Write,
        answer: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Error> {
        let written = match self {
            Self::Standard => written(stdout, answer),
            Self::File(path) => File::create(path).and_then(|file| written(file, answer)),
        };
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::Write { target: self.clone(), error })
            }
            _ => Ok(()),
        }
    }
}

fn written(to: impl Write, answer: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(1 << 16, to);
    let answered = answer(&mut to).and_then(|()| to.flush());
    // What is left must not be tried again when the buffer is dropped.
    let _ = to.into_parts();
    answered
}
