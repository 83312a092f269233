//! A store made of mocks, and builders of test data.

use chrono::DateTime;
use guildhall_core::{
    AccountId, GrantId, GroupId, IdGenerator, MetaRoleCode, MetaRoleId, Name, PermissionCode, RoleCode,
    RoleId, RowVersion,
};

pub use crate::ports::{
    MockEpochRepository, MockGrantRepository, MockGroupMemberRepository, MockGroupRepository,
    MockMetaRoleRepository, MockOwnRoleRepository,
};
use crate::{
    Account, AccountKind, AuthzStore, EpochRepository, GivenBy, GrantRepository, Group,
    GroupMemberRepository, GroupRepository, Holder, MetaRole, MetaRoleRepository, OwnRole, OwnRoleRepository,
    Owner, Permission, Role, StoredGrant,
};

/// A store whose repositories answer what a test tells them to.
#[derive(Default)]
pub struct MockStore {
    /// Stored grants.
    pub grants: MockGrantRepository,
    /// Groups.
    pub groups: MockGroupRepository,
    /// Members of groups.
    pub group_members: MockGroupMemberRepository,
    /// The workspace's own roles.
    pub own_roles: MockOwnRoleRepository,
    /// Meta roles.
    pub meta_roles: MockMetaRoleRepository,
    /// Epochs.
    pub epochs: MockEpochRepository,
}

impl AuthzStore for MockStore {
    fn grants(&self) -> &dyn GrantRepository {
        &self.grants
    }

    fn groups(&self) -> &dyn GroupRepository {
        &self.groups
    }

    fn group_members(&self) -> &dyn GroupMemberRepository {
        &self.group_members
    }

    fn own_roles(&self) -> &dyn OwnRoleRepository {
        &self.own_roles
    }

    fn meta_roles(&self) -> &dyn MetaRoleRepository {
        &self.meta_roles
    }

    fn epochs(&self) -> &dyn EpochRepository {
        &self.epochs
    }
}

/// A new account under another.
pub fn account(ids: &dyn IdGenerator, parent: Option<AccountId>, kind: AccountKind) -> Account {
    Account { id: AccountId::new(ids.uuid()), parent, kind }
}

/// A new role that holds its owner's codes.
#[expect(clippy::expect_used, reason = "the name is fixed")]
pub fn role<const N: usize>(ids: &dyn IdGenerator, owner: Owner, codes: [&'static str; N]) -> Role {
    let name: Name = "Role".parse().expect("a name");
    let permissions =
        codes.into_iter().map(|code| Permission { owner, code: PermissionCode::fixed(code) }).collect();
    Role { id: RoleId::new(ids.uuid()), owner, code: RoleCode::fixed("ROLE"), name, permissions }
}

/// A new stored grant without an end.
pub fn stored_grant(
    ids: &dyn IdGenerator,
    holder: impl Into<Holder>,
    role: RoleId,
    account: AccountId,
) -> StoredGrant {
    StoredGrant {
        id: GrantId::new(ids.uuid()),
        holder: holder.into(),
        role,
        account,
        expires_at: None,
        version: RowVersion::FIRST,
    }
}

/// A new group, called `Group`.
#[expect(clippy::expect_used, reason = "the name is fixed")]
pub fn group(ids: &dyn IdGenerator) -> Group {
    Group {
        id: GroupId::new(ids.uuid()),
        account: AccountId::new(ids.uuid()),
        name: "Group".parse().expect("a name"),
        description: None,
        created_at: DateTime::UNIX_EPOCH,
        version: RowVersion::FIRST,
    }
}

/// A new role of the workspace's own, which holds nothing.
#[expect(clippy::expect_used, reason = "the name is fixed")]
pub fn own_role(ids: &dyn IdGenerator) -> OwnRole {
    OwnRole {
        id: RoleId::new(ids.uuid()),
        code: RoleCode::fixed("OWN"),
        name: "Own".parse().expect("a name"),
        permissions: [].into(),
        created_at: DateTime::UNIX_EPOCH,
        version: RowVersion::FIRST,
    }
}

/// A new meta role, which owners give.
#[expect(clippy::expect_used, reason = "the name is fixed")]
pub fn meta_role(ids: &dyn IdGenerator) -> MetaRole {
    MetaRole {
        id: MetaRoleId::new(ids.uuid()),
        code: MetaRoleCode::fixed("REVIEW_LEAD"),
        name: "Review lead".parse().expect("a name"),
        given_by: GivenBy::Owner,
        built_in: false,
        version: RowVersion::FIRST,
    }
}
