use guildhall_core::{Fault, StoreError};
use rstest::rstest;
use serde_json::{Map, Value, json};

use super::World;
use crate::{
    EntryKind, ProductsError, ProductsStore, RoleDefinition, UpdateVersion, VersionState,
    testing::{self, parsed, role, workspace},
};

fn object(value: Value) -> Map<String, Value> {
    serde_json::from_value(value).unwrap()
}

async fn refused(roles: Vec<RoleDefinition>) -> ProductsError {
    let world = World::of(workspace(1));
    let product = world.product().await;

    let refused =
        world.products().create_version(&product, testing::create_version(roles), world.rules.rules()).await;

    assert_eq!(world.store.product_roles().list().await.unwrap(), [], "nothing was written");
    refused.unwrap_err()
}

#[tokio::test]
async fn a_version_begins_as_a_draft() {
    let world = World::of(workspace(1));
    let product = world.product().await;

    let draft = world.draft(&product, vec![role("REVIEWER", &["ADD_REVIEW", "ADD_REVIEW"], &[])]).await;

    assert_eq!((draft.state, draft.published_at, draft.home), (VersionState::Draft, None, product.home));
    assert_eq!(draft.roles[0].permissions, testing::codes(&["ADD_REVIEW"]));
    assert_eq!(world.store.product_versions().find(draft.id).await.unwrap(), Some(draft));
}

#[tokio::test]
async fn a_role_keeps_its_id_from_version_to_version() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let first = world.draft(&product, vec![role("REVIEWER", &[], &[])]).await;

    let second = world.draft(&product, vec![role("EDITOR", &[], &[]), role("REVIEWER", &[], &[])]).await;

    assert_eq!(second.roles[1].role_id, first.roles[0].role_id);
    assert_ne!(second.roles[0].role_id, first.roles[0].role_id);
}

#[tokio::test]
async fn two_products_that_spell_a_role_alike_have_two_roles() {
    let world = World::of(workspace(1));
    let (one, other) = (world.product().await, world.product().await);

    let ones = world.draft(&one, vec![role("REVIEWER", &[], &[])]).await;
    let others = world.draft(&other, vec![role("REVIEWER", &[], &[])]).await;

    assert_ne!(ones.roles[0].role_id, others.roles[0].role_id);
}

#[tokio::test]
async fn a_role_is_declared_once_in_a_version() {
    let error = refused(vec![role("REVIEWER", &[], &[]), role("REVIEWER", &["A"], &[])]).await;

    assert_eq!(error, ProductsError::DuplicateRole { codes: vec![parsed("REVIEWER")] });
}

#[tokio::test]
async fn a_product_does_not_spell_the_platforms_codes() {
    let error = refused(vec![role("REVIEWER", &["ADD_REVIEW", "PROJECT_READ"], &[])]).await;

    assert_eq!(error, ProductsError::ReservedCode { codes: testing::codes(&["PROJECT_READ"]) });
}

#[tokio::test]
async fn a_role_is_mapped_to_meta_roles_that_there_are() {
    let error = refused(vec![role("REVIEWER", &[], &["PROJECT_OWNER", "NOBODY"])]).await;

    assert_eq!(error, ProductsError::UnknownMetaRole { codes: testing::meta_roles(&["NOBODY"]) });
}

#[tokio::test]
async fn faults_of_url_and_configuration_are_told_together() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let mut command = testing::create_version(Vec::new());
    command.entry_url = parsed("https://wpp.guildhall.test/");
    command.config_schema = Some(json!({"required": ["rows"]}));

    let refused = world.products().create_version(&product, command, world.rules.rules()).await;

    let Err(ProductsError::Invalid { faults }) = refused else { panic!("{refused:?}") };
    let pointers: Vec<&str> = faults.iter().map(|Fault { pointer, .. }| pointer.as_str()).collect();
    assert_eq!(pointers, ["/entry_url", "/config"]);
}

#[tokio::test]
async fn a_draft_changes_in_everything() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let draft = world.draft(&product, vec![role("REVIEWER", &[], &[])]).await;
    let patch = UpdateVersion {
        kind: Some(EntryKind::Link),
        slug: Some(parsed("desk")),
        required_context: Some(vec![parsed("BRAND"), parsed("BRAND")]),
        roles: Some(vec![role("EDITOR", &["EDIT"], &[])]),
        ..UpdateVersion::default()
    };

    let changed =
        world.products().update_version(&product, &draft, patch, world.rules.rules()).await.unwrap();

    assert_eq!((changed.entry.kind(), changed.entry.url()), (EntryKind::Link, draft.entry.url()));
    assert_eq!(changed.required_context, [parsed("BRAND")]);
    assert_eq!(changed.roles[0].code, parsed("EDITOR"));
    assert_eq!(world.store.product_versions().find(draft.id).await.unwrap(), Some(changed));
}

#[tokio::test]
async fn a_published_version_changes_its_name_and_configuration() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let published = world.published(&product, Vec::new()).await;
    let patch = UpdateVersion {
        name: Some(parsed("Spring")),
        config: Some(Some(object(json!({"rows": 3, "gone": null})))),
        ..UpdateVersion::default()
    };

    let changed =
        world.products().update_version(&product, &published, patch, world.rules.rules()).await.unwrap();

    assert_eq!((changed.name.as_str(), changed.config.clone()), ("Spring", object(json!({"rows": 3}))));
    assert_eq!(world.store.product_versions().find(published.id).await.unwrap(), Some(changed));
}

