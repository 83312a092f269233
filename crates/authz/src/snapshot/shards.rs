//! A hash map that is cheap to copy and to change: what two copies have in common they share.

use std::{collections::HashMap, hash::BuildHasher, hash::Hash, sync::Arc};

use foldhash::fast::RandomState;

type Shard<K, V> = HashMap<K, V, RandomState>;

/// A map cut into about as many shards as a shard has entries, so that a change copies one shard and the list of shards: for
/// a million entries twice a thousand, and not a million.
///
/// The hasher is seeded anew in each process. Most keys are ids of our own making, but an embedder's may be anything, and ids that are
/// asked about come from outside.
#[derive(Debug, Clone)]
pub(super) struct Shards<K, V> {
    hasher: RandomState,
    /// A power of two of them.
    shards: Arc<[Arc<Shard<K, V>>]>,
}

impl<K, V> Default for Shards<K, V> {
    fn default() -> Self {
        let hasher = RandomState::default();
        Self { shards: [Arc::new(HashMap::with_hasher(hasher.clone()))].into(), hasher }
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Shards<K, V> {
    /// A map of these entries; of two with one key the later counts.
    pub(super) fn new(entries: impl ExactSizeIterator<Item = (K, V)>) -> Self {
        let hasher = RandomState::default();
        let count = entries.len().isqrt().next_power_of_two();
        let each = entries.len() / count;
        let mut shards =
            Vec::from_iter((0..count).map(|_| HashMap::with_capacity_and_hasher(each, hasher.clone())));
        for (key, value) in entries {
            if let Some(shard) = shards.get_mut(place(&hasher, &key, count)) {
                shard.insert(key, value);
            }
        }
        Self { hasher, shards: shards.into_iter().map(Arc::new).collect() }
    }

    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.shards.get(place(&self.hasher, key, self.shards.len()))?.get(key)
    }

    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.len()).sum()
    }

    /// All entries, in any order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.shards.iter().flat_map(|shard| shard.iter())
    }

    pub(super) fn contains(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// The same map with another value for one key; `None` for no value.
    pub(super) fn with(&self, key: K, value: Option<V>) -> Self {
        self.with_all([(key, value)])
    }

    /// The same map with other values for some keys; `None` for no value.
    pub(super) fn with_all(&self, changes: impl IntoIterator<Item = (K, Option<V>)>) -> Self {
        let mut shards = self.shards.to_vec();
        let count = shards.len();
        for (key, value) in changes {
            let Some(shard) = shards.get_mut(place(&self.hasher, &key, count)) else { continue };
            // Copies the shard the first time only: then nobody else has it.
            let shard = Arc::make_mut(shard);
            match value {
                Some(value) => _ = shard.insert(key, value),
                None => _ = shard.remove(&key),
            }
        }
        let changed = Self { hasher: self.hasher.clone(), shards: shards.into() };
        // Past four times what the number of shards was made for, changes would begin to cost.
        if changed.len() > 4 * count * count { changed.made_anew() } else { changed }
    }

    fn made_anew(&self) -> Self {
        let all: Vec<(K, V)> = self.iter().map(|(key, value)| (*key, value.clone())).collect();
        Self::new(all.into_iter())
    }
}

/// Which shard has the key. A shard's own table goes by the low and the highest bits of the same hash, so this takes others.
fn place<K: Hash>(hasher: &RandomState, key: &K, count: usize) -> usize {
    (hasher.hash_one(key) >> 32) as usize & (count - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_leaves_the_map_that_it_was_made_from_alone() {
        let before = Shards::new((0..1_000).map(|number| (number, number)));

        let after = before.with(7, Some(70)).with(8, None);

        assert_eq!((before.get(&7), before.get(&8)), (Some(&7), Some(&8)));
        assert_eq!((after.get(&7), after.get(&8), after.get(&9)), (Some(&70), None, Some(&9)));
    }

    #[test]
    fn a_change_copies_one_shard_and_shares_the_others() {
        let before = Shards::new((0..1_000).map(|number| (number, number)));

        let after = before.with(7, None);

        let shared = before.shards.iter().zip(&*after.shards).filter(|(one, other)| Arc::ptr_eq(one, other));
        assert_eq!((shared.count(), after.shards.len()), (31, 32));
    }

    #[test]
    fn a_map_that_has_grown_gets_more_shards_and_keeps_what_it_has() {
        let mut map = Shards::default();
        for number in 0..1_000 {
            map = map.with(number, Some(number));
        }

        assert!(map.shards.len() >= 16);
        assert!((0..1_000).all(|number| map.get(&number) == Some(&number)));
    }
}
