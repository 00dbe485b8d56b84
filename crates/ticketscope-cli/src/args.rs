//! Arguments → what is asked. The keys come from the one table of fields; the options of the command line itself stand here.

use crate::error::Error;
use crate::output::Target;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use ticketscope_scene::field::Group;
use ticketscope_scene::scene::View;
use ticketscope_scene::{Damage, FIELDS, Field, Note, Scene, link};

/// What is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// The weights and the mask.
    Network,
    /// A pruning run.
    Prune,
    /// Path products.
    Products,
    /// The search for a winning ticket.
    Find,
    /// Whatever a link shows.
    Open,
}

impl Command {
    /// All commands, in the order in which they are listed.
    pub const ALL: [Self; 5] = [Self::Network, Self::Prune, Self::Products, Self::Find, Self::Open];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Prune => "prune",
            Self::Products => "products",
            Self::Find => "find",
            Self::Open => "open",
        }
    }

    /// One line about it.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Network => "Draw a layered network: its shape, weights and mask.",
            Self::Prune => "Cut its edges one by one, and count the tickets that survive each cut.",
            Self::Products => "The products of weights along paths, beside the theory.",
            Self::Find => "Search a winning ticket: the set of paths whose products sum nearest to a target.",
            Self::Open => "What a link shows: all its values come from the link.",
        }
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.word() == word)
    }
}

/// An option of the command line that is no key of a link.
pub struct Opt {
    /// Its name behind `--`.
    pub name: &'static str,
    /// What its value is called; empty for a switch.
    pub value: &'static str,
    /// One short sentence of help.
    pub help: &'static str,
}

/// The options, in the order in which help lists them.
pub static OPTIONS: &[Opt] = &[
    Opt { name: "json", value: "", help: "One JSON object in place of the report." },
    Opt { name: "svg", value: "FILE", help: "The picture as SVG, in place of the report." },
    Opt { name: "png", value: "FILE", help: "The picture as PNG, in place of the report." },
    Opt { name: "theme", value: "light|dark", help: "The colours of the picture (light)." },
    Opt {
        name: "csv",
        value: "FILE",
        help: "Every edge with its weight and whether it is kept; network, prune and find.",
    },
    Opt { name: "weights", value: "FILE", help: "Own weights, JSON or CSV, instead of drawn ones." },
    Opt { name: "mask", value: "FILE", help: "The edges to begin with, JSON or CSV, instead of all." },
    Opt { name: "help", value: "", help: "This text." },
    Opt { name: "version", value: "", help: "The program's version." },
];

/// The colours of pictures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// A question to answer.
#[derive(Debug, Default, PartialEq)]
pub struct Request {
    /// Every value of the question.
    pub scene: Scene,
    /// Whether weights and mask themselves are asked for, and not a view.
    pub is_network: bool,
    /// The keys that were given as flags.
    pub given: Vec<&'static str>,
    /// What was noticed in the link; none where there is no link.
    pub opened: Option<(Vec<Note>, Option<Damage>)>,
    /// A JSON object instead of the report.
    pub json: bool,
    /// Where the picture goes, as SVG and as PNG.
    pub svg: Option<Target>,
    /// See `svg`.
    pub png: Option<Target>,
    /// The picture's colours.
    pub theme: Theme,
    /// Where the table of edges goes.
    pub csv: Option<Target>,
    /// Own weights.
    pub weights: Option<PathBuf>,
    /// An own mask.
    pub mask: Option<PathBuf>,
}

/// What the arguments ask for.
#[derive(Debug, PartialEq)]
pub enum Ask {
    /// Help, about a command or in general.
    Help(Option<Command>),
    /// The version.
    Version,
    /// An answer.
    Answer(Box<Request>),
}

/// Reads the arguments, the program's name left out.
pub fn read(args: impl IntoIterator<Item = OsString>) -> Result<Ask, Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    let (first, rest) = args.split_first().ok_or(Error::NoCommand)?;
    let command = match first.to_str() {
        Some("--version" | "-V") => return Ok(Ask::Version),
        Some("--help" | "-h") => return Ok(Ask::Help(None)),
        Some("help") => return help(rest),
        Some(word) => Command::of(word).ok_or_else(|| unknown_command(word))?,
        None => return Err(unknown_command(&first.to_string_lossy())),
    };
    if rest.iter().any(|arg| arg == "--help" || arg == "-h") {
        return Ok(Ask::Help(Some(command)));
    }
    if rest.iter().any(|arg| arg == "--version" || arg == "-V") {
        return Ok(Ask::Version);
    }
    request(command, rest).map(|request| Ask::Answer(Box::new(request)))
}

fn help(rest: &[OsString]) -> Result<Ask, Error> {
    match rest.first().map(|word| word.to_string_lossy()) {
        None => Ok(Ask::Help(None)),
        Some(word) => Command::of(&word).map(|command| Ask::Help(Some(command))).ok_or_else(|| unknown_command(&word)),
    }
}

fn unknown_command(word: &str) -> Error {
    if is_absent(word) {
        Error::AbsentView { word: word.to_owned() }
    } else {
        Error::Command { given: word.to_owned() }
    }
}

/// Whether a view is in links but not in this version of the program.
fn is_absent(word: &str) -> bool {
    View::ALL.iter().any(|view| view.word() == word && Command::of(word).is_none())
}

