//! Searching for tickets: a method a file.

pub mod independence;
pub mod luck;
pub mod path;
pub mod subset;
