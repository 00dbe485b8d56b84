//! Why the program ends with status 2: one sentence each.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use ticketscope_draw::png::PngError;
use ticketscope_scene::field::{UnknownKey, ValueError};
use ticketscope_scene::file::FileError;
use ticketscope_scene::link::NotALink;
use ticketscope_scene::run::SceneError;
use ticketscope_scene::searchable::NotSearchable;

use crate::args::{Command, OPTIONS};
use crate::output::Target;

/// What was wrong with the question, or in the way of its answer.
#[derive(Debug)]
pub enum Error {
    /// No command.
    NoCommand,
    /// No such command.
    Command {
        /// What was given.
        given: String,
    },
    /// A view that links know and this version of the program does not.
    AbsentView {
        /// Its word.
        word: String,
    },
    /// No such flag.
    Flag(UnknownKey),
    /// A value that its key does not take.
    Value(ValueError),
    /// A flag at the end, or followed by another.
    NoValue {
        /// Its key.
        key: &'static str,
    },
    /// A value that is not Unicode.
    NotText {
        /// Its key.
        key: &'static str,
    },
    /// A switch with a value.
    Switch {
        /// Its name.
        key: &'static str,
        /// The value.
        given: String,
    },
    /// A flag given more than once.
    Twice {
        /// Its key.
        key: &'static str,
    },
    /// A key that has no meaning yet.
    Reserved {
        /// The key.
        key: &'static str,
    },
    /// A key beside a link.
    KeyWithOpen {
        /// The key.
        key: &'static str,
    },
    /// `--view`.
    ViewFlag,
    /// No such theme.
    Theme {
        /// What was given.
        given: String,
    },
    /// An argument that is no flag.
    Extra {
        /// What was given.
        given: String,
    },
    /// `open` without a link.
    NoLink,
    /// `open` with something else.
    NotALink(NotALink),
    /// More than one thing for standard output.
    Crowded,
    /// A table of edges of a view that has none.
    CsvView,
    /// A file could not be read.
    Read {
        /// The option that names it.
        key: &'static str,
        /// Its name.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// A file holds something else.
    File {
        /// The option that names it.
        key: &'static str,
        /// Its name.
        path: PathBuf,
        /// What is wrong.
        error: FileError,
    },
    /// A file of weights has a mask only, or the other way round.
    NothingInFile {
        /// The option that names it.
        key: &'static str,
        /// Its name.
        path: PathBuf,
    },
    /// The mask is for another network than the weights.
    OtherShape {
        /// The file of the mask.
        path: PathBuf,
    },
    /// A key says another shape than the file has.
    ShapeOfFile {
        /// The key.
        key: &'static str,
        /// Its value.
        given: String,
        /// The file's.
        wanted: String,
    },
    /// The scene has no network.
    Scene(SceneError),
    /// It is not searched.
    Search(NotSearchable),
    /// A sweep cannot be made as asked: the sentence.
    Sweep(String),
    /// A picture could not be made.
    Picture(PngError),
    /// An answer could not be written.
    Write {
        /// Where to.
        target: Target,
        /// Why not.
        error: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sweep(sentence) => f.write_str(sentence),
            Self::NoCommand => write!(f, "no command is given: give {} (--help explains them)", commands()),
            Self::Command { given } if given.contains("#v") => {
                write!(f, "a link is opened by `ticketscope open '<link>'`")
            }
            Self::Command { given } => {
                write!(f, "there is no command “{}”: give {} (--help explains them)", shown(given), commands())
            }
            Self::AbsentView { word } => {
                write!(f, "the view {word} is not in this version of the program: it has prune, products and find")
            }
            Self::Flag(unknown) => {
                write!(f, "{unknown}")?;
                if unknown.nearest.is_none() {
                    let options: Vec<&str> = OPTIONS.iter().map(|option| option.name).collect();
                    write!(f, "; the options are {}", options.join(", "))?;
                }
                Ok(())
            }
            Self::Value(error) => error.fmt(f),
            Self::NoValue { key } => write!(f, "{key} is given without a value: give {}", wanted(key)),
            Self::NotText { key } => write!(f, "{key} is given a value that is no text: give {}", wanted(key)),
            Self::Switch { key, given } => write!(f, "{key} takes no value, and “{}” is given", shown(given)),
            Self::Twice { key } => write!(f, "{key} is given more than once: give it once"),
            Self::Reserved { key } => {
                write!(f, "{key} is kept for a later version of the program and takes no value yet")
            }
            Self::KeyWithOpen { key } => {
                write!(f, "{key} is given beside a link: open takes its values from the link alone")
            }
            Self::ViewFlag => f.write_str("view is not a flag: the command names the view, as in `ticketscope prune`"),
            Self::Theme { given } => write!(f, "theme “{}” is not allowed: give light or dark", shown(given)),
            Self::Extra { given } => {
                write!(f, "“{}” is not expected: values follow their key, as in `--width 5`", shown(given))
            }
            Self::NoLink => f.write_str("open is given no link: give one in single quotes, as in '#v1&width=12'"),
            Self::NotALink(error) => error.fmt(f),
            Self::Crowded => f.write_str("standard output takes one thing at a time: give a file for the others"),
            Self::Read { key, path, error } => write!(f, "{key} “{}” cannot be read: {error}", name(path)),
            Self::File { key, path, error } => write!(f, "{key} “{}”: {error}", name(path)),
            Self::NothingInFile { key, path } => {
                write!(f, "{key} “{}”: there is no list of that name in it", name(path))
            }
            Self::OtherShape { path } => {
                write!(f, "mask “{}” is for a network of another shape than weights", name(path))
            }
            Self::ShapeOfFile { key, given, wanted } => {
                write!(f, "{key} “{given}” does not fit the file: leave it out or give {wanted}")
            }
            Self::Scene(error) => error.fmt(f),
            Self::Search(error) => error.fmt(f),
            Self::Picture(error) => error.fmt(f),
            Self::Write { target: Target::Standard, error } => write!(f, "standard output cannot be written: {error}"),
            Self::Write { target: Target::File(path), error } => {
                write!(f, "“{}” cannot be written: {error}", name(path))
            }
            Self::CsvView => f.write_str("csv is for network and prune: products have no edges to list"),
        }
    }
}

