//! A set of small numbers.

/// A set of numbers, one bit each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn insert(&mut self, number: usize) {
        let word = number / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(place) = self.0.get_mut(word) {
            *place |= 1 << (number % 64);
        }
    }

    pub(super) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
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

    /// The numbers in the set, the smallest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            // Each step takes the lowest bit away.
            std::iter::successors(Some(word), |&word| Some(word & word.wrapping_sub(1)))
                .take_while(|&word| word != 0)
                .map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(numbers: &[usize]) -> Bits {
        let mut bits = Bits::default();
        numbers.iter().for_each(|&number| bits.insert(number));
        bits
    }

    #[test]
    fn a_set_holds_what_was_put_in_across_words() {
        let set = bits(&[130, 0, 63, 64, 0]);

        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 130]);
        assert!(set.contains(64) && !set.contains(65) && !set.contains(5_000));
    }

    #[test]
    fn uniting_keeps_both_whichever_is_longer() {
        let (mut short, mut long) = (bits(&[1]), bits(&[200]));

        short.unite(&long);
        long.unite(&bits(&[1]));

        assert_eq!(short.iter().collect::<Vec<_>>(), [1, 200]);
        assert_eq!(short, long);
    }

    #[test]
    fn an_empty_set_is_empty() {
        assert!(Bits::default().is_empty());
        assert!(!bits(&[70]).is_empty());
    }
}
