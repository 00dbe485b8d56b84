//! What the pool of workers does next. Pure: it neither starts a worker nor knows a clock.
//!
//! A question is a number of items (trials, seeds) of one kind, asked of one link. It is cut into ranges, small ones first, each
//! as long as a worker takes for [`AIM`] ms; the answers come in any order, and whoever asked adds them up. The range of a worker
//! that has died waits again, once.

use core::ops::Range;

/// What is computed for a range of items; `tasks.rs` does it in the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Networks pruned to their end: when each was destroyed.
    Trials,
    /// The exact survival curve of `orphans=count`; one item.
    Exact,
    /// Balls in bins, the paper's k and Lambert's; one item.
    Bins,
    /// Networks searched: how many hold a ticket.
    Luck,
}

impl Kind {
    /// All of them, in the order of their numbers in a message.
    pub const ALL: [Self; 4] = [Self::Trials, Self::Exact, Self::Bins, Self::Luck];
}

/// How long a worker should take for a range, ms.
const AIM: f64 = 75.0;
/// Items of the first range of a question.
const FIRST: u64 = 32;
/// A range grows at most so many times from one to the next.
const GROWTH: f64 = 8.0;

/// A range of a question, given to a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its number; no two are alike.
    pub id: u32,
    /// What is computed.
    pub kind: Kind,
    /// Of which link.
    pub link: String,
    /// Which items.
    pub range: Range<u64>,
}

/// A question and how far it is.
#[derive(Debug)]
struct Asked {
    id: u32,
    kind: Kind,
    link: String,
    total: u64,
    next: u64,
    /// Ranges whose worker has died, to be given once more.
    again: Vec<Range<u64>>,
    done: u64,
    /// Items a millisecond, as measured; 0 while unknown.
    rate: f64,
    /// Items of the range given last.
    last: u64,
}

/// A worker of the pool.
#[derive(Debug, Default)]
struct Worker {
    ready: bool,
    busy: Option<Busy>,
}

#[derive(Debug)]
struct Busy {
    task: u32,
    question: u32,
    range: Range<u64>,
    again: bool,
    since: f64,
}

/// What became of a range when its worker died.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Death {
    /// The worker had nothing to do, or the range waits again.
    Mended,
    /// The range has killed two workers: this question is given up.
    GivenUp(u32),
}

/// The workers and the questions.
#[derive(Debug)]
pub struct Pool {
    workers: Vec<Worker>,
    asked: Vec<Asked>,
    last: u32,
}

impl Pool {
    /// A pool of so many workers, none of which is ready.
    pub fn new(workers: usize) -> Self {
        Self { workers: (0..workers.max(1)).map(|_| Worker::default()).collect(), asked: Vec::new(), last: 0 }
    }

    /// How many workers a machine with so many cores is given.
    pub fn size(cores: usize) -> usize {
        cores.saturating_sub(1).clamp(1, 8)
    }

    /// Workers.
    pub fn workers(&self) -> usize {
        self.workers.len()
    }

    /// Asks a question of `total` items; its number. Questions are done in turn, a range of each.
    pub fn ask(&mut self, kind: Kind, link: &str, total: u64) -> u32 {
        self.last += 1;
        let link = link.to_owned();
        let asked = Asked { id: self.last, kind, link, total, next: 0, again: Vec::new(), done: 0, rate: 0.0, last: 0 };
        self.asked.push(asked);
        self.last
    }

    /// Drops a question; the workers that were at it, which must be ended and started anew: that is the quickest way to be rid of
    /// what they do.
    pub fn cancel(&mut self, question: u32) -> Vec<usize> {
        self.asked.retain(|asked| asked.id != question);
        let at_it = |worker: &Worker| worker.busy.as_ref().is_some_and(|busy| busy.question == question);
        let ended: Vec<usize> = (0..self.workers.len()).filter(|&place| at_it(&self.workers[place])).collect();
        ended.iter().for_each(|&place| self.workers[place] = Worker::default());
        ended
    }

    /// A worker has said hello.
    pub fn ready(&mut self, worker: usize) {
        self.workers[worker] = Worker { ready: true, busy: None };
    }

    /// Whether a worker has said hello.
    pub fn is_ready(&self, worker: usize) -> bool {
        self.workers[worker].ready
    }

    /// Whether anything is asked.
    pub fn is_asked(&self) -> bool {
        !self.asked.is_empty()
    }

    /// The questions that are open.
    pub fn questions(&self) -> Vec<u32> {
        self.asked.iter().map(|asked| asked.id).collect()
    }

    /// How much of a question is done, 0 to 1; none once it is over.
    pub fn progress(&self, question: u32) -> Option<f64> {
        let asked = self.asked.iter().find(|asked| asked.id == question)?;
        Some(asked.done as f64 / asked.total.max(1) as f64)
    }

    /// The question that a task belongs to.
    pub fn question_of(&self, worker: usize, task: u32) -> Option<u32> {
        self.workers[worker].busy.as_ref().filter(|busy| busy.task == task).map(|busy| busy.question)
    }

    /// A worker has answered a task at a time in ms; the question, and which of its items, if the answer still counts.
    pub fn answered(&mut self, worker: usize, task: u32, now: f64) -> Option<(u32, Range<u64>)> {
        let busy = self.workers[worker].busy.take_if(|busy| busy.task == task)?;
        let asked = self.asked.iter_mut().find(|asked| asked.id == busy.question)?;
        let items = busy.range.end - busy.range.start;
        asked.done += items;
        asked.rate = items as f64 / (now - busy.since).max(1.0);
        if asked.done == asked.total {
            self.asked.retain(|asked| asked.id != busy.question);
        }
        Some((busy.question, busy.range))
    }

