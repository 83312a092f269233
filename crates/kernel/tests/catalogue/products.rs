use guildhall_core::{PageRequest, RowVersion};
use guildhall_kernel::{KernelError, Request, code};
use guildhall_products::UpdateProduct;

use super::{drafted, lacking, product};
use crate::support::{World, parsed};

#[tokio::test]
async fn who_publishes_here_registers_products_here() {
    let world = World::new().await;
    let before = world.next_seq().await;

    let made = world.kernel.create_product(&world.ask(&world.admin), product("Reviews")).await.unwrap();

    let made = made.into_inner();
    assert_eq!(made.product.home, world.workspace.id);
    assert!(!made.available);
    assert_eq!(made.permissions, [code::PRODUCT_AVAILABILITY, code::PRODUCT_PUBLISH, code::PRODUCT_READ]);
    assert_eq!(world.next_seq().await, before + 1);
}

#[tokio::test]
async fn nobody_else_registers_products_and_nothing_is_written() {
    let world = World::new().await;
    let before = world.next_seq().await;

    for user in [&world.internal, &world.external, &world.platform_admin] {
        let refused = world.kernel.create_product(&world.ask(user), product("Reviews")).await;

        assert_eq!(lacking(refused), Some(code::PRODUCT_PUBLISH));
    }

    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_repeated_request_registers_one_product() {
    let world = World::new().await;
    let request = Request { idempotency_key: Some(parsed("key")), ..world.ask(&world.admin) };
    let first = world.kernel.create_product(&request, product("Reviews")).await.unwrap();

    let second = world.kernel.create_product(&request, product("Reviews")).await.unwrap();

    assert!(second.is_replayed());
    assert_eq!(second.get().product.id, first.get().product.id);
}

#[tokio::test]
async fn a_change_is_refused_to_whoever_has_seen_an_older_version() {
    let world = World::new().await;
    let (id, _) = drafted(&world, &world.ask(&world.admin)).await;
    let rename = || UpdateProduct { name: Some(parsed("Opinions")), ..UpdateProduct::default() };
    let changed = world.kernel.update_product(&world.ask(&world.admin), id, rename()).await.unwrap();
    let stale = Request { if_match: Some(RowVersion::FIRST), ..world.ask(&world.admin) };

    let refused = world.kernel.update_product(&stale, id, rename()).await;

    assert_eq!(changed.get().product.name.as_str(), "Opinions");
    assert!(matches!(refused, Err(KernelError::Stale)), "{refused:?}");
}

#[tokio::test]
async fn products_are_listed_by_name_page_by_page() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    for name in ["B", "A", "C", "A"] {
        world.kernel.create_product(&request, product(name)).await.unwrap();
    }

    let first = world.kernel.list_products(&request, &PageRequest { limit: 3, after: None }).await.unwrap();
    let second = world
        .kernel
        .list_products(&request, &PageRequest { limit: 3, after: first.next.clone() })
        .await
        .unwrap();

    let names = |page: &guildhall_core::Page<guildhall_kernel::ProductShown>| {
        page.items.iter().map(|shown| shown.product.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!((names(&first), names(&second)), (vec!["A".into(), "A".into(), "B".into()], vec!["C".into()]));
    assert_eq!(second.next, None);
}
