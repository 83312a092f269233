use chrono::TimeDelta;
use guildhall_core::{Access, Scope, StoreError};
use guildhall_products::{
    AppRole, Entry, EntryKind, Product, ProductVersion, VersionState,
    testing::{self, at, meta_roles, parsed, workspace},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Map, Value, json};

use super::{SYSTEM, World};

fn full_product() -> Product {
    Product {
        description: Some(parsed("First line\nsecond line, in “quotes”")),
        category: Some(parsed("Prüfung")),
        owner: Some(parsed("Studio")),
        ..testing::product(1, workspace(1))
    }
}

fn full_version() -> ProductVersion {
    ProductVersion {
        slug: parsed("review-board"),
        entry: Entry::new(EntryKind::Native, parsed("https://board.example.test/main.js?v=1")),
        required_context: vec![parsed("PROJECT"), parsed("CLIENT"), parsed("Region")],
        roles: vec![AppRole {
            name: parsed("Reviewer"),
            meta_roles: meta_roles(&["PROJECT_VIEWER", "PROJECT_OWNER"]),
            ..testing::app_role(1, "REVIEWER", &["READ", "ADD_REVIEW"])
        }],
        uses_open_authorization: false,
        config_schema: Some(json!({ "type": "object", "properties": { "columns": { "minimum": 1.5 } } })),
        config: object(
            &json!({ "columns": 2.25, "big": 9_007_199_254_740_993_u64, "ü": [null, true, { "deep": "“x”" }] }),
        ),
        state: VersionState::Retired,
        published_at: Some(at(5) + TimeDelta::microseconds(123_456)),
        ..testing::version(1)
    }
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[rstest]
#[tokio::test]
async fn every_field_reads_back_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let (product, version) = (full_product(), full_version());

    world.put(&product, &version).await;

    let found = world.read(workspace(1), async |unit| unit.products().find(product.id).await).await;
    assert_eq!(found, Ok(Some(product)));
    let found = world.read(workspace(1), async |unit| unit.product_versions().find(version.id).await).await;
    assert_eq!(found, Ok(Some(version)));
}

#[rstest]
#[tokio::test]
async fn what_is_absent_reads_back_as_absent(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let (product, version) = (testing::product(1, workspace(1)), testing::version(1));

    world.put(&product, &version).await;

    let found = world.read(workspace(1), async |unit| unit.products().find(product.id).await).await;
    assert_eq!(found, Ok(Some(product)));
    let found = world.read(workspace(1), async |unit| unit.product_versions().find(version.id).await).await;
    assert_eq!(found, Ok(Some(version)));
}

#[rstest]
#[tokio::test]
async fn each_kind_of_entry_reads_back_as_itself(#[values(Sqlite, Postgres)] on: Stack) {
    for kind in [EntryKind::Native, EntryKind::Embedded, EntryKind::Link] {
        let world = World::new(on).await;
        let entry = Entry::new(kind, parsed("https://board.example.test/"));
        let version = ProductVersion { entry, ..testing::version(1) };

        world.put(&testing::product(1, workspace(1)), &version).await;

        let found =
            world.read(workspace(1), async |unit| unit.product_versions().find(version.id).await).await;
        assert_eq!(found, Ok(Some(version)));
    }
}

#[rstest]
#[tokio::test]
async fn a_change_counts_and_a_stale_one_changes_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, product, version) = World::with_product(on, workspace(1)).await;
    let renamed = Product { name: parsed("Renamed"), ..product };
    let retired = version.retire().unwrap();

    world
        .write(workspace(1), async |unit| {
            assert_eq!(unit.products().update(&renamed).await, Ok(()));
            assert_eq!(unit.products().update(&full_product()).await, Err(StoreError::Stale));
            assert_eq!(unit.product_versions().update(&retired).await, Ok(()));
            assert_eq!(unit.product_versions().update(&full_version()).await, Err(StoreError::Stale));
        })
        .await;

    world
        .read(workspace(1), async |unit| {
            let next = Product { version: renamed.version.next(), ..renamed.clone() };
            assert_eq!(unit.products().find(renamed.id).await, Ok(Some(next)));
            let next = ProductVersion { version: retired.version.next(), ..retired.clone() };
            assert_eq!(unit.product_versions().find(retired.id).await, Ok(Some(next)));
        })
        .await;
}

#[rstest]
#[tokio::test]
async fn products_are_listed_by_name_and_id(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let named = |n, name| Product { name: parsed(name), ..testing::product(n, workspace(1)) };
    let products = [named(1, "b"), named(3, "a"), named(2, "a"), named(4, "B"), named(5, "ä")];

    world
        .write(workspace(1), async |unit| {
            for product in &products {
                unit.products().insert(product).await.unwrap();
            }
        })
        .await;

    let [small_b, third, second, large_b, umlaut] = products;
    let listed = world.read(workspace(1), async |unit| unit.products().list().await).await;
    assert_eq!(listed, Ok(vec![large_b, second, third, small_b, umlaut]));
}

#[rstest]
#[tokio::test]
async fn versions_are_listed_by_product_and_by_having_been_published(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, _, first) = World::with_product(on, workspace(1)).await;
    let other_product = testing::product(2, workspace(1));
    let other = ProductVersion { product_id: other_product.id, ..testing::published(9) };
    world.put(&other_product, &other).await;
    let (draft, second) = (testing::version(3), testing::published(2).retire().unwrap());

    world
        .write(workspace(1), async |unit| {
            unit.product_versions().insert(&draft).await.unwrap();
            unit.product_versions().insert(&second).await.unwrap();
        })
        .await;

    world
        .read(workspace(1), async |unit| {
            let of_product = unit.product_versions().list_by_product(first.product_id).await;
            assert_eq!(of_product, Ok(vec![first.clone(), second.clone(), draft]));
            let published = unit.product_versions().list_published().await;
            assert_eq!(published, Ok(vec![first, second, other]));
        })
        .await;
}

#[rstest]
#[tokio::test]
async fn a_version_needs_its_product(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;

    let refused =
        world.attempt(SYSTEM, async |unit| unit.product_versions().insert(&testing::version(1)).await).await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_row_that_does_not_parse_is_corrupt(#[values(Sqlite, Postgres)] on: Stack) {
    for damage in
        ["roles = '{}'", "required_context = '[1]'", "config = '[]'", "state = 'GONE'", "slug = 'A'"]
    {
        let (world, _, version) = World::with_product(on, workspace(1)).await;
        let sql = format!("update product_version set {damage}");
        world.store.execute(&sql).await;

        let found =
            world.read(workspace(1), async |unit| unit.product_versions().find(version.id).await).await;

        assert!(matches!(found, Err(StoreError::Corrupt(_))), "{damage}: {found:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_unit_of_work_without_a_workspace_reads_no_catalogue(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, product, _) = World::with_product(on, SYSTEM).await;
    let unit = world.store.begin(Scope::Platform, Access::Read).await;

    let refused = unit.products().find(product.id).await;

    assert!(matches!(refused, Err(StoreError::Backend(_))), "{refused:?}");
}
