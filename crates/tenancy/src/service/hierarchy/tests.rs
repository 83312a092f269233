//! The rules of the hierarchy, on a store in memory.

use guildhall_core::{
    IdGenerator, Level,
    testing::{FixedClock, SequentialIds},
};

use super::*;
use crate::{
    TenancyStore,
    testing::{MemoryStore, new_node, node},
};

#[derive(Default)]
struct World {
    store: MemoryStore,
    clock: FixedClock,
    ids: SequentialIds,
}

impl World {
    fn tenancy(&self) -> Tenancy<'_> {
        Tenancy::new(&self.store, &self.clock, &self.ids)
    }

    async fn make(&self, level: Level, parent: Option<&Node>) -> Node {
        self.tenancy().create_node(new_node(level), parent).await.unwrap()
    }
}

#[tokio::test]
async fn a_hierarchy_is_built_from_the_top() {
    let world = World::default();

    let client = world.make(Level::Client, None).await;
    let market = world.make(Level::Market, Some(&client)).await;
    let brand = world.make(Level::Brand, Some(&market)).await;

    let tree = world.tenancy().read_tree().await.unwrap();
    assert_eq!(tree.path(brand.id), [&client, &market, &brand]);
    assert_eq!(world.tenancy().node_path(&brand).await, Ok(vec![client, market, brand]));
}

#[tokio::test]
async fn siblings_may_have_one_name() {
    let world = World::default();

    let one = world.make(Level::Client, None).await;
    let two = world.make(Level::Client, None).await;

    assert_eq!(one.name, two.name);
    assert_ne!(one.id, two.id);
}

#[tokio::test]
async fn a_refused_level_writes_nothing() {
    let world = World::default();

    let refused = world.tenancy().create_node(new_node(Level::Brand), None).await;

    assert_eq!(refused, Err(TenancyError::LevelNotAllowed { level: Level::Brand, parent: None }));
    assert_eq!(world.store.hierarchy().list().await, Ok(vec![]));
}

#[tokio::test]
async fn nothing_grows_below_an_archived_node() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;
    let archived = world.tenancy().archive_node(client, 0).await.unwrap();

    let refused = world.tenancy().create_node(new_node(Level::Brand), Some(&archived)).await;

    assert_eq!(refused, Err(TenancyError::NodeArchived { id: archived.id }));
}

#[tokio::test]
async fn a_path_of_thirty_two_nodes_is_as_deep_as_it_gets() {
    let world = World::default();
    let mut deepest = node(&world.ids, Level::Client, None);
    world.store.hierarchy().insert(&deepest).await.unwrap();
    for _ in 1..Node::MAX_DEPTH {
        deepest = node(&world.ids, Level::Client, Some(&deepest));
        world.store.hierarchy().insert(&deepest).await.unwrap();
    }

    let refused = world.tenancy().create_node(new_node(Level::Brand), Some(&deepest)).await;

    assert_eq!(refused, Err(TenancyError::HierarchyTooDeep));
}

#[tokio::test]
async fn parents_that_lead_in_a_circle_are_reported() {
    let world = World::default();
    let row = node(&world.ids, Level::Client, None);
    let circle = Node { parent_id: Some(row.id), ..row };
    world.store.hierarchy().insert(&circle).await.unwrap();

    let path = world.tenancy().node_path(&circle).await;

    assert!(matches!(path, Err(TenancyError::Store(StoreError::Corrupt(_)))), "{path:?}");
}

#[tokio::test]
async fn a_patch_leaves_alone_what_it_does_not_name() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;
    let md_id: Name = "MD-1".parse().unwrap();

    let patch = NodePatch { md_id: Some(Some(md_id.clone())), ..NodePatch::default() };
    let named = world.tenancy().update_node(client.clone(), patch).await.unwrap();
    let patch = NodePatch { md_id: Some(None), ..NodePatch::default() };
    let cleared = world.tenancy().update_node(named.clone(), patch).await.unwrap();

    assert_eq!((&named.name, &named.md_id), (&client.name, &Some(md_id)));
    assert_eq!(cleared.md_id, None);
    assert_eq!(world.store.hierarchy().find(client.id).await, Ok(Some(cleared)));
}

#[tokio::test]
async fn a_node_that_has_changed_meanwhile_is_not_overwritten() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;
    world.tenancy().update_node(client.clone(), NodePatch::default()).await.unwrap();

    let stale = world.tenancy().update_node(client, NodePatch::default()).await;

    assert_eq!(stale, Err(TenancyError::Store(StoreError::Stale)));
}

#[tokio::test]
async fn categories_are_kept_once_each_and_in_order() {
    let world = World::default();
    let names = |words: &[&str]| words.iter().map(|word| word.parse().unwrap()).collect::<Vec<Name>>();

    let command = NewNode { categories: names(&["b", "a", "b"]), ..new_node(Level::Client) };
    let client = world.tenancy().create_node(command, None).await.unwrap();

    assert_eq!(client.categories, names(&["b", "a"]));
}

#[tokio::test]
async fn a_node_has_a_bounded_number_of_categories() {
    let world = World::default();
    let categories = (0..=50).map(|n| n.to_string().parse().unwrap()).collect();

    let command = NewNode { categories, ..new_node(Level::Client) };
    let refused = world.tenancy().create_node(command, None).await;

    assert_eq!(refused, Err(TenancyError::TooMany { field: "categories", max: 50 }));
}

#[tokio::test]
async fn a_node_is_archived_from_the_leaves() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;
    let brand = world.make(Level::Brand, Some(&client)).await;

    let refused = world.tenancy().archive_node(client.clone(), 0).await;
    world.tenancy().archive_node(brand, 0).await.unwrap();
    let archived = world.tenancy().archive_node(client, 0).await.unwrap();

    assert_eq!(refused, Err(TenancyError::NodeNotEmpty { nodes: 1, projects: 0 }));
    assert_eq!(archived.state, NodeState::Archived);
}

#[tokio::test]
async fn a_node_with_projects_in_use_is_not_archived() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;

    let refused = world.tenancy().archive_node(client, 2).await;

    assert_eq!(refused, Err(TenancyError::NodeNotEmpty { nodes: 0, projects: 2 }));
}

#[tokio::test]
async fn an_archived_node_does_not_change() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;
    let archived = world.tenancy().archive_node(client, 0).await.unwrap();
    let refusal = TenancyError::NodeArchived { id: archived.id };

    assert_eq!(
        world.tenancy().update_node(archived.clone(), NodePatch::default()).await,
        Err(refusal.clone())
    );
    assert_eq!(world.tenancy().archive_node(archived, 0).await, Err(refusal));
}

#[tokio::test]
async fn members_are_assigned_to_live_nodes_of_the_workspace() {
    let world = World::default();
    let live = world.make(Level::Client, None).await.id;
    let archived = world.make(Level::Client, None).await;
    let archived = world.tenancy().archive_node(archived, 0).await.unwrap().id;
    let absent = NodeId::new(world.ids.uuid());

    let checked = world.tenancy().check_assignable(&[live, archived, absent]).await;

    assert_eq!(world.tenancy().check_assignable(&[live]).await, Ok(()));
    assert_eq!(checked, Err(TenancyError::NodesNotAssignable { ids: vec![archived, absent] }));
}
