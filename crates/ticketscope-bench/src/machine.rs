//! What a machine can do at best: five rates, measured in the same run as the tasks whose bounds follow from them.

use crate::Work;
use crate::tasks::{Shown, Task};
use std::hint::black_box;
use ticketscope_core::seed::{Purpose, stream};

/// The rates, in units a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Machine {
    /// 64-bit words of one xoshiro256++.
    pub words: f64,
    /// 32-bit words of sixteen xoshiro128+ side by side.
    pub lane_words: f64,
    /// Counts into four tables of 80 bins.
    pub counts: f64,
    /// Counts at random places of a table of 4 MiB.
    pub scattered: f64,
    /// Bytes copied from 4 MiB to 4 MiB.
    pub copied: f64,
}

impl Machine {
    /// The rates in the order of [`RATES`].
    pub fn new([words, lane_words, counts, scattered, copied]: [f64; 5]) -> Self {
        Self { words, lane_words, counts, scattered, copied }
    }
}

const BLOCK: usize = 1 << 16;
const LARGE: usize = 1 << 22;
const LANES: usize = 16;

/// The tasks that measure them.
pub const RATES: [Task; 5] = [
    rate("words", "xoshiro256++, scalar", "u64", BLOCK, words),
    rate("lane-words", "xoshiro128+, 16 lanes", "u32", BLOCK, lane_words),
    rate("counts", "histogram counts, 4 tables", "counts", BLOCK, counts),
    rate("scattered", "scattered counts, 4 MiB", "counts", BLOCK, scattered),
    rate("copied", "copy, 4 MiB", "bytes", LARGE, copied),
];

const fn rate(id: &'static str, title: &'static str, unit: &'static str, work: usize, prepare: fn() -> Work) -> Task {
    Task { id, title, unit, work: work as f64, shown: Shown::Rate, bound: None, prepare }
}

fn words() -> Work {
    let mut draws = stream(1, Purpose::Pruning);
    Box::new(move || (0..BLOCK).fold(0, |sum: u64, _| sum.wrapping_add(draws.next_u64())))
}

fn lane_words() -> Work {
    let mut draws = stream(1, Purpose::Products);
    let mut state = [[0_u32; LANES]; 4];
    state.iter_mut().flatten().for_each(|word| *word = draws.next_u64() as u32 | 1);
    // With the vectors that this processor has, as the core itself does it.
    let arch = pulp::Arch::new();
    Box::new(move || arch.dispatch(|| xor_of_words(&mut state)))
}

#[inline(always)]
fn xor_of_words(state: &mut [[u32; LANES]; 4]) -> u64 {
    let [mut a, mut b, mut c, mut d] = *state;
    let mut sum = [0_u32; LANES];
    for _ in 0..BLOCK / LANES {
        for i in 0..LANES {
            sum[i] ^= a[i].wrapping_add(d[i]);
            let shifted = b[i] << 9;
            c[i] ^= a[i];
            d[i] ^= b[i];
            b[i] ^= c[i];
            a[i] ^= d[i];
            c[i] ^= shifted;
            d[i] = d[i].rotate_left(11);
        }
    }
    *state = [a, b, c, d];
    sum.iter().fold(0, |all, &word| all ^ u64::from(word))
}

fn counts() -> Work {
    const ROOM: usize = 128;
    let mut draws = stream(2, Purpose::Products);
    let bins: Vec<[u8; 4]> = (0..BLOCK / 4).map(|_| [0; 4].map(|_: u8| draws.below(80) as u8)).collect();
    let mut tables = [[0_u32; ROOM]; 4];
    Box::new(move || {
        for four in black_box(&bins) {
            for (table, &bin) in tables.iter_mut().zip(four) {
                let count = &mut table[usize::from(bin) % ROOM];
                *count = count.wrapping_add(1);
            }
        }
        u64::from(tables[0][0])
    })
}

fn scattered() -> Work {
    const ROOM: usize = LARGE / 4;
    let mut draws = stream(3, Purpose::Products);
    let places: Vec<u32> = (0..BLOCK).map(|_| draws.below(ROOM as u32)).collect();
    let mut table = vec![0_u32; ROOM];
    Box::new(move || {
        let places = black_box(&places);
        for &place in places {
            let count = &mut table[place as usize];
            *count = count.wrapping_add(1);
        }
        u64::from(table[places[0] as usize])
    })
}

fn copied() -> Work {
    let from = vec![1_u8; LARGE];
    let mut to = vec![0_u8; LARGE];
    Box::new(move || {
        to.copy_from_slice(black_box(&from));
        u64::from(black_box(&to)[LARGE / 2])
    })
}
