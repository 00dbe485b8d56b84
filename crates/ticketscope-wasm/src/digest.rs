//! Short digests of long results, to compare them between machines, browsers and versions.
//!
//! FNV-1a with 64 bits (Fowler, Noll, Vo; offset basis cbf29ce484222325, prime 100000001b3) over 8-byte little-endian words.
//! It tells equal from unequal; it does not protect against anyone who wants it to fail.

use ticketscope_core::counts::PathCounts;
use ticketscope_core::network::Network;
use ticketscope_core::prune::{Fates, Moment, Timeline};

/// A digest under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    fn word(&mut self, word: u64) {
        word.to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
    }

    fn floats(&mut self, list: &[f64]) {
        self.word(list.len() as u64);
        list.iter().for_each(|number| self.word(number.to_bits()));
    }
}

impl core::fmt::Display for Digest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Of a list of numbers: its length and the bits of each.
pub fn floats(list: &[f64]) -> Digest {
    let mut digest = Digest::default();
    digest.floats(list);
    digest
}

/// Of a network: its shape, the bits of every weight, and the mask it begins with.
pub fn network(network: &Network) -> Digest {
    let mut digest = Digest::default();
    let shape = network.shape();
    for count in [shape.sources(), shape.hidden_layers(), shape.width(), shape.sinks()] {
        digest.word(u64::from(count));
    }
    digest.floats(network.weights());
    for edge in shape.edges() {
        digest.byte(u8::from(network.mask().keeps(edge)));
    }
    digest
}

/// Of a run: every event, then the state of every edge and node and the surviving paths at five steps from first to last.
pub fn run(timeline: &Timeline, fates: &Fates) -> Digest {
    let mut digest = Digest::default();
    digest.word(u64::from(timeline.len()));
    digest.word(timeline.destroyed_at().map_or(u64::MAX, u64::from));
    timeline.orphaned_at_start().iter().for_each(|&edge| digest.word(u64::from(edge)));
    for event in timeline.events() {
        digest.word(u64::from(event.edge) << 1 | u64::from(event.wasted));
        digest.word(event.orphaned.len() as u64);
        event.orphaned.iter().for_each(|&edge| digest.word(u64::from(edge)));
    }
    for quarter in 0..=4 {
        let step = u64::from(timeline.len()) * quarter / 4;
        moment(&mut digest, &Moment::at(fates, step as u32));
    }
    digest
}

fn moment(digest: &mut Digest, moment: &Moment) {
    moment.edge_states().iter().for_each(|&state| digest.byte(state as u8));
    moment.node_states().iter().for_each(|&state| digest.byte(state as u8));
    paths(digest, &moment.path_counts());
}

fn paths(digest: &mut Digest, counts: &PathCounts) {
    for count in counts.per_source() {
        let bytes = count.to_bytes_le();
        digest.word(bytes.len() as u64);
        bytes.into_iter().for_each(|byte| digest.byte(byte));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answer() {
        // The value that the authors of FNV publish for the 64-bit FNV-1a of "foobar".
        let mut digest = Digest::default();
        b"foobar".iter().for_each(|&byte| digest.byte(byte));
        assert_eq!(digest.to_string(), "85944171f73967e8");
    }

    #[test]
    fn a_bit_changes_it() {
        assert_ne!(floats(&[0.0]), floats(&[-0.0]));
        assert_ne!(floats(&[1.0]), floats(&[1.0_f64.next_up()]));
        assert_ne!(floats(&[]), floats(&[0.0]));
    }
}
