use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use guildhall_authz::{Change, Epoch, Epochs};
use guildhall_core::{Access, IdGenerator as _, NodeId, Scope, StoreError, UserId};
use guildhall_kernel::Database as _;
use guildhall_testkit::{
    Stack::{self, Postgres, Sqlite},
    Walls, open_database,
};
use rstest::rstest;

use crate::{support::waits, tenancy::world::World};

/// For tests that do not look at what changed.
const ANYTHING: &[Change] = &[Change::Everything];

#[rstest]
#[tokio::test]
async fn epochs_begin_at_zero(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;

    for scope in [Scope::Platform, Scope::System, Scope::Workspace(world.here.id)] {
        assert_eq!(world.begin(scope).await.epochs().find().await, Ok(Epochs::default()));
    }
}

#[rstest]
#[tokio::test]
async fn raising_counts_one_epoch_up_and_answers_it(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let mut raised = Vec::new();

    for epoch in [Epoch::Platform, Epoch::Workspace, Epoch::Workspace, Epoch::System, Epoch::Workspace] {
        raised.push(unit.epochs().raise(epoch, ANYTHING).await.unwrap());
    }

    assert_eq!(raised, [1, 1, 2, 1, 3]);
    assert_eq!(unit.epochs().find().await, Ok(Epochs { platform: 1, system: 1, workspace: 3 }));
}

#[rstest]
#[tokio::test]
async fn a_workspaces_epoch_is_its_own_and_the_others_are_everybodys(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::Workspace, ANYTHING).await.unwrap();
    unit.epochs().raise(Epoch::System, ANYTHING).await.unwrap();
    unit.commit().await.unwrap();

    let there = world.open_other().await.epochs().find().await;
    let platform = world.begin(Scope::Platform).await.epochs().find().await;

    assert_eq!(there, Ok(Epochs { platform: 0, system: 1, workspace: 0 }));
    assert_eq!(platform, Ok(Epochs { platform: 0, system: 1, workspace: 0 }));
}

#[rstest]
#[tokio::test]
async fn the_system_workspaces_epoch_is_that_of_the_system_space(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::System).await;

    let raised = (
        unit.epochs().raise(Epoch::Workspace, ANYTHING).await,
        unit.epochs().raise(Epoch::System, ANYTHING).await,
    );

    assert_eq!(raised, (Ok(1), Ok(2)));
    assert_eq!(unit.epochs().find().await, Ok(Epochs { platform: 0, system: 2, workspace: 2 }));
}

#[rstest]
#[tokio::test]
async fn the_platforms_scope_has_no_workspace_to_raise(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;

    let refused = world.begin(Scope::Platform).await.epochs().raise(Epoch::Workspace, ANYTHING).await;

    assert!(matches!(refused, Err(StoreError::Backend(_))), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn an_epoch_that_is_not_committed_was_not_raised(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::Workspace, ANYTHING).await.unwrap();
    drop(unit);

    assert_eq!(world.open().await.epochs().find().await, Ok(Epochs::default()));
}

#[rstest]
#[tokio::test]
async fn every_raise_is_logged_with_what_changed(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let (user, node) =
        (Change::from(UserId::new(world.ids.uuid())), Change::Node(NodeId::new(world.ids.uuid())));
    let unit = world.open().await;
    for (epoch, changes) in [
        (Epoch::Workspace, &[user][..]),
        (Epoch::Workspace, &[node, user]),
        (Epoch::System, ANYTHING),
        (Epoch::Workspace, &[node]),
    ] {
        unit.epochs().raise(epoch, changes).await.unwrap();
    }
    unit.commit().await.unwrap();

    let unit = world.open().await;
    let own = unit.epochs().list_changes(0, 3).await.unwrap();
    let newest = unit.epochs().list_changes(2, 3).await.unwrap();
    drop(unit);
    let system = world.begin(Scope::System).await.epochs().list_changes(0, 1).await.unwrap();

    assert_eq!(own, Some(vec![user, node, user, node]));
    assert_eq!(newest, Some(vec![node]));
    assert_eq!(system, Some(ANYTHING.to_vec()));
}

#[rstest]
#[tokio::test]
async fn a_log_that_does_not_reach_so_far_says_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::Workspace, ANYTHING).await.unwrap();

    let beyond = unit.epochs().list_changes(0, 2).await;
    let before = unit.epochs().list_changes(-1, 1).await;

    assert_eq!((beyond, before), (Ok(None), Ok(None)));
}

