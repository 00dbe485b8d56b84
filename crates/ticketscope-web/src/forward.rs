//! The forward pass: what the network at the step that is shown makes of an input, and every sum in terms that add up. Pure.
//!
//! Numbers are shown so that a reader's own pencil agrees with them to the last digit: a sum of N terms is shown to three digits
//! of its largest term, the terms to as many decimals more as N rounded ones need, and the two factors of a term to as many
//! digits as its product needs.

use crate::model::{Gesture, Model, Now, Run, field};
use crate::update::{Effect, changed};
use ticketscope_core::float;
use ticketscope_core::forward::{Activation, Forward};
use ticketscope_core::shape::{Node, NodeId, Shape};
use ticketscope_scene::name;
use ticketscope_scene::number::{canonical, figure_to, grouped, plural, superscript};
use ticketscope_scene::run;
use ticketscope_scene::scene::Scene;

/// Up to so many sources each have a slider of their own; beyond, one serves all, and a list the rest.
pub const SLIDERS: usize = 4;
/// The last position of an input's slider, which goes from −2 to 2.
pub const LAST: u32 = 400;

/// What this tab knows of the forward pass.
#[derive(Debug, Default)]
pub struct State {
    /// The values of the step that is shown.
    pub pass: Option<Pass>,
    /// The node layer whose values are listed.
    pub layer: u32,
    /// The output whose terms are listed.
    pub sink: u32,
    /// What is wrong with an input that was typed, and in which field.
    pub fault: Option<(Field, String)>,
}

/// A field for an input: of one source, or of all.
pub type Field = Option<u32>;

/// The values of all nodes, for one run, step, input and activation.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    key: String,
    step: u32,
    activation: Activation,
    input: Vec<f64>,
    /// By node: what it passes on.
    pub values: Vec<f64>,
    /// By node: what comes in.
    pub sums: Vec<f64>,
    /// By node: a hidden ReLU node that passes nothing on.
    pub off: Vec<bool>,
}

impl Pass {
    /// All that decides its values, beside the run and the step.
    pub fn look(&self) -> (Activation, &[f64]) {
        (self.activation, &self.input)
    }
}

/// Something has happened to the forward pass.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// It was switched on or off.
    On(bool),
    /// What hidden nodes do, by its word.
    Activation(String),
    /// An input was typed.
    Typed(Field, String),
    /// An input's slider moved; whether it was let go.
    Slid(Field, u32, bool),
    /// Another node layer is listed.
    Layer(u32),
    /// Another output is listed.
    Sink(u32),
}

/// Takes a message into the model.
pub fn update(model: &mut Model, message: Message, effects: &mut Vec<Effect>) {
    match message {
        Message::On(on) => {
            model.forward.fault = None;
            model.scene.input = if on { vec![1.0] } else { Vec::new() };
            changed(model, None, effects);
        }
        Message::Activation(word) => {
            if field("activation").is_some_and(|field| field.read(&mut model.scene, &word).is_ok()) {
                changed(model, None, effects);
            }
        }
        Message::Typed(field, text) => match text.trim().replace('−', "-").parse::<f64>() {
            Ok(value) if value.abs() <= 1e6 => {
                model.forward.fault = None;
                set(model, field, value, None, effects);
            }
            _ => {
                let sentence = format!("“{text}” is not allowed here: give a number between −1,000,000 and 1,000,000.");
                model.forward.fault = Some((field, sentence));
            }
        },
        Message::Slid(field, position, done) => {
            // A slider that is let go where it was does not round a typed value.
            if self::position(input_of(model, field)) != position {
                model.forward.fault = None;
                let value = (f64::from(position.min(LAST)) - 200.0) / 100.0;
                set(model, field, value, Some(Gesture::Drag("input")), effects);
            }
            if done {
                model.gesture = None;
                effects.push(Effect::Flush);
            }
        }
        Message::Layer(layer) => model.forward.layer = layer,
        Message::Sink(sink) => model.forward.sink = sink,
    }
}

/// Sets the input of a source, or of all: as one number where they are all the same, to keep the link short.
fn set(model: &mut Model, field: Field, value: f64, gesture: Option<Gesture>, effects: &mut Vec<Effect>) {
    let mut input = inputs(model);
    match field {
        Some(source) => {
            if let Some(place) = input.get_mut(source as usize) {
                *place = value;
            }
        }
        None => input.fill(value),
    }
    if input.windows(2).all(|pair| pair[0] == pair[1]) {
        input.truncate(1);
    }
    if model.scene.input != input {
        model.scene.input = input;
        changed(model, gesture, effects);
    }
}

