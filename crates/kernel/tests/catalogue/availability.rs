use guildhall_core::WorkspaceId;
use guildhall_kernel::{KernelError, SetAvailability, code};
use guildhall_products::{Offer, OfferKind, ProductsError};

use super::{is_not_found, lacking, published};
use crate::support::World;

fn refusal<T>(refused: &Result<T, KernelError>) -> Option<&'static str> {
    match refused {
        Err(KernelError::Refused { code, .. }) => Some(code),
        Ok(_) | Err(_) => None,
    }
}

#[tokio::test]
async fn a_workspace_switches_a_product_off_and_on_for_itself() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, _) = published(&world, &request, &[]).await;
    let before = world.next_seq().await;

    let off = SetAvailability::Switch { available: false };
    let off = world.kernel.replace_product_availability(&request, id, off).await.unwrap();
    let unseen = world.kernel.find_product(&world.ask(&world.internal), id).await;
    let on = SetAvailability::Switch { available: true };
    let on = world.kernel.replace_product_availability(&request, id, on).await.unwrap();

    assert!(!off.get().available);
    assert_eq!(off.get().offer, None);
    assert!(is_not_found(&unseen));
    assert!(on.get().available);
    assert!(world.kernel.find_product(&world.ask(&world.internal), id).await.is_ok());
    assert_eq!(world.next_seq().await, before + 2);
}

#[tokio::test]
async fn nobody_else_switches_and_nothing_is_written() {
    let world = World::new().await;
    let (id, _) = published(&world, &world.ask(&world.admin), &[]).await;
    let before = world.next_seq().await;

    for user in [&world.internal, &world.platform_admin] {
        let off = SetAvailability::Switch { available: false };
        let refused = world.kernel.replace_product_availability(&world.ask(user), id, off).await;

        assert_eq!(lacking(refused), Some(code::PRODUCT_AVAILABILITY));
    }

    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn the_system_space_offers_to_a_list_of_workspaces_that_are_there() {
    let world = World::new().await;
    let request = world.ask_in_system();
    let (id, _) = published(&world, &request, &[]).await;
    let listing = |workspaces: Vec<WorkspaceId>| SetAvailability::Offer { kind: OfferKind::List, workspaces };

    let unknown = listing(vec![world.other.id, WorkspaceId::new(id.uuid())]);
    let unknown = world.kernel.replace_product_availability(&request, id, unknown).await;
    let nobody = world.kernel.replace_product_availability(&request, id, listing(Vec::new())).await;
    let other = listing(vec![world.other.id]);
    let other = world.kernel.replace_product_availability(&request, id, other).await.unwrap();

    assert_eq!(refusal(&unknown), Some("unknown_workspace"));
    assert!(matches!(nobody, Err(KernelError::Products(ProductsError::InvalidOffer(_)))), "{nobody:?}");
    assert_eq!(other.get().offer, Some(Offer::List(vec![world.other.id])));
    assert!(is_not_found(&world.kernel.find_product(&world.ask(&world.admin), id).await));
}

#[tokio::test]
async fn a_workspace_switches_and_the_system_space_offers() {
    let world = World::new().await;
    let (own, _) = published(&world, &world.ask(&world.admin), &[]).await;
    let (shared, _) = published(&world, &world.ask_in_system(), &[]).await;
    let offer = SetAvailability::Offer { kind: OfferKind::All, workspaces: Vec::new() };
    let switch = SetAvailability::Switch { available: true };

    let offered = world.kernel.replace_product_availability(&world.ask(&world.admin), own, offer).await;
    let switched = world.kernel.replace_product_availability(&world.ask_in_system(), shared, switch).await;

    assert_eq!(refusal(&offered), Some("wrong_availability"));
    assert_eq!(refusal(&switched), Some("wrong_availability"));
}
