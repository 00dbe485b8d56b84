//! What is asked of the worker, in which order, and which answers still count.
//!
//! One request is under way at a time; of each kind the newest waits, runs before products. An answer counts only if it is
//! the answer to the newest request of its kind.

/// A kind of work, in the order in which the kinds are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Build a network and prune it to the end.
    Run,
    /// Prune the network of the second panel.
    Second,
    /// Which paths have a product in a range: someone waits for it with a finger on the chart.
    Lit,
    /// The bounds on safe cuts.
    Bounds,
    /// Draw products and sort them into bins.
    Products,
    /// The products of the other histogram.
    Beside,
    /// Products by size.
    Sizes,
    /// Those of the other histogram by size.
    SizesBeside,
}

impl Work {
    /// All kinds, in order.
    pub const ALL: [Self; 8] = [
        Self::Run,
        Self::Second,
        Self::Lit,
        Self::Bounds,
        Self::Products,
        Self::Beside,
        Self::Sizes,
        Self::SizesBeside,
    ];
}

/// A request: everything that decides its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number; a later one is larger.
    pub id: u32,
    /// What is to be done.
    pub work: Work,
    /// The scene, as a link.
    pub link: String,
    /// The step at which the network stands.
    pub step: u32,
    /// Whether a range or an axis is one of sizes |p|.
    pub by_size: bool,
}

/// The requests of one worker.
#[derive(Debug, Default)]
pub struct Jobs {
    last_id: u32,
    newest: [Option<Request>; Work::ALL.len()],
    waiting: [bool; Work::ALL.len()],
    under_way: Option<u32>,
    /// The request at which a worker last died.
    fatal: Option<u32>,
}

impl Jobs {
    /// Asks for work. The same question as the newest of its kind is not asked twice.
    pub fn ask(&mut self, work: Work, link: String, step: u32) {
        self.ask_by_size(work, link, step, false);
    }

    /// The same, with a range or an axis of sizes.
    pub fn ask_by_size(&mut self, work: Work, link: String, step: u32, by_size: bool) {
        let slot = &mut self.newest[work as usize];
        let is_same = |newest: &Request| newest.link == link && newest.step == step && newest.by_size == by_size;
        if slot.as_ref().is_some_and(is_same) {
            return;
        }
        self.last_id += 1;
        *slot = Some(Request { id: self.last_id, work, link, step, by_size });
        self.waiting[work as usize] = true;
    }

    /// Whether the newest of a kind asks the same of another step.
    pub fn waits_for_step(&self, work: Work, link: &str, step: u32) -> bool {
        self.newest[work as usize].as_ref().is_some_and(|newest| newest.link == link && newest.step != step)
    }

    /// Drops all that was asked.
    pub fn forget_all(&mut self) {
        Work::ALL.into_iter().for_each(|work| self.forget(work));
    }

    /// Drops what was asked of a kind: its answer will not count, and the same question may be asked again.
    pub fn forget(&mut self, work: Work) {
        self.newest[work as usize] = None;
        self.waiting[work as usize] = false;
    }

    /// The request to send now, if the worker is free and one waits.
    pub fn take(&mut self) -> Option<Request> {
        if self.under_way.is_some() {
            return None;
        }
        let place = self.waiting.iter().position(|&waits| waits)?;
        self.waiting[place] = false;
        let request = self.newest[place].clone()?;
        self.under_way = Some(request.id);
        Some(request)
    }

    /// The worker has answered; whether the answer counts.
    pub fn answered(&mut self, id: u32) -> bool {
        if self.under_way == Some(id) {
            self.under_way = None;
        }
        self.is_newest(id)
    }

    /// Whether a request is the newest of its kind.
    pub fn is_newest(&self, id: u32) -> bool {
        self.newest.iter().flatten().any(|newest| newest.id == id)
    }

    /// The worker is gone: what it was doing, if it was the newest of its kind, waits again.
    pub fn worker_lost(&mut self) {
        if let Some(id) = self.under_way.take() {
            for (place, newest) in self.newest.iter().enumerate() {
                self.waiting[place] |= newest.as_ref().is_some_and(|newest| newest.id == id);
            }
        }
    }

    /// The worker has died. What it was doing waits again, once: the kind of work that has killed two workers is given back,
    /// and the same question is not asked again.
    pub fn died(&mut self) -> Option<Work> {
        let id = self.under_way?;
        if self.fatal.replace(id) != Some(id) {
            self.worker_lost();
            return None;
        }
        self.under_way = None;
        Work::ALL.into_iter().find(|&work| self.newest[work as usize].as_ref().is_some_and(|newest| newest.id == id))
    }

    /// What is under way.
    pub fn under_way(&self) -> Option<u32> {
        self.under_way
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(jobs: &mut Jobs, work: Work, link: &str) {
        jobs.ask(work, link.to_owned(), 0);
    }

    #[test]
    fn the_newest_waits_and_the_stale_answer_is_dropped() {
        let mut jobs = Jobs::default();
        ask(&mut jobs, Work::Run, "a");
        let a = jobs.take().unwrap();
        ask(&mut jobs, Work::Run, "b");
        ask(&mut jobs, Work::Run, "c");
        assert_eq!(jobs.take(), None, "one at a time");
        assert!(!jobs.answered(a.id), "a is stale");
        let c = jobs.take().unwrap();
        assert_eq!(c.link, "c", "b was never sent");
        assert!(jobs.answered(c.id));
        assert_eq!(jobs.take(), None);
    }

    #[test]
    fn runs_go_before_products_and_neither_makes_the_other_stale() {
        let mut jobs = Jobs::default();
        ask(&mut jobs, Work::Products, "p");
        ask(&mut jobs, Work::Run, "r");
        let run = jobs.take().unwrap();
        assert_eq!(run.work, Work::Run);
        assert!(jobs.answered(run.id));
        let products = jobs.take().unwrap();
        assert!(jobs.answered(products.id));
    }

    #[test]
    fn the_same_question_is_not_asked_twice_unless_forgotten() {
        let mut jobs = Jobs::default();
        ask(&mut jobs, Work::Run, "a");
        let a = jobs.take().unwrap();
        ask(&mut jobs, Work::Run, "a");
        assert!(jobs.answered(a.id));
        assert_eq!(jobs.take(), None);
        jobs.forget(Work::Run);
        ask(&mut jobs, Work::Run, "a");
        assert!(jobs.take().is_some());
    }

    #[test]
    fn a_lost_worker_costs_no_question() {
        let mut jobs = Jobs::default();
        ask(&mut jobs, Work::Run, "a");
        let a = jobs.take().unwrap();
        jobs.worker_lost();
        assert_eq!(jobs.take().unwrap().id, a.id);
    }
}
