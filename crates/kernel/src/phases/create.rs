//! Adding a phase.

use guildhall_core::{PhaseId, ProjectId};
use guildhall_orchestration::CreatePhase;

use crate::{Begun, Event, Kernel, KernelError, Outcome, PhaseShown, Request, code};

impl Kernel {
    /// Adds a phase to a project's workflow.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn create_phase(
        &self,
        request: &Request,
        project: ProjectId,
        command: CreatePhase,
    ) -> Result<Outcome<PhaseShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_phase(request, project, PhaseId::new(id)).await?));
            }
        };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        if !command.assignees.is_empty() {
            work.require(&code::WORKFLOW_ASSIGN, project.account_id)?;
        }
        work.lock_board(project.id).await?;
        let phase = self.orchestration(&*work).create_phase(project.id, command).await?;
        let event = Event::new("phase.created", phase.id.uuid(), phase.name.to_string());
        work.finish(event.in_project(project.id).creating(&phase)).await?;
        Ok(Outcome::Done(self.find_phase(request, project.id, phase.id).await?))
    }
}
