//! What one caller may do, by one view at one moment. It decides without asking the database.

use chrono::{DateTime, Utc};
use guildhall_authz::{ListQuery, Owners, Permission};
use guildhall_core::{AccountId, Caller, Credential, PermissionCode, Principal, ProductId};

use crate::{KernelError, builtin, code, view::View};

/// A caller, the view that he is judged by, and when.
#[derive(Clone, Copy)]
pub(crate) struct Rights<'a> {
    pub(crate) view: &'a View,
    pub(crate) caller: &'a Caller,
    pub(crate) now: DateTime<Utc>,
}

impl Rights<'_> {
    /// The one whose rights count: the caller, or for a product's service account all of that product's.
    pub(crate) fn principal(&self) -> Principal {
        match self.caller.credential() {
            Credential::ClientCredentials { product: Some(product) } => {
                Principal::ServiceAccount(builtin::product_account(product))
            }
            _ => self.caller.principal(),
        }
    }

    /// Lets a member in, and whoever holds any code on the workspace's account. For anybody else it is not there.
    pub(crate) fn admit(&self) -> Result<(), KernelError> {
        if self.view.workspace.is_none() {
            return Ok(());
        }
        if !self.is_admitted(self.principal()) {
            return Err(KernelError::NotFound);
        }
        if !self.view.is_active() && !self.may(&code::WORKSPACE_MANAGE, self.view.root()) {
            return Err(KernelError::WorkspaceInactive);
        }
        Ok(())
    }

    /// Whether somebody may come into the workspace at all: he holds any code on its account.
    pub(crate) fn is_admitted(&self, who: Principal) -> bool {
        self.view.snapshot.holds_any(who, self.view.root(), self.now)
    }

    /// Whether the caller holds one of the platform's codes on an account.
    pub(crate) fn may(&self, code: &PermissionCode, account: AccountId) -> bool {
        self.allows(self.principal(), code, account)
    }

    /// Whether somebody holds one of the platform's codes on an account.
    pub(crate) fn allows(&self, who: Principal, code: &PermissionCode, account: AccountId) -> bool {
        self.view.snapshot.allows(who, &Permission::platform(code.clone()), account, self.now)
    }

    /// Whether somebody holds any code of the product, anywhere in the workspace.
    pub(crate) fn holds_code_of(&self, who: Principal, id: ProductId) -> bool {
        let all = ListQuery::all(self.view.root());
        let query = ListQuery { owners: Owners::product(id), limit: 0, ..all };
        self.view.snapshot.list(who, &query, self.now).total_count > 0
    }
}
