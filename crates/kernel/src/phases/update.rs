//! Changing a phase.

use guildhall_core::{PhaseId, ProjectId};
use guildhall_orchestration::PhasePatch;

use crate::{Begun, Event, Kernel, KernelError, PhaseShown, Request, code};

impl Kernel {
    /// Changes what a phase is called, is for and who answers for it.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`, and for the assignees without `WORKFLOW_ASSIGN`;
    /// [`KernelError::Orchestration`] for the rules of boards.
    pub async fn update_phase(
        &self,
        request: &Request,
        project: ProjectId,
        id: PhaseId,
        patch: PhasePatch,
    ) -> Result<PhaseShown, KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else {
            return self.find_phase(request, project, id).await;
        };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        if patch.assignees.is_some() {
            work.require(&code::WORKFLOW_ASSIGN, project.account_id)?;
        }
        work.lock_board(project.id).await?;
        let orchestration = self.orchestration(&*work);
        let before = orchestration.find_phase(project.id, id).await?;
        let after = orchestration.update_phase(project.id, id, patch).await?;
        let event = Event::new("phase.changed", id.uuid(), after.name.to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        self.find_phase(request, project.id, id).await
    }
}