    /// A worker has died, and will be started anew.
    pub fn died(&mut self, worker: usize) -> Death {
        let Some(busy) = core::mem::take(&mut self.workers[worker]).busy else { return Death::Mended };
        if busy.again {
            self.asked.retain(|asked| asked.id != busy.question);
            return Death::GivenUp(busy.question);
        }
        if let Some(asked) = self.asked.iter_mut().find(|asked| asked.id == busy.question) {
            asked.again.push(busy.range);
        }
        Death::Mended
    }

    /// The next task for a worker that is ready and has none, at a time in ms.
    pub fn take(&mut self, worker: usize, now: f64) -> Option<Task> {
        let hands = self.workers.len() as u64;
        if !self.workers[worker].ready || self.workers[worker].busy.is_some() {
            return None;
        }
        // In turn, so that no long question keeps the others waiting.
        let place = self.asked.iter().position(|asked| asked.next < asked.total || !asked.again.is_empty())?;
        let turn = self.asked.remove(place);
        self.asked.push(turn);
        let asked = self.asked.last_mut()?;
        let again = asked.again.pop();
        let range = again.clone().unwrap_or_else(|| asked.cut(hands));
        self.last += 1;
        let task = Task { id: self.last, kind: asked.kind, link: asked.link.clone(), range: range.clone() };
        self.workers[worker].busy =
            Some(Busy { task: task.id, question: asked.id, range, again: again.is_some(), since: now });
        Some(task)
    }
}

impl Asked {
    /// The next range: as long as a worker takes for [`AIM`] ms, and near the end no longer than its fair share.
    fn cut(&mut self, hands: u64) -> Range<u64> {
        let left = self.total - self.next;
        // `as` saturates.
        let aim = if self.rate > 0.0 { (self.rate * AIM) as u64 } else { FIRST };
        let most = if self.last > 0 { (self.last as f64 * GROWTH) as u64 } else { FIRST };
        let items = aim.min(most).min(left.div_ceil(hands).max(FIRST)).clamp(1, left);
        self.last = items;
        let from = self.next;
        self.next += items;
        from..self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_item_counts_once_in_any_order_and_whoever_dies(
            workers in 1_usize..9,
            total in 1_u64..5_000,
            acts in proptest::collection::vec((0_usize..9, 0_u8..10), 1..400),
        ) {
            let mut pool = Pool::new(workers);
            let question = pool.ask(Kind::Trials, "a", total);
            let mut seen = vec![0_u32; total as usize];
            let mut now = 0.0;
            let (mut at_work, mut given_up) = (vec![None; workers], false);
            let finish = (0..20_000).map(|turn| (turn % workers, 1_u8));
            for (worker, act) in acts.into_iter().chain(finish) {
                let worker = worker % workers;
                now += 7.0;
                if act == 0 {
                    at_work[worker] = None;
                    given_up |= pool.died(worker) == Death::GivenUp(question);
                } else if let Some(task) = at_work[worker].take() {
                    if let Some((of, range)) = pool.answered(worker, task, now) {
                        prop_assert_eq!(of, question);
                        range.for_each(|item| seen[item as usize] += 1);
                    }
                } else {
                    pool.ready(worker);
                    at_work[worker] = pool.take(worker, now).map(|task| task.id);
                }
                if given_up {
                    prop_assert!(seen.iter().all(|&times| times <= 1));
                    return Ok(());
                }
                if pool.progress(question).is_none() {
                    break;
                }
            }
            prop_assert_eq!(pool.progress(question), None);
            prop_assert!(seen.iter().all(|&times| times == 1));
        }
    }

    #[test]
    fn a_range_that_kills_two_workers_is_given_up() {
        let mut pool = Pool::new(1);
        let question = pool.ask(Kind::Exact, "a", 1);
        pool.ready(0);
        assert!(pool.take(0, 0.0).is_some());
        assert_eq!(pool.died(0), Death::Mended);
        assert_eq!(pool.take(0, 0.0), None, "not before it says hello");
        pool.ready(0);
        assert_eq!(pool.take(0, 1.0).unwrap().range, 0..1);
        assert_eq!(pool.died(0), Death::GivenUp(question));
    }

    #[test]
    fn ranges_begin_small_and_grow_to_the_aim() {
        let mut pool = Pool::new(1);
        pool.ask(Kind::Trials, "a", 1_000_000);
        pool.ready(0);
        let mut now = 0.0;
        let mut sizes = Vec::new();
        for _ in 0..5 {
            let task = pool.take(0, now).unwrap();
            let items = task.range.end - task.range.start;
            now += items as f64 / 100.0;
            sizes.push(items);
            assert!(pool.answered(0, task.id, now).is_some());
        }
        assert_eq!(sizes, [32, 256, 2048, 7500, 7500]);
    }

    #[test]
    fn what_was_cancelled_does_not_count() {
        let mut pool = Pool::new(2);
        let first = pool.ask(Kind::Trials, "a", 100);
        pool.ready(0);
        let task = pool.take(0, 0.0).unwrap();
        assert_eq!(pool.cancel(first), [0]);
        assert_eq!(pool.answered(0, task.id, 1.0), None);
        assert_eq!((Pool::size(1), Pool::size(2), Pool::size(4), Pool::size(64)), (1, 1, 3, 8));
    }
}
