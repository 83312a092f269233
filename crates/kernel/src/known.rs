//! What this node knows of the epochs without asking the database.
//!
//! Each number stands with the moment at which it was surely the newest. Whoever decides by it says how old that may be.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
    time::{Duration, Instant},
};

use guildhall_authz::{EpochScope, Epochs, Raised};
use guildhall_core::WorkspaceId;

/// How old a number may be that a permission query is answered by. Other nodes' changes are seen within a second, counted
/// from the write, and the answer takes its time too.
pub(crate) const FRESH: Duration = Duration::from_millis(900);

/// Epochs by scope.
#[derive(Default)]
pub(crate) struct Known(RwLock<HashMap<EpochScope, Seen>>);

#[derive(Clone, Copy)]
struct Seen {
    value: i64,
    at: Instant,
}

impl Known {
    /// Takes in numbers that were the newest at a moment: when the statement that read them began, or the commit that
    /// raised them.
    pub(crate) fn note(&self, read: &[Raised], at: Instant) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for &Raised { scope, value } in read {
            let seen = known.entry(scope).or_insert(Seen { value, at });
            if value >= seen.value {
                // An equal number that was read later is as good as new; an older reading changes nothing.
                let at = if value > seen.value { at } else { at.max(seen.at) };
                *seen = Seen { value, at };
            }
        }
    }

    /// The three epochs of a workspace, where each was the newest less than [`FRESH`] before `now`.
    pub(crate) fn fresh(&self, workspace: WorkspaceId, now: Instant) -> Option<Epochs> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let value = |scope| {
            let seen: &Seen = known.get(&scope)?;
            (now.saturating_duration_since(seen.at) < FRESH).then_some(seen.value)
        };
        epochs(workspace, value)
    }

    /// The three epochs as far as this node knows of them; never raised for all that it knows is 0.
    pub(crate) fn latest(&self, workspace: WorkspaceId) -> Epochs {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let value = |scope| Some(known.get(&scope).map_or(0, |seen| seen.value));
        epochs(workspace, value).unwrap_or_default()
    }

    /// Keeps the numbers of these scopes alone.
    pub(crate) fn retain(&self, scopes: &[EpochScope]) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|scope, _| scopes.contains(scope));
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// The scopes that decisions in a workspace depend on.
pub(crate) const fn scopes_of(workspace: WorkspaceId) -> [EpochScope; 3] {
    [EpochScope::Platform, EpochScope::Workspace(WorkspaceId::SYSTEM), EpochScope::Workspace(workspace)]
}

/// The epochs of one workspace as they were read, by scope.
pub(crate) fn as_raised(workspace: WorkspaceId, epochs: Epochs) -> [Raised; 3] {
    let values = [epochs.platform, epochs.system, epochs.workspace];
    let [platform, system, own] = scopes_of(workspace);
    let [at_platform, at_system, at_own] = values;
    [
        Raised { scope: platform, value: at_platform },
        Raised { scope: system, value: at_system },
        Raised { scope: own, value: at_own },
    ]
}

fn epochs(workspace: WorkspaceId, value: impl Fn(EpochScope) -> Option<i64>) -> Option<Epochs> {
    let [platform, system, own] = scopes_of(workspace);
    Some(Epochs { platform: value(platform)?, system: value(system)?, workspace: value(own)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const HERE: WorkspaceId = WorkspaceId::new(Uuid::from_u128(7));

    fn all_at(value: i64) -> [Raised; 3] {
        scopes_of(HERE).map(|scope| Raised { scope, value })
    }

    #[test]
    fn a_number_counts_for_less_than_a_second() {
        let (known, read) = (Known::default(), Instant::now());

        known.note(&all_at(3), read);

        assert_eq!(known.fresh(HERE, read).map(|epochs| epochs.workspace), Some(3));
        assert_eq!(known.fresh(HERE, read + FRESH), None);
    }

    #[test]
    fn one_number_that_is_old_spoils_all_three() {
        let (known, read) = (Known::default(), Instant::now());
        known.note(&all_at(3), read);

        known.note(&all_at(3)[1..], read + FRESH);

        assert_eq!(known.fresh(HERE, read + FRESH), None);
    }

    #[test]
    fn what_a_commit_raised_is_not_lowered_by_an_older_reading() {
        let (known, read) = (Known::default(), Instant::now());
        known.note(&all_at(4), read);

        known.note(&all_at(3), read + Duration::from_millis(1));

        assert_eq!(known.fresh(HERE, read).map(|epochs| epochs.workspace), Some(4));
    }

    #[test]
    fn a_late_word_of_an_equal_number_does_not_make_it_older() {
        let (known, read) = (Known::default(), Instant::now());
        let later = read + FRESH / 2;
        known.note(&all_at(4), later);

        known.note(&all_at(4), read);

        assert!(known.fresh(HERE, read + FRESH).is_some());
    }

    #[test]
    fn of_a_scope_that_was_not_read_nothing_is_known() {
        let known = Known::default();

        assert_eq!(known.fresh(HERE, Instant::now()), None);
        assert_eq!(known.latest(HERE), Epochs::default());
    }
}
