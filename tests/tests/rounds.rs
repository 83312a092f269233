//! How often to play what is played by chance.

/// How many rounds to play: as usual, or as GUILDHALL_ROUNDS says (`just races`).
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
pub fn rounds(usual: usize) -> usize {
    std::env::var("GUILDHALL_ROUNDS").map_or(usual, |count| count.parse().unwrap())
}
