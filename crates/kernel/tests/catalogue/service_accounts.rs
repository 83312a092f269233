use guildhall_core::{PageRequest, ProductId};
use guildhall_identity::{IdentityError, ServiceAccountKind};
use guildhall_kernel::{CreateServiceAccount, KernelError, Request, SetAvailability, Unauthenticated, code};
use guildhall_products::OfferKind;

use super::{drafted, is_not_found, lacking, published};
use crate::support::{World, parsed};

fn account(kind: ServiceAccountKind, product_id: Option<ProductId>) -> CreateServiceAccount {
    CreateServiceAccount { name: parsed("Back end"), kind, product_id }
}

#[tokio::test]
async fn a_products_account_signs_in_with_its_last_secret_until_it_is_deleted() {
    let world = World::new().await;
    world.kernel.prepare().await.unwrap();
    let request = world.ask(&world.admin);
    let (product, _) = drafted(&world, &request).await;
    let command = account(ServiceAccountKind::Product, Some(product));
    let made = world.kernel.create_service_account(&request, command).await.unwrap();
    let id = made.shown.account.id;
    let rotated = world.kernel.rotate_service_account(&request, id).await.unwrap();

    let old = world.kernel.client_token(id, &made.secret).await;
    let new = world.kernel.client_token(id, &rotated.secret).await;
    world.kernel.delete_service_account(&request, id).await.unwrap();
    let gone = world.kernel.client_token(id, &rotated.secret).await;

    let is_wrong = |answer: &Result<_, KernelError>| {
        matches!(answer, Err(KernelError::Unauthenticated(Unauthenticated::WrongCredentials)))
    };
    assert!(new.is_ok());
    assert!(is_wrong(&old) && is_wrong(&gone));
    assert!(is_not_found(&world.kernel.rotate_service_account(&request, id).await));
}

#[tokio::test]
async fn a_products_account_is_made_where_the_product_lives() {
    let world = World::new().await;
    let (shared, _) = published(&world, &world.ask_in_system(), &[]).await;
    let offer = SetAvailability::Offer { kind: OfferKind::All, workspaces: Vec::new() };
    world.kernel.replace_product_availability(&world.ask_in_system(), shared, offer).await.unwrap();
    let command = || account(ServiceAccountKind::Product, Some(shared));
    let before = world.next_seq().await;

    let here = world.kernel.create_service_account(&world.ask(&world.admin), command()).await;
    let there = world.kernel.create_service_account(&world.ask_in_system(), command()).await.unwrap();

    assert_eq!(lacking(here), Some(code::PRODUCT_PUBLISH));
    assert!(there.shown.account.home.is_system());
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn each_kind_is_managed_by_who_holds_its_code() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let automation = account(ServiceAccountKind::Automation, None);
    let made = world.kernel.create_service_account(&request, automation.clone()).await.unwrap();
    let before = world.next_seq().await;

    let internal = world.ask(&world.internal);
    let created = world.kernel.create_service_account(&internal, automation).await;
    let listed = world.kernel.list_service_accounts(&internal, &PageRequest::default()).await;
    let deleted = world.kernel.delete_service_account(&internal, made.shown.account.id).await;

    assert_eq!(made.shown.permissions, [code::SERVICE_ACCOUNT_MANAGE]);
    assert_eq!(lacking(created), Some(code::SERVICE_ACCOUNT_MANAGE));
    assert_eq!(lacking(listed), Some(code::SERVICE_ACCOUNT_MANAGE));
    assert!(is_not_found(&deleted));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn kind_and_product_go_together() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (product, _) = drafted(&world, &request).await;

    for command in
        [account(ServiceAccountKind::Product, None), account(ServiceAccountKind::Automation, Some(product))]
    {
        let refused = world.kernel.create_service_account(&request, command).await;

        assert!(matches!(refused, Err(KernelError::Identity(IdentityError::ProductMismatch))), "{refused:?}");
    }

    let unknown = account(ServiceAccountKind::Product, Some(ProductId::new(world.workspace.id.uuid())));
    assert!(is_not_found(&world.kernel.create_service_account(&request, unknown).await));
}

#[tokio::test]
async fn an_answer_with_a_secret_is_given_once() {
    let world = World::new().await;
    let keyed = Request { idempotency_key: Some(parsed("key")), ..world.ask(&world.admin) };

    let command = account(ServiceAccountKind::Automation, None);
    let refused = world.kernel.create_service_account(&keyed, command).await;

    assert!(matches!(refused, Err(KernelError::Refused { .. })), "{refused:?}");
}
