//! A bar for long work, on a terminal only.

use std::io::Write;
use std::time::{Duration, Instant};

/// How long work may go on without a word, and how often the bar is drawn anew.
const PATIENCE: Duration = Duration::from_millis(400);
const PACE: Duration = Duration::from_millis(100);

/// A bar on standard error. It draws nothing where that is no terminal, or where the work is done soon.
pub struct Progress<'a> {
    to: &'a mut dyn Write,
    is_terminal: bool,
    next: Instant,
    is_drawn: bool,
}

impl<'a> Progress<'a> {
    /// A bar that has not been drawn yet.
    pub fn new(to: &'a mut dyn Write, is_terminal: bool) -> Self {
        Self { to, is_terminal, next: Instant::now() + PATIENCE, is_drawn: false }
    }

    /// Tells how far the work is, from 0 to 1.
    pub fn tell(&mut self, share: f64) {
        if !self.is_terminal || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + PACE;
        self.is_drawn = true;
        // A terminal that went away is no reason to stop.
        let _ = write!(self.to, "\r{}", bar(share)).and_then(|()| self.to.flush());
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if self.is_drawn {
            let _ = write!(self.to, "\r\x1b[K").and_then(|()| self.to.flush());
        }
    }
}

/// `[############                  ]  40 %`
fn bar(share: f64) -> String {
    const WIDTH: usize = 30;
    let share = share.clamp(0.0, 1.0);
    let full = (share * WIDTH as f64) as usize;
    format!("[{}{}] {:3.0} %", "#".repeat(full), " ".repeat(WIDTH - full), (share * 100.0).floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills() {
        assert_eq!(bar(0.0), format!("[{}]   0 %", " ".repeat(30)));
        assert_eq!(bar(0.4), format!("[{}{}]  40 %", "#".repeat(12), " ".repeat(18)));
        assert_eq!(bar(7.0), format!("[{}] 100 %", "#".repeat(30)));
        assert_eq!(bar(f64::NAN).chars().filter(|&c| c == '#').count(), 0);
    }

    #[test]
    fn nothing_is_drawn_without_a_terminal() {
        let mut to = Vec::new();
        let mut progress = Progress::new(&mut to, false);
        progress.next = Instant::now();
        progress.tell(0.5);
        drop(progress);
        assert!(to.is_empty());
    }

    #[test]
    fn the_bar_goes_when_the_work_is_done() {
        let mut to = Vec::new();
        let mut progress = Progress::new(&mut to, true);
        progress.next = Instant::now();
        progress.tell(0.5);
        drop(progress);
        let drawn = String::from_utf8(to).unwrap();
        assert!(drawn.starts_with("\r[###") && drawn.ends_with("\r\x1b[K"), "{drawn:?}");
    }
}
