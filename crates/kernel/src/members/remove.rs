//! Ending a membership, and all that followed from it.

use guildhall_authz::{Change, Epoch, Holder};
use guildhall_core::UserId;
use guildhall_orchestration::Withdrawal;
use guildhall_tenancy::{Invitation, Member, MemberState};

use crate::{Begun, Event, Kernel, KernelError, Request, code, project_members::ended, work::Work};

impl Kernel {
    /// Ends a membership with the sessions and API keys here, the grants, the memberships of groups and projects, the assignments to work, and the
    /// invitations that the member sent, all in one commit. Projects that he alone owned pass to `transfer_to`, else to
    /// whoever removes him.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `MEMBER_MANAGE`; [`KernelError::NotFound`] where the user is no member;
    /// [`KernelError::Tenancy`] where he is the last admin; [`KernelError::Refused`] where `transfer_to` is nobody who
    /// could own projects here.
    pub async fn remove_member(
        &self,
        request: &Request,
        id: UserId,
        transfer_to: Option<UserId>,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let workspace = work.authorize_workspace(&code::MEMBER_MANAGE)?.id;
        let member = work.workspace_members().find(id).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(member.version)?;
        let user = work.users().find(id).await?.ok_or(KernelError::NotFound)?;
        let heir = heir(&work, id, transfer_to).await?;
        let changed: Vec<Change> = [id].into_iter().chain(heir).map(Change::from).collect();
        work.raise(Epoch::Workspace, &changed).await?;
        // Before the membership itself, which memberships of projects refer to.
        let withdrawals = match heir {
            Some(heir) => self.orchestration(&*work).withdraw(id, heir).await?,
            None => Vec::new(),
        };
        let left = self.authz(&*work).leave_groups(id).await?;
        let grants = self.authz(&*work).end_grants_of(Holder::User(id)).await?;
        let revoked = self.tenancy(&*work).remove_member(workspace, &member).await?;
        work.sessions().update_ended_in(id, workspace, work.now()).await?;
        for key in self.identity(&*work).end_api_keys(id).await? {
            let event = Event::new("api_key.ended", key.id.uuid(), key.name.to_string());
            work.record(event.removing(&key)).await?;
        }
        record_withdrawals(&work, withdrawals, &user.display_name()).await?;
        record_revoked(&work, &revoked).await?;
        for membership in &left {
            let event = Event::new("group_member.removed", id.uuid(), user.display_name());
            work.record(event.removing(membership)).await?;
        }
        for grant in &grants {
            work.record(Event::new("grant.ended", grant.id.uuid(), None).removing(grant)).await?;
        }
        let event = Event::new("member.removed", id.uuid(), user.display_name());
        work.finish(event.removing(&member)).await
    }
}

/// Who takes over what the member alone owned. Who removes himself leaves it to another admin; without one he is the last
/// admin and is not removed at all, so nobody needs to.
async fn heir(
    work: &Work<'_>,
    leaving: UserId,
    transfer_to: Option<UserId>,
) -> Result<Option<UserId>, KernelError> {
    if let Some(heir) = transfer_to {
        let member = work.workspace_members().find(heir).await?;
        if heir == leaving || !member.is_some_and(|member| member.state == MemberState::Active) {
            let detail = "`transfer_to` must be another active member of the workspace".to_owned();
            return Err(KernelError::Refused { code: "transfer_to_no_member", detail });
        }
        return Ok(Some(heir));
    }
    let members = work.workspace_members().list_all().await?;
    let stays = |member: &&Member| member.user_id != leaving;
    let remover = members.iter().filter(stays).find(|member| Some(member.user_id) == work.caller().user());
    let heir = remover.or_else(|| members.iter().filter(stays).find(|member| member.is_active_admin()));
    Ok(heir.map(|member| member.user_id))
}

async fn record_withdrawals(
    work: &Work<'_>,
    withdrawals: Vec<Withdrawal>,
    name: &str,
) -> Result<(), KernelError> {
    for Withdrawal { removed, heir } in withdrawals {
        let left = &removed.member;
        let event = Event::new("project_member.removed", left.user_id.uuid(), name.to_owned());
        work.record(event.in_project(left.project_id).removing(&ended(&removed))).await?;
        if let Some(heir) = heir {
            let name = work.users().find(heir.user_id).await?.map(|user| user.display_name());
            let event = Event::new("project_member.inherited", heir.user_id.uuid(), name);
            work.record(event.in_project(heir.project_id).creating(&heir)).await?;
        }
    }
    Ok(())
}

async fn record_revoked(work: &Work<'_>, revoked: &[Invitation]) -> Result<(), KernelError> {
    for invitation in revoked {
        let event = Event::new("invitation.revoked", invitation.id.uuid(), invitation.email.to_string());
        work.record(event.removing(invitation)).await?;
    }
    Ok(())
}
