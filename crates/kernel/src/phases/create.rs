//! Adding a phase.

use guildhall_core::ProjectId;
use guildhall_orchestration::CreatePhase;

use super::PhaseChange;
use crate::{Kernel, KernelError, Outcome, PhaseShown, Request};

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
        self.change_phase(request, project, PhaseChange::Create(command)).await
    }
}
