//! What the page knows: the scene, and what only this tab knows.

use crate::compare::Second;
use crate::fall::Fall;
use crate::files::Loaded;
use crate::find;
use crate::forward;
use crate::hand::Hand;
use crate::jobs::Jobs;
use crate::lens::{Lens, Lit};
use crate::play::{Play, Speed};
use crate::products::{Bins, Products};
use crate::touch::Touch;
use crate::track::Track;
use crate::trouble::Trouble;
use crate::twin::Twin;
use crate::update::sentence;
use num_bigint::BigUint;
use std::collections::BTreeMap;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Fates, Moment, Timeline};
use ticketscope_scene::scene::{Of, Scene, Step, View};
use ticketscope_scene::{FIELDS, Field, link};

/// A network and its pruning, as the worker sent them.
#[derive(Debug)]
pub struct Run {
    /// The scene it belongs to, as far as it decides the run.
    pub key: String,
    /// The network before the first cut.
    pub network: Network,
    /// The events.
    pub timeline: Timeline,
    /// When each edge goes.
    pub fates: Fates,
    /// Tickets of the network before the first cut.
    pub tickets: BigUint,
}

/// A run at one step, and the tickets that survive there.
#[derive(Debug)]
pub struct Now {
    /// What every edge and node is.
    pub moment: Moment,
    /// Surviving tickets.
    pub tickets: BigUint,
}

impl Now {
    /// A run at a step.
    pub fn at(run: &Run, step: u32) -> Self {
        Self::of(&run.fates, step)
    }

    /// Edges with their fates at a step.
    pub fn of(fates: &Fates, step: u32) -> Self {
        let moment = Moment::at(fates, step);
        let tickets = moment.path_counts().tickets();
        Self { moment, tickets }
    }
}

/// The bounds on safe cuts (spec §3); none of them where no layer of w² edges is prunable.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bounds {
    /// The scene they belong to, as far as it decides them.
    pub key: String,
    /// The paper's k, a real number.
    pub paper: Option<f64>,
    /// The closed form with Lambert's function, a real number.
    pub lambert: Option<f64>,
    /// The largest safe k of balls in bins.
    pub bins: Option<u64>,
}

/// What the worker answers.
#[derive(Debug)]
pub enum Outcome {
    /// A network, pruned.
    Run(Box<Run>),
    /// The network of the second panel, pruned.
    Second(Box<Run>),
    /// Products, sorted into bins.
    Products(Box<Products>),
    /// The bounds.
    Bounds(Bounds),
    /// Paths with a product in a range.
    Lit(Lit),
    /// Products by size, of the main histogram or the one beside it.
    Sizes(Box<Bins>),
    /// None of them, and why.
    Failed(String),
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark ink on paper.
    Light,
    /// Light ink on near-black.
    Dark,
}

impl Theme {
    /// The word that is remembered.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a word.
    pub fn of(word: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.word() == word).unwrap_or_default()
    }

    /// The next one in the round.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// Changes that belong together: they share one entry of the history, so that Back returns to before the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// A slider is being dragged.
    Drag(&'static str),
    /// Steps, playing and scrubbing.
    Timeline,
}

/// What was typed into a field and is not allowed, and the sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// As it was typed: it stays.
    pub text: String,
    /// What is wrong with it.
    pub sentence: String,
}

/// Everything.
#[derive(Debug)]
pub struct Model {
    /// What the link holds. Its step is where the visitor wants to stand; [`Model::step`] is where the run lets them.
    pub scene: Scene,
    /// The opening scene stands here and nothing was changed yet: the address bar has no fragment.
    pub opening: bool,
    /// Notes about the link, until dismissed.
    pub notes: Vec<String>,
    /// The link's step has not yet been held against the end of its run.
    pub step_unchecked: bool,
    /// The newest run, perhaps of the scene before this one.
    pub run: Option<Box<Run>>,
    /// The moment that is shown.
    pub now: Option<Now>,
    /// The newest bounds.
    pub bounds: Bounds,
    /// The newest products.
    pub products: Option<Box<Products>>,
    /// The second panel.
    pub second: Option<Second>,
    /// What destroyed the network, where it is destroyed.
    pub fall: Option<Fall>,
    /// The search of the Find view.
    pub find: find::State,
    /// The forward pass.
    pub forward: forward::State,
    /// The histogram as a lens on the network.
    pub lens: Lens,
    /// The timeline as the screen has it.
    pub track: Track,
    /// Playing.
    pub play: Option<Play>,
    /// The chosen speed.
    pub speed: Speed,
    /// Locked seeds.
    pub locked: BTreeMap<&'static str, bool>,
    /// What was typed and is not allowed.
    pub faults: BTreeMap<&'static str, Fault>,
    /// The gesture under way.
    pub gesture: Option<Gesture>,
    /// Requests to the worker.
    pub jobs: Jobs,
    /// How far the worker is, once it has said so.
    pub progress: Option<f64>,
    /// The visitor has stopped the worker: nothing is asked until the scene changes.
    pub cancelled: bool,
    /// What is wrong with the worker.
    pub trouble: Trouble,
    /// Light or dark.
    pub theme: Theme,
    /// Single-letter keys are on.
    pub letters: bool,
    /// The sheet of controls is open (on a phone).
    pub sheet: bool,
    /// The opening may move.
    pub motion: bool,
    /// What is pointed at and pinned.
    pub touch: Touch,
    /// What was done by hand.
    pub hand: Hand,
    /// The tables of edges and paths.
    pub twin: Twin,
    /// The files that stand for the drawn network, if there are any.
    pub own: Option<Loaded>,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            scene: Scene::default(),
            opening: false,
            notes: Vec::new(),
            step_unchecked: false,
            run: None,
            now: None,
            bounds: Bounds::default(),
            products: None,
            second: None,
            fall: None,
            find: find::State::default(),
            forward: forward::State::default(),
            lens: Lens::default(),
            track: Track::default(),
            play: None,
            speed: Speed::Rate(2.5),
            locked: BTreeMap::new(),
            faults: BTreeMap::new(),
            gesture: None,
            jobs: Jobs::default(),
            progress: None,
            cancelled: false,
            trouble: Trouble::default(),
            theme: Theme::default(),
            letters: true,
            sheet: false,
            motion: true,
            touch: Touch::default(),
            hand: Hand::default(),
            twin: Twin::default(),
            own: None,
        }
    }
}

