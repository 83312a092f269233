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
        self.tenancy().create_node(&Levels::default(), new_node(level), parent).await.unwrap()
    }

    async fn archive(&self, id: NodeId) -> Result<Vec<NodeChange>, TenancyError> {
        let tree = self.tenancy().read_tree().await.unwrap();
        self.tenancy().archive_branch(&tree, id).await
    }

    async fn restore(&self, id: NodeId) -> Result<Vec<NodeChange>, TenancyError> {
        let tree = self.tenancy().read_tree().await.unwrap();
        self.tenancy().restore_branch(&Levels::default(), &tree, id).await
    }

    async fn stored(&self, id: NodeId) -> Node {
        self.store.hierarchy().find(id).await.unwrap().unwrap()
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

    let refused = world.tenancy().create_node(&Levels::default(), new_node(Level::Brand), None).await;

    assert_eq!(refused, Err(TenancyError::LevelNotAllowed { level: Level::Brand, parent: None }));
    assert_eq!(world.store.hierarchy().list().await, Ok(vec![]));
}

#[tokio::test]
async fn nothing_grows_below_an_archived_node() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;
    world.archive(client.id).await.unwrap();
    let archived = world.stored(client.id).await;

    let refused =
        world.tenancy().create_node(&Levels::default(), new_node(Level::Brand), Some(&archived)).await;

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

    let refused =
        world.tenancy().create_node(&Levels::default(), new_node(Level::Brand), Some(&deepest)).await;

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
    let client = world.tenancy().create_node(&Levels::default(), command, None).await.unwrap();

    assert_eq!(client.categories, names(&["b", "a"]));
}

#[tokio::test]
async fn a_node_has_a_bounded_number_of_categories() {
    let world = World::default();
    let categories = (0..=50).map(|n| n.to_string().parse().unwrap()).collect();

    let command = NewNode { categories, ..new_node(Level::Client) };
    let refused = world.tenancy().create_node(&Levels::default(), command, None).await;

    assert_eq!(refused, Err(TenancyError::TooMany { field: "categories", max: 50 }));
}

#[tokio::test]
async fn a_node_is_archived_with_what_is_below_it() {
    let world = World::default();
    let client = world.make(Level::Client, None).await.id;
    let market = world.make(Level::Market, Some(&world.stored(client).await)).await.id;
    let brand = world.make(Level::Brand, Some(&world.stored(market).await)).await.id;

    let changes = world.archive(client).await.unwrap();

    let ids: Vec<NodeId> = changes.iter().map(|change| change.after.id).collect();
    assert_eq!(ids, [client, market, brand]);
    for (id, archived_with) in [(client, None), (market, Some(client)), (brand, Some(client))] {
        let node = world.stored(id).await;
        assert_eq!((node.state, node.archived_with), (NodeState::Archived, archived_with));
        assert_eq!(node.version, RowVersion::new(2));
    }
}

#[tokio::test]
async fn restoring_brings_back_what_the_archiving_put_away_and_nothing_else() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;
    let put_away_before = world.make(Level::Brand, Some(&client)).await.id;
    let put_away_with_it = world.make(Level::Brand, Some(&client)).await.id;
    world.archive(put_away_before).await.unwrap();
    world.archive(client.id).await.unwrap();

    let changes = world.restore(client.id).await.unwrap();

    assert_eq!(
        changes.iter().map(|change| change.after.id).collect::<Vec<_>>(),
        [client.id, put_away_with_it]
    );
    let back = world.stored(put_away_with_it).await;
    assert_eq!((back.state, back.archived_with), (NodeState::Live, None));
    assert_eq!(world.stored(put_away_before).await.state, NodeState::Archived);
}

#[tokio::test]
async fn a_node_comes_back_below_a_node_in_use_alone() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;
    let alone = world.make(Level::Brand, Some(&client)).await.id;
    let with_it = world.make(Level::Brand, Some(&client)).await.id;
    world.archive(alone).await.unwrap();
    world.archive(client.id).await.unwrap();

    for id in [alone, with_it] {
        assert_eq!(world.restore(id).await, Err(TenancyError::ParentArchived { id: client.id }));
    }
    world.restore(client.id).await.unwrap();
    assert_eq!(world.restore(alone).await.unwrap().len(), 1);
}

#[tokio::test]
async fn restoring_a_node_in_use_changes_nothing() {
    let world = World::default();
    let client = world.make(Level::Client, None).await;

    assert_eq!(world.restore(client.id).await, Ok(vec![]));
    assert_eq!(world.stored(client.id).await, client);
}

#[tokio::test]
async fn an_archived_node_does_not_change() {
    let world = World::default();
    let id = world.make(Level::Client, None).await.id;
    world.archive(id).await.unwrap();

    let changed = world.tenancy().update_node(world.stored(id).await, NodePatch::default()).await;
    let again = world.archive(id).await;

    assert_eq!(changed, Err(TenancyError::NodeArchived { id }));
    assert_eq!(again, Err(TenancyError::NodeArchived { id }));
}

#[tokio::test]
async fn members_are_assigned_to_live_nodes_of_the_workspace() {
    let world = World::default();
    let live = world.make(Level::Client, None).await.id;
    let archived = world.make(Level::Client, None).await.id;
    world.archive(archived).await.unwrap();
    let absent = NodeId::new(world.ids.uuid());

    let checked = world.tenancy().check_assignable(&[live, archived, absent]).await;

    assert_eq!(world.tenancy().check_assignable(&[live]).await, Ok(()));
    assert_eq!(checked, Err(TenancyError::NodesNotAssignable { ids: vec![archived, absent] }));
}
