//! Tenancy's store in memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{
    Email, InvitationId, NodeId, Page, PageRequest, ProjectId, RowVersion, SecretHash, StoreError, UserId,
    WorkspaceId,
};

use crate::{
    HierarchyRepository, Invitation, InvitationRepository, InvitationState, Member, MembershipDirectory,
    Node, TenancyStore, Workspace, WorkspaceFilter, WorkspaceMemberRepository, WorkspacePrefix,
    WorkspaceRepository,
};

/// Tenancy's store in memory, for one workspace. It keeps the rules that the ports name and no others; a list is always
/// one page.
#[derive(Default)]
pub struct MemoryStore {
    workspaces: Table<WorkspaceId, Workspace>,
    nodes: Table<NodeId, Node>,
    members: Table<UserId, Member>,
    invitations: Table<InvitationId, Invitation>,
    released: Mutex<BTreeMap<WorkspacePrefix, DateTime<Utc>>>,
    directory: Mutex<BTreeSet<(UserId, WorkspaceId)>>,
}

impl TenancyStore for MemoryStore {
    fn workspaces(&self) -> &dyn WorkspaceRepository {
        self
    }

    fn hierarchy(&self) -> &dyn HierarchyRepository {
        self
    }

    fn workspace_members(&self) -> &dyn WorkspaceMemberRepository {
        self
    }

    fn invitations(&self) -> &dyn InvitationRepository {
        self
    }

    fn membership_directory(&self) -> &dyn MembershipDirectory {
        self
    }
}

/// Rows by their key.
struct Table<K, V>(Mutex<BTreeMap<K, V>>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Ord + Copy, V: Row + Clone> Table<K, V> {
    fn rows(&self) -> MutexGuard<'_, BTreeMap<K, V>> {
        locked(&self.0)
    }

    fn find(&self, key: K) -> Option<V> {
        self.rows().get(&key).cloned()
    }

    fn select(&self, wanted: impl Fn(&V) -> bool) -> Vec<V> {
        self.rows().values().filter(|row| wanted(row)).cloned().collect()
    }

    fn page(&self, wanted: impl Fn(&V) -> bool) -> Page<V> {
        Page { items: self.select(wanted), next: None }
    }

    /// Adds a row that no present row clashes with.
    fn insert(&self, key: K, row: &V, clashes: impl Fn(&V) -> bool) -> Result<(), StoreError> {
        let mut rows = self.rows();
        if rows.contains_key(&key) || rows.values().any(clashes) {
            return Err(StoreError::Conflict("a row like it is there".to_owned()));
        }
        rows.insert(key, row.clone());
        Ok(())
    }

    fn update(&self, key: K, row: &V) -> Result<(), StoreError> {
        let mut rows = self.rows();
        let stored = rows.get_mut(&key).filter(|stored| stored.version() == row.version());
        *stored.ok_or(StoreError::Stale)? = row.clone().advanced();
        Ok(())
    }
}

/// A row that counts its changes.
trait Row {
    fn version(&self) -> RowVersion;
    fn advanced(self) -> Self;
}

macro_rules! rows {
    ($($row:ty)+) => {$(
        impl Row for $row {
            fn version(&self) -> RowVersion {
                self.version
            }

            fn advanced(self) -> Self {
                Self { version: self.version.next(), ..self }
            }
        }
    )+};
}

rows!(Workspace Node Member Invitation);

fn locked<T>(place: &Mutex<T>) -> MutexGuard<'_, T> {
    place.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl WorkspaceRepository for MemoryStore {
    async fn find(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError> {
        Ok(self.workspaces.find(id))
    }

    async fn find_by_prefix(&self, prefix: &WorkspacePrefix) -> Result<Option<Workspace>, StoreError> {
        Ok(self.workspaces.select(|workspace| workspace.prefix == *prefix).pop())
    }

    async fn list(
        &self,
        filter: &WorkspaceFilter,
        _page: &PageRequest,
    ) -> Result<Page<Workspace>, StoreError> {
        Ok(self.workspaces.page(|workspace| filter.state.is_none_or(|state| state == workspace.state)))
    }

    async fn insert(&self, workspace: &Workspace) -> Result<(), StoreError> {
        self.workspaces.insert(workspace.id, workspace, |other| other.prefix == workspace.prefix)
    }

    async fn update(&self, workspace: &Workspace) -> Result<(), StoreError> {
        self.workspaces.update(workspace.id, workspace)
    }

    async fn find_released(&self, prefix: &WorkspacePrefix) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(locked(&self.released).get(prefix).copied())
    }

    async fn insert_released(&self, prefix: &WorkspacePrefix, at: DateTime<Utc>) -> Result<(), StoreError> {
        locked(&self.released).insert(prefix.clone(), at);
        Ok(())
    }
}

