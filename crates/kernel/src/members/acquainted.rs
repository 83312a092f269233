//! Of whom somebody may know in a workspace.

use std::collections::BTreeSet;

use guildhall_authz::Permission;
use guildhall_core::{ProjectId, UserId};

use crate::{KernelError, code, work::Work};

/// Whom the directory shows to somebody.
pub(crate) enum Acquainted {
    /// Everybody.
    All,
    /// These alone.
    Only(BTreeSet<UserId>),
}

impl Work<'_> {
    /// Everybody to whoever reads the directory; to anybody else himself and the members of the projects in which he reads
    /// the members.
    pub(crate) async fn acquainted(&self) -> Result<Acquainted, KernelError> {
        let workspace = self.view().workspace.as_ref().ok_or(KernelError::WorkspaceRequired)?;
        if self.may(&code::MEMBER_READ, workspace.account_id) {
            return Ok(Acquainted::All);
        }
        let himself = self.caller().user().ok_or(KernelError::Forbidden(code::MEMBER_READ))?;
        let permission = Permission::platform(code::MEMBER_READ);
        let accounts = self.view().snapshot.accounts_where(self.principal(), &permission, self.now());
        let projects = self.projects().list_accounts().await?.into_iter();
        let shared: BTreeSet<ProjectId> =
            projects.filter(|one| accounts.contains(&one.account_id)).map(|one| one.project_id).collect();
        let members = self.project_members().list().await?.into_iter();
        let users = members.filter(|member| shared.contains(&member.project_id)).map(|member| member.user_id);
        Ok(Acquainted::Only(users.chain([himself]).collect()))
    }
}
