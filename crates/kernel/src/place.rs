//! Accounts, and which of them a caller may know of.

use guildhall_authz::AccountKind;
use guildhall_core::{AccountId, NodeId, PermissionCode};

use crate::{KernelError, code, work::Work};

impl Work<'_> {
    /// What the account is the account of; `None` where the workspace has none of that id or the caller may not know of it.
    /// Whoever holds `action` on it knows of it, and so does whoever sees its node or project. The workspace's own two are
    /// known to everybody who may come in.
    pub(crate) async fn account_seen(
        &self,
        account: AccountId,
        action: &PermissionCode,
    ) -> Result<Option<AccountKind>, KernelError> {
        let workspace = self.view().workspace.as_ref().ok_or(KernelError::WorkspaceRequired)?;
        if account == workspace.account_id {
            return Ok(Some(AccountKind::Workspace));
        }
        if account == workspace.organisation_account_id {
            return Ok(Some(AccountKind::Organisation));
        }
        if self.directory().find_account(account).await? != Some(workspace.id) {
            return Ok(None);
        }
        let node = NodeId::new(account.uuid());
        let (kind, seen) = if self.hierarchy().find(node).await?.is_some() {
            (AccountKind::Node, self.sight_for(self.principal(), node).is_some())
        } else {
            (AccountKind::Project, self.may(&code::PROJECT_READ, account))
        };
        Ok((seen || self.may(action, account)).then_some(kind))
    }
}

/// Something that a body names and that is not there, or that the caller may not know of: one answer for both.
pub(crate) fn unknown(what: &'static str) -> KernelError {
    let (code, detail) = match what {
        "account" => ("unknown_account", "there is no such account here"),
        "role" => ("unknown_role", "there is no such role here"),
        "group" => ("unknown_group", "there is no such group here"),
        "service account" => ("unknown_service_account", "there is no such service account here"),
        _ => ("unknown_member", "the workspace has no such member whom you can see"),
    };
    KernelError::Refused { code, detail: detail.to_owned() }
}
