use super::World;
use crate::{
    MapRole, ProductsError, ProductsStore,
    testing::{self, parsed, role, workspace},
};

fn map(code: &str, meta_roles: &[&str]) -> MapRole {
    MapRole { code: parsed(code), meta_roles: testing::meta_roles(meta_roles) }
}

#[tokio::test]
async fn a_new_mapping_replaces_the_whole_one_before() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let roles = vec![role("REVIEWER", &[], &["PROJECT_OWNER"]), role("EDITOR", &[], &["PROJECT_OWNER"])];
    world.published(&product, roles).await;

    let mappings = world
        .products()
        .replace_mapping(&product, vec![map("REVIEWER", &["PROJECT_VIEWER"])], &world.rules.meta_roles)
        .await
        .unwrap();

    assert_eq!(mappings[0].meta_roles, testing::meta_roles(&["PROJECT_VIEWER"]));
    assert_eq!(world.store.product_mappings().list().await.unwrap(), mappings);
}

#[tokio::test]
async fn only_known_roles_are_mapped_and_only_once_and_only_to_what_there_is() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    world.published(&product, vec![role("REVIEWER", &[], &[])]).await;
    let products = world.products();
    let known = &world.rules.meta_roles;

    let unknown = products.replace_mapping(&product, vec![map("STRANGER", &[])], known).await;
    let twice =
        products.replace_mapping(&product, vec![map("REVIEWER", &[]), map("REVIEWER", &[])], known).await;
    let nobody = products.replace_mapping(&product, vec![map("REVIEWER", &["NOBODY"])], known).await;

    assert_eq!(unknown, Err(ProductsError::UnknownRole { codes: vec![parsed("STRANGER")] }));
    assert_eq!(twice, Err(ProductsError::DuplicateRole { codes: vec![parsed("REVIEWER")] }));
    assert_eq!(nobody, Err(ProductsError::UnknownMetaRole { codes: testing::meta_roles(&["NOBODY"]) }));
}

#[tokio::test]
async fn a_role_that_the_newest_version_drops_stays_mapped_and_holds_nothing() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    world.published(&product, vec![role("REVIEWER", &["READ"], &[])]).await;
    world.clock.advance(chrono::TimeDelta::seconds(1));
    world.published(&product, vec![role("EDITOR", &["EDIT"], &["PROJECT_OWNER"])]).await;
    let mapping = vec![map("REVIEWER", &["PROJECT_VIEWER"])];
    world.products().replace_mapping(&product, mapping, &world.rules.meta_roles).await.unwrap();

    let effective = world.products().effective_roles().await.unwrap();

    let reviewer = effective.iter().find(|role| role.role.code == parsed("REVIEWER")).unwrap();
    let editor = effective.iter().find(|role| role.role.code == parsed("EDITOR")).unwrap();
    assert_eq!(reviewer.permissions, []);
    assert_eq!(reviewer.meta_roles, testing::meta_roles(&["PROJECT_VIEWER"]));
    assert_eq!((editor.permissions.clone(), editor.meta_roles.len()), (testing::codes(&["EDIT"]), 0));
}

#[tokio::test]
async fn every_product_is_judged_by_its_own_newest_version() {
    let world = World::of(workspace(1));
    let (one, other) = (world.product().await, world.product().await);
    world.published(&one, vec![role("REVIEWER", &["A"], &[])]).await;
    world.published(&other, vec![role("REVIEWER", &["B"], &[])]).await;

    let effective = world.products().effective_roles().await.unwrap();

    let held: Vec<_> = effective.into_iter().map(|role| (role.role.product_id, role.permissions)).collect();
    assert_eq!(held, [(one.id, testing::codes(&["A"])), (other.id, testing::codes(&["B"]))]);
}
