use guildhall_core::{Level, NodeId, RowVersion, StoreError};
use guildhall_tenancy::{Node, NodeState, testing};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::{assert_conflict, parsed};

fn furnished(node: Node) -> Node {
    Node {
        name: parsed("Ünïcode"),
        md_id: Some(parsed("MD-1")),
        categories: vec![parsed("Zebra"), parsed("Apple")],
        state: NodeState::Archived,
        archived_with: node.parent_id,
        created_at: parsed("2026-03-04T05:06:07.089123Z"),
        version: RowVersion::new(7),
        ..node
    }
}

#[rstest]
#[tokio::test]
async fn a_node_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let client = testing::node(&world.ids, Level::Client, None);
    let market = furnished(testing::node(&world.ids, Level::Market, Some(&client)));
    let brand = testing::node(&world.ids, Level::Brand, Some(&market));
    let custom = testing::node(&world.ids, Level::Custom(parsed("Région")), Some(&brand));

    for node in [&client, &market, &brand, &custom] {
        unit.hierarchy().insert(node).await.unwrap();
    }

    assert_eq!(unit.hierarchy().find(market.id).await.unwrap(), Some(market.clone()));
    assert_eq!(unit.hierarchy().find(NodeId::new(world.here.id.uuid())).await.unwrap(), None);
    assert_eq!(unit.hierarchy().list().await.unwrap(), [client, market, brand, custom]);
}

#[rstest]
#[tokio::test]
async fn many_nodes_are_added_at_once_with_their_accounts(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let top = testing::node(&world.ids, Level::Client, None);
    let mut nodes = vec![top.clone()];
    nodes.extend((0..1_200).map(|_| testing::node(&world.ids, Level::Brand, Some(&top))));

    unit.hierarchy().insert_all(&nodes).await.unwrap();
    unit.hierarchy().insert_all(&[]).await.unwrap();

    assert_eq!(unit.hierarchy().list().await.unwrap(), nodes);
    let last = nodes.last().unwrap().id.account();
    assert_eq!(unit.directory().find_account(last).await.unwrap(), Some(world.here.id));
}

#[rstest]
#[tokio::test]
async fn a_changed_node_is_stored_as_its_next_version(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let node = testing::node(&world.ids, Level::Client, None);
    unit.hierarchy().insert(&node).await.unwrap();
    let changed = Node { version: RowVersion::FIRST, ..furnished(node) };

    unit.hierarchy().update(&changed).await.unwrap();
    let again = unit.hierarchy().update(&changed).await;

    let stored = Node { version: RowVersion::new(2), ..changed.clone() };
    assert_eq!(unit.hierarchy().find(changed.id).await.unwrap(), Some(stored));
    assert_eq!(again, Err(StoreError::Stale));
}

#[rstest]
#[tokio::test]
async fn a_nodes_account_leads_to_its_workspace(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let node = testing::node(&world.ids, Level::Client, None);

    unit.hierarchy().insert(&node).await.unwrap();

    assert_eq!(unit.directory().find_account(node.id.account()).await.unwrap(), Some(world.here.id));
}

#[rstest]
#[tokio::test]
async fn a_node_stands_below_a_node_of_its_own_workspace_or_none(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let elsewhere = testing::node(&world.ids, Level::Client, None);
    let there = world.open_other().await;
    there.hierarchy().insert(&elsewhere).await.unwrap();
    there.commit().await.unwrap();
    let unit = world.open().await;
    let below = testing::node(&world.ids, Level::Market, Some(&elsewhere));

    assert_conflict(&unit.hierarchy().insert(&below).await);
}

#[rstest]
#[tokio::test]
async fn an_id_names_one_node(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let node = testing::node(&world.ids, Level::Client, None);
    unit.hierarchy().insert(&node).await.unwrap();

    assert_conflict(&unit.hierarchy().insert(&node).await);
}
