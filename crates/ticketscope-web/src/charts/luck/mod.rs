//! How lucky a network is: the luck section of the Find view. The share of networks that hold a ticket against width, hidden layers
//! or tolerance, beside what independence predicts; first the reader guesses.

mod chart;
mod view;

use super::pool::Kind;
use super::{Charts, News};
use std::rc::Rc;
use ticketscope_core::forward::Activation;
use ticketscope_core::law::Law;
use ticketscope_scene::link;
use ticketscope_scene::luck::Luck as Share;
use ticketscope_scene::report::LuckReport;
use ticketscope_scene::run::Own;
use ticketscope_scene::scene::{Method, Scene, Step, View};
pub use view::{bind, show};

/// Networks of a point beside the scene's own, at most.
const BESIDE: u64 = 10_000;
/// So many points are kept, so that Back shows them at once.
const KEPT: usize = 400;

/// What changes along the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Across {
    /// w.
    #[default]
    Width,
    /// n.
    Hidden,
    /// ε.
    Epsilon,
}

/// One measured point.
#[derive(Debug)]
pub struct Point {
    key: String,
    total: u64,
    question: Option<u32>,
    /// What is known so far.
    pub share: Share,
    /// Why there is no more.
    pub failed: Option<String>,
}

/// A line of the chart: the scene with another law or activation.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// Its colour and marker.
    pub tone: usize,
    /// The scene at each of its points, by what changes along the chart.
    pub scenes: Vec<(f64, Scene)>,
}

/// What the section knows.
#[derive(Debug, Default)]
pub struct Luck {
    /// The scene that is shown.
    pub scene: Scene,
    points: Vec<Point>,
    /// What changes along the chart.
    pub across: Across,
    /// Whether the chart shows P(no ticket) by powers of ten.
    pub fails: bool,
    /// Laws and activations beside the scene's own.
    pub laws: Vec<Law>,
    /// The other activation too.
    pub both: bool,
    /// The reader's guess, per cent.
    pub guess: u32,
    /// The guess was made, or waived.
    pub revealed: bool,
    /// It was waived.
    pub waived: bool,
    /// The dot that is pointed at.
    pub dot: Option<usize>,
    /// Where the pointer stands on the chart.
    pub cursor: Option<f64>,
    /// What came of the scene's own networks, as far as they are searched.
    pub report: Option<LuckReport>,
    /// Of which key, and of how many networks, that is.
    reported: (String, u64),
    stopped: bool,
    begun: bool,
}

/// The scene as far as it decides its ensemble.
fn key(scene: &Scene) -> String {
    link::write(&Scene {
        view: View::Find,
        trials: 0,
        step: Step::At(0),
        prune_seed: 1,
        input: Vec::new(),
        compare: None,
        brush: None,
        ..scene.clone()
    })
}

impl Luck {
    /// The lines of the chart, the scene's own last: it lies on top.
    pub fn lines(&self) -> Vec<Line> {
        let own = &self.scene;
        let single = own.method == Method::Path;
        let mut all = Vec::new();
        for (place, law) in Law::ALL.into_iter().enumerate() {
            if law != own.law && self.laws.contains(&law) {
                all.push((law.word().to_owned(), 1 + place, Scene { law, ..own.clone() }));
            }
        }
        if self.both && single {
            let activation = match own.activation {
                Activation::Linear => Activation::Relu,
                Activation::Relu => Activation::Linear,
            };
            all.push((activation.word().to_owned(), 6, Scene { activation, ..own.clone() }));
        }
        let tone = 1 + Law::ALL.iter().position(|&law| law == own.law).unwrap_or(0);
        all.push((format!("{}, {}", own.law.word(), own.activation.word()), tone, own.clone()));
        all.into_iter().map(|(label, tone, scene)| Line { label, tone, scenes: self.grid(&scene) }).collect()
    }

    /// The scenes along the chart, the given one among them.
    fn grid(&self, scene: &Scene) -> Vec<(f64, Scene)> {
        let whole = |values: [i64; 5], max: i64| {
            let mut values: Vec<u32> = values.into_iter().filter(|n| (1..=max).contains(n)).map(|n| n as u32).collect();
            values.dedup();
            values
        };
        let (w, n) = (i64::from(scene.width), i64::from(scene.hidden));
        match self.across {
            Across::Width => whole([w / 2, w * 3 / 4, w, (w * 4 + 2) / 3, 2 * w], 512)
                .into_iter()
                .map(|width| (f64::from(width), Scene { width, ..scene.clone() }))
                .collect(),
            Across::Hidden => whole([n - 2, n - 1, n, n + 1, n + 2], 32)
                .into_iter()
                .map(|hidden| (f64::from(hidden), Scene { hidden, ..scene.clone() }))
                .collect(),
            Across::Epsilon => [0.1, 0.3, 1.0, 3.0, 10.0]
                .into_iter()
                .map(|factor| factor * scene.epsilon)
                .filter(|epsilon| *epsilon <= 1e6)
                .map(|epsilon| (epsilon, Scene { epsilon, ..scene.clone() }))
                .collect(),
        }
    }

    /// Networks asked for at a point.
    fn total(&self, scene: &Scene) -> u64 {
        if key(scene) == key(&self.scene) { self.scene.trials } else { self.scene.trials.min(BESIDE) }
    }

    /// What is known of a scene's networks.
    pub fn point(&self, scene: &Scene) -> Option<&Point> {
        let (key, total) = (key(scene), self.total(scene));
        self.points.iter().find(|point| point.key == key && point.total == total)
    }

    /// What is known of the scene's own.
    pub fn own(&self) -> Option<&Point> {
        self.point(&self.scene)
    }