/// Fields that are typed or slid, those that are chosen from a list, and those that are seeds. α is both: see
/// [`Message::AlphaMode`](crate::message::Message::AlphaMode).
pub const NUMBERS: &[&str] = &[
    "hidden",
    "width",
    "sources",
    "sinks",
    "alpha",
    "resolution",
    "scale",
    "confidence",
    "hit-chance",
    "samples",
    "bins",
    "window",
    "beta",
    "epsilon",
];
/// See [`NUMBERS`].
pub const CHOICES: &[&str] = &["law", "rule", "protect", "orphans", "of"];
/// See [`NUMBERS`].
pub const SEEDS: &[&str] = &["seed", "prune-seed"];

/// Keys that decide a run.
const RUN_KEYS: &[&str] = &[
    "sources",
    "hidden",
    "width",
    "sinks",
    "law",
    "alpha",
    "resolution",
    "scale",
    "seed",
    "rule",
    "protect",
    "orphans",
    "prune-seed",
    "mask",
    "edits",
];

/// Keys that decide a search beside those: its run leads to what it finds.
const FIND_KEYS: &[&str] = &["view", "beta", "epsilon", "activation", "method", "objective"];

/// Whether a key decides the run of a scene.
fn decides_run(scene: &Scene, key: &str) -> bool {
    RUN_KEYS.contains(&key) || scene.view == View::Find && FIND_KEYS.contains(&key)
}

/// The link of a scene with everything left out that does not matter to the given keys.
fn key(scene: &Scene, matters: impl Fn(&str) -> bool) -> String {
    let mut bare = Scene::default();
    FIELDS.iter().filter(|field| matters(field.key)).for_each(|field| field.copy(scene, &mut bare));
    // α flat, and nothing else, makes the window decide the weights.
    if matters("alpha") && scene.alpha == ticketscope_scene::scene::Alpha::Flat {
        bare.window = scene.window;
    }
    link::write(&bare)
}

/// What decides the run of a scene.
pub fn run_key(scene: &Scene) -> String {
    key(scene, |key| decides_run(scene, key))
}

/// What decides the run of a scene, and some keys more.
pub fn key_of(scene: &Scene, also: impl Fn(&str) -> bool) -> String {
    key(scene, |key| decides_run(scene, key) || also(key))
}

impl Model {
    /// What decides the run of the scene.
    pub fn run_key(&self) -> String {
        run_key(&self.scene)
    }

    /// What decides the bounds of the scene.
    pub fn bounds_key(&self) -> String {
        key(&self.scene, |key| ["sources", "hidden", "width", "sinks", "protect", "confidence"].contains(&key))
    }

    /// The bounds, if they are this scene's; else none.
    pub fn current_bounds(&self) -> Bounds {
        if self.bounds.key == self.bounds_key() { self.bounds.clone() } else { Bounds::default() }
    }

    /// What decides the products of the scene, but for the step.
    pub fn products_key(&self) -> String {
        self.products_key_of(self.of())
    }

    /// Whose products the histogram shows: in the Find view those of the paths that it is about.
    pub fn of(&self) -> Of {
        if self.scene.view == View::Find { Of::Network } else { self.scene.of }
    }

    /// The same for one kind of products, whichever the scene shows.
    pub fn products_key_of(&self, of: Of) -> String {
        let network = of == Of::Network;
        key(&Scene { of, ..self.scene.clone() }, |key| {
            ["of", "samples", "bins", "window"].contains(&key)
                || if network {
                    decides_run(&self.scene, key)
                } else {
                    ["sources", "hidden", "width", "law", "alpha", "resolution", "scale", "seed"].contains(&key)
                }
        })
    }

    /// The run, if it is this scene's.
    pub fn current_run(&self) -> Option<&Run> {
        self.run.as_deref().filter(|run| run.key == self.run_key())
    }

