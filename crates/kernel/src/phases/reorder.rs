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
        self.change_phase(request, project, PhaseChange::Move(id, place)).await
    }
}
