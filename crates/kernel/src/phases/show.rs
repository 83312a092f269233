//! A phase as its reader sees it.

use guildhall_core::{PermissionCode, PhaseId, ProjectId, RowVersion};
use guildhall_orchestration::BoardPhase;

use crate::{Kernel, KernelError, Request, board::Mentioned, board::Mentions, code};

/// What the codes of a phase are about.
const CODES: [PermissionCode; 2] = [code::WORKFLOW_EDIT, code::WORKFLOW_ASSIGN];

/// A phase with what lies in it.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseShown {
    /// The phase, its items and their tasks.
    pub phase: BoardPhase,
    /// Whom and what it mentions.
    pub mentioned: Mentioned,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
    /// The board's version.
    pub version: RowVersion,
}

impl Kernel {
    /// The phase as it stands on the board.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project, and where the project has no such phase.
    pub async fn find_phase(
        &self,
        request: &Request,
        project: ProjectId,
        id: PhaseId,
    ) -> Result<PhaseShown, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(project, &code::PROJECT_READ).await?;
        let phase = self.orchestration(&*work).read_phase(project.id, id).await?;
        let mentioned = Mentions::default().phase(&phase).read(&work).await?;
        let permissions = work.codes_of(project.account_id, &CODES);
        Ok(PhaseShown { phase, mentioned, permissions, version: project.board_version })
    }
}
