//! What a mouse or fingers mean on the picture, from where they go down, move and come up. Pure; places in px of the picture.

/// A pointer that is down.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Finger {
    id: i32,
    start: (f32, f32),
    now: (f32, f32),
}

/// What pointers mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Meaning {
    /// Nothing yet.
    Nothing,
    /// Went down and came up in one place.
    Tap(f32, f32),
    /// The second of two taps.
    DoubleTap(f32, f32),
    /// One pointer is being dragged.
    Drag {
        /// From where.
        start: (f32, f32),
        /// To where.
        now: (f32, f32),
        /// By how much since the last time.
        moved: (f32, f32),
    },
    /// The drag has ended.
    Dropped {
        /// Where it began.
        start: (f32, f32),
        /// Where it ended.
        now: (f32, f32),
    },
    /// Two pointers move apart, together, or along.
    Pinch {
        /// How much further apart.
        factor: f32,
        /// The middle between them.
        middle: (f32, f32),
        /// By how much the middle has moved.
        moved: (f32, f32),
    },
}

/// The pointers that are down, and what they have done so far.
#[derive(Debug, Default)]
pub struct Fingers {
    down: Vec<Finger>,
    dragged: bool,
    last_tap: Option<(f64, f32, f32)>,
}

/// A pointer that moved less than this, px, since it went down was not dragged.
const STILL: f32 = 6.0;
/// Two taps within this time, ms, and this distance, px, are a double tap.
const DOUBLE: (f64, f32) = (350.0, 30.0);

fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt()
}

impl Fingers {
    /// Whether any pointer is down.
    pub fn is_down(&self) -> bool {
        !self.down.is_empty()
    }

    /// A pointer goes down.
    pub fn down(&mut self, id: i32, place: (f32, f32)) {
        if self.down.is_empty() {
            self.dragged = false;
        }
        self.down.retain(|finger| finger.id != id);
        self.down.push(Finger { id, start: place, now: place });
        // A second finger makes it a pinch, which ends as no tap.
        self.dragged |= self.down.len() > 1;
    }

    /// A pointer moves.
    pub fn moved(&mut self, id: i32, place: (f32, f32)) -> Meaning {
        let Some(at) = self.down.iter().position(|finger| finger.id == id) else { return Meaning::Nothing };
        let before = self.down[at].now;
        self.down[at].now = place;
        match self.down[..] {
            [finger] => {
                self.dragged |= distance(finger.start, place) >= STILL;
                if !self.dragged {
                    return Meaning::Nothing;
                }
                let moved = (place.0 - before.0, place.1 - before.1);
                Meaning::Drag { start: finger.start, now: place, moved }
            }
            [one, two, ..] if at < 2 => {
                let other = if at == 0 { two.now } else { one.now };
                let middle = |a: (f32, f32)| ((a.0 + other.0) / 2.0, (a.1 + other.1) / 2.0);
                let (from, to) = (middle(before), middle(place));
                let factor = distance(place, other).max(1.0) / distance(before, other).max(1.0);
                Meaning::Pinch { factor, middle: to, moved: (to.0 - from.0, to.1 - from.1) }
            }
            _ => Meaning::Nothing,
        }
    }

    /// A pointer comes up, at a time in ms.
    pub fn up(&mut self, id: i32, time: f64) -> Meaning {
        let Some(at) = self.down.iter().position(|finger| finger.id == id) else { return Meaning::Nothing };
        let finger = self.down.remove(at);
        if !self.down.is_empty() {
            return Meaning::Nothing;
        }
        if self.dragged {
            return Meaning::Dropped { start: finger.start, now: finger.now };
        }
        let (x, y) = finger.start;
        let is_second =
            |&(before, bx, by): &(f64, f32, f32)| time - before <= DOUBLE.0 && distance((bx, by), (x, y)) <= DOUBLE.1;
        if self.last_tap.take().as_ref().is_some_and(is_second) {
            return Meaning::DoubleTap(x, y);
        }
        self.last_tap = Some((time, x, y));
        Meaning::Tap(x, y)
    }

    /// The browser takes the pointer for itself.
    pub fn cancel(&mut self, id: i32) {
        self.down.retain(|finger| finger.id != id);
        self.dragged = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_a_drag_and_a_double_tap() {
        let mut fingers = Fingers::default();
        fingers.down(1, (10.0, 10.0));
        assert_eq!(fingers.moved(1, (12.0, 11.0)), Meaning::Nothing, "a hand shakes");
        assert_eq!(fingers.up(1, 100.0), Meaning::Tap(10.0, 10.0));
        fingers.down(1, (14.0, 10.0));
        assert_eq!(fingers.up(1, 300.0), Meaning::DoubleTap(14.0, 10.0));
        fingers.down(1, (14.0, 10.0));
        assert_eq!(fingers.up(1, 400.0), Meaning::Tap(14.0, 10.0), "a third tap is a first one");
        fingers.down(1, (14.0, 10.0));
        assert_eq!(fingers.up(1, 1400.0), Meaning::Tap(14.0, 10.0), "slow taps are two");
        fingers.down(1, (0.0, 0.0));
        let drag = Meaning::Drag { start: (0.0, 0.0), now: (0.0, 20.0), moved: (0.0, 20.0) };
        assert_eq!(fingers.moved(1, (0.0, 20.0)), drag);
        assert_eq!(fingers.moved(2, (0.0, 20.0)), Meaning::Nothing, "no such finger is down");
        assert_eq!(fingers.up(1, 2000.0), Meaning::Dropped { start: (0.0, 0.0), now: (0.0, 20.0) });
    }

    #[test]
    fn two_fingers_pinch_and_leave_no_tap() {
        let mut fingers = Fingers::default();
        fingers.down(1, (0.0, 0.0));
        fingers.down(2, (100.0, 0.0));
        let pinch = Meaning::Pinch { factor: 2.0, middle: (100.0, 0.0), moved: (50.0, 0.0) };
        assert_eq!(fingers.moved(2, (200.0, 0.0)), pinch);
        assert_eq!(fingers.up(2, 10.0), Meaning::Nothing);
        assert!(matches!(fingers.up(1, 20.0), Meaning::Dropped { .. }));
        assert!(!fingers.is_down());
    }

    #[test]
    fn what_the_browser_takes_is_no_tap() {
        let mut fingers = Fingers::default();
        fingers.down(1, (0.0, 0.0));
        fingers.cancel(1);
        assert_eq!(fingers.up(1, 5.0), Meaning::Nothing);
    }
}