#[rstest]
#[case(UpdateVersion { kind: Some(EntryKind::Native), ..UpdateVersion::default() }, "kind")]
#[case(UpdateVersion { entry_url: Some(parsed("https://b.test")), ..UpdateVersion::default() }, "entry_url")]
#[case(UpdateVersion { slug: Some(parsed("desk")), ..UpdateVersion::default() }, "slug")]
#[case(UpdateVersion { required_context: Some(vec![parsed("BRAND")]), ..UpdateVersion::default() }, "required_context")]
#[case(UpdateVersion { roles: Some(Vec::new()), ..UpdateVersion::default() }, "roles")]
#[case(UpdateVersion { uses_open_authorization: Some(false), ..UpdateVersion::default() }, "uses_open_authorization")]
#[case(UpdateVersion { config_schema: Some(Some(json!({"type": "object"}))), ..UpdateVersion::default() }, "config_schema")]
#[tokio::test]
async fn a_published_version_keeps_all_else(#[case] patch: UpdateVersion, #[case] field: &'static str) {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let published = world.published(&product, vec![role("REVIEWER", &[], &[])]).await;

    let refused = world.products().update_version(&product, &published, patch, world.rules.rules()).await;

    assert_eq!(refused, Err(ProductsError::Immutable { fields: vec![field] }));
}

#[tokio::test]
async fn saying_again_what_is_published_is_no_change() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let published = world.published(&product, vec![role("REVIEWER", &["A"], &[])]).await;
    let patch = UpdateVersion {
        slug: Some(published.slug.clone()),
        roles: Some(vec![role("REVIEWER", &["A", "A"], &[])]),
        config_schema: Some(None),
        ..UpdateVersion::default()
    };

    let changed = world.products().update_version(&product, &published, patch, world.rules.rules()).await;

    assert_eq!(changed.map(|version| version.roles), Ok(published.roles));
}

#[tokio::test]
async fn a_changed_configuration_still_keeps_to_the_published_schema() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let mut command = testing::create_version(Vec::new());
    command.config_schema = Some(json!({"properties": {"rows": {"type": "integer"}}}));
    let products = world.products();
    let draft = products.create_version(&product, command, world.rules.rules()).await.unwrap();
    let published = products.publish(&product, &draft, world.rules.rules()).await.unwrap();
    let patch =
        UpdateVersion { config: Some(Some(object(json!({"rows": "many"})))), ..UpdateVersion::default() };

    let refused = products.update_version(&product, &published, patch, world.rules.rules()).await;

    assert!(matches!(refused, Err(ProductsError::Invalid { .. })), "{refused:?}");
}

#[tokio::test]
async fn publishing_sets_the_products_mapping() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let roles = vec![role("REVIEWER", &[], &["PROJECT_CONTRIBUTOR"]), role("GUEST", &[], &[])];

    let published = world.published(&product, roles).await;

    let mappings = world.store.product_mappings().list_by_product(product.id).await.unwrap();
    assert_eq!(mappings.len(), 1);
    assert_eq!(mappings[0].role_id, published.roles[0].role_id);
    assert_eq!(mappings[0].meta_roles, testing::meta_roles(&["PROJECT_CONTRIBUTOR"]));
}

#[tokio::test]
async fn a_draft_that_the_platform_no_longer_accepts_is_not_published() {
    let mut world = World::of(workspace(1));
    let product = world.product().await;
    let draft = world.draft(&product, vec![role("REVIEWER", &[], &["PROJECT_OWNER"])]).await;
    world.rules.meta_roles.clear();

    let refused = world.products().publish(&product, &draft, world.rules.rules()).await;

    assert!(matches!(refused, Err(ProductsError::UnknownMetaRole { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_version_is_published_once_and_retired_once() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let published = world.published(&product, Vec::new()).await;

    let again = world.products().publish(&product, &published, world.rules.rules()).await;
    let retired = world.products().retire(&product, &published).await.unwrap();

    assert!(matches!(again, Err(ProductsError::WrongState { .. })), "{again:?}");
    assert_eq!(retired.state, VersionState::Retired);
    assert!(world.products().retire(&product, &retired).await.is_err());
}

#[tokio::test]
async fn a_version_that_has_moved_on_is_stale() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let draft = world.draft(&product, Vec::new()).await;
    world.products().publish(&product, &draft, world.rules.rules()).await.unwrap();

    let refused = world
        .products()
        .update_version(&product, &draft, UpdateVersion::default(), world.rules.rules())
        .await;

    assert_eq!(refused, Err(ProductsError::Store(StoreError::Stale)));
}

#[tokio::test]
async fn a_version_is_changed_through_its_own_product() {
    let world = World::of(workspace(1));
    let (one, other) = (world.product().await, world.product().await);
    let draft = world.draft(&one, Vec::new()).await;

    let refused = world.products().publish(&other, &draft, world.rules.rules()).await;

    assert_eq!(refused, Err(ProductsError::OtherProduct));
}