    /// The share of the work under way that is done; none when nothing is.
    pub fn progress(&self) -> Option<f64> {
        let lines = self.lines();
        let shown: Vec<&Point> =
            lines.iter().flat_map(|line| &line.scenes).filter_map(|(_, scene)| self.point(scene)).collect();
        let all: u64 = shown.iter().map(|point| point.total).sum();
        let done: u64 = shown.iter().map(|point| point.share.trials()).sum();
        shown.iter().any(|point| point.question.is_some()).then(|| done as f64 / all.max(1) as f64)
    }

    /// Renews the report if more networks are known.
    fn sum_up(&mut self) {
        let now = (key(&self.scene), self.own().map_or(0, |own| own.share.trials()));
        if self.reported != now {
            let report = self.own().and_then(|own| LuckReport::new(&self.scene, &Own::default(), &own.share).ok());
            (self.report, self.reported) = (report, now);
        }
    }

    /// The link that opens a network of the ensemble.
    pub fn link(&self, trial: u64) -> String {
        link::write(&ticketscope_scene::run::trial(&self.scene, trial))
    }
}

/// Another scene is shown.
pub fn scene(charts: &Rc<Charts>, scene: &Scene) {
    {
        let mut luck = charts.luck.borrow_mut();
        if luck.begun && luck.scene == *scene {
            return;
        }
        if !luck.begun {
            // Where the slider stands in the markup.
            luck.guess = 50;
        }
        let other = key(&luck.scene) != key(scene);
        luck.scene = scene.clone();
        (luck.dot, luck.begun, luck.stopped) = (None, true, false);
        if other && !luck.waived {
            // Another question: another guess.
            luck.revealed = false;
        }
    }
    if scene.view == View::Find && scene.trials > 0 {
        charts.dom.attribute("luck-more", "open", Some(""));
    }
    settle(charts);
}

/// Asks for what is shown and not known, and drops what is no longer shown.
fn settle(charts: &Rc<Charts>) {
    let mut luck = charts.luck.borrow_mut();
    let luck = &mut *luck;
    let wanted = luck.scene.view == View::Find && luck.scene.trials > 0 && !luck.stopped && view::is_open(charts);
    let mut asked: Vec<(String, u64)> = Vec::new();
    if wanted {
        // The scene's own point first.
        asked.push((key(&luck.scene), luck.scene.trials));
        for line in luck.lines() {
            for (_, scene) in &line.scenes {
                let one = (key(scene), luck.total(scene));
                if !asked.contains(&one) {
                    asked.push(one);
                }
            }
        }
    }
    for point in &mut luck.points {
        let is_wanted = asked.iter().any(|(key, total)| point.key == *key && point.total == *total);
        if !is_wanted && let Some(question) = point.question.take() {
            charts.cancel(question);
        }
    }
    // Half an answer cannot be taken up again.
    luck.points
        .retain(|point| point.question.is_some() || point.share.trials() == point.total || point.failed.is_some());
    let spare = luck.points.len().saturating_sub(KEPT);
    let mut done = 0;
    luck.points.retain(|point| {
        done += usize::from(point.question.is_none());
        point.question.is_some() || done > spare
    });
    for (key, total) in asked {
        if !luck.points.iter().any(|point| point.key == key && point.total == total) {
            let question = Some(charts.ask(Kind::Luck, &key, total));
            luck.points.push(Point { key, total, question, share: Share::default(), failed: None });
        }
    }
}

/// Stops the work at once.
fn stop(charts: &Rc<Charts>) {
    charts.luck.borrow_mut().stopped = true;
    settle(charts);
    charts.redraw();
}

/// News of a question; it may be another section's.
pub fn heard(charts: &Rc<Charts>, question: u32, news: News<'_>) {
    let mut luck = charts.luck.borrow_mut();
    let Some(point) = luck.points.iter_mut().find(|point| point.question == Some(question)) else { return };
    match news {
        News::Numbers(_, numbers) => {
            if let Some(part) = Share::from_numbers(numbers) {
                point.share.merge(&part);
            }
            if point.share.trials() == point.total {
                point.question = None;
            }
        }
        News::Failed(why) => (point.question, point.failed) = (None, Some(why.to_owned())),
        News::Progress(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luck(link: &str) -> Luck {
        Luck { scene: link::read(link).unwrap().scene, ..Luck::default() }
    }

    #[test]
    fn the_scene_itself_is_a_point_of_every_chart() {
        for link in [
            "#v1&view=find&trials=100",
            "#v1&view=find&width=1&hidden=1&trials=100",
            "#v1&width=512&hidden=32&trials=9",
        ] {
            for across in [Across::Width, Across::Hidden, Across::Epsilon] {
                let mut luck = luck(link);
                luck.across = across;
                luck.laws = Law::ALL.to_vec();
                luck.both = true;
                let lines = luck.lines();
                assert_eq!(lines.len(), 6);
                let own = lines.last().unwrap();
                assert!(own.scenes.iter().any(|(_, scene)| *scene == luck.scene), "{link} {across:?}");
                assert!(lines.iter().all(|line| line.scenes.is_sorted_by(|a, b| a.0 < b.0)));
                assert_eq!(luck.total(&luck.scene), luck.scene.trials);
            }
        }
    }

    #[test]
    fn a_dot_opens_the_network_of_its_seed() {
        let luck = luck("#v1&view=find&seed=7&trials=1000&beta=uniform");
        let opened = link::read(&luck.link(5)).unwrap().scene;
        assert_eq!((opened.seed, opened.trials, opened.view), (12, 0, View::Find));
        // Where the scene stands on its timeline changes no share.
        assert_eq!(key(&luck.scene), key(&Scene { step: Step::End, prune_seed: 9, trials: 5, ..luck.scene.clone() }));
    }
}
