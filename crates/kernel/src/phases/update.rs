//! Changing a phase.

use guildhall_core::{PhaseId, ProjectId};
use guildhall_orchestration::PhasePatch;

use super::PhaseChange;
use crate::{Kernel, KernelError, PhaseShown, Request};

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
        Ok(self.change_phase(request, project, PhaseChange::Update(id, patch)).await?.into_inner())
    }
}
