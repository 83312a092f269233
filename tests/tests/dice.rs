//! Numbers that look like chance and are the same for the same seed; and how often to play.

/// A small generator of numbers.
pub struct Dice(pub u64);

impl Dice {
    /// A number from 0 up to the bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// How many rounds to play: as usual, or as GUILDHALL_ROUNDS says (`just races`).
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
pub fn rounds(usual: usize) -> usize {
    std::env::var("GUILDHALL_ROUNDS").map_or(usual, |count| count.parse().unwrap())
}
