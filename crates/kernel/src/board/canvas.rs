//! The Canvas.

use guildhall_core::ProjectId;
use guildhall_orchestration::BoardPhase;

use super::mentioned::{Mentioned, Mentions};
use crate::{Kernel, KernelError, ProjectShown, Request, code, projects::show};

/// A project with all that lies on its board.
#[derive(Debug, Clone, PartialEq)]
pub struct CanvasShown {
    /// The project.
    pub project: ProjectShown,
    /// Its phases, in order, with their items and tasks.
    pub phases: Vec<BoardPhase>,
    /// Whom and what the board mentions.
    pub mentioned: Mentioned,
}

impl Kernel {
    /// The whole board of a project, archived or not.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project.
    pub async fn read_canvas(&self, request: &Request, id: ProjectId) -> Result<CanvasShown, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(id, &code::PROJECT_READ).await?;
        let board = self.orchestration(&*work).read_board(id).await?;
        let mentioned = board.phases.iter().fold(Mentions::default(), Mentions::phase).read(&work).await?;
        Ok(CanvasShown { project: show(&work, project).await?, phases: board.phases, mentioned })
    }
}
