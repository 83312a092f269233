//! Whom somebody may add to a project.

use std::collections::BTreeSet;

use guildhall_core::{ProjectId, UserId};
use guildhall_identity::User;
use guildhall_orchestration::ProjectRole;
use guildhall_tenancy::{Member, WorkspaceRole};

use super::NamedPerson;
use crate::{KernelError, code, work::Work};

/// The member of the workspace who is named, where the caller sees him. One whom he does not see is as absent as nobody.
pub(crate) async fn seen_member(
    work: &Work<'_>,
    named: &NamedPerson,
) -> Result<Option<(User, Member)>, KernelError> {
    let user = match named {
        NamedPerson::User(id) => work.users().find(*id).await?,
        NamedPerson::Email(email) => work.users().find_by_email(email).await?,
    };
    let Some(user) = user else { return Ok(None) };
    let Some(member) = work.workspace_members().find(user.id).await? else { return Ok(None) };
    Ok(if sees(work, user.id).await? { Some((user, member)) } else { None })
}

/// Whoever reads the directory sees everybody; others see those with whom they share a project.
async fn sees(work: &Work<'_>, user: UserId) -> Result<bool, KernelError> {
    if work.may(&code::MEMBER_READ, work.view().root()) {
        return Ok(true);
    }
    let Some(caller) = work.caller().user() else { return Ok(false) };
    let own: BTreeSet<ProjectId> =
        work.project_members().list_by_user(caller).await?.iter().map(|member| member.project_id).collect();
    let theirs = work.project_members().list_by_user(user).await?;
    Ok(theirs.iter().any(|member| own.contains(&member.project_id)))
}

/// Somebody from outside becomes an owner by a workspace admin alone.
pub(crate) fn may_become(
    work: &Work<'_>,
    workspace_role: WorkspaceRole,
    role: ProjectRole,
) -> Result<(), KernelError> {
    match (workspace_role, role) {
        (WorkspaceRole::External, ProjectRole::Owner) => {
            work.require(&code::MEMBER_MANAGE, work.view().root())
        }
        _ => Ok(()),
    }
}
