use guildhall_core::{PageRequest, ProductId, RowVersion};
use guildhall_kernel::{KernelError, Request, code};
use guildhall_products::{CreateVersion, ProductsError, UpdateVersion, VersionState};

use super::{drafted, is_not_found, lacking, product, published, version};
use crate::support::{World, parsed};

#[tokio::test]
async fn a_draft_is_seen_by_its_publishers_alone() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, first) = published(&world, &request, &[]).await;
    let draft = world.kernel.create_product_version(&request, id, version(&[])).await.unwrap().into_inner();

    let internal = world.ask(&world.internal);
    let found = world.kernel.find_product_version(&internal, id, draft.version.id).await;
    let listed = world.kernel.list_product_versions(&internal, id, &PageRequest::default()).await.unwrap();
    let own = world.kernel.list_product_versions(&request, id, &PageRequest::default()).await.unwrap();

    assert!(is_not_found(&found));
    assert_eq!(listed.items.iter().map(|shown| shown.version.id).collect::<Vec<_>>(), [first]);
    assert_eq!(own.items.len(), 2);
}

#[tokio::test]
async fn publishing_makes_a_product_usable_and_maps_its_roles() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, draft) = drafted(&world, &request).await;
    let before = world.next_seq().await;

    let shown = world.kernel.publish_product_version(&request, id, draft).await.unwrap().into_inner();

    let mapping = world.kernel.find_product_mapping(&request, id).await.unwrap();
    let product = world.kernel.find_product(&world.ask(&world.internal), id).await.unwrap();
    assert_eq!(shown.version.state, VersionState::Published);
    assert_eq!(mapping.roles[0].meta_roles, [parsed("PROJECT_CONTRIBUTOR")]);
    assert!(product.available);
    assert_eq!(product.newest.map(|version| version.id), Some(draft));
    assert_eq!(world.next_seq().await, before + 1);
}

#[tokio::test]
async fn a_product_whose_versions_are_retired_stays_available_to_its_items() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, only) = published(&world, &request, &[]).await;

    world.kernel.retire_product_version(&request, id, only).await.unwrap();

    let product = world.kernel.find_product(&world.ask(&world.internal), id).await.unwrap();
    assert!(product.available);
    assert_eq!(product.newest, None);
}

#[tokio::test]
async fn a_version_is_published_and_changed_by_publishers_alone() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, first) = published(&world, &request, &[]).await;
    let before = world.next_seq().await;

    let internal = world.ask(&world.internal);
    let created = world.kernel.create_product_version(&internal, id, version(&[])).await;
    let changed = world.kernel.update_product_version(&internal, id, first, UpdateVersion::default()).await;
    let retired = world.kernel.retire_product_version(&internal, id, first).await;

    assert_eq!(lacking(created), Some(code::PRODUCT_PUBLISH));
    assert_eq!(lacking(changed), Some(code::PRODUCT_PUBLISH));
    assert_eq!(lacking(retired), Some(code::PRODUCT_PUBLISH));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn what_a_version_must_keep_to_is_checked_before_anything_is_written() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let id = world.kernel.create_product(&request, product("Reviews")).await.unwrap().get().product.id;
    let before = world.next_seq().await;
    let mut reserved = version(&[]);
    reserved.roles[0].permissions = vec![code::PROJECT_READ];
    let mut unmapped = version(&[]);
    unmapped.roles[0].meta_roles = vec![parsed("PROJECT_GUEST")];
    let own = CreateVersion { entry_url: parsed("http://first.localhost/app"), ..version(&[]) };

    for wrong in [reserved, unmapped, own] {
        let refused = world.kernel.create_product_version(&request, id, wrong).await;

        assert!(
            matches!(
                refused,
                Err(KernelError::Products(
                    ProductsError::ReservedCode { .. }
                        | ProductsError::UnknownMetaRole { .. }
                        | ProductsError::Invalid { .. }
                ))
            ),
            "{refused:?}"
        );
    }

    assert_eq!(world.next_seq().await, before);
    assert_eq!(world.unit().await.product_roles().list_by_product(id).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_published_version_keeps_all_but_name_and_configuration() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, first) = published(&world, &request, &[]).await;
    let slug = UpdateVersion { slug: Some(parsed("other")), ..UpdateVersion::default() };
    let name = UpdateVersion { name: Some(parsed("1.0.1")), ..UpdateVersion::default() };

    let refused = world.kernel.update_product_version(&request, id, first, slug).await;
    let renamed = world.kernel.update_product_version(&request, id, first, name).await.unwrap();
    let again = world.kernel.publish_product_version(&request, id, first).await;

    assert!(matches!(refused, Err(KernelError::Products(ProductsError::Immutable { .. }))), "{refused:?}");
    assert_eq!(renamed.get().version.name.as_str(), "1.0.1");
    assert!(matches!(again, Err(KernelError::Products(ProductsError::WrongState { .. }))), "{again:?}");
}

#[tokio::test]
async fn a_version_is_found_under_its_own_product_alone() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (_, first) = published(&world, &request, &[]).await;
    let (other, _) = published(&world, &request, &[]).await;
    let unknown = ProductId::new(first.uuid());

    assert!(is_not_found(&world.kernel.find_product_version(&request, other, first).await));
    assert!(is_not_found(&world.kernel.find_product_version(&request, unknown, first).await));
}

#[tokio::test]
async fn a_stale_version_is_not_published() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, draft) = drafted(&world, &request).await;
    world.kernel.update_product_version(&request, id, draft, UpdateVersion::default()).await.unwrap();
    let stale = Request { if_match: Some(RowVersion::FIRST), ..world.ask(&world.admin) };

    let refused = world.kernel.publish_product_version(&stale, id, draft).await;

    assert!(matches!(refused, Err(KernelError::Stale)), "{refused:?}");
}
