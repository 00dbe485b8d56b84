//! What a Ticketscope link holds, and what follows from it.
//!
//! A [`Scene`] is the whole question: a link, a command line and the page's controls are three spellings of it, all read and
//! written through one table, [`field::FIELDS`]. A scene decides every number; nothing else is in a link. This crate knows no
//! pixels, no browser, no files and no clock.

pub mod compare;
pub mod exact;
pub mod field;
pub mod file;
pub mod find;
pub mod hand;
pub mod link;
pub mod luck;
pub mod name;
pub mod note;
pub mod number;
pub mod preset;
pub mod products;
pub mod report;
pub mod run;
pub mod scene;
pub mod searchable;
pub mod survival;
pub mod ticket;

pub use field::{FIELDS, Field};
pub use link::{NotALink, Opened};
pub use note::{Damage, Note};
pub use scene::Scene;
