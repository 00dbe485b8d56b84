//! Option objects, read with care: unknown keys are refused, so a misspelt one is never passed over in silence.

use crate::error::Refusal;
use js_sys::{Array, Float64Array, Object, Reflect, Uint8Array};
use ticketscope_core::forward::Activation;
use ticketscope_core::law::{Law, MAX_ALPHA, WeightLaw, alpha_at_resolution, alpha_flat};
use ticketscope_core::prune::{Orphans, Protect, Pruning, Rule};
use ticketscope_core::seed::SEED_LIMIT;
use ticketscope_core::shape::{MAX_HIDDEN_LAYERS, MAX_SINKS, MAX_SOURCES, MAX_WIDTH, Shape};
use wasm_bindgen::{JsCast, JsValue};

/// The largest number of bins of a histogram.
pub const MAX_BINS: u32 = 1000;

/// The object that was given; nothing at all stands for an empty one.
pub struct Options(JsValue);

impl Options {
    /// Makes sure that the object has no other keys than those known.
    pub fn new(given: &JsValue, known: &'static [&'static str]) -> Result<Self, Refusal> {
        if given.is_undefined() {
            return Ok(Self(JsValue::UNDEFINED));
        }
        let Some(object) = given.dyn_ref::<Object>().filter(|_| !given.is_function()) else {
            return Err(Refusal::NoObject);
        };
        let unknown =
            Object::keys(object).iter().filter_map(|key| key.as_string()).find(|key| !known.contains(&&**key));
        match unknown {
            Some(key) => Err(Refusal::UnknownKey { key, known }),
            None => Ok(Self(given.clone())),
        }
    }

    /// The options of a network drawn from a law.
    pub fn network(given: &JsValue) -> Result<Self, Refusal> {
        let known =
            &["sources", "hiddenLayers", "width", "sinks", "law", "alpha", "scale", "resolution", "window", "seed"];
        Self::new(given, known)
    }

    /// A value, unless it is absent or undefined. Reading it can fail, where the object has a getter of its own.
    fn value(&self, key: &'static str) -> Result<Option<JsValue>, Refusal> {
        if self.0.is_undefined() {
            return Ok(None);
        }
        match Reflect::get(&self.0, &JsValue::from_str(key)) {
            Ok(value) => Ok(Some(value).filter(|value| !value.is_undefined())),
            Err(_) => Err(Refusal::Type { key, wanted: "readable" }),
        }
    }

    fn number(&self, key: &'static str) -> Result<Option<f64>, Refusal> {
        match self.value(key)? {
            None => Ok(None),
            Some(value) => value.as_f64().map(Some).ok_or(Refusal::Type { key, wanted: "a number" }),
        }
    }

    fn count(&self, key: &'static str, default: u32, max: u32) -> Result<u32, Refusal> {
        match self.number(key)? {
            None => Ok(default),
            Some(given) => whole(key, given, 1, u64::from(max)).map(|number| number as u32),
        }
    }

    /// A number above 0 and not above `max`; `allowed` says so in words.
    fn positive(&self, key: &'static str, default: f64, max: f64, allowed: &'static str) -> Result<f64, Refusal> {
        match self.number(key)? {
            None => Ok(default),
            Some(given) if given > 0.0 && given <= max => Ok(given),
            Some(given) => Err(Refusal::Real { key, given, allowed }),
        }
    }

    /// A word of a closed set.
    fn word<T: Copy + Default>(&self, key: &'static str, all: &[T], name: fn(T) -> &'static str) -> Result<T, Refusal> {
        let Some(value) = self.value(key)? else {
            return Ok(T::default());
        };
        let given = value.as_string().ok_or(Refusal::Type { key, wanted: "a word" })?;
        let known = || all.iter().map(|&item| name(item)).collect();
        all.iter().copied().find(|&item| name(item) == given).ok_or_else(|| Refusal::Word {
            key,
            given,
            known: known(),
        })
    }

    /// A seed, 1 unless given.
    pub fn seed(&self) -> Result<u64, Refusal> {
        self.number("seed")?.map_or(Ok(1), |given| whole("seed", given, 0, SEED_LIMIT - 1))
    }

    /// How many samples, if any number is given.
    pub fn samples(&self) -> Result<Option<u32>, Refusal> {
        let most = u64::from(crate::products::MAX_SAMPLES);
        self.number("samples")?.map(|given| whole("samples", given, 1, most).map(|count| count as u32)).transpose()
    }

    /// The shape: 1 source, 4 hidden layers of width 5 and 1 sink unless given.
    pub fn shape(&self) -> Result<Shape, Refusal> {
        let sources = self.count("sources", 1, MAX_SOURCES)?;
        let hidden_layers = self.count("hiddenLayers", 4, MAX_HIDDEN_LAYERS)?;
        let width = self.count("width", 5, MAX_WIDTH)?;
        let sinks = self.count("sinks", 1, MAX_SINKS)?;
        Ok(Shape::new(sources, hidden_layers, width, sinks)?)
    }

    /// The law for paths of this length: `power` with α `auto` unless given.
    pub fn law(&self, path_length: u32) -> Result<WeightLaw, Refusal> {
        let law = self.word("law", &Law::ALL, Law::word)?;
        let scale = self.positive("scale", 1.0, 1e6, "above 0 and at most 1000000")?;
        let alpha = self.alpha(path_length, scale)?;
        Ok(WeightLaw::new(law, alpha, scale, path_length)?)
    }

    fn alpha(&self, path_length: u32, scale: f64) -> Result<f64, Refusal> {
        let resolution = self.positive("resolution", 0.02, 1.0_f64.next_down(), "above 0 and below 1")?;
        let window = self.positive("window", 1.0, 1e6, "above 0 and at most 1000000")?;
        let allowed = "\"auto\", \"flat\" or a number above 0 and at most 8";
        match self.value("alpha")? {
            Some(value) if value.as_f64().is_some() => self.positive("alpha", 1.0, MAX_ALPHA, allowed),
            Some(value) if value == "flat" => Ok(alpha_flat(path_length, window / scale)),
            Some(value) if value != "auto" => Err(Refusal::Type { key: "alpha", wanted: allowed }),
            _ => Ok(alpha_at_resolution(path_length, resolution)),
        }
    }

    /// Which edge layers stay whole: `ends` unless given.
    pub fn protect(&self) -> Result<Protect, Refusal> {
        self.word("protect", &Protect::ALL, Protect::word)
    }

    /// c, at least 1: e unless given.
    pub fn confidence(&self) -> Result<f64, Refusal> {
        match self.number("confidence")? {
            None => Ok(core::f64::consts::E),
            Some(given) if given >= 1.0 && given.is_finite() => Ok(given),
            Some(given) => Err(Refusal::Real { key: "confidence", given, allowed: "a number from 1" }),
        }
    }

    /// How to prune: the paper's process with seed 1 unless given.
    pub fn pruning(&self) -> Result<Pruning, Refusal> {
        let rule = self.word("rule", &Rule::ALL, Rule::word)?;
        let protect = self.protect()?;
        let orphans = self.word("orphans", &Orphans::ALL, Orphans::word)?;
        if orphans == Orphans::Count && rule != Rule::Layer {
            let wanted = "\"skip\", unless the rule is \"layer\"";
            return Err(Refusal::Type { key: "orphans", wanted });
        }
        Ok(Pruning { rule, protect, orphans, seed: self.seed()? })
    }

    /// The bins of a histogram: 80 from −1 to 1 unless given.
    pub fn bins(&self) -> Result<(f64, f64, u32), Refusal> {
        let low = self.number("low")?.unwrap_or(-1.0);
        let high = self.number("high")?.unwrap_or(1.0);
        let bins = self.count("bins", 80, MAX_BINS)?;
        // As far out as weights of 10⁹ along a path can lead, and no further than f64 can divide.
        if low.is_nan() || low.abs() > 1e300 {
            return Err(Refusal::Real { key: "low", given: low, allowed: "a number" });
        }
        if high.is_nan() || high.abs() > 1e300 || high <= low {
            return Err(Refusal::Real { key: "high", given: high, allowed: "a number above low" });
        }
        Ok((low, high, bins))
    }

    /// A range of numbers: from −1 to 1 without its end unless given.
    pub fn range(&self) -> Result<(f64, f64, bool), Refusal> {
        let low = self.number("low")?.unwrap_or(-1.0);
        let high = self.number("high")?.unwrap_or(1.0);
        for (key, given) in [("low", low), ("high", high)] {
            if given.is_nan() {
                return Err(Refusal::Real { key, given, allowed: "a number" });
            }
        }
        let closed = self.value("closed")?.map(|value| value.as_bool());
        let closed = closed.unwrap_or(Some(false)).ok_or(Refusal::Type { key: "closed", wanted: "true or false" })?;
        Ok((low, high, closed))
    }

    /// One number a source, or one for all: 1 unless given.
    pub fn input(&self, sources: u32) -> Result<Vec<f64>, Refusal> {
        let wanted = "a number, or a Float64Array or a list of numbers, one a source";
        let input = match self.value("input")? {
            None => vec![1.0],
            Some(value) => match value.as_f64() {
                Some(number) => vec![number],
                None => self.numbers("input", wanted)?,
            },
        };
        if input.len() != 1 && input.len() != sources as usize {
            return Err(Refusal::Type { key: "input", wanted });
        }
        match input.iter().find(|number| !number.is_finite()) {
            Some(&given) => Err(Refusal::Real { key: "input", given, allowed: "finite" }),
            None => Ok(input),
        }
    }

    /// What hidden nodes do: `relu` unless given.
    pub fn activation(&self) -> Result<Activation, Refusal> {
        self.word("activation", &Activation::ALL, Activation::word)
    }

    /// One weight an edge: a `Float64Array`, or a list of numbers.
    pub fn weights(&self) -> Result<Vec<f64>, Refusal> {
        self.numbers("weights", "a Float64Array or a list of numbers, one an edge")
    }

    fn numbers(&self, key: &'static str, wanted: &'static str) -> Result<Vec<f64>, Refusal> {
        let refused = || Refusal::Type { key, wanted };
        let value = self.value(key)?.ok_or_else(refused)?;
        if let Some(array) = value.dyn_ref::<Float64Array>() {
            return Ok(array.to_vec());
        }
        let list = value.dyn_ref::<Array>().ok_or_else(refused)?;
        list.iter().map(|item| item.as_f64().ok_or_else(refused)).collect()
    }
}

/// One entry an edge, kept or not: a `Uint8Array` (0 is not kept), or a list of booleans.
pub fn kept(given: &JsValue) -> Result<Vec<bool>, Refusal> {
    let refused = || Refusal::Type { key: "kept", wanted: "a Uint8Array or a list of booleans, one an edge" };
    if let Some(array) = given.dyn_ref::<Uint8Array>() {
        return Ok(array.to_vec().into_iter().map(|byte| byte != 0).collect());
    }
    let list = given.dyn_ref::<Array>().ok_or_else(refused)?;
    list.iter().map(|item| item.as_bool().ok_or_else(refused)).collect()
}

/// A whole number of a range.
pub fn whole(key: &'static str, given: f64, min: u64, max: u64) -> Result<u64, Refusal> {
    if given.fract() == 0.0 && given >= min as f64 && given <= max as f64 {
        Ok(given as u64)
    } else {
        Err(Refusal::Whole { key, given, min, max })
    }
}
