//! What a search takes, and why a scene is not searched.

use crate::run::SceneError;
use core::fmt;
use ticketscope_core::search::path::TooManyHalves;

/// Why a scene is not searched.
#[derive(Debug, Clone, PartialEq)]
pub enum NotSearchable {
    /// It has no network.
    Scene(SceneError),
    /// It is not of the class that the search takes.
    Class {
        /// The class, in words.
        takes: &'static str,
        /// What of the scene is otherwise, in words.
        otherwise: Vec<String>,
    },
    /// Its network is too large.
    Halves(TooManyHalves),
}

impl fmt::Display for NotSearchable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scene(error) => error.fmt(f),
            Self::Class { takes, otherwise } => {
                let these = if otherwise.len() > 1 { "these are" } else { "this is" };
                write!(f, "this search takes {takes}; here {these} otherwise: {}", otherwise.join(", "))
            }
            Self::Halves(error) => write!(f, "this network is not searched: {error}"),
        }
    }
}

impl core::error::Error for NotSearchable {}

impl From<SceneError> for NotSearchable {
    fn from(error: SceneError) -> Self {
        Self::Scene(error)
    }
}

impl From<TooManyHalves> for NotSearchable {
    fn from(error: TooManyHalves) -> Self {
        Self::Halves(error)
    }
}
