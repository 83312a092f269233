//! Saving a project as a template.

use guildhall_core::{ArtifactVersionId, Name, ProjectId, Text};
use guildhall_orchestration::{Board, Template};
use serde::Serialize;

use crate::{
    Begun, BoardRows, Event, Kernel, KernelError, Outcome, Request, TemplateShown, artifacts::event, code,
    shelf::kind_of,
};

/// What a project is saved as.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveTemplate {
    /// What the template is called.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// What sort of work it is for.
    pub category: Option<Name>,
}

/// What the project's feed says.
#[derive(Serialize)]
struct Told {
    template_id: String,
}

impl Kernel {
    /// Saves a project's structure as a template of the workspace's own: phases, items and tasks that are not archived, without
    /// people, dates as days from the project's start. Its id is made from its name, and stays when that changes.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_TEMPLATE` on the project and `TEMPLATE_WRITE` on the workspace;
    /// [`KernelError::NotFound`]; [`KernelError::Artifacts`] where the project is too large for a template.
    pub async fn save_as_template(
        &self,
        request: &Request,
        id: ProjectId,
        command: SaveTemplate,
    ) -> Result<Outcome<TemplateShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                let name = self.name_of_version(request, id).await?;
                return Ok(Outcome::Replayed(self.find_template(request, &name).await?));
            }
        };
        let project = work.authorize_project(id, &code::PROJECT_TEMPLATE).await?;
        work.authorize_writing(&kind_of::<Template>()?)?;
        // The space is locked before the board, as everywhere.
        work.artifact_spaces().find_locked().await?;
        // Whoever changes the board meanwhile waits, so that what is read of it belongs together.
        let locked = work.projects().find_for_update(id).await?.ok_or(KernelError::NotFound)?;
        let BoardRows { phases, items, tasks, applications, .. } = work.boards().list_rows(id).await?;
        let board = Board::build(locked, phases, items, tasks);
        let SaveTemplate { name, description, category } = command;
        let template = Template::of(&board, (name, description, category), |version| {
            applications.get(&version).map(|used| used.slug.to_string())
        });
        let content =
            serde_json::to_value(&template).map_err(|error| KernelError::Internal(error.to_string()))?;
        let change = self.shelve::<Template>(&work, &template.name, content).await?;
        let subject = change.after.map(ArtifactVersionId::uuid).unwrap_or_default();
        let name = change.key.name.clone();
        let told = Event::new("project.saved_as_template", id.uuid(), project.name.to_string());
        work.record(told.in_project(id).creating(&Told { template_id: name.to_string() })).await?;
        work.finish_as(subject, event("artifact.written", &change)).await?;
        Ok(Outcome::Done(self.find_template(request, &name).await?))
    }
}
