//! Searching for tickets: a method a file.

pub mod subset;
