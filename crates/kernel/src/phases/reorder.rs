//! Moving a phase.

use guildhall_core::{PhaseId, ProjectId};
use guildhall_orchestration::Place;

use super::PhaseChange;
use crate::{Kernel, KernelError, Outcome, PhaseShown, Request};

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
        let done = self.change_card(request, project, PhaseChange::Move(id, place)).await?;
        let shown = self.find_phase(request, project, id).await?;
        Ok(done.map(|_| shown))
    }
}
