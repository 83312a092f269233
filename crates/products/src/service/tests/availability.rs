use guildhall_core::{Level, WorkspaceId};

use super::World;
use crate::{
    Compatibility, Offer, OfferKind, Product, ProductVersion, ProductsError, ProductsStore, Requirement,
    testing::{self, parsed, workspace},
};

fn system_product(n: u32) -> (Product, ProductVersion) {
    let product = testing::product(n, WorkspaceId::SYSTEM);
    let version = ProductVersion { product_id: product.id, home: product.home, ..testing::published(n) };
    (product, version)
}

#[tokio::test]
async fn the_system_space_offers_its_product() {
    let world = World::of(WorkspaceId::SYSTEM);
    let product = world.product().await;

    let offer = world.products().set_offer(&product, OfferKind::List, vec![workspace(1)]).await.unwrap();

    assert_eq!(offer, Offer::List(vec![workspace(1)]));
    assert_eq!(world.store.product_offers().find(product.id).await.unwrap(), offer);
}

#[tokio::test]
async fn a_workspace_offers_nothing() {
    let world = World::of(workspace(1));
    let product = world.product().await;

    let own = world.products().set_offer(&product, OfferKind::All, Vec::new()).await;
    let shared = world.products().set_offer(&system_product(1).0, OfferKind::All, Vec::new()).await;

    assert_eq!((own, shared), (Err(ProductsError::Elsewhere), Err(ProductsError::Elsewhere)));
}

#[tokio::test]
async fn a_workspace_switches_off_for_itself_what_is_offered_to_it() {
    let world = World::of(workspace(1));
    let (product, version) = system_product(1);
    world.shared(&product, &version).await;
    world.store.product_offers().replace(product.id, &Offer::All).await.unwrap();
    let before = world.products().is_available_here(&product).await.unwrap();

    world.products().set_switch(&product, false).await.unwrap();

    assert!(before);
    assert!(!world.products().is_available_here(&product).await.unwrap());
}

#[tokio::test]
async fn a_workspace_switches_nothing_that_is_not_offered_to_it() {
    let world = World::of(workspace(1));
    let (product, version) = system_product(1);
    world.shared(&product, &version).await;

    let refused = world.products().set_switch(&product, true).await;

    assert_eq!(refused, Err(ProductsError::NotOffered));
}

#[tokio::test]
async fn a_workspaces_own_product_is_available_once_published_and_stays_so_when_retired() {
    let world = World::of(workspace(1));
    let product = world.product().await;
    let draft = world.draft(&product, Vec::new()).await;
    let products = world.products();
    let as_draft = products.is_available_here(&product).await.unwrap();

    let published = products.publish(&product, &draft, world.rules.rules()).await.unwrap();
    products.retire(&product, &published).await.unwrap();

    assert!(!as_draft);
    assert!(products.is_available_here(&product).await.unwrap());
}

#[tokio::test]
async fn what_fits_a_place_is_judged_for_every_available_product() {
    let world = World::of(workspace(1));
    let (offered, version) = system_product(1);
    let needs_brand = ProductVersion { required_context: vec![parsed("CLIENT"), parsed("BRAND")], ..version };
    world.shared(&offered, &needs_brand).await;
    world.store.product_offers().replace(offered.id, &Offer::All).await.unwrap();
    let (hidden, version) = system_product(2);
    world.shared(&hidden, &version).await;
    let own = world.product().await;
    let own_version = world.published(&own, Vec::new()).await;

    let found = world.products().compatible_products(&[Level::Client], true).await.unwrap();

    let missing = vec![Requirement::Level(Level::Brand)];
    assert_eq!(
        found,
        [
            Compatibility { product: offered, version: needs_brand, missing },
            Compatibility { product: own, version: own_version, missing: Vec::new() },
        ]
    );
    assert_eq!(found.iter().map(Compatibility::is_compatible).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test]
async fn the_catalogue_shows_drafts_and_what_is_not_offered() {
    let world = World::of(workspace(1));
    let own = world.product().await;
    world.draft(&own, Vec::new()).await;
    let (hidden, version) = system_product(1);
    world.shared(&hidden, &version).await;

    let catalogue = world.products().catalogue().await.unwrap();

    let shown: Vec<_> =
        catalogue.iter().map(|entry| (entry.product.id, entry.newest.is_some(), entry.available)).collect();
    assert_eq!(shown, [(hidden.id, true, false), (own.id, false, true)]);
}
