use guildhall_core::{Caller, Credential, PageRequest, Principal, ProductId};
use guildhall_identity::ServiceAccountKind;
use guildhall_kernel::{AddProjectMember, CreateServiceAccount, NamedPerson, Request, SetAvailability, code};
use guildhall_orchestration::ProjectRole;
use guildhall_products::{OfferKind, UpdateProduct};

use super::{add_item, drafted, is_not_found, lacking, project, published};
use crate::support::{World, parsed};

async fn offer(world: &World, id: ProductId, kind: OfferKind) {
    let to_all = SetAvailability::Offer { kind, workspaces: Vec::new() };
    world.kernel.replace_product_availability(&world.ask_in_system(), id, to_all).await.unwrap();
}

async fn listed(world: &World, request: &Request) -> Vec<ProductId> {
    let page = world.kernel.list_products(request, &PageRequest::default()).await.unwrap();
    page.items.iter().map(|shown| shown.product.id).collect()
}

#[tokio::test]
async fn a_product_that_was_never_published_is_seen_by_its_publishers_alone() {
    let world = World::new().await;
    let (id, _) = drafted(&world, &world.ask(&world.admin)).await;

    for user in [&world.internal, &world.external, &world.platform_admin] {
        assert!(is_not_found(&world.kernel.find_product(&world.ask(user), id).await));
        assert_eq!(listed(&world, &world.ask(user)).await, []);
    }

    assert_eq!(listed(&world, &world.ask(&world.admin)).await, [id]);
}

#[tokio::test]
async fn a_workspaces_product_exists_nowhere_else() {
    let world = World::new().await;
    let (id, _) = published(&world, &world.ask(&world.admin), &[]).await;

    let from_system = world.kernel.find_product(&world.ask_in_system(), id).await;
    let elsewhere = world.ask_in(Some(world.other.id), &world.platform_admin);

    assert!(is_not_found(&from_system));
    assert!(is_not_found(&world.kernel.find_product(&elsewhere, id).await));
    assert_eq!(listed(&world, &elsewhere).await, []);
}

#[tokio::test]
async fn a_system_product_is_seen_where_it_is_offered_once_it_is_published() {
    let world = World::new().await;
    let request = world.ask_in_system();
    let (id, draft) = drafted(&world, &request).await;
    offer(&world, id, OfferKind::All).await;
    let before = world.kernel.find_product(&world.ask(&world.admin), id).await;

    world.kernel.publish_product_version(&request, id, draft).await.unwrap();

    assert!(is_not_found(&before));
    assert_eq!(listed(&world, &world.ask(&world.internal)).await, [id]);

    offer(&world, id, OfferKind::None).await;

    assert!(is_not_found(&world.kernel.find_product(&world.ask(&world.admin), id).await));
}

#[tokio::test]
async fn a_system_product_is_changed_in_the_system_space_alone() {
    let world = World::new().await;
    let (id, version) = published(&world, &world.ask_in_system(), &[]).await;
    offer(&world, id, OfferKind::All).await;
    let request = world.ask(&world.admin);

    let renamed = world.kernel.update_product(&request, id, UpdateProduct::default()).await;
    let retired = world.kernel.retire_product_version(&request, id, version).await;
    let mapped = world.kernel.replace_product_mapping(&request, id, Vec::new()).await;

    assert_eq!(lacking(renamed), Some(code::PRODUCT_PUBLISH));
    assert_eq!(lacking(retired), Some(code::PRODUCT_PUBLISH));
    assert_eq!(lacking(mapped), Some(code::PRODUCT_PUBLISH));
}

#[tokio::test]
async fn an_external_member_sees_the_products_of_which_he_holds_a_code() {
    let world = World::new().await;
    let (id, version) = published(&world, &world.ask(&world.admin), &[]).await;
    published(&world, &world.ask(&world.admin), &[]).await;
    let external = world.ask(&world.external);
    let before = listed(&world, &external).await;

    let project = project(&world, None).await;
    add_item(&world, project, version).await;
    let contributor = AddProjectMember {
        named: NamedPerson::User(world.external.id),
        role: ProjectRole::Contributor,
        meta_roles: Vec::new(),
    };
    world.kernel.add_project_member(&world.ask(&world.admin), project, contributor).await.unwrap();

    let shown = world.kernel.find_product(&external, id).await.unwrap();
    assert_eq!(before, []);
    assert_eq!(listed(&world, &external).await, [id]);
    assert_eq!(shown.permissions, [code::PRODUCT_LAUNCH, code::PRODUCT_READ]);
    assert_eq!(lacking(world.kernel.find_product_mapping(&external, id).await), Some(code::PRODUCT_READ));
}

#[tokio::test]
async fn a_products_service_account_sees_its_own_product_alone() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (own, _) = published(&world, &request, &[]).await;
    let (other, _) = published(&world, &request, &[]).await;
    let command = CreateServiceAccount {
        name: parsed("Reviews"),
        kind: ServiceAccountKind::Product,
        product_id: Some(own),
    };
    let account = world.kernel.create_service_account(&request, command).await.unwrap().shown.account.id;
    let credential = Credential::ClientCredentials { product: Some(own) };
    let caller = Caller::trusted(Principal::ServiceAccount(account), credential, Some(world.workspace.id));
    let request = Request::embedded(caller, request.id);

    assert_eq!(listed(&world, &request).await, [own]);
    assert!(is_not_found(&world.kernel.find_product(&request, other).await));
}
