//! One table: every task native and in Node, each beside the bound that follows from this machine's own rates.

use crate::machine::{Machine, RATES};
use crate::tasks::{Shown, TASKS, Task, everything};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why there is no table.
#[derive(Debug)]
pub enum TableError {
    /// A file of results cannot be read.
    Read(PathBuf, std::io::Error),
    /// A file of results is not what the harness writes.
    Malformed(PathBuf),
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Self::Malformed(path) => write!(f, "{} does not hold the times of a bench", path.display()),
        }
    }
}

impl std::error::Error for TableError {}

/// The seconds of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Times {
    median: f64,
    least: f64,
}

type ById = BTreeMap<String, Times>;

/// The table as text, from criterion's folder and the file that `node/bench.mjs` wrote.
pub fn table(criterion: &Path, node: &Path) -> Result<String, TableError> {
    let native = everything()
        .map(|task| Ok((task.id.to_owned(), of_criterion(&criterion.join(task.id).join("new/sample.json"))?)))
        .collect::<Result<ById, TableError>>()?;
    let wasm = of_node(node)?;
    Ok(format!("{}\n{}", lines(&native, &wasm), formulas()))
}

fn json(file: &Path) -> Result<Value, TableError> {
    let text = std::fs::read_to_string(file).map_err(|error| TableError::Read(file.to_owned(), error))?;
    serde_json::from_str(&text).map_err(|_| TableError::Malformed(file.to_owned()))
}

/// Criterion's samples: how many runs each had, and its nanoseconds.
fn of_criterion(file: &Path) -> Result<Times, TableError> {
    let sample = json(file)?;
    let numbers = |key: &str| -> Option<Vec<f64>> { sample.get(key)?.as_array()?.iter().map(Value::as_f64).collect() };
    let times = numbers("times").zip(numbers("iters")).and_then(|(times, runs)| {
        let mut seconds: Vec<f64> = times.iter().zip(&runs).map(|(time, runs)| time / runs / 1e9).collect();
        seconds.sort_by(f64::total_cmp);
        Some(Times { median: *seconds.get(seconds.len() / 2)?, least: *seconds.first()? })
    });
    times.ok_or_else(|| TableError::Malformed(file.to_owned()))
}

/// An object of {median, least} by task, in milliseconds.
fn of_node(file: &Path) -> Result<ById, TableError> {
    let all = json(file)?;
    let times = |entry: &Value| {
        let seconds = |key: &str| Some(entry.get(key)?.as_f64()? / 1e3);
        Some(Times { median: seconds("median")?, least: seconds("least")? })
    };
    let read = all.as_object().and_then(|all| {
        let entries: Option<ById> = all.iter().map(|(id, entry)| Some((id.clone(), times(entry)?))).collect();
        entries.filter(|entries| everything().all(|task| entries.contains_key(task.id)))
    });
    read.ok_or_else(|| TableError::Malformed(file.to_owned()))
}

/// The best rates: a bound is what the machine can do, not what it did while something else ran.
fn machine(times: &ById) -> Machine {
    Machine::new(RATES.map(|task| task.work / times[task.id].least))
}

fn lines(native: &ById, wasm: &ById) -> String {
    let header = ["", "native", "(best)", "bound", "best/bound", "wasm", "(best)", "bound", "best/bound"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let (here, there) = (machine(native), machine(wasm));
    for task in RATES.iter().chain(TASKS) {
        let mut row = vec![format!("{} [{}]", task.title, unit(task))];
        for (times, machine) in [(native[task.id], here), (wasm[task.id], there)] {
            row.push(speed(task, times.median));
            row.push(speed(task, times.least));
            let bound = task.bound.map(|bound| (bound.seconds)(&machine));
            row.push(bound.map_or_else(String::new, |seconds| speed(task, seconds)));
            row.push(bound.map_or_else(String::new, |seconds| format!("{:.2}", seconds / times.least)));
        }
        rows.push(row);
    }
    aligned(&rows)
}

fn unit(task: &Task) -> String {
    match task.shown {
        Shown::Rate => format!("{}/s", task.unit),
        Shown::Time => "time".to_owned(),
    }
}

fn speed(task: &Task, seconds: f64) -> String {
    match task.shown {
        Shown::Rate => with_prefix(task.work / seconds, &[(1e9, " G"), (1e6, " M"), (1e3, " k")], ""),
        Shown::Time => with_prefix(seconds * 1e9, &[(1e9, " s"), (1e6, " ms"), (1e3, " µs")], " ns"),
    }
}

/// Three digits and the largest prefix that leaves at least one before the point.
fn with_prefix(value: f64, prefixes: &[(f64, &str)], none: &str) -> String {
    let (size, prefix) = prefixes.iter().find(|(size, _)| value >= *size).copied().unwrap_or((1.0, none));
    let scaled = value / size;
    let decimals = if scaled < 10.0 { 2 } else { usize::from(scaled < 100.0) };
    format!("{scaled:.decimals$}{prefix}")
}

/// Columns side by side: the first to the left, the others to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let wide = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(wide).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// How each bound follows.
fn formulas() -> String {
    let mut text = "\nBounds, from the rates in the first lines:\n".to_owned();
    let mut last = "";
    for task in TASKS {
        if let Some(bound) = task.bound.filter(|bound| bound.formula != last) {
            text += &format!("  {}: {}\n", task.title, bound.formula);
            last = bound.formula;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_and_a_prefix() {
        let rate = |value| with_prefix(value, &[(1e9, " G"), (1e6, " M")], "");
        assert_eq!([rate(1.234e9), rate(52.94e6), rate(999.4e6), rate(12.0)], ["1.23 G", "52.9 M", "999 M", "12.0"]);
    }

    #[test]
    fn columns_line_up() {
        let rows = [vec!["α".to_owned(), "1".to_owned()], vec!["long".to_owned(), "222".to_owned()]];
        assert_eq!(aligned(&rows), "α       1\nlong  222");
    }

    #[test]
    fn every_task_has_a_name_of_its_own_that_criterion_keeps() {
        let ids: std::collections::BTreeSet<&str> = everything().map(|task| task.id).collect();
        assert_eq!(ids.len(), RATES.len() + TASKS.len());
        assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')));
    }
}
