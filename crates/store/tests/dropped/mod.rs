//! A unit of work that is dropped anywhere, even while it begins or commits, takes nothing of others with it.

use std::{future::poll_fn, pin::pin, task::Poll};

use guildhall_core::{Access, IdGenerator, Scope, StoreError, SystemIds, UserId};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::support::{TestStore, parsed, user};

/// After how many polls at most the unit is dropped: its whole life takes fewer.
const POLLS: usize = 10;
/// How often for each number of polls: nearly each unit is dropped by one poll, few by five.
const ROUNDS: usize = 20;

async fn add_user(store: &TestStore, id: UserId) -> Result<(), StoreError> {
    let unit = store.try_begin(Scope::Platform, Access::Write).await?;
    unit.users().insert(&user(id, parsed(&format!("{id}@example.test")))).await?;
    unit.commit().await?;
    Ok(())
}

/// What comes of a future by so many polls; it is dropped then.
async fn poll_at_most<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_commit_beside_dropped_units_is_there(#[values(Sqlite, Postgres)] on: Stack) {
    let store = TestStore::new(on).await;
    let new_id = || UserId::new(SystemIds.uuid());
    let mut kept = Vec::new();
    let mut dropped = 0;

    for polls in (1..=POLLS).flat_map(|polls| [polls; ROUNDS]) {
        let (hasty, patient) = (new_id(), [new_id(), new_id()]);
        let (gone, first) =
            tokio::join!(poll_at_most(polls, add_user(&store, hasty)), add_user(&store, patient[0]));
        dropped += usize::from(gone.is_none());
        first.unwrap();
        add_user(&store, patient[1]).await.unwrap();
        kept.extend(patient);
    }

    let unit = store.begin(Scope::Platform, Access::Read).await;
    let there = unit.users().list_by_ids(&kept).await.unwrap().len();
    assert_eq!(there, kept.len());
    assert!(
        (ROUNDS..POLLS * ROUNDS).contains(&dropped),
        "{dropped} of them were dropped, which shows nothing"
    );
}
