//! What was found out in the last moments, for permission queries alone: who a token belongs to, whom an address names.
//!
//! Nothing here lives longer than [`FRESH`](crate::known::FRESH), counted from when it was looked up, and every commit of this node
//! ends all of it. So a session that ended here opens nothing with the next query, and one that ended on another node for less
//! than a second.

use std::{
    hash::Hash,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use guildhall_core::{AccountId, UserId, WorkspaceId};
use moka::sync::Cache;

use crate::{AskedUser, Entry, known::FRESH};

/// How many tokens and people are remembered at a time.
const KEPT: u64 = 10_000;
/// How many accounts' workspaces are.
const ACCOUNTS: u64 = 100_000;

/// What permission queries found out lately.
pub(crate) struct Remembered {
    /// Counts the commits of this node.
    generation: AtomicU64,
    /// By the hash of the token and where it was brought to; with the token's end, in seconds since 1970.
    entries: Lately<[u8; 32], (Entry, i64)>,
    /// The active user of an id or an address.
    people: Lately<AskedUser, Option<UserId>>,
    /// An account is one workspace's for good.
    homes: Cache<AccountId, WorkspaceId>,
}

/// When something was looked up: taken before, so that a commit meanwhile ends it too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Looked {
    generation: u64,
    at: Instant,
}

type Lately<K, V> = Cache<K, (Looked, V)>;

impl Default for Remembered {
    fn default() -> Self {
        Self {
            generation: AtomicU64::new(0),
            entries: lately(),
            people: lately(),
            homes: Cache::new(ACCOUNTS),
        }
    }
}

impl Remembered {
    /// Comes before a look at the database whose result is to be kept.
    pub(crate) fn look(&self) -> Looked {
        Looked { generation: self.generation.load(Ordering::SeqCst), at: Instant::now() }
    }

    /// Ends everything that a commit may have changed.
    pub(crate) fn forget(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn entry(&self, key: &[u8; 32]) -> Option<(Entry, i64)> {
        self.recall(&self.entries, key)
    }

    pub(crate) fn keep_entry(&self, key: [u8; 32], looked: Looked, entry: (Entry, i64)) {
        self.entries.insert(key, (looked, entry));
    }

    /// Whom an id or an address names: an active user, or nobody.
    pub(crate) fn person(&self, asked: &AskedUser) -> Option<Option<UserId>> {
        self.recall(&self.people, asked)
    }

    pub(crate) fn keep_person(&self, asked: AskedUser, looked: Looked, user: Option<UserId>) {
        self.people.insert(asked, (looked, user));
    }

    /// The workspace of an account.
    pub(crate) fn home(&self, account: AccountId) -> Option<WorkspaceId> {
        self.homes.get(&account)
    }

    pub(crate) fn keep_home(&self, account: AccountId, workspace: WorkspaceId) {
        self.homes.insert(account, workspace);
    }

    fn recall<K, V>(&self, kept: &Lately<K, V>, key: &K) -> Option<V>
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
    {
        let (looked, value) = kept.get(key)?;
        let holds =
            looked.generation == self.generation.load(Ordering::SeqCst) && looked.at.elapsed() < FRESH;
        holds.then_some(value)
    }
}

fn lately<K, V>() -> Lately<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Cache::builder().max_capacity(KEPT).time_to_live(FRESH).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn somebody() -> (AskedUser, UserId) {
        let id = UserId::new(Uuid::from_u128(1));
        (AskedUser::Id(id), id)
    }

    #[test]
    fn what_was_looked_up_is_recalled() {
        let (remembered, (asked, id)) = (Remembered::default(), somebody());

        remembered.keep_person(asked.clone(), remembered.look(), Some(id));

        assert_eq!(remembered.person(&asked), Some(Some(id)));
    }

    #[test]
    fn a_commit_ends_it() {
        let (remembered, (asked, id)) = (Remembered::default(), somebody());
        remembered.keep_person(asked.clone(), remembered.look(), Some(id));

        remembered.forget();

        assert_eq!(remembered.person(&asked), None);
    }

    #[test]
    fn a_commit_during_the_look_ends_it_too() {
        let (remembered, (asked, id)) = (Remembered::default(), somebody());
        let looked = remembered.look();
        remembered.forget();

        remembered.keep_person(asked.clone(), looked, Some(id));

        assert_eq!(remembered.person(&asked), None);
    }

    #[test]
    fn what_is_old_is_not_recalled() {
        let (remembered, (asked, id)) = (Remembered::default(), somebody());
        let now = remembered.look();
        let old = Looked { at: now.at.checked_sub(FRESH).unwrap(), ..now };

        remembered.keep_person(asked.clone(), old, Some(id));

        assert_eq!(remembered.person(&asked), None);
    }
}
