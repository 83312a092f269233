//! Deleting a phase.

use guildhall_core::{PhaseId, ProjectId};

use crate::{Begun, Event, Kernel, KernelError, Request, code};

impl Kernel {
    /// Deletes a phase for good, once nothing lies in it.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn delete_phase(
        &self,
        request: &Request,
        project: ProjectId,
        id: PhaseId,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else { return Ok(()) };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        work.lock_board(project.id).await?;
        let phase = self.orchestration(&*work).delete_phase(project.id, id).await?;
        let event = Event::new("phase.deleted", id.uuid(), phase.name.to_string());
        work.finish(event.in_project(project.id).removing(&phase)).await
    }
}