fn request(command: Command, args: &[OsString]) -> Result<Request, Error> {
    let mut request = Request { is_network: command == Command::Network, ..Request::default() };
    match command {
        Command::Products => request.scene.view = View::Products,
        Command::Find => request.scene.view = View::Find,
        Command::Network | Command::Prune | Command::Open => {}
    }
    let mut opened = None;
    let mut seen: Vec<String> = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let Some((name, attached)) = flag(arg) else {
            if command == Command::Open && opened.is_none() {
                opened = Some(open(arg)?);
                continue;
            }
            return Err(Error::Extra { given: arg.to_string_lossy().into_owned() });
        };
        let option = OPTIONS.iter().find(|option| option.name == name);
        let key = match option {
            Some(option) => option.name,
            None => field(command, &name)?.key,
        };
        if seen.contains(&name) {
            return Err(Error::Twice { key });
        }
        seen.push(name);
        let is_switch = option.is_some_and(|option| option.value.is_empty());
        let value = match attached {
            Some(value) if is_switch => return Err(Error::Switch { key, given: value.to_string_lossy().into_owned() }),
            Some(value) => value,
            None if is_switch => OsString::new(),
            None => args.next().filter(|value| flag(value).is_none()).cloned().ok_or(Error::NoValue { key })?,
        };
        match option {
            Some(option) => set(&mut request, option.name, value)?,
            None => {
                let text = value.to_str().ok_or(Error::NotText { key })?;
                Field::of(key)?.read(&mut request.scene, text)?;
                request.given.push(key);
            }
        }
    }
    if command == Command::Open {
        let opened = opened.ok_or(Error::NoLink)?;
        if is_absent(opened.scene.view.word()) {
            return Err(Error::AbsentView { word: opened.scene.view.word().to_owned() });
        }
        request.scene = opened.scene;
        request.opened = Some((opened.notes, opened.damaged));
    }
    check(&request)?;
    Ok(request)
}

/// Takes `--name` or `--name=value` apart.
fn flag(arg: &OsStr) -> Option<(String, Option<OsString>)> {
    let text = arg.to_string_lossy();
    let name = text.strip_prefix("--")?;
    match name.split_once('=') {
        None => Some((name.to_owned(), None)),
        Some((name, value)) => {
            // A file's name need not be text: cut the bytes, which are the same up to the first `=`, if the rest is not.
            let value = if arg.to_str().is_some() { OsString::from(value) } else { after_equals(arg) };
            Some((name.to_owned(), Some(value)))
        }
    }
}

#[cfg(unix)]
fn after_equals(arg: &OsStr) -> OsString {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    OsString::from_vec(arg.as_bytes().iter().copied().skip_while(|&byte| byte != b'=').skip(1).collect())
}

#[cfg(not(unix))]
fn after_equals(arg: &OsStr) -> OsString {
    OsString::from(arg.to_string_lossy().split_once('=').map_or("", |(_, value)| value))
}

/// The field behind a flag.
fn field(command: Command, name: &str) -> Result<&'static Field, Error> {
    let field = Field::of(name)?;
    if field.group == Group::Reserved {
        return Err(Error::Reserved { key: field.key });
    }
    if command == Command::Open {
        return Err(Error::KeyWithOpen { key: field.key });
    }
    if field.group == Group::View {
        return Err(Error::ViewFlag);
    }
    Ok(field)
}

fn open(arg: &OsStr) -> Result<link::Opened, Error> {
    let text = arg.to_str().ok_or(Error::NotALink(link::NotALink::NoVersion))?;
    link::read(text).map_err(Error::NotALink)
}

fn set(request: &mut Request, name: &'static str, value: OsString) -> Result<(), Error> {
    if value.is_empty() && name != "json" {
        return Err(Error::NoValue { key: name });
    }
    match name {
        "json" => request.json = true,
        "svg" => request.svg = Some(Target::of(value)),
        "png" => request.png = Some(Target::of(value)),
        "csv" => request.csv = Some(Target::of(value)),
        "weights" => request.weights = Some(value.into()),
        "mask" => request.mask = Some(value.into()),
        _ => {
            request.theme = match value.to_str() {
                Some("light") => Theme::Light,
                Some("dark") => Theme::Dark,
                _ => return Err(Error::Theme { given: value.to_string_lossy().into_owned() }),
            }
        }
    }
    Ok(())
}

/// What the options forbid one another.
fn check(request: &Request) -> Result<(), Error> {
    let targets = [&request.svg, &request.png, &request.csv];
    let on_stdout = targets.iter().filter(|target| matches!(target, Some(Target::Standard))).count();
    if on_stdout + usize::from(request.json) > 1 {
        return Err(Error::Crowded);
    }
    if request.csv.is_some() && !request.is_network && request.scene.view == View::Products {
        return Err(Error::CsvView);
    }
    Ok(())
}

/// The keys that a command's help lists: those that matter to what it shows.
pub fn keys(command: Command) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| match (field.group, command) {
        _ if !field.is_flag() => false,
        (_, Command::Open) => false,
        (Group::Network | Group::Weights | Group::Hand, _) => true,
        (_, Command::Network) => false,
        (_, Command::Prune) => field.is_in(View::Prune),
        (_, Command::Products) => field.is_in(View::Products),
        (_, Command::Find) => field.is_in(View::Find),
    })
}
