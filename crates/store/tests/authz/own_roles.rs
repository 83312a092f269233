use guildhall_authz::{OwnRole, Permission, testing};
use guildhall_core::{IdGenerator as _, ProductId, StoreError};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{assert_conflict, parsed},
    tenancy::world::World,
};

/// A role that holds a code of the platform and one of a product.
fn role(world: &World, code: &str) -> OwnRole {
    let product = ProductId::new(world.ids.uuid());
    let permissions =
        [Permission::platform(parsed("AUDIT_READ")), Permission::product(product, parsed("ADD_REVIEW"))];
    OwnRole { code: parsed(code), permissions: permissions.into(), ..testing::own_role(&world.ids) }
}

async fn with_roles(on: Stack) -> (World, [OwnRole; 2]) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let roles = [role(&world, "FIRST"), role(&world, "SECOND")];
    for role in &roles {
        unit.own_roles().insert(role).await.unwrap();
    }
    unit.commit().await.unwrap();
    (world, roles)
}

#[rstest]
#[tokio::test]
async fn roles_are_read_as_they_were_written(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, roles) = with_roles(on).await;
    let unit = world.open().await;

    assert_eq!(unit.own_roles().list().await.unwrap(), roles);
    assert_eq!(unit.own_roles().find(roles[0].id).await, Ok(Some(roles[0].clone())));
    assert_eq!(unit.own_roles().find_by_code(&roles[1].code).await, Ok(Some(roles[1].clone())));
    assert_eq!(unit.own_roles().find_by_code(&parsed("THIRD")).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn a_code_is_taken_once(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, _) = with_roles(on).await;

    assert_conflict(&world.open().await.own_roles().insert(&role(&world, "FIRST")).await);
}

#[rstest]
#[tokio::test]
async fn a_change_names_the_version_that_it_read(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, [first, second]) = with_roles(on).await;
    let unit = world.open().await;
    let changed = OwnRole { permissions: [].into(), ..first.clone() };

    unit.own_roles().update(&changed).await.unwrap();
    let stale = unit.own_roles().update(&changed).await;
    let gone = unit.own_roles().delete(&changed).await;
    unit.own_roles().delete(&second).await.unwrap();

    assert_eq!((stale, gone), (Err(StoreError::Stale), Err(StoreError::Stale)));
    let after = OwnRole { version: changed.version.next(), ..changed };
    assert_eq!(unit.own_roles().list().await, Ok(vec![after]));
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_and_changes_no_role(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, roles) = with_roles(on).await;
    let there = world.open_other().await;

    assert_eq!(there.own_roles().list().await, Ok(vec![]));
    assert_eq!(there.own_roles().find(roles[0].id).await, Ok(None));
    assert_eq!(there.own_roles().find_by_code(&roles[0].code).await, Ok(None));
    assert_eq!(there.own_roles().update(&roles[0]).await, Err(StoreError::Stale));
    assert_eq!(there.own_roles().delete(&roles[0]).await, Err(StoreError::Stale));
    there.own_roles().insert(&role(&world, "FIRST")).await.unwrap();
    there.commit().await.unwrap();

    assert_eq!(world.open().await.own_roles().list().await.unwrap(), roles);
}
