//! What tenancy asks of a store.
//!
//! A store is bound to one workspace; workspaces themselves and the directory of memberships belong to the platform.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{
    Email, InvitationId, NodeId, Page, PageRequest, ProjectId, SecretHash, StoreError, UserId, WorkspaceId,
};

use crate::{Invitation, Member, Node, Workspace, WorkspaceFilter, WorkspacePrefix};

/// Workspaces: a table of the platform, not of any one workspace.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait WorkspaceRepository: Send + Sync {
    /// The workspace with that id, in whatever state.
    async fn find(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError>;
    /// The workspace with that prefix, in whatever state.
    async fn find_by_prefix(&self, prefix: &WorkspacePrefix) -> Result<Option<Workspace>, StoreError>;
    /// The workspaces that the filter lets through, by id; the System workspace is one of them.
    async fn list(&self, filter: &WorkspaceFilter, page: &PageRequest)
    -> Result<Page<Workspace>, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the prefix is taken.
    async fn insert(&self, workspace: &Workspace) -> Result<(), StoreError>;
    /// Stores it as its next version; [`StoreError::Stale`] where the stored version is another.
    async fn update(&self, workspace: &Workspace) -> Result<(), StoreError>;
    /// When a workspace last gave the prefix up, or `None` where none has.
    async fn find_released(&self, prefix: &WorkspacePrefix) -> Result<Option<DateTime<Utc>>, StoreError>;
    /// Notes that a workspace gives the prefix up.
    async fn insert_released(&self, prefix: &WorkspacePrefix, at: DateTime<Utc>) -> Result<(), StoreError>;
}

/// The nodes of the bound workspace.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait HierarchyRepository: Send + Sync {
    /// The node with that id, live or archived.
    async fn find(&self, id: NodeId) -> Result<Option<Node>, StoreError>;
    /// All nodes, live and archived, by id.
    async fn list(&self) -> Result<Vec<Node>, StoreError>;
    /// Adds a node and its account, below that of its parent or of the organisation.
    async fn insert(&self, node: &Node) -> Result<(), StoreError>;
    /// Adds nodes with their accounts, each after the one that it stands under.
    async fn insert_all(&self, nodes: &[Node]) -> Result<(), StoreError>;
    /// Stores it as its next version; [`StoreError::Stale`] where the stored version is another.
    async fn update(&self, node: &Node) -> Result<(), StoreError>;
}

/// The members of the bound workspace.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait WorkspaceMemberRepository: Send + Sync {
    /// The user's membership here, active or suspended.
    async fn find(&self, user: UserId) -> Result<Option<Member>, StoreError>;
    /// A page of the members, by user id.
    async fn list(&self, page: &PageRequest) -> Result<Page<Member>, StoreError>;
    /// All members at once, by user id: the facts that rights follow from are read whole.
    async fn list_all(&self) -> Result<Vec<Member>, StoreError>;
    /// Those of the users who are members, by user id.
    async fn list_by_users(&self, users: &[UserId]) -> Result<Vec<Member>, StoreError>;
    /// How many members are [active administrators](Member::is_active_admin).
    async fn count_admins(&self) -> Result<u64, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the user is a member.
    async fn insert(&self, member: &Member) -> Result<(), StoreError>;
    /// Stores it as its next version; [`StoreError::Stale`] where the stored version is another.
    async fn update(&self, member: &Member) -> Result<(), StoreError>;
    /// Removes it; [`StoreError::Stale`] where the stored version is another, or there is none.
    async fn delete(&self, member: &Member) -> Result<(), StoreError>;
}

/// The invitations of the bound workspace. One that has expired is still pending.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait InvitationRepository: Send + Sync {
    /// The invitation with that id, whatever became of it.
    async fn find(&self, id: InvitationId) -> Result<Option<Invitation>, StoreError>;
    /// The invitation that the secret opens, whatever became of it.
    async fn find_by_secret_hash(&self, hash: &SecretHash) -> Result<Option<Invitation>, StoreError>;
    /// The pending invitation of that address to that project, or to the workspace alone for `None`.
    async fn find_pending_by_email(
        &self,
        email: &Email,
        project: Option<ProjectId>,
    ) -> Result<Option<Invitation>, StoreError>;
    /// The pending invitations, by id.
    async fn list(&self, page: &PageRequest) -> Result<Page<Invitation>, StoreError>;
    /// The pending invitations to that project, by id.
    async fn list_pending_by_project(&self, project: ProjectId) -> Result<Vec<Invitation>, StoreError>;
    /// The pending invitations that the user sent, by id.
    async fn list_pending_by_inviter(&self, user: UserId) -> Result<Vec<Invitation>, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the address has a pending one to the same project, or likewise to the
    /// workspace alone.
    async fn insert(&self, invitation: &Invitation) -> Result<(), StoreError>;
    /// Stores it as its next version; [`StoreError::Stale`] where the stored version is another.
    async fn update(&self, invitation: &Invitation) -> Result<(), StoreError>;
}

/// Leads from a user to his workspaces: a table of the platform, written with the memberships that it indexes.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait MembershipDirectory: Send + Sync {
    /// The workspaces that the user is a member of, in whatever state, by id.
    async fn list_workspaces(&self, user: UserId) -> Result<Vec<WorkspaceId>, StoreError>;
    /// Enters a membership; entering it twice changes nothing.
    async fn insert(&self, user: UserId, workspace: WorkspaceId) -> Result<(), StoreError>;
    /// Strikes a membership out; what is not there is struck out already.
    async fn delete(&self, user: UserId, workspace: WorkspaceId) -> Result<(), StoreError>;
}

/// What tenancy needs from one transaction.
pub trait TenancyStore: Send + Sync {
    /// The platform's workspaces.
    fn workspaces(&self) -> &dyn WorkspaceRepository;
    /// The nodes of the bound workspace.
    fn hierarchy(&self) -> &dyn HierarchyRepository;
    /// The members of the bound workspace.
    fn workspace_members(&self) -> &dyn WorkspaceMemberRepository;
    /// The invitations of the bound workspace.
    fn invitations(&self) -> &dyn InvitationRepository;
    /// The platform's directory of memberships.
    fn membership_directory(&self) -> &dyn MembershipDirectory;
}
