//! Copying a phase.

use guildhall_core::{PhaseId, ProjectId};

use super::PhaseChange;
use crate::{Kernel, KernelError, Outcome, PhaseShown, Request};

impl Kernel {
    /// Copies a phase with all that is not archived in it. The copy stands right after it, with the same words, dates and assignees.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT` and `WORKFLOW_ASSIGN`;
    /// [`KernelError::NotFound`], [`KernelError::Refused`] and [`KernelError::Products`] where a product can't be used anew; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn duplicate_phase(
        &self,
        request: &Request,
        project: ProjectId,
        id: PhaseId,
    ) -> Result<Outcome<PhaseShown>, KernelError> {
        self.change_phase(request, project, PhaseChange::Duplicate(id)).await
    }
}
