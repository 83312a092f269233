//! The Canvas.

use guildhall_artifacts::ArtifactName;
use guildhall_core::{PermissionCode, ProjectId};
use guildhall_orchestration::{Board, BoardPhase, Project, ProjectRole, Selection};
use serde::Serialize;

use super::{ApplicationShown, BoardHeading, BoardRows, BoardStamp, mentioned::Mentioned};
use crate::{
    Authorized, Kernel, KernelError, ProjectShown, Request, code, presets::usable_preset, work::Work,
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

/// Everything that a Canvas follows from: where it is the same, so is the Canvas.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CanvasState {
    /// The project; its node only where the reader knows of that.
    pub project: Project,
    /// The reader's role in it, where he is a member.
    pub role: Option<ProjectRole>,
    /// The platform's codes that he holds on it.
    pub permissions: Vec<PermissionCode>,
    /// The fields that are asked for.
    pub selection: Selection,
    /// What lies on the board.
    pub stamp: BoardStamp,
}

/// A Canvas that the asker has kept, or has not.
#[derive(Debug, Clone, PartialEq)]
pub enum Canvas<T> {
    /// What he has kept of it.
    Kept(CanvasState, T),
    /// Here it is.
    Read(CanvasState, Box<CanvasShown>),
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
        let state = look(&work, id, query).await?;
        show(&work, state).await
    }

    /// The same, unless the asker finds that he has kept what he made of it in this state. Three statements with the one of every
    /// request, two where he has; one more after the workspace has changed artifacts.
    ///
    /// # Errors
    /// Those of [`Self::read_canvas`].
    pub async fn read_canvas_unless<T>(
        &self,
        request: &Request,
        id: ProjectId,
        query: &CanvasQuery,
        kept: impl FnOnce(&CanvasState) -> Option<T> + Send,
    ) -> Result<Canvas<T>, KernelError> {
        let work = self.read(request).await?;
        let state = look(&work, id, query).await?;
        if let Some(kept) = kept(&state) {
            return Ok(Canvas::Kept(state, kept));
        }
        let shown = show(&work, state.clone()).await?;
        Ok(Canvas::Read(state, Box::new(shown)))
    }
}

/// The state of a board that the caller may read.
async fn look(work: &Work<'_>, id: ProjectId, query: &CanvasQuery) -> Result<CanvasState, KernelError> {
    let heading = work.boards().find_heading(id, work.caller().user()).await?;
    let BoardHeading { project, role, stamp } = heading.ok_or(KernelError::NotFound)?;
    let project: Authorized<Project> =
        work.authorize_found_project(work.principal(), project, &code::PROJECT_READ)?;
    let permissions = work.codes_on(project.account_id);
    let node_id = work.known_node(project.node_id);
    let selection = select(work, query).await?;
    let project = Project { node_id, ..project.into_inner() };
    Ok(CanvasState { project, role, permissions, selection, stamp })
}

async fn show(work: &Work<'_>, state: CanvasState) -> Result<CanvasShown, KernelError> {
    let CanvasState { project, role, permissions, selection, stamp } = state;
    let rows = work.boards().list_rows(project.id).await?;
    let BoardRows { phases, items, tasks, people, applications } = rows;
    let mut mentioned = Mentioned { people, ..Mentioned::default() };
    if !applications.is_empty() {
        let overlays = work.overlays_at(stamp.overlays).await?;
        mentioned.applications = applications
            .into_iter()
            .map(|(id, row)| {
                let product_name = overlays.name(row.product_id, row.product_name);
                (id, ApplicationShown { product_name, slug: row.slug })
            })
            .collect();
    }
    let Board { project, progress, current_phase, phases } = Board::build(project, phases, items, tasks);
    let project = ProjectShown { project, progress, current_phase, role, permissions };
    Ok(CanvasShown { project, phases, mentioned, selection })
}

async fn select(work: &Work<'_>, query: &CanvasQuery) -> Result<Selection, KernelError> {
    Ok(match query {
        CanvasQuery::Everything => Selection::ALL,
        CanvasQuery::Fields(selection) => *selection,
        CanvasQuery::Preset(name) => Selection::from(&usable_preset(work, name).await?.preset.fields),
    })
}
