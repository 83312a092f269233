//! Numbers that look like chance, for tests that change things at random.

/// A small generator of numbers: the same for the same seed.
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    /// A number from 0 up to the bound, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound
    }

    /// One of several.
    ///
    /// # Panics
    /// Where there is none.
    #[expect(clippy::indexing_slicing, reason = "the number is below the length")]
    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Yes, once in so many times.
    pub fn often(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
}
