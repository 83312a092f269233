//! Removing a project for good. Its log stays.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{AccountId, Name, ProjectId};
use guildhall_orchestration::{OrchestrationError, Project, ProjectState};

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, code, work::Work};

impl Kernel {
    /// Removes an archived project with its board, its members, the grants on its account and the invitations to it. What the log
    /// says of it stays, the names of those who acted included. `name` must be the project's: nobody removes the wrong one.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_PURGE`; [`KernelError::Orchestration`] where it is not archived;
    /// [`KernelError::Refused`] where it is called otherwise.
    pub async fn purge_project(
        &self,
        request: &Request,
        id: ProjectId,
        name: &Name,
    ) -> Result<Outcome<ProjectId>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => return Ok(Outcome::Replayed(ProjectId::new(id))),
        };
        work.authorize_project(id, &code::PROJECT_PURGE).await?;
        // It takes things out of the tree of accounts, and grants with them: every node reads all of it again.
        work.raise(Epoch::Workspace, &[Change::Everything]).await?;
        let project = work.projects().update_board_version(id).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(project.version)?;
        expect_gone_for_good(&project, name)?;
        self.revoke_invitations_to(&work, id).await?;
        end_grants_on(&work, project.account_id).await?;
        work.projects().delete(&project).await?;
        let event = Event::new("project.purged", id.uuid(), project.name.to_string());
        work.finish(event.in_project(id).removing(&project)).await?;
        Ok(Outcome::Done(id))
    }

    async fn revoke_invitations_to(&self, work: &Work<'_>, id: ProjectId) -> Result<(), KernelError> {
        for invitation in work.invitations().list_pending_by_project(id).await? {
            let revoked = self.tenancy(work.unit()).revoke_invitation(invitation).await?;
            let event = Event::new("invitation.revoked", revoked.id.uuid(), revoked.email.to_string());
            work.record(event.removing(&revoked)).await?;
        }
        Ok(())
    }
}

fn expect_gone_for_good(project: &Project, name: &Name) -> Result<(), KernelError> {
    if project.state != ProjectState::Archived {
        return Err(OrchestrationError::ProjectNotArchived.into());
    }
    if project.name != *name {
        let detail = "the name is not the project's; repeat the name of the project that is to go".to_owned();
        return Err(KernelError::Refused { code: "name_mismatch", detail });
    }
    Ok(())
}

async fn end_grants_on(work: &Work<'_>, account: AccountId) -> Result<(), KernelError> {
    let grants = work.grants().list().await?.into_iter();
    for grant in grants.filter(|grant| grant.account == account) {
        work.grants().delete(grant.id).await?;
        work.record(Event::new("grant.ended", grant.id.uuid(), None).removing(&grant)).await?;
    }
    Ok(())
}
