//! What is refused, and how JavaScript hears of it.

use num_bigint::BigUint;
use ticketscope_core::search::subset::SubsetError;
use ticketscope_core::{law::LawError, mask::MaskLengthError, network::NetworkError, shape::ShapeError};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/error.js")]
extern "C" {
    type TicketscopeError;

    /// The class that JavaScript catches. Exported by way of a function that is never called, because only a function's
    /// TypeScript can be left out in favour of our own.
    #[wasm_bindgen(js_name = TicketscopeError, reexport, skip_typescript)]
    fn export_class();

    #[wasm_bindgen(constructor)]
    fn new(code: &str, message: &str) -> TicketscopeError;
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What every refused call throws. */
export class TicketscopeError extends Error {
  /**
   * - `"option"`: a key that does not exist, or a value of the wrong type;
   * - `"range"`: a number, word or weight outside of what is allowed;
   * - `"length"`: a list that does not have one entry per edge;
   * - `"size"`: more paths or samples than a list can hold, or more terms than are searched.
   */
  readonly code: "option" | "range" | "length" | "size";
  /** One sentence: what was given and what is allowed. */
  readonly message: string;
  readonly name: "TicketscopeError";
}
"#;

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Options were given as something other than an object.
    NoObject,
    /// A key that the call does not know.
    UnknownKey {
        /// The key that was given.
        key: String,
        /// The keys that the call takes.
        known: &'static [&'static str],
    },
    /// A value of the wrong type.
    Type {
        /// Where the value was given.
        key: &'static str,
        /// What it must be.
        wanted: &'static str,
    },
    /// A number that is not whole, or out of range.
    Whole {
        /// Where the number was given.
        key: &'static str,
        /// The number.
        given: f64,
        /// The least allowed.
        min: u64,
        /// The largest allowed.
        max: u64,
    },
    /// A number out of range.
    Real {
        /// Where the number was given.
        key: &'static str,
        /// The number.
        given: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A word that is none of those known.
    Word {
        /// Where the word was given.
        key: &'static str,
        /// The word.
        given: String,
        /// The words known.
        known: Vec<&'static str>,
    },
    /// A step of a run that has none.
    NoSteps,
    /// There is no such shape.
    Shape(ShapeError),
    /// There is no such law.
    Law(LawError),
    /// The weights make no network.
    Network(NetworkError),
    /// The mask is of another length.
    MaskLength(MaskLengthError),
    /// The terms cannot be searched.
    Subset(SubsetError),
    /// More paths than are listed.
    Paths {
        /// The paths that survive.
        paths: BigUint,
        /// How many are listed at most.
        limit: u64,
    },
    /// The list does not fit into memory.
    Memory {
        /// The numbers it would hold.
        numbers: u64,
    },
}

impl Refusal {
    /// The word that programs look at.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoObject | Self::UnknownKey { .. } | Self::Type { .. } => "option",
            Self::Whole { .. } | Self::Real { .. } | Self::Word { .. } | Self::Shape(_) | Self::Law(_) => "range",
            Self::NoSteps | Self::Network(NetworkError::Weight { .. }) => "range",
            Self::Network(_) | Self::MaskLength(_) => "length",
            Self::Subset(SubsetError::NotFinite) => "range",
            Self::Paths { .. } | Self::Memory { .. } | Self::Subset(_) => "size",
        }
    }
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoObject => write!(f, "options must be an object"),
            Self::UnknownKey { key, known } => {
                write!(f, "there is no option {key:?}; the options are: {}", known.join(", "))
            }
            Self::Type { key, wanted } => write!(f, "{key} must be {wanted}"),
            Self::Whole { key, given, min, max } => {
                write!(f, "{key} must be a whole number from {min} to {max}, not {}", Number(*given))
            }
            Self::Real { key, given, allowed } => write!(f, "{key} must be {allowed}, not {}", Number(*given)),
            Self::NoSteps => write!(f, "the run has no step: nothing was there to prune"),
            Self::Word { key, given, known } => write!(f, "{key} must be one of {}, not {given:?}", known.join(", ")),
            Self::Shape(error) => error.fmt(f),
            Self::Law(error) => error.fmt(f),
            Self::Network(error) => error.fmt(f),
            Self::MaskLength(error) => error.fmt(f),
            Self::Subset(error) => error.fmt(f),
            Self::Paths { paths, limit } => {
                write!(f, "{paths} paths survive, and at most {limit} are listed: ask for samples instead")
            }
            Self::Memory { numbers } => write!(f, "there is no memory for a list of {numbers} numbers"),
        }
    }
}

impl core::error::Error for Refusal {}

/// A number as JavaScript writes it, or nearly: short where it is very large or small.
struct Number(f64);

impl core::fmt::Display for Number {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.0 {
            number if number.is_infinite() => write!(f, "{}Infinity", if number < 0.0 { "-" } else { "" }),
            number if number.abs() >= 1e21 || (number != 0.0 && number.abs() < 1e-6) => write!(f, "{number:e}"),
            number => write!(f, "{number}"),
        }
    }
}

impl From<Refusal> for JsValue {
    fn from(refusal: Refusal) -> Self {
        TicketscopeError::new(refusal.code(), &refusal.to_string()).into()
    }
}

impl From<ShapeError> for Refusal {
    fn from(error: ShapeError) -> Self {
        Self::Shape(error)
    }
}

impl From<LawError> for Refusal {
    fn from(error: LawError) -> Self {
        Self::Law(error)
    }
}

impl From<NetworkError> for Refusal {
    fn from(error: NetworkError) -> Self {
        Self::Network(error)
    }
}

impl From<SubsetError> for Refusal {
    fn from(error: SubsetError) -> Self {
        Self::Subset(error)
    }
}

impl From<MaskLengthError> for Refusal {
    fn from(error: MaskLengthError) -> Self {
        Self::MaskLength(error)
    }
}
