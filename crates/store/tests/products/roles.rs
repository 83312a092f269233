use guildhall_core::StoreError;
use guildhall_products::{
    Mapping, ProductRole,
    testing::{self, id, workspace},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::World;

async fn with_roles(on: Stack, codes: &[&str]) -> (World, Vec<ProductRole>) {
    let (world, ..) = World::with_product(on, workspace(1)).await;
    let roles: Vec<_> = (1..).zip(codes).map(|(n, code)| testing::product_role(n, code)).collect();
    world
        .write(workspace(1), async |unit| {
            for role in &roles {
                unit.product_roles().insert(role).await.unwrap();
            }
        })
        .await;
    (world, roles)
}

#[rstest]
#[tokio::test]
async fn roles_are_listed_by_code(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, roles) = with_roles(on, &["REVIEWER", "EDITOR", "EDITOR_9", "EDITOR.A"]).await;

    let listed =
        world.read(workspace(1), async |unit| unit.product_roles().list_by_product(id(1)).await).await;

    let by_code = [1, 3, 2, 0].map(|place| roles[place].clone());
    assert_eq!(listed, Ok(by_code.to_vec()));
    assert_eq!(world.read(workspace(1), async |unit| unit.product_roles().list().await).await, listed);
}

#[rstest]
#[tokio::test]
async fn a_product_has_one_role_of_each_code(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, roles) = with_roles(on, &["REVIEWER"]).await;
    let (other, version) = (testing::product(2, workspace(1)), testing::version(2));
    world.put(&other, &guildhall_products::ProductVersion { product_id: other.id, ..version }).await;
    let again = ProductRole { id: id(0x209), ..roles[0].clone() };
    let of_another = ProductRole { product_id: other.id, ..again.clone() };

    let allowed =
        world.write(workspace(1), async |unit| unit.product_roles().insert(&of_another).await).await;
    let refused = world.attempt(workspace(1), async |unit| unit.product_roles().insert(&again).await).await;

    assert_eq!(allowed, Ok(()));
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_mapping_is_replaced_whole(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, _) = with_roles(on, &["REVIEWER", "EDITOR"]).await;
    let before = [testing::mapping(1, "REVIEWER", &["PROJECT_VIEWER", "PROJECT_CONTRIBUTOR"])];
    let after = [
        testing::mapping(2, "EDITOR", &["PROJECT_OWNER"]),
        testing::mapping(1, "REVIEWER", &["PROJECT_OWNER", "PROJECT_CONTRIBUTOR"]),
    ];

    for mappings in [&before[..], &after, &[]] {
        let listed = world
            .write(workspace(1), async |unit| {
                unit.product_mappings().replace(id(1), mappings).await.unwrap();
                (unit.product_mappings().list_by_product(id(1)).await, unit.product_mappings().list().await)
            })
            .await;

        assert_eq!(listed, (Ok(mappings.to_vec()), Ok(mappings.to_vec())));
    }
}

#[rstest]
#[tokio::test]
async fn a_mapping_is_of_a_role_that_the_product_knows(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, _) = with_roles(on, &["REVIEWER"]).await;
    let unknown: Mapping = testing::mapping(9, "EDITOR", &["PROJECT_OWNER"]);

    let refused = world
        .attempt(workspace(1), async |unit| unit.product_mappings().replace(id(1), &[unknown]).await)
        .await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}