#[async_trait]
impl HierarchyRepository for MemoryStore {
    async fn find(&self, id: NodeId) -> Result<Option<Node>, StoreError> {
        Ok(self.nodes.find(id))
    }

    async fn list(&self) -> Result<Vec<Node>, StoreError> {
        Ok(self.nodes.select(|_| true))
    }

    async fn insert(&self, node: &Node) -> Result<(), StoreError> {
        self.nodes.insert(node.id, node, |_| false)
    }

    async fn insert_all(&self, nodes: &[Node]) -> Result<(), StoreError> {
        nodes.iter().try_for_each(|node| self.nodes.insert(node.id, node, |_| false))
    }

    async fn update(&self, node: &Node) -> Result<(), StoreError> {
        self.nodes.update(node.id, node)
    }
}

#[async_trait]
impl WorkspaceMemberRepository for MemoryStore {
    async fn find(&self, user: UserId) -> Result<Option<Member>, StoreError> {
        Ok(self.members.find(user))
    }

    async fn list(&self, _page: &PageRequest) -> Result<Page<Member>, StoreError> {
        Ok(self.members.page(|_| true))
    }

    async fn list_all(&self) -> Result<Vec<Member>, StoreError> {
        Ok(self.members.select(|_| true))
    }

    async fn list_by_users(&self, users: &[UserId]) -> Result<Vec<Member>, StoreError> {
        Ok(self.members.select(|member| users.contains(&member.user_id)))
    }

    async fn count_admins(&self) -> Result<u64, StoreError> {
        Ok(self.members.rows().values().filter(|member| member.is_active_admin()).map(|_| 1).sum())
    }

    async fn insert(&self, member: &Member) -> Result<(), StoreError> {
        self.members.insert(member.user_id, member, |_| false)
    }

    async fn update(&self, member: &Member) -> Result<(), StoreError> {
        self.members.update(member.user_id, member)
    }

    async fn delete(&self, member: &Member) -> Result<(), StoreError> {
        self.members.update(member.user_id, member)?;
        self.members.rows().remove(&member.user_id);
        Ok(())
    }
}

#[async_trait]
impl InvitationRepository for MemoryStore {
    async fn find(&self, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        Ok(self.invitations.find(id))
    }

    async fn find_by_secret_hash(&self, hash: &SecretHash) -> Result<Option<Invitation>, StoreError> {
        Ok(self.invitations.select(|invitation| invitation.secret_hash == *hash).pop())
    }

    async fn find_pending_by_email(
        &self,
        email: &Email,
        project: Option<ProjectId>,
    ) -> Result<Option<Invitation>, StoreError> {
        let wanted = |row: &Invitation| is_pending(row) && row.email == *email && row.project_id() == project;
        Ok(self.invitations.select(wanted).pop())
    }

    async fn list(&self, _page: &PageRequest) -> Result<Page<Invitation>, StoreError> {
        Ok(self.invitations.page(is_pending))
    }

    async fn list_pending_by_project(&self, project: ProjectId) -> Result<Vec<Invitation>, StoreError> {
        Ok(self.invitations.select(|row| is_pending(row) && row.project_id() == Some(project)))
    }

    async fn list_pending_by_inviter(&self, user: UserId) -> Result<Vec<Invitation>, StoreError> {
        Ok(self.invitations.select(|row| is_pending(row) && row.invited_by == user))
    }

    async fn insert(&self, invitation: &Invitation) -> Result<(), StoreError> {
        self.invitations.insert(invitation.id, invitation, |other| {
            is_pending(other)
                && other.email == invitation.email
                && other.project_id() == invitation.project_id()
        })
    }

    async fn update(&self, invitation: &Invitation) -> Result<(), StoreError> {
        self.invitations.update(invitation.id, invitation)
    }
}

fn is_pending(invitation: &Invitation) -> bool {
    invitation.state == InvitationState::Pending
}

#[async_trait]
impl MembershipDirectory for MemoryStore {
    async fn list_workspaces(&self, user: UserId) -> Result<Vec<WorkspaceId>, StoreError> {
        let entries = locked(&self.directory);
        Ok(entries.iter().filter(|(member, _)| *member == user).map(|(_, workspace)| *workspace).collect())
    }

    async fn insert(&self, user: UserId, workspace: WorkspaceId) -> Result<(), StoreError> {
        locked(&self.directory).insert((user, workspace));
        Ok(())
    }

    async fn delete(&self, user: UserId, workspace: WorkspaceId) -> Result<(), StoreError> {
        locked(&self.directory).remove(&(user, workspace));
        Ok(())
    }
}
