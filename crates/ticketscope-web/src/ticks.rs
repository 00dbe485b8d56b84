//! The ticks of the scrub bar: one an event, told apart by height as well as by colour. Pure.

use ticketscope_core::prune::{Event, Timeline};

/// What an event did, the most telling last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It cut an edge and nothing else.
    Cut,
    /// Its throw fell on an edge that was gone.
    Wasted,
    /// It orphaned other edges.
    Orphaned,
    /// It destroyed the network.
    Destroyed,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Cut, Self::Wasted, Self::Orphaned, Self::Destroyed];

    /// The kind of an event of a run.
    pub fn of(timeline: &Timeline, event: &Event<'_>) -> Self {
        if timeline.destroyed_at() == Some(event.step) {
            Self::Destroyed
        } else if event.wasted {
            Self::Wasted
        } else if event.orphaned.is_empty() {
            Self::Cut
        } else {
            Self::Orphaned
        }
    }

    /// The id of its path in the page.
    pub fn id(self) -> &'static str {
        ["ticks-cut", "ticks-wasted", "ticks-orphaned", "ticks-destroyed"][self as usize]
    }

    /// Where its tick begins and how far it goes down, of 14 units.
    fn stroke(self) -> (u32, u32) {
        [(0, 5), (4, 3), (0, 9), (0, 14)][self as usize]
    }
}

/// CSS px between two ticks; where there are more events than that, each tick stands for several.
const APART: f64 = 4.0;

/// The ticks of a run on a bar of a width in CSS px, as SVG paths on 1000 units, one a kind. A tick that stands for several
/// events is of their most telling kind.
pub fn paths(timeline: &Timeline, width: f64) -> [String; 4] {
    let last = timeline.len();
    let room = ((width / APART) as u32).max(1);
    let mut paths = <[String; 4]>::default();
    let mut tick = |kind: Kind, at: f64| {
        let (top, long) = kind.stroke();
        paths[kind as usize] += &format!("M{} {top}v{long}", (at * 10.0).round() / 10.0);
    };
    if last <= room {
        for event in timeline.events() {
            tick(Kind::of(timeline, &event), 1000.0 * f64::from(event.step) / f64::from(last));
        }
        return paths;
    }
    let mut bundles: Vec<Option<Kind>> = vec![None; room as usize];
    for event in timeline.events() {
        let place = u64::from(event.step - 1) * u64::from(room) / u64::from(last);
        let bundle = &mut bundles[place as usize];
        *bundle = (*bundle).max(Some(Kind::of(timeline, &event)));
    }
    for (place, bundle) in bundles.iter().enumerate() {
        if let Some(kind) = *bundle {
            // The last bundle stands at the end of the bar.
            tick(kind, 1000.0 * (place as f64 + 1.0) / f64::from(room));
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use ticketscope_scene::run::{self, Own};
    use ticketscope_scene::scene::Scene;

    fn timeline(scene: &Scene) -> Timeline {
        run::timeline(scene, &run::network(scene, &Own::default()).unwrap())
    }

    #[test]
    fn every_event_has_its_tick_where_there_is_room() {
        use ticketscope_core::prune::Orphans;
        let scene = Scene { orphans: Orphans::Count, ..Scene::default() };
        let run = timeline(&scene);
        let paths = paths(&run, 1000.0);
        let ticks = |kind: Kind| paths[kind as usize].matches('M').count() as u32;
        assert_eq!(Kind::ALL.into_iter().map(ticks).sum::<u32>(), run.len());
        assert_eq!(ticks(Kind::Destroyed), 1);
        let wasted = run.events().filter(|event| event.wasted).count() as u32;
        assert!(wasted > 0 && ticks(Kind::Wasted) == wasted);
        assert!(ticks(Kind::Orphaned) > 0 && ticks(Kind::Cut) > 0);
        assert!(paths[Kind::Destroyed as usize].starts_with("M1000 "), "{paths:?}");
    }

    #[test]
    fn many_events_share_ticks_and_none_of_the_telling_is_lost() {
        let run = timeline(&Scene { hidden: 8, width: 30, ..Scene::default() });
        let paths = paths(&run, 400.0);
        let ticks: usize = paths.iter().map(|path| path.matches('M').count()).sum();
        assert_eq!(ticks, 100);
        assert_eq!(paths[Kind::Destroyed as usize], "M1000 0v14");
        let none = timeline(&Scene { hidden: 1, ..Scene::default() });
        assert_eq!(super::paths(&none, 400.0), <[String; 4]>::default());
    }
}