/// The inputs of all sources; 1 each where the scene has none that fit.
pub fn inputs(model: &Model) -> Vec<f64> {
    let fitting = model.scene.shape().ok().and_then(|shape| run::input(&model.scene, &shape));
    fitting.unwrap_or_else(|| vec![1.0; model.scene.sources as usize])
}

/// The value that stands in a field: that of the first source in the one for all.
pub fn input_of(model: &Model, field: Field) -> f64 {
    inputs(model).get(field.unwrap_or(0) as usize).copied().unwrap_or(1.0)
}

/// A slider's position for an input.
pub fn position(value: f64) -> u32 {
    let stops: [f64; 2] = [-2.0, 2.0];
    ((value.clamp(stops[0], stops[1]) + 2.0) * 100.0).round() as u32
}

/// Computes the pass, if it is on and not known yet. A multiplication an edge: about 2 ms for a million edges.
pub fn settle(model: &mut Model) {
    let (Some(run), Some(now)) = (&model.run, &model.now) else { return };
    let shape = *run.network.shape();
    let Some(input) = run::input(&model.scene, &shape) else {
        model.forward.pass = None;
        return;
    };
    let (activation, step) = (activation_of(&model.scene), now.moment.step());
    let known = model.forward.pass.as_ref().is_some_and(|pass| {
        pass.key == run.key && pass.step == step && pass.activation == activation && pass.input == input
    });
    if !known {
        let forward = Forward::of(&run.network, now.moment.mask(), &input, activation);
        let nodes = 0..shape.node_count();
        model.forward.pass = Some(Pass {
            key: run.key.clone(),
            step,
            activation,
            values: nodes.clone().map(|node| forward.value(node)).collect(),
            sums: nodes.clone().map(|node| forward.sum(node)).collect(),
            off: nodes.map(|node| forward.is_off(node)).collect(),
            input,
        });
    }
}

/// The scene's activation, as the core has it.
fn activation_of(scene: &Scene) -> Activation {
    Activation::ALL.into_iter().find(|activation| activation.word() == scene.activation.word()).unwrap_or_default()
}

/// A sum, its terms, and the unit in which both are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// The node's name.
    pub name: String,
    /// The sum.
    pub total: String,
    /// A power of ten that the products and the sum are to be multiplied with; empty for 1.
    pub unit: String,
    /// One row a kept edge.
    pub terms: Vec<Term>,
}

/// A term: a node's value times a weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The node from which it comes.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The weight.
    pub weight: String,
    /// Their product.
    pub product: String,
}

/// The sum that comes into a node, term by term.
pub fn sum(run: &Run, now: &Now, pass: &Pass, node: NodeId) -> Sum {
    let shape = run.network.shape();
    let forward = Forward::of(&run.network, now.moment.mask(), &pass.input, pass.activation);
    let terms = forward.terms(node);
    let total = forward.sum(node);
    let digits = Digits::of(total, terms.iter().map(|&(_, term)| term), terms.len());
    let rows = terms.iter().map(|&(edge, product)| {
        let at = shape.edge(edge);
        let tail = Node { layer: at.layer, index: at.from };
        let factor = |x: f64| figure_to(x, digits.of_factors(product));
        Term {
            name: name::node(shape, tail),
            value: factor(forward.value(shape.node_id(tail))),
            weight: factor(run.network.weights()[edge as usize]),
            product: digits.text(product, digits.terms),
        }
    });
    Sum {
        name: name::node(shape, shape.node(node)),
        total: digits.text(total, digits.total),
        unit: if digits.power == 0 { String::new() } else { format!("10{}", superscript(digits.power)) },
        terms: rows.collect(),
    }
}

/// To how many decimals a sum and its terms are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digits {
    /// The power of ten of the unit.
    power: i32,
    /// Decimals of the sum.
    total: usize,
    /// Decimals of each term.
    terms: usize,
}

/// The power of ten of a number's first digit.
fn power_of(x: f64) -> i32 {
    if x == 0.0 || !x.is_finite() { 0 } else { (float::ln(x.abs()) / core::f64::consts::LN_10).floor() as i32 }
}

