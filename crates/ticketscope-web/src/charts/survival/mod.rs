//! How long networks last: the survival section of the Prune view.

mod chart;
pub mod ensemble;
mod view;

use super::pool::Kind;
use super::{Charts, News};
use ensemble::{Ensemble, Named};
use std::rc::Rc;
use ticketscope_core::prune::Rule;
use ticketscope_core::survival::Recurrence;
use ticketscope_scene::scene::{Scene, View};
pub use view::{bind, show};

/// The rules of the table of rules, in its order.
pub const RULES: [Rule; 6] = [Rule::Layer, Rule::TwoChoices, Rule::Edge, Rule::Node, Rule::Magnitude, Rule::Synflow];
/// So many ensembles are kept, so that Back shows one at once.
const KEPT: usize = 16;
/// Multiplications of an exact curve that is worked out unasked: some tenths of a second.
const LIGHT: f64 = 1e9;

/// The ensemble of one rule.
#[derive(Debug)]
pub struct Curve {
    key: String,
    total: u64,
    /// The rule.
    pub rule: Rule,
    question: Option<u32>,
    /// What is known so far.
    pub ensemble: Ensemble,
    /// Why there is no more.
    pub failed: Option<String>,
}

/// A list of numbers that is asked for once.
#[derive(Debug, Default)]
pub struct Asked {
    key: String,
    question: Option<u32>,
    /// The answer.
    pub numbers: Vec<f64>,
    /// Why there is none.
    pub failed: Option<String>,
    /// How far it is, 0 to 1.
    pub share: f64,
}

/// Which chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shows {
    /// P(destroyed by k).
    #[default]
    By,
    /// The share destroyed at k.
    At,
}

/// What the section knows.
#[derive(Debug, Default)]
pub struct Survival {
    /// The scene that is shown.
    pub scene: Scene,
    curves: Vec<Curve>,
    /// The exact curve of `orphans=count`.
    pub exact: Asked,
    /// The paper's k, Lambert's, the largest safe k of balls in bins, whether they apply; then the tail of balls in bins.
    pub bins: Asked,
    /// Rules to lay over the scene's own.
    pub over: Vec<Rule>,
    /// Whether chances go by powers of ten.
    pub log: bool,
    /// Which chart is drawn.
    pub shows: Shows,
    /// Where the pointer stands on the chart.
    pub cursor: Option<f64>,
    /// The dot that is pointed at.
    pub dot: Option<usize>,
    /// The reader has stopped the work: nothing is asked until something changes.
    stopped: bool,
    /// The exact curve of a large network was asked for.
    wanted: bool,
    /// A scene has been shown.
    begun: bool,
}

impl Survival {
    /// The rules that are drawn, the scene's own last: it lies on top.
    pub fn rules(&self) -> Vec<Rule> {
        let own = self.scene.rule;
        let others = RULES.into_iter().filter(|&rule| rule != own && self.over.contains(&rule));
        others.chain([own]).collect()
    }

    /// The ensemble of a rule, as far as it is known.
    pub fn curve(&self, rule: Rule) -> Option<&Curve> {
        let key = ensemble::key(&self.scene, rule);
        self.curves.iter().find(|curve| curve.key == key && curve.total == self.scene.trials)
    }

    /// The ensembles that are drawn.
    pub fn shown(&self) -> Vec<&Curve> {
        self.rules().into_iter().filter_map(|rule| self.curve(rule)).collect()
    }

    /// The networks of the scene's own rule that have a dot each, and the steps that destroyed them.
    pub fn dots(&self) -> &[f64] {
        self.curve(self.scene.rule).map_or(&[], |curve| &curve.ensemble.first)
    }

    /// Multiplications that the exact curve takes at most; none where nothing is prunable.
    fn exact_work(&self) -> Option<f64> {
        let shape = self.scene.shape().ok()?;
        let prunable = self.scene.protect.prunable_edges(&shape) > 0;
        prunable.then(|| Recurrence::work_of(&shape, self.scene.protect))
    }

    /// Whether the exact curve waits to be asked for: it takes long.
    pub fn exact_waits(&self) -> bool {
        let known = !self.exact.numbers.is_empty() || self.exact.failed.is_some() || self.exact.question.is_some();
        !known && self.exact_work().is_some_and(|work| work > LIGHT)
    }

    /// The share of the work under way that is done; none when nothing is.
    pub fn progress(&self, charts: &Charts) -> Option<f64> {
        let shown = self.shown();
        let asked: Vec<f64> =
            shown.iter().filter(|curve| curve.question.is_some()).map(|curve| curve.share()).collect();
        if !asked.is_empty() {
            let done = shown.iter().filter(|curve| curve.question.is_none()).count() as f64;
            return Some((asked.iter().sum::<f64>() + done) / (asked.len() as f64 + done));
        }
        let open = |asked: &Asked| asked.question.is_some_and(|question| charts.progress(question).is_some());
        (open(&self.exact) || open(&self.bins)).then_some(self.exact.share)
    }

    /// The link that opens a network of the scene's own rule.
    pub fn link(&self, named: Named) -> String {
        ensemble::network(&self.scene, self.scene.rule, named)
    }
}

