use guildhall_authz::{Epoch, Epochs};
use guildhall_core::{Scope, StoreError, WorkspaceId};
#[cfg(feature = "testing")]
use {
    guildhall_core::Access,
    guildhall_kernel::Database as _,
    guildhall_store::SeaDatabase,
    std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::tenancy::world::World;

#[tokio::test]
async fn epochs_begin_at_zero() {
    let world = World::new().await;

    for scope in [Scope::Platform, Scope::System, Scope::Workspace(world.here.id)] {
        assert_eq!(world.begin(scope).await.epochs().find().await, Ok(Epochs::default()));
    }
}

#[tokio::test]
async fn raising_counts_one_epoch_up_and_answers_it() {
    let world = World::new().await;
    let unit = world.open().await;
    let mut raised = Vec::new();

    for epoch in [Epoch::Platform, Epoch::Workspace, Epoch::Workspace, Epoch::System, Epoch::Workspace] {
        raised.push(unit.epochs().raise(epoch, "a fact").await.unwrap());
    }

    assert_eq!(raised, [1, 1, 2, 1, 3]);
    assert_eq!(unit.epochs().find().await, Ok(Epochs { platform: 1, system: 1, workspace: 3 }));
}

#[tokio::test]
async fn a_workspaces_epoch_is_its_own_and_the_others_are_everybodys() {
    let world = World::new().await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::Workspace, "a fact").await.unwrap();
    unit.epochs().raise(Epoch::System, "a fact").await.unwrap();
    unit.commit().await.unwrap();

    let there = world.open_other().await.epochs().find().await;
    let platform = world.begin(Scope::Platform).await.epochs().find().await;

    assert_eq!(there, Ok(Epochs { platform: 0, system: 1, workspace: 0 }));
    assert_eq!(platform, Ok(Epochs { platform: 0, system: 1, workspace: 0 }));
}

#[tokio::test]
async fn the_system_workspaces_epoch_is_that_of_the_system_space() {
    let world = World::new().await;
    let unit = world.begin(Scope::System).await;

    let raised = (
        unit.epochs().raise(Epoch::Workspace, "a fact").await,
        unit.epochs().raise(Epoch::System, "another fact").await,
    );

    assert_eq!(raised, (Ok(1), Ok(2)));
    assert_eq!(unit.epochs().find().await, Ok(Epochs { platform: 0, system: 2, workspace: 2 }));
}

#[tokio::test]
async fn the_platforms_scope_has_no_workspace_to_raise() {
    let world = World::new().await;

    let refused = world.begin(Scope::Platform).await.epochs().raise(Epoch::Workspace, "a fact").await;

    assert!(matches!(refused, Err(StoreError::Backend(_))), "{refused:?}");
}

#[tokio::test]
async fn an_epoch_that_is_not_committed_was_not_raised() {
    let world = World::new().await;
    let unit = world.open().await;
    unit.epochs().raise(Epoch::Workspace, "a fact").await.unwrap();
    drop(unit);

    assert_eq!(world.open().await.epochs().find().await, Ok(Epochs::default()));
}

#[tokio::test]
async fn every_raise_is_logged_with_what_changed() {
    let world = World::new().await;
    let unit = world.open().await;
    for (epoch, fact) in
        [(Epoch::Workspace, "member.added"), (Epoch::Workspace, "member.removed"), (Epoch::System, "mapping")]
    {
        unit.epochs().raise(epoch, fact).await.unwrap();
    }
    unit.commit().await.unwrap();

    let log = "select value || ' ' || fact from authz_change where scope_id = x";
    let own = world.query(&format!("{log}'{}' order by value", world.here.id.uuid().simple())).await;
    let system = world.query(&format!("{log}'{}'", WorkspaceId::SYSTEM.uuid().simple())).await;

    assert_eq!(own, ["1 member.added", "2 member.removed"]);
    assert_eq!(system, ["1 mapping"]);
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn the_epochs_are_found_with_one_statement() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let database = SeaDatabase::in_memory().await.unwrap().with_tap(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    let unit = database.begin(Scope::System, Access::Read).await.unwrap();
    let before = count.load(Ordering::Relaxed);

    unit.epochs().find().await.unwrap();

    assert_eq!(count.load(Ordering::Relaxed) - before, 1);
}
