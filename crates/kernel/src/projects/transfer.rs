//! Handing a project over.

use guildhall_authz::Epoch;
use guildhall_core::{ProjectId, UserId};
use guildhall_orchestration::{OrchestrationError, ProjectMember, ProjectRole};
use guildhall_tenancy::MemberState;
use serde::Serialize;

use crate::{
    Begun, Event, Kernel, KernelError, Outcome, ProjectShown, Request, code, project_members::may_become,
    work::Work,
};

/// Who owns a project, as the event tells it.
#[derive(Serialize)]
struct Owned {
    owner_id: Option<UserId>,
}

impl Kernel {
    /// Makes a member of the project its owner. A caller who owned it contributes from then on; a workspace admin who is no
    /// member hands over what others own, who go on owning it too.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_MEMBERS`, and where an external member would become an owner without
    /// `MEMBER_MANAGE`; [`KernelError::Orchestration`] where the other one is no active member of the project.
    pub async fn transfer_project(
        &self,
        request: &Request,
        project: ProjectId,
        to: UserId,
    ) -> Result<Outcome<ProjectShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_project(request, project).await?)),
        };
        let project = work.authorize_project(project, &code::PROJECT_MEMBERS).await?;
        let from = work.caller().user();
        let concerned: Vec<_> = from.into_iter().chain([to]).map(Into::into).collect();
        work.raise(Epoch::Workspace, &concerned).await?;
        let project = work.lock_board(project.id).await?;
        let transfer = self.orchestration(&*work).transfer_project(&project, from, to).await?;
        may_own(&work, to).await?;
        for (before, after) in transfer.former.iter().chain([&transfer.owner]) {
            record(&work, before, after).await?;
        }
        let event = Event::new("project.transferred", project.id.uuid(), project.name.to_string());
        let (before, after) = (
            Owned { owner_id: transfer.former.map(|(former, _)| former.user_id) },
            Owned { owner_id: Some(to) },
        );
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_project(request, project.id).await?))
    }
}

async fn may_own(work: &Work<'_>, user: UserId) -> Result<(), KernelError> {
    let member = work.workspace_members().find(user).await?;
    match member.filter(|member| member.state == MemberState::Active) {
        Some(member) => may_become(work, member.role, ProjectRole::Owner),
        None => Err(OrchestrationError::NotAMember { user_ids: vec![user] }.into()),
    }
}

async fn record(work: &Work<'_>, before: &ProjectMember, after: &ProjectMember) -> Result<(), KernelError> {
    if before == after {
        return Ok(());
    }
    let name = work.users().find(after.user_id).await?.map(|user| user.display_name());
    let event = Event::new("project_member.changed", after.user_id.uuid(), name);
    work.record(event.in_project(after.project_id).changing(before, after)).await.map(drop)
}
