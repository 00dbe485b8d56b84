//! Many questions in one call: every combination of lists and ranges of keys, a JSON line a cell.
//!
//! A line is the object that the command itself prints with `--json`, with its `cell` and the number of `cells` in front. Lines are
//! written in the cells' order and one by one, so a file that a crash left behind holds whole cells and at most one torn line; the same
//! call takes it up from there.

use crate::args::{self, Ask, Request};
use crate::error::Error;
use crate::output::Target;
use crate::progress::Progress;
use crate::{Streams, answer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use ticketscope_scene::{Field, link};

/// A sweep has at most so many cells.
const MOST_CELLS: usize = 1_000_000;

const HELP: &str = "\
Ask one question of many networks: every combination of lists and ranges of keys, a JSON line each.

usage: ticketscope sweep prune|products|find [--key value …] --over KEY=VALUES … [--out FILE] [--shard I/N]
       ticketscope sweep --merge FILE …

options
  --over KEY=VALUES    Values of one key: 4,8,16 or 2..=6 or both (1,4..=6,9). Repeat it for more keys;
                       the last one changes fastest.
  --out FILE           Where the lines go. A file that holds a part already is continued: whole lines
                       stay, a torn last one is dropped.
  --shard I/N          Only every Nth cell, from the Ith, I = 1 to N.
  --merge FILE …       The lines of all shards, in order, on standard output: what the whole sweep writes.
  --help               This text.

Exit status: 0; 2 and one sentence on standard error.
";

fn wrong(sentence: impl Into<String>) -> Error {
    Error::Sweep(sentence.into())
}

/// What the arguments behind `sweep` ask for, done.
pub fn run(args: &[OsString], streams: &mut Streams) -> Result<(), Error> {
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        return Target::Standard.write(streams.output, |to| to.write_all(HELP.as_bytes()));
    }
    let texts: Vec<&str> = args
        .iter()
        .map(|arg| arg.to_str().ok_or_else(|| wrong(format!("“{}” is not Unicode", arg.to_string_lossy()))))
        .collect::<Result<_, _>>()?;
    match texts.split_first() {
        Some((&"--merge", files)) => merge(files, streams),
        Some((&view @ ("prune" | "products" | "find"), rest)) => Sweep::read(view, rest)?.run(streams),
        Some((given, _)) => {
            Err(wrong(format!("sweep begins with prune, products or find, or with --merge, not with “{given}”")))
        }
        None => Err(wrong("sweep begins with prune, products or find, or with --merge (sweep --help explains them)")),
    }
}

/// A key and its values.
#[derive(Debug, PartialEq)]
struct Axis {
    key: &'static str,
    values: Vec<String>,
}

#[derive(Debug)]
struct Sweep {
    /// The command and the flags that all cells share.
    shared: Vec<String>,
    axes: Vec<Axis>,
    out: Option<PathBuf>,
    /// (which, of how many), from 0.
    shard: (usize, usize),
}

impl Sweep {
    fn read(view: &str, args: &[&str]) -> Result<Self, Error> {
        let mut sweep = Self { shared: vec![view.to_owned()], axes: Vec::new(), out: None, shard: (0, 1) };
        let mut sharded = false;
        let mut args = args.iter();
        while let Some(&arg) = args.next() {
            let flag = arg.strip_prefix("--").ok_or_else(|| wrong(format!("“{arg}” is no flag of a sweep")))?;
            let (name, attached) = flag.split_once('=').map_or((flag, None), |(name, value)| (name, Some(value)));
            let value = attached.or_else(|| args.next().copied()).filter(|value| !value.is_empty());
            let value = value.ok_or_else(|| wrong(format!("--{name} has no value")))?;
            match name {
                "over" => sweep.over(value)?,
                "out" if sweep.out.is_some() => return Err(wrong("--out is given twice")),
                "out" => sweep.out = Some(value.into()),
                "shard" if sharded => return Err(wrong("--shard is given twice")),
                "shard" => (sweep.shard, sharded) = (shard(value)?, true),
                _ => sweep.shared.push(format!("--{}={value}", Field::of(name)?.key)),
            }
        }
        if sweep.axes.is_empty() {
            return Err(wrong("a sweep needs values to go through: give --over KEY=VALUES, as in --over width=4,8,16"));
        }
        let cells = sweep.axes.iter().try_fold(1_usize, |cells, axis| cells.checked_mul(axis.values.len()));
        match cells {
            Some(cells) if cells <= MOST_CELLS => Ok(sweep),
            _ => Err(wrong(format!("this sweep has more than {MOST_CELLS} cells; give fewer values"))),
        }
    }

