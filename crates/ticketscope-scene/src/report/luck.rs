//! An ensemble of searches beside what independence predicts.

use super::{Count, Fact};
use crate::luck::{Luck, Prediction};
use crate::number::{count, figure, grouped, share};
use crate::run::{Own, SceneError};
use crate::scene::Scene;
use serde::Serialize;

/// An ensemble of searches, as the JSON has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LuckReport {
    /// Networks searched.
    pub trials: u64,
    /// Those that hold a ticket.
    pub wins: u64,
    /// Their share.
    pub p: f64,
    /// The lower end of Wilson's 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The chance to win if the paths were independent; none where it is not defined.
    pub independent_p: Option<f64>,
    /// The share of the paths that, if independent, would fail as often; none where no share does.
    pub effective_share: Option<f64>,
    /// wⁿ.
    pub paths: Count,
    /// The effective share at the lower end of the interval of p; none where no share does.
    pub effective_share_low: Option<f64>,
    /// At the upper end.
    pub effective_share_high: Option<f64>,
    /// The chance to fail is at least this, however many paths there are; none where no floor is known.
    pub fail_floor: Option<f64>,
}

impl LuckReport {
    /// The report of a scene's ensemble.
    ///
    /// # Errors
    /// [`SceneError`] if the scene has no network.
    pub fn new(scene: &Scene, own: &Own, luck: &Luck) -> Result<Self, SceneError> {
        let shape = own.shape().map_or_else(|| scene.shape(), Ok)?;
        let prediction = Prediction::of(scene, own)?;
        let [at, low, high] = prediction.effective_share(scene, luck);
        // Without trials nothing is known: the whole interval.
        let (p, from, to) = luck.share().map_or((0.0, 0.0, 1.0), |share| (share.p, share.low, share.high));
        let floors = [prediction.sign_floor, prediction.size_floor];
        Ok(Self {
            trials: luck.trials(),
            wins: luck.wins(),
            p,
            low: from,
            high: to,
            independent_p: prediction.win,
            effective_share: at,
            paths: Count(shape.path_count()),
            effective_share_low: low,
            effective_share_high: high,
            fail_floor: floors.into_iter().flatten().reduce(f64::max),
        })
    }

    /// The ensemble line by line.
    pub fn facts(&self) -> Vec<Fact> {
        let interval = format!("95 % interval {} to {} (Wilson)", share(self.low), share(self.high));
        let mut facts = vec![
            Fact::new("lucky", format!("{} of {} networks", grouped(self.wins), grouped(self.trials)))
                .with("weight seeds in sequence, each decided exactly"),
            Fact::new("P(win)", share(self.p)).with(interval),
        ];
        facts.push(match self.independent_p {
            Some(p) => Fact::new("if independent", share(p)).with(format!("of {} paths", count(&self.paths.0))),
            None => Fact::new("if independent", "not defined")
                .with("for single paths of whole networks and laws in closed form"),
        });
        facts.push(match self.effective_share {
            Some(at) => Fact::new("effective share", figure(at)).with(
                match (self.effective_share_low, self.effective_share_high) {
                    (Some(low), Some(high)) => format!("of independent paths; {} to {}", figure(low), figure(high)),
                    (Some(low), None) => format!("of independent paths; at least {}", figure(low)),
                    (None, Some(high)) => format!("of independent paths; at most {}", figure(high)),
                    (None, None) => "of independent paths".to_owned(),
                },
            ),
            None => Fact::new("effective share", "not defined").with(match self.effective_share_low {
                Some(low) if self.wins == self.trials => format!("all were lucky: at least {}", figure(low)),
                _ => "no share of independent paths fails as often".to_owned(),
            }),
        });
        if let Some(floor) = self.fail_floor.filter(|&floor| floor > 0.0) {
            facts
                .push(Fact::new("P(fail)", format!("at least {}", figure(floor))).with("however many paths there are"));
        }
        facts
    }
}
