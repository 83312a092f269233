//! Tenancy on a store of one's own, without kernel and without database: makes a workspace and a small hierarchy, and
//! prints it. Run it with `cargo run -p guildhall-tenancy --example own_store`.
//!
//! The store keeps workspaces and nodes. Its people are somewhere else, so it answers that it has none.

use std::{
    collections::BTreeMap,
    error::Error,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{
    Email, IdGenerator, InvitationId, Level, NodeId, Page, PageRequest, ProjectId, SecretHash, StoreError,
    SystemClock, SystemIds, UserId, WorkspaceId,
};
use guildhall_tenancy::{
    HierarchyRepository, Invitation, InvitationRepository, Member, MembershipDirectory, NewNode,
    NewWorkspace, Node, Tenancy, TenancyError, TenancyStore, Workspace, WorkspaceFilter,
    WorkspaceMemberRepository, WorkspacePrefix, WorkspaceRepository, WorkspaceSettings,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = OwnStore::default();
    let tenancy = Tenancy::new(&store, &SystemClock, &SystemIds);

    let workspace = tenancy
        .create_workspace(NewWorkspace {
            id: WorkspaceId::new(SystemIds.uuid()),
            prefix: "example".parse()?,
            name: "Example Agency".parse()?,
            settings: WorkspaceSettings::default(),
        })
        .await?;
    let levels = &workspace.settings.levels;
    let client = tenancy.create_node(levels, new_node(Level::Client, "Soda Works")?, None).await?;
    let market =
        tenancy.create_node(levels, new_node(Level::Market, "Northern Market")?, Some(&client)).await?;
    let brand = tenancy.create_node(levels, new_node(Level::Brand, "Lemon Fizz")?, Some(&market)).await?;

    let tree = tenancy.read_tree().await?;
    print_line(0, workspace.name.as_str());
    for node in tree.descendants(None) {
        print_line(tree.path(node.id).len(), node.name.as_str());
    }

    assert_eq!(tree.levels(brand.id), [Level::Client, Level::Market, Level::Brand]);
    let misplaced = tenancy.create_node(levels, new_node(Level::Client, "Misplaced")?, Some(&brand)).await;
    assert!(matches!(misplaced, Err(TenancyError::LevelNotAllowed { .. })));
    Ok(())
}

fn new_node(level: Level, name: &str) -> Result<NewNode, Box<dyn Error>> {
    Ok(NewNode { level, name: name.parse()?, md_id: None, categories: Vec::new() })
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn print_line(depth: usize, name: &str) {
    println!("{}{name}", "  ".repeat(depth));
}

/// Workspaces and nodes, in two maps.
#[derive(Default)]
struct OwnStore {
    workspaces: Mutex<BTreeMap<WorkspaceId, Workspace>>,
    nodes: Mutex<BTreeMap<NodeId, Node>>,
}

impl TenancyStore for OwnStore {
    fn workspaces(&self) -> &dyn WorkspaceRepository {
        self
    }

    fn hierarchy(&self) -> &dyn HierarchyRepository {
        self
    }

    fn workspace_members(&self) -> &dyn WorkspaceMemberRepository {
        &Nobody
    }

    fn invitations(&self) -> &dyn InvitationRepository {
        &Nobody
    }

    fn membership_directory(&self) -> &dyn MembershipDirectory {
        &Nobody
    }
}

fn locked<T>(map: &Mutex<T>) -> MutexGuard<'_, T> {
    map.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl WorkspaceRepository for OwnStore {
    async fn find(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError> {
        Ok(locked(&self.workspaces).get(&id).cloned())
    }

    async fn find_by_prefix(&self, prefix: &WorkspacePrefix) -> Result<Option<Workspace>, StoreError> {
        Ok(locked(&self.workspaces).values().find(|workspace| workspace.prefix == *prefix).cloned())
    }

    async fn list(
        &self,
        _filter: &WorkspaceFilter,
        _page: &PageRequest,
    ) -> Result<Page<Workspace>, StoreError> {
        Ok(Page { items: locked(&self.workspaces).values().cloned().collect(), next: None })
    }

    async fn insert(&self, workspace: &Workspace) -> Result<(), StoreError> {
        locked(&self.workspaces).insert(workspace.id, workspace.clone());
        Ok(())
    }

    async fn update(&self, workspace: &Workspace) -> Result<(), StoreError> {
        match locked(&self.workspaces).get_mut(&workspace.id) {
            Some(stored) if stored.version == workspace.version => {
                *stored = Workspace { version: stored.version.next(), ..workspace.clone() };
                Ok(())
            }
            _ => Err(StoreError::Stale),
        }
    }

    async fn find_released(&self, _prefix: &WorkspacePrefix) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(None)
    }

    async fn insert_released(&self, _prefix: &WorkspacePrefix, _at: DateTime<Utc>) -> Result<(), StoreError> {
        Ok(())
    }
}

#[async_trait]
impl HierarchyRepository for OwnStore {
    async fn find(&self, id: NodeId) -> Result<Option<Node>, StoreError> {
        Ok(locked(&self.nodes).get(&id).cloned())
    }

    async fn list(&self) -> Result<Vec<Node>, StoreError> {
        Ok(locked(&self.nodes).values().cloned().collect())
    }

    async fn insert(&self, node: &Node) -> Result<(), StoreError> {
        locked(&self.nodes).insert(node.id, node.clone());
        Ok(())
    }

    async fn insert_all(&self, nodes: &[Node]) -> Result<(), StoreError> {
        locked(&self.nodes).extend(nodes.iter().map(|node| (node.id, node.clone())));
        Ok(())
    }

    async fn update(&self, node: &Node) -> Result<(), StoreError> {
        match locked(&self.nodes).get_mut(&node.id) {
            Some(stored) if stored.version == node.version => {
                *stored = Node { version: stored.version.next(), ..node.clone() };
                Ok(())
            }
            _ => Err(StoreError::Stale),
        }
    }
}

/// The people of a store that keeps none.
struct Nobody;

fn keeps_no_people() -> StoreError {
    StoreError::Backend("this store keeps no people".to_owned())
}

#[async_trait]
impl WorkspaceMemberRepository for Nobody {
    async fn find(&self, _user: UserId) -> Result<Option<Member>, StoreError> {
        Ok(None)
    }

    async fn list(&self, _page: &PageRequest) -> Result<Page<Member>, StoreError> {
        Ok(Page { items: Vec::new(), next: None })
    }

    async fn list_all(&self) -> Result<Vec<Member>, StoreError> {
        Ok(Vec::new())
    }

    async fn list_by_users(&self, _users: &[UserId]) -> Result<Vec<Member>, StoreError> {
        Ok(Vec::new())
    }

    async fn count_admins(&self) -> Result<u64, StoreError> {
        Ok(0)
    }

    async fn insert(&self, _member: &Member) -> Result<(), StoreError> {
        Err(keeps_no_people())
    }

    async fn update(&self, _member: &Member) -> Result<(), StoreError> {
        Err(keeps_no_people())
    }

    async fn delete(&self, _member: &Member) -> Result<(), StoreError> {
        Err(keeps_no_people())
    }
}

#[async_trait]
impl InvitationRepository for Nobody {
    async fn find(&self, _id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        Ok(None)
    }

    async fn find_by_secret_hash(&self, _hash: &SecretHash) -> Result<Option<Invitation>, StoreError> {
        Ok(None)
    }

    async fn find_pending_by_email(
        &self,
        _email: &Email,
        _project: Option<ProjectId>,
    ) -> Result<Option<Invitation>, StoreError> {
        Ok(None)
    }

    async fn list(&self, _page: &PageRequest) -> Result<Page<Invitation>, StoreError> {
        Ok(Page { items: Vec::new(), next: None })
    }

    async fn list_pending_by_project(&self, _project: ProjectId) -> Result<Vec<Invitation>, StoreError> {
        Ok(Vec::new())
    }

    async fn list_pending_by_inviter(&self, _user: UserId) -> Result<Vec<Invitation>, StoreError> {
        Ok(Vec::new())
    }

    async fn insert(&self, _invitation: &Invitation) -> Result<(), StoreError> {
        Err(keeps_no_people())
    }

    async fn update(&self, _invitation: &Invitation) -> Result<(), StoreError> {
        Err(keeps_no_people())
    }
}

#[async_trait]
impl MembershipDirectory for Nobody {
    async fn list_workspaces(&self, _user: UserId) -> Result<Vec<WorkspaceId>, StoreError> {
        Ok(Vec::new())
    }

    async fn insert(&self, _user: UserId, _workspace: WorkspaceId) -> Result<(), StoreError> {
        Err(keeps_no_people())
    }

    async fn delete(&self, _user: UserId, _workspace: WorkspaceId) -> Result<(), StoreError> {
        Ok(())
    }
}
