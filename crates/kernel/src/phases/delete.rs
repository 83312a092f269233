//! Deleting a phase.

use guildhall_core::{PhaseId, ProjectId};

use super::PhaseChange;
use crate::{Kernel, KernelError, Request};

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
        self.delete_card(request, project, PhaseChange::Delete(id)).await
    }
}