#[rstest]
#[tokio::test]
async fn what_an_older_version_logged_is_read_as_everything(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::Workspace, &[Change::from(world.users[0])]).await.unwrap();
    unit.commit().await.unwrap();
    world.execute("update authz_change set fact = 'member'").await;

    let changes = world.open().await.epochs().list_changes(0, 1).await;

    assert_eq!(changes, Ok(Some(ANYTHING.to_vec())));
}

#[rstest]
#[tokio::test]
async fn the_log_keeps_the_newest_thousand_of_each_scope(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::System, ANYTHING).await.unwrap();
    for _ in 0..1_100 {
        unit.epochs().raise(Epoch::Workspace, ANYTHING).await.unwrap();
    }
    unit.commit().await.unwrap();

    let unit = world.open().await;
    let kept = unit.epochs().list_changes(100, 1_100).await.unwrap();
    let gone = unit.epochs().list_changes(99, 1_100).await.unwrap();
    drop(unit);
    let elsewhere = world.begin(Scope::System).await.epochs().list_changes(0, 1).await.unwrap();

    assert_eq!(kept.map(|changes| changes.len()), Some(1_000));
    assert_eq!((gone, elsewhere.is_some()), (None, true));
}

#[rstest]
#[tokio::test]
async fn the_epochs_are_found_with_one_statement(#[values(Sqlite, Postgres)] on: Stack) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let (database, _kept) = open_database(on, Walls::Both).await.unwrap();
    let database = database.with_tap(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    let unit = database.begin(Scope::System, Access::Read).await.unwrap();
    let before = count.load(Ordering::Relaxed);

    unit.epochs().find().await.unwrap();

    assert_eq!(count.load(Ordering::Relaxed) - before, 1);
}

/// Raises the first workspace's epoch in a unit of work of its own.
async fn raise(world: &World) -> Result<i64, StoreError> {
    let unit = world.open().await;
    let raised = unit.epochs().raise(Epoch::Workspace, ANYTHING).await;
    unit.commit().await.unwrap();
    raised
}

#[rstest]
#[tokio::test]
async fn a_locked_epoch_is_raised_when_the_lock_ends(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let holder = world.open().await;
    holder.epochs().lock().await.unwrap();
    let mut raised = pin!(raise(&world));

    let waited = waits(raised.as_mut()).await;
    let locked = holder.epochs().find().await;
    holder.commit().await.unwrap();

    assert!(waited);
    assert_eq!(locked, Ok(Epochs::default()));
    assert_eq!(raised.await, Ok(1));
}

#[rstest]
#[tokio::test]
async fn an_epoch_is_locked_when_whoever_raises_it_is_done(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let raiser = world.open().await;
    raiser.epochs().raise(Epoch::Workspace, ANYTHING).await.unwrap();
    let mut locked = pin!(async {
        let unit = world.open().await;
        unit.epochs().lock().await.unwrap();
        unit.epochs().find().await
    });

    let waited = waits(locked.as_mut()).await;
    raiser.commit().await.unwrap();

    assert!(waited);
    assert_eq!(locked.await, Ok(Epochs { workspace: 1, ..Epochs::default() }));
}

#[rstest]
#[tokio::test]
async fn concurrent_raises_leave_no_number_out(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;

    let (one, two, three) = tokio::join!(raise(&world), raise(&world), raise(&world));

    let mut raised = [one, two, three].map(Result::unwrap);
    raised.sort_unstable();
    assert_eq!(raised, [1, 2, 3]);
}

/// SQLite has one writer for all workspaces.
#[tokio::test]
async fn a_lock_holds_up_no_other_workspace_on_postgres() {
    let world = World::new(Postgres).await;
    let holder = world.open().await;
    holder.epochs().lock().await.unwrap();
    let there = world.open_other().await;

    let raised = there.epochs().raise(Epoch::Workspace, ANYTHING).await;

    assert_eq!(raised, Ok(1));
}
