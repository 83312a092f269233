//! Views that are carried forward from change to change, on the node that changes things and on another one, are what a view
//! made from everything would be.

mod cast;
mod steps;

use guildhall_authz::{Change, Epoch, Holder, StoredGrant};
use guildhall_core::{AccountId, GrantId, RowVersion};
use guildhall_kernel::{BuiltinRole, Kernel, SignInLimits, ViewCounts};
use guildhall_testkit::{
    Dice,
    Stack::{self, Postgres, Sqlite},
    Walls, open_database,
};
use rstest::rstest;

use self::cast::Cast;
use crate::support::World;

async fn check(node: &Kernel, world: &World, after: &str) {
    assert_eq!(node.check_view(world.workspace.id).await.unwrap(), None, "{after}");
}

/// How views were made since another count.
fn since(node: &Kernel, before: ViewCounts) -> (u64, u64) {
    let now = node.view_counts();
    (now.loaded - before.loaded, now.carried - before.carried)
}

/// On each node it is seen that views are carried, and not made anew each time: else the test would show nothing.
async fn follow_random_changes(on: Stack, seed: u64, steps: u64) {
    let (database, _kept) = open_database(on, Walls::Both).await.unwrap();
    let world = World::on(database, SignInLimits::default()).await;
    let other = world.another_node();
    let (mut cast, mut dice) = (Cast::new(world).await, Dice(seed));
    check(&cast.world.kernel, &cast.world, "at first").await;
    check(&other, &cast.world, "at first").await;
    let (began, other_began) = (cast.world.kernel.view_counts(), other.view_counts());
    let (mut done, mut checks_of_other) = (0, 0);
    for step in 0..steps {
        let (what, result) = cast.step(&mut dice).await;
        let told = format!("seed {seed}, step {step}: {what}, {result:?}");
        done += u64::from(result.is_ok());
        check(&cast.world.kernel, &cast.world, &told).await;
        // The other node looks now and then, so that it has several changes to catch up with.
        if dice.below(3) == 0 {
            checks_of_other += 1;
            check(&other, &cast.world, &format!("on another node, {told}")).await;
        }
    }

    let (loaded, carried) = since(&cast.world.kernel, began);
    let (_, carried_there) = since(&other, other_began);
    let found = format!(
        "{done} steps done, {carried} carried, {loaded} loaded; {carried_there} of {checks_of_other} there"
    );
    println!("{found}");
    assert!(done * 2 > steps, "too little happens: {found}");
    assert!(carried > loaded / 4 && carried * 3 > steps, "too few views are carried: {found}");
    assert!(carried_there * 3 > checks_of_other, "the other node carries too few: {found}");
}

#[rstest]
#[case(1)]
#[case(7)]
#[case(2026)]
#[tokio::test]
async fn carried_views_answer_as_new_ones_on_sqlite(#[case] seed: u64) {
    follow_random_changes(Sqlite, seed, 250).await;
}

#[rstest]
#[case(3)]
#[tokio::test]
async fn carried_views_answer_as_new_ones_on_postgres(#[case] seed: u64) {
    follow_random_changes(Postgres, seed, 200).await;
}

/// Gives somebody one more assignment behind the use cases' back, and says this of it.
async fn give_unseen(world: &World, account: AccountId, changes: &[Change]) {
    let unit = world.unit().await;
    unit.epochs().raise(Epoch::Workspace, changes).await.unwrap();
    let grant = StoredGrant {
        id: GrantId::new(world.id()),
        holder: Holder::User(world.external.id),
        role: BuiltinRole::Assigned.id(),
        account,
        expires_at: None,
        version: RowVersion::FIRST,
    };
    unit.grants().insert(&grant).await.unwrap();
    unit.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_change_that_is_named_is_read_and_nothing_else(#[values(Sqlite, Postgres)] on: Stack) {
    let (database, _kept) = open_database(on, Walls::Both).await.unwrap();
    let world = World::on(database, SignInLimits::default()).await;
    let node = world.another_node();
    check(&node, &world, "at first").await;
    let before = node.view_counts();

    give_unseen(&world, world.workspace.organisation_account_id, &[world.external.id.into()]).await;

    check(&node, &world, "a change that is told").await;
    assert_eq!(since(&node, before), (0, 1));
}

#[rstest]
#[tokio::test]
async fn a_change_that_is_told_wrongly_is_found(#[values(Sqlite, Postgres)] on: Stack) {
    let (database, _kept) = open_database(on, Walls::Both).await.unwrap();
    let world = World::on(database, SignInLimits::default()).await;
    let node = world.another_node();
    check(&node, &world, "at first").await;

    give_unseen(&world, world.workspace.organisation_account_id, &[world.internal.id.into()]).await;

    let found = node.check_view(world.workspace.id).await.unwrap();
    assert!(found.as_ref().is_some_and(|found| found.starts_with("grants: kept [], missing")), "{found:?}");
}

#[rstest]
#[tokio::test]
async fn after_a_change_that_may_be_anything_everything_is_read(#[values(Sqlite, Postgres)] on: Stack) {
    let (database, _kept) = open_database(on, Walls::Both).await.unwrap();
    let world = World::on(database, SignInLimits::default()).await;
    let node = world.another_node();
    check(&node, &world, "at first").await;
    let before = node.view_counts();

    let anything = [world.internal.id.into(), "planet:7".parse().unwrap()];
    give_unseen(&world, world.workspace.organisation_account_id, &anything).await;

    check(&node, &world, "a change that is not understood").await;
    assert_eq!(since(&node, before), (1, 0));
}

#[rstest]
#[tokio::test]
async fn a_node_that_is_far_behind_reads_everything(#[values(Sqlite, Postgres)] on: Stack) {
    let (database, _kept) = open_database(on, Walls::Both).await.unwrap();
    let world = World::on(database, SignInLimits::default()).await;
    let node = world.another_node();
    check(&node, &world, "at first").await;
    let before = node.view_counts();

    let unit = world.unit().await;
    for _ in 0..65 {
        unit.epochs().raise(Epoch::Workspace, &[world.external.id.into()]).await.unwrap();
    }
    unit.commit().await.unwrap();

    check(&node, &world, "many changes").await;
    assert_eq!(since(&node, before), (1, 0));
}