impl Digits {
    /// For a sum and its terms.
    pub(crate) fn of(total: f64, terms: impl Iterator<Item = f64>, count: usize) -> Self {
        let power = power_of(terms.fold(total.abs(), |most, term| most.max(term.abs())));
        let more = grouped_digits(count);
        let (power, decimals) = if (-4..7).contains(&power) { (0, (2 - power).max(0)) } else { (power, 2) };
        Self { power, total: decimals as usize, terms: decimals as usize + more }
    }

    /// Significant digits of the two factors of a term: so many that their product is right to half its last digit.
    pub(crate) fn of_factors(self, product: f64) -> i32 {
        if product == 0.0 { 3 } else { (self.terms as i32 + power_of(product) - self.power + 3).clamp(2, 17) }
    }

    /// A term, in the unit.
    pub(crate) fn term(self, x: f64) -> String {
        self.text(x, self.terms)
    }

    /// The sum, in the unit.
    pub(crate) fn total(self, x: f64) -> String {
        self.text(x, self.total)
    }

    fn text(self, x: f64, decimals: usize) -> String {
        let x = if self.power == 0 { x } else { x / float::pow(10.0, f64::from(self.power)) };
        let text = format!("{x:.decimals$}");
        let is_zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
        let sign = if x < 0.0 && !is_zero { "−" } else { "" };
        let plain = text.trim_start_matches('-');
        let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
        format!("{sign}{}{rest}", ticketscope_scene::number::group_digits(whole))
    }
}

/// Decimals more that so many rounded terms need, so that their sum is right to half a digit: ⌈log₁₀ N⌉.
fn grouped_digits(count: usize) -> usize {
    count.saturating_sub(1).checked_ilog10().map_or(0, |power| power as usize + 1)
}

/// What the pass says in one line.
pub fn line(model: &Model) -> String {
    let on = !model.scene.input.is_empty();
    let (Some(pass), Some(run)) = (&model.forward.pass, &model.run) else {
        return if on {
            format!(
                "The link gives {} for {}: set one to begin.",
                plural(model.scene.input.len() as u64, "input"),
                plural(u64::from(model.scene.sources), "source")
            )
        } else {
            "What does this network, as it stands, make of a number?".to_owned()
        };
    };
    let shape = run.network.shape();
    let hidden = u64::from(shape.node_count() - shape.sources() - shape.sinks());
    let off = pass.off.iter().filter(|&&off| off).count() as u64;
    let outputs: Vec<String> = sinks(shape)
        .map(|node| format!("{} = {}", name::node(shape, shape.node(node)), figure_to(pass.values[node as usize], 3)))
        .collect();
    let off = if pass.activation == Activation::Relu {
        format!(" {} of {} hidden nodes pass nothing on.", grouped(off), grouped(hidden))
    } else {
        String::new()
    };
    format!("{}.{off}", outputs.join(", "))
}

/// The sinks.
pub fn sinks(shape: &Shape) -> core::ops::Range<NodeId> {
    shape.first_node(shape.hidden_layers() + 1)..shape.node_count()
}

/// An input as it stands in its field.
pub fn text(value: f64) -> String {
    canonical(value).replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_grow_with_the_terms() {
        assert_eq!([0, 1, 2, 10, 11, 100, 101, 512].map(grouped_digits), [0, 0, 1, 1, 2, 2, 3, 3]);
    }

    #[test]
    fn a_sum_can_be_checked_with_a_pencil() {
        let digits = Digits::of(0.161, [0.4, -0.239].into_iter(), 2);
        assert_eq!((digits.power, digits.total, digits.terms), (0, 3, 4));
        assert_eq!(digits.text(-0.239, digits.terms), "−0.2390");
        assert_eq!(digits.text(-0.000_01, digits.total), "0.000");
        let tiny = Digits::of(3.2e-9, [3.2e-9].into_iter(), 1);
        assert_eq!((tiny.power, tiny.text(3.2e-9, tiny.total)), (-9, "3.20".to_owned()));
    }

    #[test]
    fn a_slider_goes_from_minus_two_to_two() {
        assert_eq!([-2.0, 0.0, 0.37, 2.0, 9.0].map(position), [0, 200, 237, 400, 400]);
    }
}
