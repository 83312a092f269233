//! Clients, markets and brands: who sees and who changes them.

use guildhall_core::{Level, Name, NodeId, ProjectId, RowVersion};
use guildhall_identity::User;
use guildhall_kernel::{
    AddItem, ChangeMember, CreateProject, KernelError, NewContent, NodeShown, Outcome, Request, UseProduct,
    code,
};
use guildhall_orchestration::{CreatePhase, Gating, Place};
use guildhall_products::{CreateProduct, CreateVersion, EntryKind};
use guildhall_tenancy::{NewNode, Node, NodePatch, TenancyError};
use serde_json::Map;

use crate::support::{World, parsed};

/// A world with client, market and brand.
pub(super) struct Path {
    pub(super) world: World,
    pub(super) client: NodeId,
    pub(super) market: NodeId,
    pub(super) brand: NodeId,
}

impl Path {
    pub(super) async fn new() -> Self {
        let world = World::new().await;
        let client = create(&world, None, Level::Client).await;
        let market = create(&world, Some(client), Level::Market).await;
        let brand = create(&world, Some(market), Level::Brand).await;
        Self { world, client, market, brand }
    }

    pub(super) async fn assign(&self, user: &User, node: NodeId) {
        let command = ChangeMember { node_ids: Some(Some(vec![node])), ..ChangeMember::default() };
        self.world.kernel.update_member(&self.world.ask(&self.world.admin), user.id, command).await.unwrap();
    }

    pub(super) async fn project_on(&self, node: NodeId) -> ProjectId {
        let command = CreateProject {
            name: parsed("Project"),
            description: None,
            node_id: Some(node),
            start_date: None,
            due_date: None,
            gating: Gating::Advisory,
        };
        let made = self.world.kernel.create_project(&self.world.ask(&self.world.admin), command).await;
        made.unwrap().into_inner().project.id
    }

    /// Puts an item into a project, whose product needs a brand.
    pub(super) async fn add_item_needing_brand(&self, project: ProjectId) {
        let (kernel, ask) = (&self.world.kernel, self.world.ask(&self.world.admin));
        let product =
            CreateProduct { name: parsed("Review"), description: None, category: None, owner: None };
        let product = kernel.create_product(&ask, product).await.unwrap().into_inner().product.id;
        let version = CreateVersion {
            name: parsed("1"),
            kind: EntryKind::Embedded,
            entry_url: parsed("https://review.test/app"),
            slug: parsed("review"),
            required_context: vec![parsed("BRAND")],
            roles: Vec::new(),
            uses_open_authorization: true,
            config_schema: None,
            config: Map::new(),
        };
        let version = kernel.create_product_version(&ask, product, version).await.unwrap().into_inner();
        let product_version_id = version.version.id;
        kernel.publish_product_version(&ask, product, product_version_id).await.unwrap();
        let phase = CreatePhase {
            name: parsed("Draft"),
            objective: None,
            deliverables: None,
            start_date: None,
            due_date: None,
            assignees: Vec::new(),
            place: Place::End,
        };
        let phase = kernel.create_phase(&ask, project, phase).await.unwrap().into_inner().phase.phase.id;
        let product = UseProduct { product_version_id, config: Map::new() };
        let item = AddItem {
            phase_id: phase,
            content: NewContent::Application { name: Some(parsed("Look")), description: None, product },
            due_date: None,
            assignees: Vec::new(),
            place: Place::End,
        };
        kernel.add_item(&ask, project, item).await.unwrap();
    }
}

pub(super) fn new_node(level: Level) -> NewNode {
    NewNode { name: parsed(&level.to_string()), level, md_id: None, categories: Vec::new() }
}

pub(super) async fn create(world: &World, parent: Option<NodeId>, level: Level) -> NodeId {
    let made = world.kernel.create_node(&world.ask(&world.admin), parent, new_node(level)).await;
    whole(made.unwrap().into_inner()).id
}

pub(super) fn whole(shown: NodeShown) -> Node {
    let node = match shown {
        NodeShown::Whole { node, .. } => Some(node),
        NodeShown::Outline { .. } => None,
    };
    node.unwrap()
}

fn renamed(name: &str) -> NodePatch {
    NodePatch { name: Some(parsed(name)), ..NodePatch::default() }
}

#[tokio::test]
async fn each_node_is_recorded_and_stands_in_the_tree() {
    let world = World::new().await;
    let before = world.next_seq().await;

    let client = create(&world, None, Level::Client).await;
    let market = create(&world, Some(client), Level::Market).await;

    assert_eq!(world.next_seq().await, before + 2);
    let tree = world.kernel.read_hierarchy(&world.ask(&world.admin), false).await.unwrap();
    let [top] = tree.as_slice() else { panic!("{tree:?}") };
    assert_eq!(whole(top.node.clone()).id, client);
    assert_eq!(whole(top.children[0].node.clone()).id, market);
}