    /// The step that is shown: where the visitor wants to stand, or the end of the run.
    pub fn step(&self) -> u32 {
        let end = self.run.as_ref().map_or(0, |run| run.timeline.len());
        match self.scene.step {
            Step::At(step) => step.min(u64::from(end)) as u32,
            Step::End => end,
        }
    }

    /// The last step of the run.
    pub fn last_step(&self) -> u32 {
        self.run.as_ref().map_or(0, |run| run.timeline.len())
    }

    /// The link of what is shown: a step that the run does not reach is written as its last.
    pub fn link(&self) -> String {
        let mut scene = self.scene.clone();
        if let (Some(run), Step::At(step)) = (self.current_run(), scene.step) {
            scene.step = Step::At(step.min(u64::from(run.timeline.len())));
        }
        link::write(&scene)
    }

    /// Why this scene cannot be shown here, if so.
    pub fn refusal(&self) -> Option<String> {
        match self.scene.view {
            View::Prune | View::Products | View::Bounds => {}
            View::Find => return self.find_refusal().map(sentence),
            view => {
                return Some(format!(
                    "This version of the page does not have the view “{}” yet. The scene is kept: Prune and Products show the \
                     same network.",
                    view.word()
                ));
            }
        }
        self.scene.page_limit().err().map(|error| sentence(&error.to_string()))
    }

    /// A digest of what is shown: the link, every weight, every edge's state, every bin. Equal on two pages that show the same.
    pub fn digest(&self) -> u64 {
        let mut digest = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |word: u64| digest = (digest ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
        self.link().bytes().for_each(|byte| add(u64::from(byte)));
        if let (Some(run), Some(now)) = (&self.run, &self.now) {
            run.network.weights().iter().for_each(|weight| add(weight.to_bits()));
            now.moment.edge_states().iter().for_each(|&state| add(state as u64));
        }
        if let Some((second, run, _)) = self.current_second() {
            second.network(&run.network).weights().iter().for_each(|weight| add(weight.to_bits()));
            second.now.moment.edge_states().iter().for_each(|&state| add(state as u64));
        }
        if let Some(products) = &self.products {
            products.counts.iter().for_each(|count| add(count.to_bits()));
        }
        digest
    }

    /// Takes another run, and forgets what was shown of the one before.
    pub fn show_run(&mut self, run: Run) {
        self.run = Some(Box::new(run));
        self.now = None;
        self.track.stride = None;
    }

    /// Whether the screen has to be drawn again and again.
    pub fn is_moving(&self) -> bool {
        self.play.is_some() || self.track.stride.is_some()
    }

    /// Where the run stands and what moves; while this is the same, the clock changes nothing but how far a step is on its way.
    pub fn standing(&self) -> (u32, bool, bool) {
        (self.step(), self.play.is_some(), self.is_moving())
    }

    /// Whether the seed of this key is locked.
    pub fn is_locked(&self, key: &str) -> bool {
        self.locked.get(key).copied().unwrap_or(false)
    }
}

/// The field of a key that stands in this program's own text.
pub fn field(key: &str) -> Option<&'static Field> {
    Field::of(key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ticketscope_scene::field::Control;

    /// Every parameter of the views is a control, as far as they honour it, and nothing else claims to be one. (`step` is the
    /// timeline, `view` the tabs; `trials` has buttons of its own; `activation` stands beside the
    /// forward pass.)
    #[test]
    fn every_field_of_the_views_has_its_control() {
        let page = include_str!("../../../www/views/controls.html");
        for field in FIELDS {
            let searched = ["beta", "epsilon"].contains(&field.key);
            let controlled = (field.is_in(View::Prune) || field.is_in(View::Products) || searched)
                && field.control != Control::Hidden
                && !["view", "step", "trials", "activation"].contains(&field.key);
            let listed = [NUMBERS, CHOICES, SEEDS].concat().contains(&field.key);
            assert_eq!(controlled, listed, "{}", field.key);
            assert_eq!(page.contains(&format!("data-field=\"{}\"", field.key)), controlled, "{}", field.key);
        }
    }

    #[test]
    fn every_word_of_a_choice_is_an_option() {
        let page = include_str!("../../../www/views/controls.html");
        for &key in CHOICES {
            let select =
                page.split(&format!("<select id=\"{key}\">")).nth(1).unwrap().split("</select>").next().unwrap();
            let words: Vec<&str> = field(key).unwrap().words().collect();
            assert_eq!(select.matches("<option").count(), words.len(), "{key}");
            for word in words {
                assert!(select.contains(&format!("value=\"{word}\"")), "{key} {word}");
            }
        }
    }

    #[test]
    fn the_window_decides_weights_only_under_alpha_flat() {
        let at = |alpha, window| {
            let scene = Scene { alpha, window, ..Scene::default() };
            Model { scene, ..Model::default() }.run_key()
        };
        use ticketscope_scene::scene::Alpha;
        assert_eq!(at(Alpha::Auto, 1.0), at(Alpha::Auto, 0.5));
        assert_ne!(at(Alpha::Flat, 1.0), at(Alpha::Flat, 0.5));
    }
}
