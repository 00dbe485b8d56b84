//! The pace of playing: steps owed from the time that has passed.

/// Steps a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Speed {
    /// A fixed rate.
    Rate(f64),
    /// As fast as the whole run can be watched: a frame a step, or all of it in ten seconds.
    Max,
}

impl Speed {
    /// The speed of an option of the list.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "max" => Some(Self::Max),
            _ => ["0.5", "1", "2.5", "8"].contains(&word).then(|| word.parse().ok().map(Self::Rate))?,
        }
    }

    /// Steps a second in a run of so many steps.
    fn rate(self, run: u32) -> f64 {
        match self {
            Self::Rate(rate) => rate,
            Self::Max => f64::from(run) / 10.0_f64.min(f64::from(run) / 60.0).max(1.0),
        }
    }
}

/// Playing, from one frame to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    speed: Speed,
    /// The step at which it stops.
    pub until: u32,
    last: Option<f64>,
    owed: f64,
}

/// The longest time between two frames that counts, ms: a page that was hidden does not leap.
const LONGEST: f64 = 250.0;

impl Play {
    /// Starts; the first step is taken at once.
    pub fn new(speed: Speed, until: u32) -> Self {
        Self { speed, until, last: None, owed: 1.0 }
    }

    /// The same after so many seconds.
    pub fn after(speed: Speed, until: u32, seconds: f64) -> Self {
        Self { owed: 1.0 - seconds * speed.rate(until), ..Self::new(speed, until) }
    }

    /// Another speed.
    pub fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
    }

    /// Whether each step has the time to be shown on its way.
    pub fn is_slow(&self, run: u32) -> bool {
        self.speed.rate(run) * crate::track::STRIDE <= 500.0
    }

    /// Steps to take now, in a run of so many steps.
    pub fn steps(&mut self, now: f64, run: u32) -> u32 {
        let passed = self.last.map_or(0.0, |last| (now - last).clamp(0.0, LONGEST));
        self.last = Some(now);
        self.owed += passed / 1000.0 * self.speed.rate(run);
        let steps = self.owed.floor().max(0.0);
        self.owed -= steps;
        steps as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps_in(speed: Speed, seconds: u32, run: u32) -> u32 {
        let mut play = Play::new(speed, run);
        (0..=seconds * 60).map(|frame| play.steps(f64::from(frame) * 1000.0 / 60.0, run)).sum()
    }

    #[test]
    fn each_speed_keeps_its_pace() {
        assert!((6..=7).contains(&steps_in(Speed::Rate(0.5), 11, 100)));
        assert!((25..=26).contains(&steps_in(Speed::Rate(2.5), 10, 100)));
        assert!((80..=81).contains(&steps_in(Speed::Rate(8.0), 10, 100)));
        assert!(steps_in(Speed::Max, 2, 100) >= 100);
        assert!(steps_in(Speed::Max, 11, 200_000) >= 200_000);
    }

    #[test]
    fn a_hidden_page_does_not_leap() {
        let mut play = Play::new(Speed::Rate(8.0), 100);
        play.steps(0.0, 100);
        assert!(play.steps(60_000.0, 100) <= 2);
    }

    #[test]
    fn the_speeds_of_the_list() {
        let page = include_str!("../../../www/views/timeline.html");
        for word in ["0.5", "1", "2.5", "8", "max"] {
            assert!(Speed::of(word).is_some());
            assert!(page.contains(&format!("<option value=\"{word}\"")));
        }
        assert_eq!(Speed::of("3"), None);
    }
}
