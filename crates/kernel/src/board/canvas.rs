//! The Canvas.

use guildhall_artifacts::ArtifactName;
use guildhall_core::ProjectId;
use guildhall_orchestration::{BoardPhase, Selection};

use super::mentioned::{Mentioned, Mentions};
use crate::{
    Kernel, KernelError, ProjectShown, Request, code, presets::usable_preset, projects::show, work::Work,
};

/// A project with all that lies on its board.
#[derive(Debug, Clone, PartialEq)]
pub struct CanvasShown {
    /// The project.
    pub project: ProjectShown,
    /// Its phases, in order, with their items and tasks.
    pub phases: Vec<BoardPhase>,
    /// Whom and what the board mentions.
    pub mentioned: Mentioned,
    /// The fields that were asked for.
    pub selection: Selection,
}

/// Which fields of the Canvas are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CanvasQuery {
    /// All of them.
    #[default]
    Everything,
    /// These.
    Fields(Selection),
    /// Those that a view preset names.
    Preset(ArtifactName),
}

impl Kernel {
    /// The whole board of a project, archived or not.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project, or there is no such preset;
    /// [`KernelError::Disabled`].
    pub async fn read_canvas(
        &self,
        request: &Request,
        id: ProjectId,
        query: &CanvasQuery,
    ) -> Result<CanvasShown, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(id, &code::PROJECT_READ).await?;
        let selection = select(&work, query).await?;
        let board = self.orchestration(&*work).read_board(id).await?;
        let mentioned = board.phases.iter().fold(Mentions::default(), Mentions::phase).read(&work).await?;
        Ok(CanvasShown { project: show(&work, project).await?, phases: board.phases, mentioned, selection })
    }
}

async fn select(work: &Work<'_>, query: &CanvasQuery) -> Result<Selection, KernelError> {
    Ok(match query {
        CanvasQuery::Everything => Selection::ALL,
        CanvasQuery::Fields(selection) => *selection,
        CanvasQuery::Preset(name) => Selection::from(&usable_preset(work, name).await?.preset.fields),
    })
}