impl Curve {
    fn share(&self) -> f64 {
        self.ensemble.survival.trials() as f64 / self.total.max(1) as f64
    }
}

impl Asked {
    /// Forgets the answer to another question; whether this one is still to be asked.
    fn renew(&mut self, charts: &Rc<Charts>, key: String) -> bool {
        if self.key != key {
            if let Some(question) = self.question {
                charts.cancel(question);
            }
            *self = Self { key, ..Self::default() };
        }
        self.numbers.is_empty() && self.failed.is_none() && self.question.is_none()
    }

    fn heard(&mut self, question: u32, news: News<'_>) {
        if self.question != Some(question) {
            return;
        }
        match news {
            News::Progress(share) => self.share = share,
            News::Numbers(_, numbers) => (self.numbers, self.question) = (numbers.to_vec(), None),
            News::Failed(why) => (self.failed, self.question) = (Some(why.to_owned()), None),
        }
    }
}

/// Another scene is shown.
pub fn scene(charts: &Rc<Charts>, scene: &Scene) {
    {
        let mut survival = charts.survival.borrow_mut();
        let same = core::mem::replace(&mut survival.begun, true)
            && Scene { step: survival.scene.step, ..scene.clone() } == survival.scene;
        survival.scene = scene.clone();
        if same {
            return;
        }
        (survival.stopped, survival.wanted, survival.dot, survival.cursor) = (false, false, None, None);
    }
    if scene.view == View::Prune && scene.trials > 0 {
        charts.dom.attribute("survival-more", "open", Some(""));
    }
    settle(charts);
}

/// Asks for what is missing, and drops what nobody looks at any more.
pub(super) fn settle(charts: &Rc<Charts>) {
    let mut survival = charts.survival.borrow_mut();
    let survival = &mut *survival;
    let looks = survival.scene.view == View::Prune && view::is_open(charts) && survival.scene.page_limit().is_ok();
    let rules = if looks && survival.scene.trials > 0 { survival.rules() } else { Vec::new() };
    let (scene, total) = (&survival.scene, survival.scene.trials);
    let keys: Vec<(Rule, String)> = rules.into_iter().map(|rule| (rule, ensemble::key(scene, rule))).collect();
    survival.curves.retain(|curve| {
        let wanted = curve.total == total && keys.iter().any(|(_, key)| *key == curve.key);
        match curve.question {
            Some(question) if !wanted => {
                charts.cancel(question);
                false
            }
            _ => true,
        }
    });
    if !looks || survival.stopped {
        return;
    }
    if survival.bins.renew(charts, ensemble::bounds_key(scene)) {
        survival.bins.question = Some(charts.ask(Kind::Bins, &survival.bins.key, 1));
    }
    for (rule, key) in keys {
        if survival.curves.iter().all(|curve| curve.key != key || curve.total != total) {
            let question = Some(charts.ask(Kind::Trials, &key, total));
            let ensemble = Ensemble::default();
            survival.curves.push(Curve { key, total, rule, question, ensemble, failed: None });
        }
    }
    let over = survival.curves.len().saturating_sub(KEPT);
    let mut old = 0;
    survival.curves.retain(|curve| {
        let goes = curve.question.is_none() && old < over;
        old += usize::from(goes);
        !goes
    });
    let exact = survival.exact.renew(charts, ensemble::exact_key(&survival.scene));
    let light = survival.exact_work().is_some_and(|work| survival.wanted || work <= LIGHT);
    if exact && light {
        survival.exact.question = Some(charts.ask(Kind::Exact, &survival.exact.key, 1));
    }
}

/// The exact curve of a large network is wanted.
fn want_exact(charts: &Rc<Charts>) {
    {
        let mut survival = charts.survival.borrow_mut();
        (survival.wanted, survival.stopped) = (true, false);
    }
    settle(charts);
    charts.redraw();
}

/// Stops the work at once. What has come stays; the rest is not asked for again until something changes.
fn stop(charts: &Rc<Charts>) {
    let mut survival = charts.survival.borrow_mut();
    let survival = &mut *survival;
    survival.stopped = true;
    let asked = [&mut survival.exact.question, &mut survival.bins.question].into_iter().filter_map(Option::take);
    let curves = survival.curves.iter_mut().filter_map(|curve| {
        let question = curve.question.take()?;
        curve.failed = Some("stopped".to_owned());
        Some(question)
    });
    let all: Vec<u32> = asked.chain(curves).collect();
    all.into_iter().for_each(|question| charts.cancel(question));
    charts.redraw();
}

/// News of a question; it may be another section's.
pub fn heard(charts: &Rc<Charts>, question: u32, news: News<'_>) {
    let mut survival = charts.survival.borrow_mut();
    survival.exact.heard(question, news);
    survival.bins.heard(question, news);
    let Some(curve) = survival.curves.iter_mut().find(|curve| curve.question == Some(question)) else { return };
    match news {
        News::Numbers(range, steps) => {
            curve.ensemble.take(range.start, steps);
            if curve.ensemble.survival.trials() == curve.total {
                curve.question = None;
            }
        }
        News::Failed(why) => (curve.question, curve.failed) = (None, Some(why.to_owned())),
        News::Progress(_) => {}
    }
}
