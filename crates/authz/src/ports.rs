//! What authorization needs from a store.

use async_trait::async_trait;
use guildhall_core::{
    GrantId, GroupId, MetaRoleId, Name, Page, PageRequest, RoleCode, RoleId, StoreError, UserId,
};

use crate::{
    Change, Epoch, EpochScope, Epochs, GrantFilter, Group, GroupMembership, Holder, MetaRole, OwnRole,
    Raised, StoredGrant,
};

/// Stored grants, as one unit of work may see them.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait GrantRepository: Send + Sync {
    /// The grant, or `None` where the scope has none with that id.
    async fn find(&self, id: GrantId) -> Result<Option<StoredGrant>, StoreError>;

    /// All stored grants, by id.
    async fn list(&self) -> Result<Vec<StoredGrant>, StoreError>;

    /// A page of the stored grants that a filter lets through, by id.
    async fn list_page(
        &self,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Result<Page<StoredGrant>, StoreError>;

    /// The stored grants of one holder, by id.
    async fn list_by_holder(&self, holder: Holder) -> Result<Vec<StoredGrant>, StoreError>;

    /// The stored grants of one role, by id.
    async fn list_by_role(&self, role: RoleId) -> Result<Vec<StoredGrant>, StoreError>;

    /// Fails with [`StoreError::Conflict`] when the holder has the role on the account already, or when the workspace has no
    /// such account. Whether there is such a role is asked before: not every role has a row.
    async fn insert(&self, grant: &StoredGrant) -> Result<(), StoreError>;

    /// Stores when the grant ends; fails with [`StoreError::Stale`] where it has changed since it was read.
    async fn update(&self, grant: &StoredGrant) -> Result<(), StoreError>;

    /// Ends a grant; one that is gone already is no error.
    async fn delete(&self, id: GrantId) -> Result<(), StoreError>;
}

/// Groups.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait GroupRepository: Send + Sync {
    /// The group, or `None` where the scope has none with that id.
    async fn find(&self, id: GroupId) -> Result<Option<Group>, StoreError>;

    /// The group of that name, in any case of its letters.
    async fn find_by_name(&self, name: &Name) -> Result<Option<Group>, StoreError>;

    /// All groups, by id.
    async fn list(&self) -> Result<Vec<Group>, StoreError>;

    /// Fails with [`StoreError::Conflict`] when the name is taken, or when the workspace has no such account.
    async fn insert(&self, group: &Group) -> Result<(), StoreError>;

    /// Fails with [`StoreError::Stale`] where it has changed since it was read.
    async fn update(&self, group: &Group) -> Result<(), StoreError>;

    /// Fails with [`StoreError::Stale`] where it has changed since it was read, and with [`StoreError::Conflict`] while it has
    /// members.
    async fn delete(&self, group: &Group) -> Result<(), StoreError>;
}

/// Who is a member of which group.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait GroupMemberRepository: Send + Sync {
    /// The user's part in the group, or `None` where he has none.
    async fn find(&self, group: GroupId, user: UserId) -> Result<Option<GroupMembership>, StoreError>;

    /// All memberships, by group and user.
    async fn list(&self) -> Result<Vec<GroupMembership>, StoreError>;

    /// A page of a group's members, by user.
    async fn list_page(
        &self,
        group: GroupId,
        page: &PageRequest,
    ) -> Result<Page<GroupMembership>, StoreError>;

    /// A group's members, by user.
    async fn list_by_group(&self, group: GroupId) -> Result<Vec<GroupMembership>, StoreError>;

    /// The groups that a user is in, by group.
    async fn list_by_user(&self, user: UserId) -> Result<Vec<GroupMembership>, StoreError>;

    /// Fails with [`StoreError::Conflict`] when he is a member already, or is none of the workspace.
    async fn insert(&self, membership: &GroupMembership) -> Result<(), StoreError>;

    /// Ends a membership; one that is gone already is no error.
    async fn delete(&self, group: GroupId, user: UserId) -> Result<(), StoreError>;
}

/// The roles that the workspace made itself.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait OwnRoleRepository: Send + Sync {
    /// The role, or `None` where the scope has none with that id.
    async fn find(&self, id: RoleId) -> Result<Option<OwnRole>, StoreError>;

    /// The role of that code.
    async fn find_by_code(&self, code: &RoleCode) -> Result<Option<OwnRole>, StoreError>;

    /// All of them, by id.
    async fn list(&self) -> Result<Vec<OwnRole>, StoreError>;

    /// Fails with [`StoreError::Conflict`] when the code is taken.
    async fn insert(&self, role: &OwnRole) -> Result<(), StoreError>;

    /// Fails with [`StoreError::Stale`] where it has changed since it was read.
    async fn update(&self, role: &OwnRole) -> Result<(), StoreError>;

    /// Fails with [`StoreError::Stale`] where it has changed since it was read.
    async fn delete(&self, role: &OwnRole) -> Result<(), StoreError>;
}

/// Meta roles, which are the platform's: every scope sees all of them.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait MetaRoleRepository: Send + Sync {
    /// The meta role, or `None` where there is none with that id.
    async fn find(&self, id: MetaRoleId) -> Result<Option<MetaRole>, StoreError>;

    /// All of them, by code.
    async fn list(&self) -> Result<Vec<MetaRole>, StoreError>;

    /// Fails with [`StoreError::Conflict`] when the code is taken.
    async fn insert(&self, made: &MetaRole) -> Result<(), StoreError>;

    /// Fails with [`StoreError::Stale`] where it has changed since it was read.
    async fn update(&self, changed: &MetaRole) -> Result<(), StoreError>;

    /// Fails with [`StoreError::Stale`] where it has changed since it was read, and with [`StoreError::Conflict`] while a mapping
    /// or a member of a project refers to it, in whichever workspace.
    async fn delete(&self, gone: &MetaRole) -> Result<(), StoreError>;
}

/// The epochs, and the log of what raised them.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait EpochRepository: Send + Sync {
    /// All three, the workspace's being that of the unit of work.
    async fn find(&self) -> Result<Epochs, StoreError>;

    /// Those of several scopes, whatever the unit of work is bound to. A scope that was never raised is left out.
    async fn list(&self, scopes: &[EpochScope]) -> Result<Vec<Raised>, StoreError>;

    /// Waits for whoever raises the workspace's epoch, and keeps others from raising it until the transaction ends.
    async fn lock(&self) -> Result<(), StoreError>;

    /// Counts one epoch up, appends what changed to the log in the same transaction, and answers the new number. The row
    /// stays locked until the transaction ends, which puts changes to authorization in one order. The log keeps the newest
    /// thousand numbers of each scope, or a few more.
    async fn raise(&self, epoch: Epoch, changes: &[Change]) -> Result<i64, StoreError>;

    /// All that changed from one number of the bound workspace's epoch to a later one, in order; `None` where the log does not
    /// say any more.
    async fn list_changes(&self, after: i64, up_to: i64) -> Result<Option<Vec<Change>>, StoreError>;
}

/// What authorization needs from one transaction.
pub trait AuthzStore: Send + Sync {
    /// Stored grants.
    fn grants(&self) -> &dyn GrantRepository;

    /// Groups.
    fn groups(&self) -> &dyn GroupRepository;

    /// Members of groups.
    fn group_members(&self) -> &dyn GroupMemberRepository;

    /// The workspace's own roles.
    fn own_roles(&self) -> &dyn OwnRoleRepository;

    /// Meta roles.
    fn meta_roles(&self) -> &dyn MetaRoleRepository;

    /// Epochs.
    fn epochs(&self) -> &dyn EpochRepository;
}
