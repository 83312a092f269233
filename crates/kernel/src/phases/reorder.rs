//! Moving a phase.

use guildhall_core::{PhaseId, ProjectId};
use guildhall_orchestration::Place;

use crate::{Begun, Event, Kernel, KernelError, Outcome, PhaseShown, Request, code};

impl Kernel {
    /// Moves a phase in its workflow.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn move_phase(
        &self,
        request: &Request,
        project: ProjectId,
        id: PhaseId,
        place: Place<PhaseId>,
    ) -> Result<Outcome<PhaseShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_phase(request, project, id).await?));
            }
        };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        work.lock_board(project.id).await?;
        let orchestration = self.orchestration(&*work);
        let before = orchestration.find_phase(project.id, id).await?;
        let after = orchestration.move_phase(project.id, id, place).await?;
        let event = Event::new("phase.moved", id.uuid(), after.name.to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_phase(request, project.id, id).await?))
    }
}
