//! How many may listen at a time, and the feeds that they listen to.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use guildhall_core::{Caller, Principal, WorkspaceId};

use super::feed::Feed;
use crate::KernelError;

/// How many streams a node has.
const ON_NODE: usize = 1_000;
/// How many of them one workspace has.
const IN_WORKSPACE: usize = 500;
/// How many of them one caller has.
const OF_CALLER: usize = 20;

/// Everybody who listens.
pub(super) struct Seats {
    taken: Arc<Mutex<Taken>>,
    on_node: usize,
    in_workspace: usize,
}

impl Default for Seats {
    fn default() -> Self {
        Self { taken: Arc::default(), on_node: ON_NODE, in_workspace: IN_WORKSPACE }
    }
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_caller: HashMap<Principal, usize>,
    feeds: HashMap<WorkspaceId, (Arc<Feed>, usize)>,
}

/// A place among the listeners of a feed, given back when it is dropped.
pub(super) struct Seat {
    taken: Arc<Mutex<Taken>>,
    pub(super) feed: Arc<Feed>,
    pub(super) caller: Caller,
}

impl Seats {
    /// Takes a seat. The second answer says whether the feed is new and needs a reader.
    ///
    /// # Errors
    /// [`KernelError::TooManyStreams`] where the caller has as many as one may have, [`KernelError::NoMoreStreams`] where node or
    /// workspace have.
    pub(super) fn take(&self, workspace: WorkspaceId, caller: Caller) -> Result<(Seat, bool), KernelError> {
        let mut taken = locked(&self.taken);
        // One that nobody reads for any more keeps those who have seats there, and takes nobody else.
        if taken.feeds.get(&workspace).is_some_and(|(feed, _)| feed.is_closed()) {
            taken.feeds.remove(&workspace);
        }
        let of_caller = taken.by_caller.get(&caller.principal()).copied().unwrap_or_default();
        if of_caller >= OF_CALLER {
            return Err(KernelError::TooManyStreams { at_most: OF_CALLER });
        }
        let here = taken.feeds.get(&workspace).map_or(0, |(_, seats)| *seats);
        if taken.all >= self.on_node || here >= self.in_workspace {
            return Err(KernelError::NoMoreStreams);
        }
        taken.all += 1;
        *taken.by_caller.entry(caller.principal()).or_default() += 1;
        let (feed, seats) =
            taken.feeds.entry(workspace).or_insert_with(|| (Arc::new(Feed::new(workspace)), 0));
        *seats += 1;
        let (feed, is_new) = (feed.clone(), *seats == 1);
        drop(taken);
        feed.join(caller);
        Ok((Seat { taken: self.taken.clone(), feed, caller }, is_new))
    }

    /// How many seats are taken.
    pub(super) fn taken(&self) -> usize {
        locked(&self.taken).all
    }

    /// Has a workspace's log looked at, where somebody listens.
    pub(super) fn wake(&self, workspace: WorkspaceId) {
        if let Some((feed, _)) = locked(&self.taken).feeds.get(&workspace) {
            feed.wake.notify_one();
        }
    }

    /// Has every log looked at to which somebody listens.
    pub(super) fn wake_all(&self) {
        locked(&self.taken).feeds.values().for_each(|(feed, _)| feed.wake.notify_one());
    }
}

impl Drop for Seat {
    /// The last one closes the feed, so that its reader ends.
    fn drop(&mut self) {
        self.feed.leave(&self.caller);
        let mut taken = locked(&self.taken);
        taken.all -= 1;
        let principal = self.caller.principal();
        if let Some(of_caller) = taken.by_caller.get_mut(&principal) {
            *of_caller -= 1;
            if *of_caller == 0 {
                taken.by_caller.remove(&principal);
            }
        }
        if let Some((feed, seats)) = taken.feeds.get_mut(&self.feed.workspace)
            && Arc::ptr_eq(feed, &self.feed)
        {
            *seats -= 1;
            if *seats == 0 {
                taken.feeds.remove(&self.feed.workspace);
                self.feed.close();
            }
        }
    }
}

fn locked(taken: &Mutex<Taken>) -> MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use guildhall_core::{Credential, UserId};
    use uuid::Uuid;

    use super::*;

    fn caller(number: u128) -> Caller {
        let user = Principal::User(UserId::new(Uuid::from_u128(number)));
        Caller::trusted(user, Credential::Embedded, Some(workspace(1)))
    }

    fn workspace(number: u128) -> WorkspaceId {
        WorkspaceId::new(Uuid::from_u128(number))
    }

    #[test]
    fn nobody_takes_more_seats_than_one_may_have() {
        let seats = Seats::default();
        let _all: Vec<_> =
            (0..OF_CALLER).map(|_| seats.take(workspace(1), caller(1)).ok().unwrap()).collect();

        let one_more = seats.take(workspace(2), caller(1)).err().unwrap();

        assert!(matches!(one_more, KernelError::TooManyStreams { .. }));
        assert!(seats.take(workspace(1), caller(2)).is_ok());
    }

    #[test]
    fn one_workspace_does_not_take_the_whole_node() {
        let seats = Seats { on_node: 3, in_workspace: 2, ..Seats::default() };
        let _both: Vec<_> = (0..2).map(|_| seats.take(workspace(1), caller(1)).ok().unwrap()).collect();

        let third = seats.take(workspace(1), caller(2)).err().unwrap();
        let elsewhere = seats.take(workspace(2), caller(2));

        assert!(matches!(third, KernelError::NoMoreStreams));
        assert!(elsewhere.is_ok());
        assert!(matches!(seats.take(workspace(3), caller(3)).err().unwrap(), KernelError::NoMoreStreams));
    }

    #[test]
    fn who_comes_after_a_feed_was_closed_begins_another() {
        let seats = Seats::default();
        let (left_over, _) = seats.take(workspace(1), caller(1)).ok().unwrap();
        left_over.feed.close();

        let (seat, is_new) = seats.take(workspace(1), caller(2)).ok().unwrap();
        drop(left_over);

        assert!(is_new && !seat.feed.is_closed());
        assert_eq!(seats.taken(), 1);
        drop(seat);
        assert!(locked(&seats.taken).feeds.is_empty());
    }

    #[test]
    fn a_seat_that_is_given_back_leaves_nothing_behind() {
        let seats = Seats::default();
        let (one, is_new) = seats.take(workspace(1), caller(1)).ok().unwrap();
        let (other, is_second_new) = seats.take(workspace(1), caller(1)).ok().unwrap();
        let feed = one.feed.clone();
        drop(one);
        assert!(!feed.is_closed());

        drop(other);

        assert!(feed.is_closed());
        assert_eq!((is_new, is_second_new, seats.taken()), (true, false, 0));
        let taken = locked(&seats.taken);
        assert!(taken.feeds.is_empty() && taken.by_caller.is_empty());
    }
}
