//! Every number shown, once: for the page, the command line's text and JSON, and the text twin.
//!
//! A report is built from a scene and what was computed for it. Serialised it has exactly the fields of the JSON format
//! (integers beyond 2⁵³ as strings); as text it is a list of [`Fact`]s with their units and "of how many".

mod aside;
mod find;
mod luck;
mod network;
mod products;
mod prune;
mod survival;
mod ticket;

pub use aside::{CompareReport, ForwardReport, LastCutReport};
pub use find::{BestReport, CheckReport, FindReport};
pub use luck::LuckReport;
pub use network::NetworkReport;
pub use products::{BrushReport, HistogramReport, OwnPaths, ProductsReport, Sample, Theory};
pub use prune::{BoundReport, Place, PruneReport, Pruned, event_in};
pub use survival::{CurvePoint, ModelPoint, SafeSteps, Spread, SurvivalReport};
pub use ticket::{TicketBest, TicketReport};

use crate::number::{count, grouped, plural};
use crate::run::{self, Own};
use crate::scene::Scene;
use crate::{link, note::Note};
use num_bigint::BigUint;
use serde::{Serialize, Serializer};
use ticketscope_core::shape::Shape;

/// An exact count, however large: in JSON a number up to 2⁵³, beyond it a string of all digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count(pub BigUint);

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match u64::try_from(&self.0) {
            Ok(n) if n <= 1 << 53 => serializer.serialize_u64(n),
            _ => serializer.serialize_str(&self.0.to_string()),
        }
    }
}

/// What every report begins with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head {
    /// The scene's link; none where own files decide a number.
    pub link: Option<String>,
    /// SHA-256 of own files, filled in by whoever read them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Files>,
    /// The view's word.
    pub view: &'static str,
    /// The network's measures.
    pub network: Measures,
    /// What was not taken as it stood, in sentences.
    pub notes: Vec<String>,
}

/// SHA-256 of own files, in hexadecimal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Files {
    /// Of the weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// Of the mask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mask: Option<String>,
}

/// The measures of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measures {
    /// S.
    pub sources: u32,
    /// n.
    pub hidden_layers: u32,
    /// w.
    pub width: u32,
    /// T.
    pub sinks: u32,
    /// All edges.
    pub edges: u32,
    /// L.
    pub path_length: u32,
    /// wⁿ·S·T.
    pub paths: Count,
}

impl Measures {
    /// The measures of a shape.
    pub fn of(shape: &Shape) -> Self {
        Self {
            sources: shape.sources(),
            hidden_layers: shape.hidden_layers(),
            width: shape.width(),
            sinks: shape.sinks(),
            edges: shape.edge_count(),
            path_length: shape.path_length(),
            paths: Count(shape.path_count()),
        }
    }

    /// All in one line.
    pub fn sentence(&self) -> String {
        format!(
            "{}, {} of width {}, {}: {}, {} paths of {}",
            plural(self.sources.into(), "source"),
            plural(self.hidden_layers.into(), "hidden layer"),
            grouped(self.width.into()),
            plural(self.sinks.into(), "sink"),
            plural(self.edges.into(), "edge"),
            count(&self.paths.0),
            plural(self.path_length.into(), "edge"),
        )
    }
}

impl Head {
    fn of(scene: &Scene, own: &Own, shape: &Shape, notes: &[Note]) -> Self {
        Self {
            link: own.is_empty().then(|| link::write(scene)),
            files: None,
            view: scene.view.word(),
            network: Measures::of(shape),
            notes: notes.iter().chain(&run::misfits(scene, own)).map(ToString::to_string).collect(),
        }
    }
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: &'static str,
    /// The number, with its unit and of how many.
    pub value: String,
    /// What must be said beside it: exact or sampled, what it rests on. May be empty.
    pub remark: String,
}

impl Fact {
    fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), remark: String::new() }
    }

    fn with(mut self, remark: impl Into<String>) -> Self {
        self.remark = remark.into();
        self
    }
}

/// A report as text: a heading, facts in two aligned columns, notes, the link.
fn text_of(head: &Head, facts: &[Fact]) -> String {
    let mut text = head.network.sentence();
    text.push('\n');
    let name_width = facts.iter().map(|fact| fact.name.chars().count()).max().unwrap_or_default();
    for Fact { name, value, remark } in facts {
        let space = " ".repeat(name_width - name.chars().count() + 2);
        let remark = if remark.is_empty() { String::new() } else { format!("  ({remark})") };
        text.push_str(&format!("  {name}{space}{value}{remark}\n"));
    }
    for note in &head.notes {
        text.push_str(&format!("note: {note}\n"));
    }
    if let Some(link) = &head.link {
        text.push_str(&format!("{link}\n"));
    }
    text
}
