//! For tests: a store in memory, and builders. The mocks of the ports are in this module too.

mod memory;

use guildhall_core::{
    AccountId, Clock, IdGenerator, InvitationId, Level, NodeId, RowVersion, UserId, WorkspaceId,
    testing::FixedClock,
};

pub use self::memory::MemoryStore;
pub use crate::ports::{
    MockHierarchyRepository, MockInvitationRepository, MockMembershipDirectory,
    MockWorkspaceMemberRepository, MockWorkspaceRepository,
};
use crate::{
    HierarchyRepository, Invitation, InvitationRepository, InvitationState, Member, MemberState,
    MembershipDirectory, NewInvitation, NewNode, NewWorkspace, Node, NodeState, TenancyStore, Workspace,
    WorkspaceMemberRepository, WorkspaceRepository, WorkspaceRole, WorkspaceSettings, WorkspaceState,
};

/// Tenancy's store, made of the mocks: set expectations on the fields.
#[derive(Default)]
pub struct MockStore {
    /// Workspaces.
    pub workspaces: MockWorkspaceRepository,
    /// Nodes.
    pub hierarchy: MockHierarchyRepository,
    /// Members.
    pub workspace_members: MockWorkspaceMemberRepository,
    /// Invitations.
    pub invitations: MockInvitationRepository,
    /// Which workspaces a user is a member of.
    pub membership_directory: MockMembershipDirectory,
}

impl TenancyStore for MockStore {
    fn workspaces(&self) -> &dyn WorkspaceRepository {
        &self.workspaces
    }

    fn hierarchy(&self) -> &dyn HierarchyRepository {
        &self.hierarchy
    }

    fn workspace_members(&self) -> &dyn WorkspaceMemberRepository {
        &self.workspace_members
    }

    fn invitations(&self) -> &dyn InvitationRepository {
        &self.invitations
    }

    fn membership_directory(&self) -> &dyn MembershipDirectory {
        &self.membership_directory
    }
}

/// A workspace to make, with that prefix.
#[expect(clippy::expect_used, reason = "a builder of test data")]
pub fn new_workspace(ids: &dyn IdGenerator, prefix: &str) -> NewWorkspace {
    NewWorkspace {
        id: WorkspaceId::new(ids.uuid()),
        prefix: prefix.parse().expect("a prefix"),
        name: "Example Agency".parse().expect("a name"),
        settings: WorkspaceSettings::default(),
    }
}

/// An active workspace with that prefix.
pub fn workspace(ids: &dyn IdGenerator, prefix: &str) -> Workspace {
    let NewWorkspace { id, prefix, name, settings } = new_workspace(ids, prefix);
    Workspace {
        id,
        account_id: AccountId::new(ids.uuid()),
        organisation_account_id: AccountId::new(ids.uuid()),
        prefix,
        name,
        settings,
        state: WorkspaceState::Active,
        created_at: FixedClock::default().now(),
        version: RowVersion::FIRST,
    }
}

/// A node of that level to make.
#[expect(clippy::expect_used, reason = "a builder of test data")]
pub fn new_node(level: Level) -> NewNode {
    let name = format!("Example {level}").parse().expect("a name");
    NewNode { level, name, md_id: None, categories: Vec::new() }
}

/// A live node of that level below `parent`; whether it may stand there is not asked.
pub fn node(ids: &dyn IdGenerator, level: Level, parent: Option<&Node>) -> Node {
    let NewNode { level, name, md_id, categories } = new_node(level);
    Node {
        id: NodeId::new(ids.uuid()),
        parent_id: parent.map(|parent| parent.id),
        level,
        name,
        md_id,
        categories,
        state: NodeState::Live,
        archived_with: None,
        created_at: FixedClock::default().now(),
        version: RowVersion::FIRST,
    }
}

/// An active member with that role.
pub fn member(ids: &dyn IdGenerator, role: WorkspaceRole) -> Member {
    Member {
        user_id: UserId::new(ids.uuid()),
        role,
        state: MemberState::Active,
        since: FixedClock::default().now(),
        version: RowVersion::FIRST,
    }
}

/// An invitation of that address as `EXTERNAL`, to be sent by `invited_by`.
#[expect(clippy::expect_used, reason = "a builder of test data")]
pub fn new_invitation(email: &str, invited_by: UserId) -> NewInvitation {
    NewInvitation {
        email: email.parse().expect("an address"),
        user_id: None,
        role: WorkspaceRole::External,
        node_ids: None,
        firstname: None,
        lastname: None,
        invited_by,
        mailed: false,
        project: None,
        lifetime: Invitation::LIFETIME,
    }
}

/// A pending invitation of that address as `EXTERNAL`.
pub fn invitation(ids: &dyn IdGenerator, email: &str) -> Invitation {
    let command = new_invitation(email, UserId::new(ids.uuid()));
    let created_at = FixedClock::default().now();
    Invitation {
        id: InvitationId::new(ids.uuid()),
        email: command.email,
        role: command.role,
        node_ids: command.node_ids,
        firstname: command.firstname,
        lastname: command.lastname,
        invited_by: command.invited_by,
        secret_hash: ids.secret().hash(),
        mailed: command.mailed,
        project: command.project,
        created_at,
        expires_at: created_at + Invitation::LIFETIME,
        state: InvitationState::Pending,
        version: RowVersion::FIRST,
    }
}
