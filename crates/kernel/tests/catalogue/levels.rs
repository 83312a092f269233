use guildhall_core::{Level, NodeId, PageRequest};
use guildhall_kernel::{KernelError, MoveNode, NodeShown};
use guildhall_orchestration::ProjectPatch;
use guildhall_tenancy::NewNode;

use super::{add_item, is_not_found, project, published};
use crate::support::{World, parsed};

async fn node(world: &World, parent: Option<NodeId>, level: Level) -> NodeId {
    let command = NewNode { level, name: parsed("Node"), md_id: None, categories: Vec::new() };
    let made = world.kernel.create_node(&world.ask(&world.admin), parent, command).await.unwrap();
    match made.into_inner() {
        NodeShown::Whole { node, .. } => node.id,
        NodeShown::Outline { id, .. } => id,
    }
}

#[tokio::test]
async fn a_product_fits_a_project_whose_path_has_what_it_requires() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (_, version) = published(&world, &request, &["CLIENT", "BRAND", "PROJECT"]).await;
    let client = node(&world, None, Level::Client).await;
    let brand = node(&world, Some(client), Level::Brand).await;
    let (homeless, on_client, on_brand) = (
        project(&world, None).await,
        project(&world, Some(client)).await,
        project(&world, Some(brand)).await,
    );

    let mut missing = Vec::new();
    for id in [homeless, on_client, on_brand] {
        let page = world.kernel.list_compatible_products(&request, id, &PageRequest::default()).await;
        let [fit] = page.unwrap().items.try_into().unwrap();
        assert_eq!(fit.version.id, version);
        missing.push(fit.missing.iter().map(ToString::to_string).collect::<Vec<_>>());
    }

    assert_eq!(missing, [vec!["CLIENT", "BRAND"], vec!["BRAND"], vec![]]);
}

#[tokio::test]
async fn only_readers_of_a_project_ask_what_fits_it() {
    let world = World::new().await;
    let id = project(&world, None).await;

    for user in [&world.internal, &world.platform_admin] {
        let asked =
            world.kernel.list_compatible_products(&world.ask(user), id, &PageRequest::default()).await;

        assert!(is_not_found(&asked));
    }
}

#[tokio::test]
async fn a_project_keeps_the_levels_that_its_items_need() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (_, version) = published(&world, &request, &["BRAND"]).await;
    let client = node(&world, None, Level::Client).await;
    let brand = node(&world, Some(client), Level::Brand).await;
    let other_brand = node(&world, Some(client), Level::Brand).await;
    let id = project(&world, Some(brand)).await;
    let item = add_item(&world, id, version).await;
    let to = |node_id| ProjectPatch { node_id: Some(node_id), ..ProjectPatch::default() };
    let before = world.next_seq().await;

    let unlinked = world.kernel.update_project(&request, id, to(None)).await;
    let archived = world.kernel.archive_node(&request, brand).await;

    for refused in [unlinked.map(drop), archived] {
        match refused {
            Err(KernelError::LevelInUse { levels, items }) => {
                assert!(levels.contains(&Level::Brand));
                assert_eq!(items, [(item, "Reviews".to_owned())]);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(world.next_seq().await, before);
    assert!(world.kernel.update_project(&request, id, to(Some(other_brand))).await.is_ok());
    world.kernel.archive_item(&request, id, item).await.unwrap();
    assert!(world.kernel.update_project(&request, id, to(None)).await.is_ok());
}

#[tokio::test]
async fn a_branch_keeps_the_levels_that_items_below_need_when_it_moves() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (_, version) = published(&world, &request, &["MARKET"]).await;
    let client = node(&world, None, Level::Client).await;
    let market = node(&world, Some(client), Level::Market).await;
    let other_market = node(&world, None, Level::Market).await;
    let brand = node(&world, Some(market), Level::Brand).await;
    let id = project(&world, Some(brand)).await;
    let item = add_item(&world, id, version).await;
    let under = |parent| MoveNode { parent_id: Some(parent), plan: None };
    let before = world.next_seq().await;

    let refused = world.kernel.move_node(&request, brand, under(client)).await.map(drop);
    let planned = world.kernel.plan_node_move(&request, brand, Some(client)).await.map(drop);

    for refused in [refused, planned] {
        let Err(KernelError::LevelInUse { levels, items }) = refused else { panic!("{refused:?}") };
        assert_eq!((levels, items), (vec![Level::Market], vec![(item, "Reviews".to_owned())]));
    }
    assert_eq!(world.next_seq().await, before);
    world.kernel.move_node(&request, brand, under(other_market)).await.unwrap();
}
