//! Random scenes, made field by field without the table that the crate under test reads them with.
#![allow(dead_code)]

use ticketscope_core::law::Law;
use ticketscope_core::mask::Mask;
use ticketscope_core::prune::{Orphans, Protect, Rule};
use ticketscope_core::seed::{Draws, Purpose, stream};
use ticketscope_core::shape::Shape;
use ticketscope_scene::compare::Compare;
use ticketscope_scene::hand::{Edit, MaskText};
use ticketscope_scene::scene::{
    Activation, Alpha, Beta, Confidence, Construction, Method, Objective, Of, Scene, Step, View,
};

/// A stream of random words for a test.
pub fn dice(seed: u64) -> Dice {
    Dice(stream(seed, Purpose::Pruning))
}

pub struct Dice(Draws);

impl Dice {
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0.below(bound)
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u32) as usize]
    }

    fn chance(&mut self) -> bool {
        self.below(3) == 0
    }

    fn seed(&mut self) -> u64 {
        // All magnitudes, both ends often.
        match self.below(8) {
            0 => 0,
            1 => (1 << 53) - 1,
            _ => self.0.next_u64() >> (11 + self.below(50)),
        }
    }

    /// A number of (0, high]: now a short decimal, now any bits at any magnitude, now an end.
    fn positive(&mut self, high: f64) -> f64 {
        loop {
            let x = match self.below(8) {
                0 => high,
                1 => f64::MIN_POSITIVE,
                2 => f64::from_bits(1),
                3 | 4 => f64::from_bits(self.0.next_u64() >> 1),
                _ => f64::from(self.below(10_000)) / f64::from(self.one(&[1, 10, 100, 1000])),
            };
            if x > 0.0 && x <= high {
                return x;
            }
        }
    }

    /// A number of [−high, high], 0 now and then.
    fn signed(&mut self, high: f64) -> f64 {
        match self.below(4) {
            0 => 0.0,
            1 => -self.positive(high),
            _ => self.positive(high),
        }
    }

    fn text(&mut self, most: u32) -> String {
        const SAFE: &[u8] = b"ABCXYZabcxyz0189-_.,:~";
        let length = self.below(most + 1);
        (0..length).map(|_| char::from(self.one(SAFE))).collect()
    }
}

/// A mask with now and then an edge cut, of a network that need not be the scene's.
fn hand_mask(dice: &mut Dice) -> Option<MaskText> {
    let shape = Shape::new(1 + dice.below(3), 1 + dice.below(4), 1 + dice.below(9), 1 + dice.below(2)).unwrap();
    let one_in = 1 + dice.below(40);
    let cut: Vec<bool> = (0..shape.edge_count()).map(|_| dice.below(one_in) == 0).collect();
    MaskText::of(&Mask::from_fn(shape, |id| !cut[id as usize])).unwrap()
}

/// Typed weights, each edge once, sorted.
fn edits(dice: &mut Dice) -> Vec<Edit> {
    let mut edits: Vec<Edit> = (0..1 + dice.below(12))
        .map(|_| Edit { layer: dice.below(33), from: dice.below(512), to: dice.below(512), weight: dice.signed(1e9) })
        .collect();
    edits.sort_by_key(Edit::edge);
    edits.dedup_by_key(|edit| edit.edge());
    edits
}

/// A random scene, every field in range, about a third of them away from the default.
pub fn scene(dice: &mut Dice) -> Scene {
    let mut scene = Scene::default();
    macro_rules! now_and_then {
        ($($at:ident = $value:expr;)*) => { $(if dice.chance() { scene.$at = $value; })* };
    }
    now_and_then! {
        view = dice.one(View::ALL);
        sources = 1 + dice.below(64);
        hidden = 1 + dice.below(32);
        width = 1 + dice.below(512);
        sinks = 1 + dice.below(16);
        law = dice.one(&Law::ALL);
        alpha = match dice.below(3) { 0 => Alpha::Auto, 1 => Alpha::Flat, _ => Alpha::Value(dice.positive(8.0)) };
        resolution = dice.positive(0.999_999);
        scale = dice.positive(1e6);
        seed = dice.seed();
        rule = dice.one(&Rule::ALL);
        protect = dice.one(&Protect::ALL);
        orphans = dice.one(&Orphans::ALL);
        prune_seed = dice.seed();
        step = if dice.chance() { Step::End } else { Step::At(dice.seed()) };
        confidence = if dice.chance() { Confidence::E } else { Confidence::Value(dice.positive(f64::MAX).max(1.0)) };
        hit_chance = if dice.chance() { 0.0 } else { dice.positive(1.0) };
        trials = dice.seed().min(10_000_000);
        of = dice.one(Of::ALL);
        samples = dice.seed().clamp(1, 100_000_000);
        bins = 1 + dice.below(1000);
        window = dice.positive(1e6);
        beta = if dice.chance() {
            Beta::Uniform
        } else {
            let count = 1 + dice.below(5);
            let sign = dice.one(&[1.0, -1.0]);
            Beta::List((0..count).map(|_| if dice.chance() { 0.0 } else { sign * dice.positive(1e6) }).collect())
        };
        epsilon = dice.positive(1e6);
        activation = dice.one(&Activation::ALL);
        method = dice.one(Method::ALL);
        objective = dice.one(Objective::ALL);
        budget = dice.seed().clamp(1000, 1_000_000_000_000);
        target = dice.text(12);
        construction = if dice.chance() { None } else { Some(dice.one(Construction::ALL)) };
    }
    if dice.chance() {
        scene.mask = hand_mask(dice);
    }
    if dice.chance() {
        scene.edits = edits(dice);
    }
    now_and_then! {
        input = (0..1 + dice.below(9)).map(|_| dice.signed(1e6)).collect();
        compare = Some(match dice.below(4) {
            0 => Compare::Rule(dice.one(&Rule::ALL)),
            1 => Compare::Seed(dice.seed()),
            2 => Compare::PruneSeed(dice.seed()),
            _ => Compare::RandomMask,
        });
        brush = {
            let (a, b) = (dice.signed(1e6), dice.signed(1e6));
            Some((a.min(b), a.max(b)))
        };
    }
    for kept in &mut scene.reserved {
        if dice.below(12) == 0 {
            *kept = dice.text(20);
        }
    }
    scene
}
