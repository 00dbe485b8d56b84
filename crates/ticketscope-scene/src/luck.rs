//! How lucky a network is: over an ensemble of weight seeds, the share that holds a ticket, beside what independence predicts (spec §4).
//!
//! Trial i is the ordinary scene with seed + i; a target `uniform` is drawn by that seed, so each trial can be opened by its link and
//! then shows the same verdict.

use crate::find;
use crate::number::plural;
use crate::run::{self, Own, SceneError};
use crate::scene::{Beta, Method, Objective, Scene};
use crate::searchable::NotSearchable;
use core::ops::{ControlFlow, Range};
use ticketscope_core::forward::Activation;
use ticketscope_core::law::WeightLaw;
use ticketscope_core::network::Network;
use ticketscope_core::path::Paths;
use ticketscope_core::search::independence::{Chances, sign_floor, size_floor};
use ticketscope_core::search::luck::Decider;
use ticketscope_core::search::subset;
use ticketscope_core::seed::SEED_LIMIT;
use ticketscope_core::stats::{Interval, wilson};

/// Of how many trials, the first, it is remembered which were won.
pub const REMEMBERED: u64 = 1000;

/// What it takes: at most [`subset::MAX_TERMS`] terms.
const TAKES: &str = "trials of one source, one sink and one target β by method=path, or by method=subset in linear networks of one \
                     hidden layer with at most 20 surviving paths";

/// How many trials were won.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Luck {
    trials: u64,
    wins: u64,
    /// (trial, whether it was won), of the first [`REMEMBERED`], ascending.
    first: Vec<(u64, bool)>,
}

impl Luck {
    /// Decides the trials of a range, one after another. `progress` hears the number done after each and may stop; then there is
    /// no result.
    ///
    /// # Errors
    /// [`NotSearchable`].
    pub fn of_trials(
        scene: &Scene,
        own: &Own,
        trials: Range<u64>,
        mut progress: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Option<Self>, NotSearchable> {
        let mut luck = Self::default();
        let mut trial = Trial::new(scene, own)?;
        for i in trials.clone() {
            luck.add(i, trial.is_won(i)?);
            if progress(i + 1 - trials.start).is_break() {
                return Ok(None);
            }
        }
        Ok(Some(luck))
    }

    /// Counts one trial.
    pub fn add(&mut self, trial: u64, is_won: bool) {
        self.trials += 1;
        self.wins += u64::from(is_won);
        if trial < REMEMBERED {
            let place = self.first.partition_point(|&(other, _)| other < trial);
            self.first.insert(place, (trial, is_won));
        }
    }

    /// Adds the counts of other trials: in any order, with one result.
    pub fn merge(&mut self, other: &Self) {
        self.trials += other.trials;
        self.wins += other.wins;
        self.first.extend(&other.first);
        self.first.sort_unstable();
    }

    /// As numbers for a message: trials, wins, then each remembered trial and 1 if it was won.
    pub fn to_numbers(&self) -> Vec<f64> {
        let remembered = self.first.iter().flat_map(|&(trial, is_won)| [trial as f64, f64::from(u8::from(is_won))]);
        [self.trials as f64, self.wins as f64].into_iter().chain(remembered).collect()
    }

    /// From [`Luck::to_numbers`].
    pub fn from_numbers(numbers: &[f64]) -> Option<Self> {
        let ([trials, wins], rest) = numbers.split_first_chunk()?;
        let first = rest.as_chunks::<2>().0.iter().map(|&[trial, won]| (trial as u64, won == 1.0)).collect();
        Some(Self { trials: *trials as u64, wins: *wins as u64, first })
    }

    /// Trials counted.
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// Those that hold a ticket.
    pub fn wins(&self) -> u64 {
        self.wins
    }

    /// The first trials, and whether each was won.
    pub fn first(&self) -> &[(u64, bool)] {
        &self.first
    }

    /// The share of wins with Wilson's 95 % interval; none without trials.
    pub fn share(&self) -> Option<Interval> {
        wilson(self.wins, self.trials)
    }
}

/// A scene's trials, decided one at a time.
struct Trial<'a> {
    scene: &'a Scene,
    own: &'a Own,
    network: Network,
    /// How weights are drawn anew, where nothing is typed or loaded.
    law: Option<WeightLaw>,
    decider: Decider,
}

