//! A store made of mocks, and builders of test data.

use guildhall_core::{AccountId, GrantId, IdGenerator, Name, PermissionCode, RoleCode, RoleId};

pub use crate::ports::{MockEpochRepository, MockGrantRepository};
use crate::{
    Account, AccountKind, AuthzStore, EpochRepository, GrantRepository, Holder, Owner, Permission, Role,
    StoredGrant,
};

/// A store whose repositories answer what a test tells them to.
#[derive(Default)]
pub struct MockStore {
    /// Stored grants.
    pub grants: MockGrantRepository,
    /// Epochs.
    pub epochs: MockEpochRepository,
}

impl AuthzStore for MockStore {
    fn grants(&self) -> &dyn GrantRepository {
        &self.grants
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
    StoredGrant { id: GrantId::new(ids.uuid()), holder: holder.into(), role, account, expires_at: None }
}