#[tokio::test]
async fn whoever_is_assigned_to_nothing_sees_nothing() {
    let Path { world, client, .. } = Path::new().await;
    let external = world.ask(&world.external);

    let tree = world.kernel.read_hierarchy(&external, true).await.unwrap();
    let node = world.kernel.find_node(&external, client).await;

    assert_eq!(tree, []);
    assert!(matches!(node, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn a_node_above_is_seen_in_outline_in_the_tree_and_by_itself() {
    let path = Path::new().await;
    let Path { world, client, market, brand } = &path;
    path.assign(&world.external, *market).await;
    let external = world.ask(&world.external);
    let outline = NodeShown::Outline { id: *client, level: Level::Client, name: parsed::<Name>("CLIENT") };

    let tree = world.kernel.read_hierarchy(&external, false).await.unwrap();

    assert_eq!(tree[0].node, outline);
    assert_eq!(world.kernel.find_node(&external, *client).await.unwrap(), outline);
    assert_eq!(whole(tree[0].children[0].node.clone()).id, *market);
    assert_eq!(whole(world.kernel.find_node(&external, *brand).await.unwrap()).id, *brand);
}

#[tokio::test]
async fn a_sibling_is_not_there_for_whoever_is_not_assigned_to_it() {
    let path = Path::new().await;
    let sibling = create(&path.world, Some(path.client), Level::Market).await;
    path.assign(&path.world.external, path.market).await;
    let external = path.world.ask(&path.world.external);

    let tree = path.world.kernel.read_hierarchy(&external, false).await.unwrap();
    let found = path.world.kernel.find_node(&external, sibling).await;

    assert_eq!(tree[0].children.len(), 1);
    assert!(matches!(found, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn what_is_seen_and_not_managed_is_refused_and_what_is_not_seen_is_not_there() {
    let path = Path::new().await;
    let Path { world, client, market, .. } = &path;
    let stranger = world.kernel.update_node(&world.ask(&world.external), *client, renamed("New")).await;
    path.assign(&world.external, *market).await;
    let (before, external) = (world.next_seq().await, world.ask(&world.external));

    let above = world.kernel.update_node(&external, *client, renamed("New")).await;
    let own = world.kernel.update_node(&external, *market, renamed("New")).await;
    let below = world.kernel.create_node(&external, Some(*market), new_node(Level::Brand)).await;
    let top = world.kernel.create_node(&external, None, new_node(Level::Client)).await;

    assert!(matches!(stranger, Err(KernelError::NotFound)));
    assert!(matches!(above, Err(KernelError::Forbidden(code)) if code == code::NODE_READ));
    assert!(matches!(own, Err(KernelError::Forbidden(code)) if code == code::NODE_MANAGE));
    assert!(matches!(below, Err(KernelError::Forbidden(code)) if code == code::NODE_MANAGE));
    assert!(matches!(top, Err(KernelError::Forbidden(code)) if code == code::NODE_MANAGE));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_repeated_key_makes_one_node() {
    let world = World::new().await;
    let ask = Request { idempotency_key: Some(parsed("once")), ..world.ask(&world.admin) };
    let first = world.kernel.create_node(&ask, None, new_node(Level::Client)).await.unwrap();
    let before = world.next_seq().await;

    let second = world.kernel.create_node(&ask, None, new_node(Level::Client)).await.unwrap();

    assert_eq!(second, Outcome::Replayed(first.into_inner()));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_brand_can_not_stand_at_the_top() {
    let world = World::new().await;
    let before = world.next_seq().await;

    let refused = world.kernel.create_node(&world.ask(&world.admin), None, new_node(Level::Brand)).await;

    assert!(matches!(refused, Err(KernelError::Tenancy(TenancyError::LevelNotAllowed { .. }))));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_stale_change_of_a_node_is_refused() {
    let Path { world, brand, .. } = Path::new().await;
    let ask = Request { if_match: Some(RowVersion::FIRST), ..world.ask(&world.admin) };
    world.kernel.update_node(&ask, brand, renamed("New")).await.unwrap();

    let changed = world.kernel.update_node(&ask, brand, renamed("Newer")).await;
    let archived = world.kernel.archive_node(&ask, brand).await;

    assert!(matches!(changed, Err(KernelError::Stale)));
    assert!(matches!(archived, Err(KernelError::Stale)));
}

#[tokio::test]
async fn a_node_stays_while_an_item_needs_its_level() {
    let path = Path::new().await;
    let project = path.project_on(path.brand).await;
    path.add_item_needing_brand(project).await;

    let refused = path.world.kernel.archive_node(&path.world.ask(&path.world.admin), path.brand).await;

    let Err(KernelError::LevelInUse { items, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(items.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Look"]);
}