impl<'a> Trial<'a> {
    fn new(scene: &'a Scene, own: &'a Own) -> Result<Self, NotSearchable> {
        let network = run::network(scene, own)?;
        let otherwise = otherwise(scene, &network);
        if !otherwise.is_empty() {
            return Err(NotSearchable::Class { takes: TAKES, otherwise });
        }
        let is_drawn = scene.edits.is_empty() && !own.has_weights();
        let law = if is_drawn { Some(run::weight_law(scene)?) } else { None };
        Ok(Self { scene, own, network, law, decider: Decider::default() })
    }

    fn is_won(&mut self, i: u64) -> Result<bool, NotSearchable> {
        let Scene { epsilon, activation, .. } = *self.scene;
        let seed = (self.scene.seed + i) % SEED_LIMIT;
        match &self.law {
            Some(law) => self.network.redraw(law, seed),
            None => self.network = run::network(&run::trial(self.scene, i), self.own)?,
        }
        let Some(target) = find::target_of(self.scene, seed) else {
            return Err(NotSearchable::Class { takes: TAKES, otherwise: otherwise(self.scene, &self.network) });
        };
        let (network, mask) = (&self.network, self.network.mask());
        if self.scene.method == Method::Subset {
            let paths = Paths::of(network, mask);
            let products: Vec<f64> =
                (0..paths.count()).map_while(|rank| Some(paths.path(rank)?.product(network))).collect();
            let best = subset::best(&products, target)
                .map_err(|error| NotSearchable::Class { takes: TAKES, otherwise: vec![error.to_string()] })?;
            return Ok(best.error <= epsilon);
        }
        self.decider
            .holds(network, mask, target, epsilon, activation)
            .map_err(|error| NotSearchable::Class { takes: TAKES, otherwise: vec![error.to_string()] })
    }
}

