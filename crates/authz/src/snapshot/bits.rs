//! A set of small numbers.

/// A set of numbers, one bit each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn insert(&mut self, number: u32) {
        let word = number as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(place) = self.0.get_mut(word) {
            *place |= 1 << (number % 64);
        }
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Takes everything out.
    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Adds all of the other set.
    pub(super) fn unite(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, theirs) in self.0.iter_mut().zip(&other.0) {
            *word |= theirs;
        }
    }

    /// Leaves what is in the other set too.
    pub(super) fn intersect(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (word, theirs) in self.0.iter_mut().zip(&other.0) {
            *word &= theirs;
        }
    }

    /// The numbers in the set, the smallest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.0).flat_map(|(at, &word)| {
            // Each step takes the lowest bit away.
            std::iter::successors(Some(word), |&word| Some(word & word.wrapping_sub(1)))
                .take_while(|&word| word != 0)
                .map(move |word| at * 64 + word.trailing_zeros())
        })
    }
}

impl FromIterator<u32> for Bits {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut bits = Self::default();
        numbers.into_iter().for_each(|number| bits.insert(number));
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_across_words() {
        let set = Bits::from_iter([130, 0, 63, 64, 0]);

        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 130]);
        assert!(set.contains(64) && !set.contains(65) && !set.contains(5_000));
    }

    #[test]
    fn uniting_keeps_both_whichever_is_longer() {
        let (mut short, mut long) = (Bits::from_iter([1]), Bits::from_iter([200]));

        short.unite(&long);
        long.unite(&Bits::from_iter([1]));

        assert_eq!(short.iter().collect::<Vec<_>>(), [1, 200]);
        assert_eq!(short, long);
    }

    #[test]
    fn intersecting_leaves_what_is_in_both_whichever_is_longer() {
        let (mut short, mut long) = (Bits::from_iter([1, 2]), Bits::from_iter([2, 200]));

        short.intersect(&Bits::from_iter([2, 200]));
        long.intersect(&Bits::from_iter([1, 2]));

        assert_eq!(short.iter().collect::<Vec<_>>(), [2]);
        assert_eq!(short, long);
    }

    #[test]
    fn an_empty_set_is_empty() {
        let mut cleared = Bits::from_iter([70]);
        assert!(!cleared.is_empty());

        cleared.clear();

        assert!(cleared.is_empty() && Bits::default().is_empty());
    }
}
