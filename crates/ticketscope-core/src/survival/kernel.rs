//! The inner loops of the recurrence: rows of weights times a small matrix, added to rows of sums.
//!
//! Plain loops with a fixed order of additions for every sum: the same bits with vectors of any length or none.

/// Sums side by side.
pub(super) const LANES: usize = 8;
/// Numbers of throws worked on together.
pub(super) const ROWS: usize = 64;
/// Rows whose sums are held in registers at once; it changes no sum.
const HELD: usize = if cfg!(target_arch = "wasm32") { 2 } else { 4 };

/// The next whole number of lanes.
pub(super) const fn padded(count: usize) -> usize {
    count.next_multiple_of(LANES)
}

/// The products of two columns; the result is the largest of them.
pub(super) struct Weigh<'a> {
    pub(super) share: &'a [f64; ROWS],
    pub(super) chances: &'a [f64; ROWS],
    pub(super) weights: &'a mut [f64; ROWS],
}

impl pulp::WithSimd for Weigh<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> f64 {
        let mut largest = [0.0; LANES];
        let (shares, _) = self.share.as_chunks::<LANES>();
        let (chances, _) = self.chances.as_chunks::<LANES>();
        let (weights, _) = self.weights.as_chunks_mut::<LANES>();
        for ((share, chance), weight) in shares.iter().zip(chances).zip(weights) {
            let products: [f64; LANES] = core::array::from_fn(|lane| share[lane] * chance[lane]);
            *weight = products;
            for lane in 0..LANES {
                // Not `max`, which has to ask for NaN.
                largest[lane] = if products[lane] > largest[lane] { products[lane] } else { largest[lane] };
            }
        }
        largest.into_iter().fold(0.0, f64::max)
    }
}

/// Adds to the sums of one group of lanes: sums[row] += Σᵢ weights[i][row]·matrix[i].
pub(super) struct Accumulate<'a> {
    /// By i.
    pub(super) weights: &'a [[f64; ROWS]],
    /// By i: the group's first number is at `stride`·i.
    pub(super) matrix: &'a [f64],
    pub(super) stride: usize,
    pub(super) sums: &'a mut [[f64; LANES]; ROWS],
}

impl pulp::WithSimd for Accumulate<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { weights, matrix, stride, sums } = self;
        let (groups, _) = sums.as_chunks_mut::<HELD>();
        for (group, held) in groups.iter_mut().enumerate() {
            let mut local = *held;
            for (weights, numbers) in weights.iter().zip(matrix.chunks(stride)) {
                let Some(numbers) = numbers.first_chunk::<LANES>() else { continue };
                for i in 0..HELD {
                    let weight = weights[group * HELD + i];
                    for lane in 0..LANES {
                        local[i][lane] += weight * numbers[lane];
                    }
                }
            }
            *held = local;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Purpose, stream};
    use pulp::WithSimd;

    #[test]
    fn vectors_change_no_bit() {
        let mut draws = stream(3, Purpose::Products);
        let mut column = || -> [f64; ROWS] { core::array::from_fn(|_| draws.open_unit()) };
        let (share, chances, weights) = (column(), column(), [column(), column(), column()]);
        let matrix = column();
        let weigh = |simd: bool| {
            let mut weights = [0.0; ROWS];
            let task = Weigh { share: &share, chances: &chances, weights: &mut weights };
            let largest = if simd { pulp::Arch::new().dispatch(task) } else { task.with_simd(pulp::Scalar) };
            (largest, weights)
        };
        assert_eq!(weigh(true), weigh(false));
        assert_eq!(weigh(true).0, weigh(true).1.into_iter().fold(0.0, f64::max));
        let accumulate = |simd: bool| {
            let mut sums = [[0.25; LANES]; ROWS];
            let task = Accumulate { weights: &weights, matrix: &matrix, stride: 2 * LANES, sums: &mut sums };
            if simd {
                pulp::Arch::new().dispatch(task)
            } else {
                task.with_simd(pulp::Scalar)
            }
            sums
        };
        assert_eq!(accumulate(true), accumulate(false));
        let (row, lane) = (37, 5);
        let one = (0..3).fold(0.25, |sum, i| sum + weights[i][row] * matrix[i * 2 * LANES + lane]);
        assert_eq!(accumulate(true)[row][lane], one);
    }
}