    fn over(&mut self, text: &str) -> Result<(), Error> {
        let (key, list) = text
            .split_once('=')
            .ok_or_else(|| wrong(format!("--over takes KEY=VALUES, as in width=4,8,16, not “{text}”")))?;
        let key = Field::of(key)?.key;
        if self.axes.iter().any(|axis| axis.key == key) {
            return Err(wrong(format!("--over {key} is given twice")));
        }
        self.axes.push(Axis { key, values: values(key, list)? });
        Ok(())
    }

    fn cells(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// The question of a cell: the last axis changes fastest.
    fn request(&self, cell: usize) -> Result<Request, Error> {
        let mut place = cell;
        let mut flags = Vec::new();
        for axis in self.axes.iter().rev() {
            flags.push(format!("--{}={}", axis.key, axis.values[place % axis.values.len()]));
            place /= axis.values.len();
        }
        let args = self.shared.iter().cloned().chain(flags).chain(["--json".to_owned()]);
        match args::read(args.map(OsString::from))? {
            Ask::Answer(request) => Ok(*request),
            Ask::Help(_) | Ask::Version => Err(wrong("help and version are no flags of a cell")),
        }
    }

    /// The cells of the shard.
    fn own(&self) -> impl Iterator<Item = usize> {
        (self.shard.0..self.cells()).step_by(self.shard.1)
    }

    fn run(&self, streams: &mut Streams) -> Result<(), Error> {
        // What is wrong with any cell's arguments is said before the first is worked out.
        for cell in self.own() {
            self.request(cell)?;
        }
        let (done, mut file) = self.open()?;
        let total = self.own().count();
        let mut progress = Progress::new(streams.error, streams.is_terminal);
        for (place, cell) in self.own().enumerate().skip(done) {
            progress.tell(place as f64 / total as f64);
            let line = self.line(cell)?;
            match &mut file {
                Some((file, path)) => file
                    .write_all(line.as_bytes())
                    .and_then(|()| file.flush())
                    .map_err(|error| Error::Write { target: Target::File(path.clone()), error })?,
                None => Target::Standard.write(streams.output, |to| to.write_all(line.as_bytes()))?,
            }
        }
        Ok(())
    }

    /// What the command prints for a cell, with the cell's number in front.
    fn line(&self, cell: usize) -> Result<String, Error> {
        let mut output = Vec::new();
        let mut inner =
            Streams { input: &mut io::empty(), output: &mut output, error: &mut io::sink(), is_terminal: false };
        answer::answer(self.request(cell)?, &mut inner)?;
        let object = String::from_utf8_lossy(&output);
        Ok(format!("{{\"cell\":{cell},\"cells\":{},{}", self.cells(), object.strip_prefix('{').unwrap_or(&object)))
    }

    /// How many cells the file holds already, and the file, ready for the next.
    fn open(&self) -> Result<(usize, Option<(File, PathBuf)>), Error> {
        let Some(path) = &self.out else { return Ok((0, None)) };
        let text = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|error| Error::Read { key: "out", path: path.clone(), error })?,
        };
        let whole = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let other = || wrong(format!("{} holds something else than the beginning of this sweep", path.display()));
        let lines = lines(&text[..whole], path)?;
        let mut own = self.own();
        for line in &lines {
            let cell = own.next().ok_or_else(other)?;
            let link = link::write(&self.request(cell)?.scene);
            if (line.cell, line.cells) != (cell, self.cells()) || line.link != link {
                return Err(other());
            }
        }
        // A torn line is the beginning of a cell; a file of something else is left alone.
        if !text[whole..].is_empty() && !text[whole..].starts_with(&b"{\"cell\":"[..(text.len() - whole).min(8)]) {
            return Err(other());
        }
        let failed = |error| Error::Write { target: Target::File(path.clone()), error };
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
        file.set_len(whole as u64).map_err(failed)?;
        Ok((lines.len(), Some((file, path.clone()))))
    }
}

