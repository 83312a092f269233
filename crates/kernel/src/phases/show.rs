//! A phase as its reader sees it.

use guildhall_core::{PermissionCode, PhaseId, ProjectId, RowVersion};
use guildhall_orchestration::{BoardPhase, Phase, Project};

use super::PhaseChange;
use crate::{
    Kernel, KernelError, Outcome, Request,
    board::{Mentioned, Mentions, Step},
    code,
    work::Work,
};

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
        let phase = self.orchestration(&*work).find_phase(project.id, id).await?;
        work.show_phase(&project, phase).await
    }

    /// Makes a change to a phase, and shows what it has become.
    pub(crate) async fn change_phase(
        &self,
        request: &Request,
        project: ProjectId,
        change: PhaseChange,
    ) -> Result<Outcome<PhaseShown>, KernelError> {
        match self.change_card(request, project, change).await? {
            Step::Made(made) => {
                let shown = made.work.show_phase(&made.project, made.card).await?;
                made.work.finish(made.event).await?;
                Ok(Outcome::Done(shown))
            }
            Step::Before(id) => {
                Ok(Outcome::Replayed(self.find_phase(request, project, PhaseId::new(id)).await?))
            }
        }
    }
}

impl Work<'_> {
    async fn show_phase(&self, project: &Project, phase: Phase) -> Result<PhaseShown, KernelError> {
        let phase = self.kernel().orchestration(self.store()).read_phase(phase).await?;
        let mentioned = Mentions::default().phase(&phase).read(self).await?;
        let permissions = self.codes_of(project.account_id, &CODES);
        Ok(PhaseShown { phase, mentioned, permissions, version: project.board_version })
    }
}