/// What takes a scene out of the classes, in words.
fn otherwise(scene: &Scene, network: &Network) -> Vec<String> {
    let shape = network.shape();
    let subset = scene.method == Method::Subset;
    let many = |n: u32, noun| plural(u64::from(n), noun);
    let paths = if subset { Paths::of(network, network.mask()).count() } else { 0 };
    [
        (!subset && scene.method != Method::Path).then(|| format!("method={}", scene.method.word())),
        (scene.objective != Objective::Error).then(|| format!("objective={}", scene.objective.word())),
        (shape.sources() != 1).then(|| many(shape.sources(), "source")),
        (shape.sinks() != 1).then(|| many(shape.sinks(), "sink")),
        (subset && scene.activation != Activation::Linear).then(|| format!("activation={}", scene.activation.word())),
        (subset && shape.hidden_layers() != 1).then(|| many(shape.hidden_layers(), "hidden layer")),
        (paths > subset::MAX_TERMS as u128).then(|| format!("more than {} surviving paths", subset::MAX_TERMS)),
        find::target_of(scene, scene.seed).is_none().then(|| "more than one target β".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is known beside the measured share.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    chances: Option<Chances>,
    /// P(win) if the paths were independent; none where it is not defined: whole networks of drawn weights, single paths, and a law
    /// of products with a closed form.
    pub win: Option<f64>,
    /// The opposite, with all its digits.
    pub fail: Option<f64>,
    /// P(fail) is at least this, however many paths: of signs (ReLU).
    pub sign_floor: Option<f64>,
    /// P(fail) is at least this: of sizes, for one target and bounded weights.
    pub size_floor: Option<f64>,
}

impl Prediction {
    /// Of a scene's ensemble.
    ///
    /// # Errors
    /// [`SceneError`] if the scene has no network.
    pub fn of(scene: &Scene, own: &Own) -> Result<Self, SceneError> {
        let shape = own.shape().map_or_else(|| scene.shape(), Ok)?;
        let nothing = Self { chances: None, win: None, fail: None, sign_floor: None, size_floor: None };
        let is_whole = scene.edits.is_empty() && scene.mask.is_none() && own.is_empty();
        if scene.method != Method::Path || !is_whole || shape.sources() != 1 || shape.sinks() != 1 {
            return Ok(nothing);
        }
        let law = run::product_law(scene)?;
        let (epsilon, relu) = (scene.epsilon, scene.activation == Activation::Relu);
        let (chances, size_floor) = match scene.beta {
            Beta::Uniform => (Chances::uniform(&law, epsilon), None),
            Beta::List(ref list) => match list[..] {
                [target] => (Chances::at(&law, target, epsilon), size_floor(law.weights(), &shape, target, epsilon)),
                _ => (None, None),
            },
        };
        let chance = chances.as_ref().map(|chances| chances.predict(&shape, scene.activation, 1.0));
        Ok(Self {
            win: chance.map(|chance| chance.win),
            fail: chance.map(|chance| chance.fail),
            sign_floor: relu.then(|| sign_floor(shape.width())),
            size_floor,
            chances,
        })
    }

    /// The effective share of independent paths, and its interval from the ends of that of the share of wins; each none where no
    /// share would give it.
    pub fn effective_share(&self, scene: &Scene, luck: &Luck) -> [Option<f64>; 3] {
        let (Some(chances), Ok(shape), Some(share)) = (&self.chances, scene.shape(), luck.share()) else {
            return [None; 3];
        };
        let of = |fail: f64| chances.effective_share(&shape, scene.activation, fail);
        let fails = (luck.trials() - luck.wins()) as f64 / luck.trials() as f64;
        [of(fails), of(1.0 - share.low), of(1.0 - share.high)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    fn luck(link: &str, trials: Range<u64>) -> Luck {
        let scene = link::read(link).unwrap().scene;
        Luck::of_trials(&scene, &Own::default(), trials, |_| ControlFlow::Continue(())).unwrap().unwrap()
    }

    #[test]
    fn ranges_add_up_in_any_order() {
        let link = "#v1&view=find&hidden=3&width=6&law=exact&beta=uniform&epsilon=0.02";
        let whole = luck(link, 0..1300);
        let mut parts = Luck::default();
        for range in [900..1300, 0..17, 400..900, 17..400] {
            parts.merge(&luck(link, range));
        }
        assert_eq!(parts, whole);
        assert_eq!((whole.trials(), whole.first().len()), (1300, 1000));
        assert_eq!(Luck::from_numbers(&whole.to_numbers()), Some(whole.clone()));
        assert!(whole.wins() > 100 && whole.wins() < 1200, "{}", whole.wins());
        let scene = link::read(link).unwrap().scene;
        let stopped = Luck::of_trials(&scene, &Own::default(), 0..9, |_| ControlFlow::Break(()));
        assert_eq!(stopped, Ok(None));
    }

    #[test]
    fn a_trial_is_the_scene_of_its_seed() {
        for link in [
            "#v1&view=find&hidden=1&width=7&law=uniform&activation=linear&method=subset&beta=uniform",
            "#v1&view=find&hidden=1&width=7&law=uniform&activation=linear&method=subset&edits=0.0.1:0.5",
        ] {
            let scene = link::read(link).unwrap().scene;
            for (i, is_won) in luck(link, 0..60).first() {
                let found = find::find(&run::trial(&scene, *i), &Own::default()).unwrap();
                assert_eq!(found.is_won(), *is_won, "{link} {i}");
            }
        }
    }

    #[test]
    fn what_is_not_decided_is_refused_with_a_sentence() {
        let refused = |link: &str| {
            let scene = link::read(link).unwrap().scene;
            Luck::of_trials(&scene, &Own::default(), 0..1, |_| ControlFlow::Continue(())).unwrap_err().to_string()
        };
        for (link, otherwise) in [
            ("#v1&sources=2", "this is otherwise: 2 sources"),
            ("#v1&sinks=2&method=block", "these are otherwise: method=block, 2 sinks"),
            ("#v1&beta=0.5,0.4", "this is otherwise: more than one target β"),
            (
                "#v1&hidden=1&width=30&activation=linear&method=subset",
                "this is otherwise: more than 20 surviving paths",
            ),
            ("#v1&hidden=32&width=512", "this is otherwise: the halves of its paths number more than 8388608"),
        ] {
            assert!(refused(link).contains(otherwise), "{}", refused(link));
        }
    }
}