/// `4,8,16`, `2..=6`, or both.
fn values(key: &str, list: &str) -> Result<Vec<String>, Error> {
    let mut values = Vec::new();
    for item in list.split(',') {
        let Some((first, last)) = item.split_once("..=") else {
            if item.is_empty() {
                return Err(wrong(format!("--over {key} has an empty value in “{list}”")));
            }
            values.push(item.to_owned());
            continue;
        };
        match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) if first <= last && last - first < MOST_CELLS as u64 => {
                values.extend((first..=last).map(|value| value.to_string()));
            }
            _ => return Err(wrong(format!("--over {key} takes a range of whole numbers, as in 2..=6, not “{item}”"))),
        }
    }
    Ok(values)
}

/// `3/64`: the third of 64.
fn shard(text: &str) -> Result<(usize, usize), Error> {
    let parts = text.split_once('/').and_then(|(which, of)| Some((which.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((which @ 1.., of)) if which <= of => Ok((which - 1, of)),
        _ => Err(wrong(format!("--shard takes I/N with I from 1 to N, as in 3/64, not “{text}”"))),
    }
}

/// A line of a file of cells.
struct Line {
    cell: usize,
    cells: usize,
    link: String,
    text: Vec<u8>,
}

fn lines(text: &[u8], path: &Path) -> Result<Vec<Line>, Error> {
    let line = |text: &[u8]| {
        let value: Value = serde_json::from_slice(text).ok()?;
        let number = |key: &str| usize::try_from(value.get(key)?.as_u64()?).ok();
        let link = value.get("link")?.as_str()?.to_owned();
        Some(Line { cell: number("cell")?, cells: number("cells")?, link, text: text.to_vec() })
    };
    let lines = (1..).zip(text.split_inclusive(|&byte| byte == b'\n'));
    lines
        .map(|(number, text)| {
            line(text).ok_or_else(|| wrong(format!("line {number} of {} is no cell of a sweep", path.display())))
        })
        .collect()
}

/// Writes the lines of all files in the cells' order.
fn merge(files: &[&str], streams: &mut Streams) -> Result<(), Error> {
    let mut all: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    let mut cells = None;
    for path in files.iter().map(Path::new) {
        let text = fs::read(path).map_err(|error| Error::Read { key: "merge", path: path.to_owned(), error })?;
        if !text.is_empty() && !text.ends_with(b"\n") {
            return Err(wrong(format!(
                "the last line of {} is torn; run its sweep again to finish it",
                path.display()
            )));
        }
        for line in lines(&text, path)? {
            if *cells.get_or_insert(line.cells) != line.cells {
                return Err(wrong(format!("{} is of another sweep than the files before it", path.display())));
            }
            if all.get(&line.cell).is_some_and(|other| *other != line.text) {
                return Err(wrong(format!("{} has another cell {} than a file before it", path.display(), line.cell)));
            }
            all.insert(line.cell, line.text);
        }
    }
    let cells =
        cells.ok_or_else(|| wrong("--merge takes the files of a sweep's shards, and there is no cell in any"))?;
    if let Some(missing) = (0..cells).find(|cell| !all.contains_key(cell)) {
        return Err(wrong(format!("cell {missing} of {cells} is in none of the files")));
    }
    Target::Standard.write(streams.output, |to| all.values().try_for_each(|line| to.write_all(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges() {
        assert_eq!(values("width", "1,4..=6,9").unwrap(), ["1", "4", "5", "6", "9"]);
        assert_eq!(values("rule", "layer,edge").unwrap(), ["layer", "edge"]);
        for bad in ["", "4,", "6..=2", "a..=3", "0..=99999999999"] {
            assert!(values("width", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn shards_are_counted_from_one() {
        assert_eq!((shard("1/1").unwrap(), shard("3/64").unwrap()), ((0, 1), (2, 64)));
        for bad in ["0/4", "5/4", "3", "a/b", "1/0"] {
            assert!(shard(bad).is_err(), "{bad}");
        }
    }
}
