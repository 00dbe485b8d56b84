//! Help, written off the table of fields and the table of options.

use crate::args::{Command, OPTIONS, keys};
use std::fmt::Write;
use ticketscope_scene::Field;

/// The name and version of the program.
pub fn version() -> String {
    format!("ticketscope {}\n", env!("CARGO_PKG_VERSION"))
}

/// Help about a command, or in general.
pub fn help(command: Option<Command>) -> String {
    command.map_or_else(general, about)
}

fn general() -> String {
    let mut text = String::from(
        "Layered random networks, pruned step by step: surviving tickets and path products.\n\n\
         usage: ticketscope COMMAND [--key value …]\n       ticketscope open '<link>'\n\ncommands\n",
    );
    for command in Command::ALL {
        line(&mut text, command.word(), command.summary());
    }
    line(&mut text, "sweep", "One of these questions asked of many networks, a JSON line each.");
    text.push_str("\noptions\n");
    options(&mut text);
    text.push_str("\nticketscope COMMAND --help lists the keys of a command. They are those of the links.\n");
    text
}

fn about(command: Command) -> String {
    let word = command.word();
    let tail = if command == Command::Open { "'<link>' [options]" } else { "[--key value …] [options]" };
    let mut text = format!("{}\n\nusage: ticketscope {word} {tail}\n", command.summary());
    let mut heading = None;
    for field in keys(command) {
        if heading.replace(field.group) != Some(field.group) {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "\n{}", field.group.label().to_lowercase());
        }
        line(&mut text, &format!("--{}", field.key), &explained(field));
    }
    text.push_str("\noptions\n");
    options(&mut text);
    text.push_str(
        "\nFILE - is standard output; for --weights and --mask, standard input.\n\
         Exit status: 0; 2 and one sentence on standard error; from find 3 where it proves that there is\n\
         no ticket, 4 where its budget ends first.\n",
    );
    text
}

fn explained(field: &Field) -> String {
    let default = if field.default.is_empty() { "none" } else { field.default };
    format!("{} Allowed: {}. Default: {default}.", field.help, field.allowed())
}

fn options(text: &mut String) {
    for option in OPTIONS {
        let name = format!("--{} {}", option.name, option.value);
        line(text, name.trim_end(), option.help);
    }
}

/// The width of the column of names, and of the page.
const NAMES: usize = 21;
const PAGE: usize = 100;

/// A name and what it means, the meaning wrapped into its own column.
fn line(text: &mut String, name: &str, meaning: &str) {
    let mut row = format!("  {name:<width$}", width = NAMES - 2);
    for word in meaning.split(' ') {
        if row.chars().count() + 1 + word.chars().count() > PAGE {
            text.push_str(row.trim_end());
            text.push('\n');
            row = " ".repeat(NAMES);
        }
        row.push(' ');
        row.push_str(word);
    }
    text.push_str(row.trim_end());
    text.push('\n');
}