impl std::error::Error for Error {}

impl From<UnknownKey> for Error {
    fn from(error: UnknownKey) -> Self {
        Self::Flag(error)
    }
}

impl From<ValueError> for Error {
    fn from(error: ValueError) -> Self {
        Self::Value(error)
    }
}

impl From<SceneError> for Error {
    fn from(error: SceneError) -> Self {
        Self::Scene(error)
    }
}

impl From<NotSearchable> for Error {
    fn from(error: NotSearchable) -> Self {
        Self::Search(error)
    }
}

fn commands() -> String {
    let [rest @ .., last] = Command::ALL.map(Command::word);
    format!("{} or {last}", rest.join(", "))
}

/// What a flag wants.
fn wanted(key: &str) -> String {
    match (ticketscope_scene::Field::of(key), OPTIONS.iter().find(|option| option.name == key)) {
        (_, Some(option)) => option.value.replace('|', " or ").replace("FILE", "the name of a file"),
        (Ok(field), None) => field.allowed(),
        (Err(_), None) => String::from("one"),
    }
}

/// A file's name, whole.
fn name(path: &Path) -> String {
    path.to_string_lossy().chars().map(seen).collect()
}

/// Foreign text made fit to show in a sentence.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(40).map(seen).collect();
    if text.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}

/// A character that leaves a mark where it stands, and turns nothing around.
fn seen(c: char) -> char {
    if c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ' { c } else { '\u{fffd}' }
}
