use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use guildhall_authz::{Epoch, Epochs};
use guildhall_core::{Access, Scope, StoreError, WorkspaceId};
use guildhall_kernel::Database as _;
use guildhall_testkit::{
    Stack::{self, Postgres, Sqlite},
    Walls, open_database,
};
use rstest::rstest;

use crate::{support::waits, tenancy::world::World};

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
        raised.push(unit.epochs().raise(epoch, "a fact").await.unwrap());
    }

    assert_eq!(raised, [1, 1, 2, 1, 3]);
    assert_eq!(unit.epochs().find().await, Ok(Epochs { platform: 1, system: 1, workspace: 3 }));
}

#[rstest]
#[tokio::test]
async fn a_workspaces_epoch_is_its_own_and_the_others_are_everybodys(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::Workspace, "a fact").await.unwrap();
    unit.epochs().raise(Epoch::System, "a fact").await.unwrap();
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
        unit.epochs().raise(Epoch::Workspace, "a fact").await,
        unit.epochs().raise(Epoch::System, "another fact").await,
    );

    assert_eq!(raised, (Ok(1), Ok(2)));
    assert_eq!(unit.epochs().find().await, Ok(Epochs { platform: 0, system: 2, workspace: 2 }));
}

#[rstest]
#[tokio::test]
async fn the_platforms_scope_has_no_workspace_to_raise(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;

    let refused = world.begin(Scope::Platform).await.epochs().raise(Epoch::Workspace, "a fact").await;

    assert!(matches!(refused, Err(StoreError::Backend(_))), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn an_epoch_that_is_not_committed_was_not_raised(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::Workspace, "a fact").await.unwrap();
    drop(unit);

    assert_eq!(world.open().await.epochs().find().await, Ok(Epochs::default()));
}

#[rstest]
#[tokio::test]
async fn every_raise_is_logged_with_what_changed(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    for (epoch, fact) in
        [(Epoch::Workspace, "member.added"), (Epoch::Workspace, "member.removed"), (Epoch::System, "mapping")]
    {
        unit.epochs().raise(epoch, fact).await.unwrap();
    }
    unit.commit().await.unwrap();

    let log = async |scope: WorkspaceId| {
        let sql = "select value || ' ' || fact from authz_change where scope_id = $1 order by value";
        world.query(sql, [scope.uuid().into()]).await
    };
    let (own, system) = (log(world.here.id).await, log(WorkspaceId::SYSTEM).await);

    assert_eq!(own, ["1 member.added", "2 member.removed"]);
    assert_eq!(system, ["1 mapping"]);
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
    let raised = unit.epochs().raise(Epoch::Workspace, "a fact").await;
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
    raiser.epochs().raise(Epoch::Workspace, "a fact").await.unwrap();
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

    let raised = there.epochs().raise(Epoch::Workspace, "a fact").await;

    assert_eq!(raised, Ok(1));
}
