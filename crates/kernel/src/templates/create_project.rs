//! Making a project from a template.

use guildhall_artifacts::{ArtifactName, Listed};
use guildhall_authz::{Change, Epoch};
use guildhall_core::{ArtifactVersionId, ProjectId};
use guildhall_orchestration::{CreateProject, Gating, Project, Template, TemplateUse};
use serde::Serialize;

use super::show::find;
use crate::{Begun, Event, Kernel, KernelError, Outcome, ProjectShown, Request, projects::may_create};

/// What the log says of a project that was made from a template.
#[derive(Serialize)]
struct Made<'a> {
    #[serde(flatten)]
    project: &'a Project,
    template_id: String,
    template_version: i64,
    phases: usize,
    items: usize,
    tasks: usize,
}

impl Kernel {
    /// Creates a project with all that a template has, by one commit; its creator owns it. Days of the template count from the
    /// project's start date; without one nothing has a date. The template says whether phases are held to their order, unless
    /// `gating` does.
    ///
    /// # Errors
    /// Those of [`Self::create_project`]; [`KernelError::NotFound`] where there is no such template;
    /// [`KernelError::Disabled`]; [`KernelError::TemplateUnusable`] where products that it uses are not to be had, or require
    /// levels that the project's place lacks; [`KernelError::Orchestration`] where a day is no date.
    pub async fn create_project_from(
        &self,
        request: &Request,
        command: CreateProject,
        template: &ArtifactName,
        gating: Option<Gating>,
    ) -> Result<Outcome<ProjectShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_project(request, ProjectId::new(id)).await?));
            }
        };
        let creator = may_create(&work, &command).await?;
        // Whoever takes the template's package away waits, or has done so: else he would not see that it is in use.
        work.artifact_spaces().find_locked().await?;
        work.require_live(command.node_id).await?;
        let shown = find(&work, template).await?;
        let version = version_of(&shown.listed)?;
        let template = &*shown.template;
        let uses = work.uses_of(template, command.node_id).await?;
        let command =
            CreateProject { gating: gating.or(template.gating).unwrap_or(Gating::Advisory), ..command };
        let project =
            self.orchestration(&*work).create_project_from(creator, command, template, &uses).await?;
        let name = &shown.listed.key.name;
        let used = TemplateUse {
            project_id: project.id,
            package: name.package.as_ref().map(ToString::to_string),
            path: name.path.to_string(),
            version_id: version,
        };
        work.project_templates().insert(&used).await?;
        work.raise(Epoch::Workspace, &[Change::Project(project.id), creator.into()]).await?;
        let event = Event::new("project.created", project.id.uuid(), project.name.to_string());
        let event = event.in_project(project.id).creating(&made(&project, &shown.listed, template));
        work.finish(event).await?;
        Ok(Outcome::Done(self.find_project(request, project.id).await?))
    }
}

/// The version that is used; what is disabled is not.
fn version_of(listed: &Listed) -> Result<ArtifactVersionId, KernelError> {
    let head = listed.head.as_ref().filter(|head| head.enabled).ok_or(KernelError::Disabled)?;
    Ok(head.id)
}

fn made<'a>(project: &'a Project, listed: &Listed, template: &Template) -> Made<'a> {
    let counts = template.counts();
    Made {
        project,
        template_id: listed.key.name.to_string(),
        template_version: listed.head.as_ref().map(|head| head.number).unwrap_or_default(),
        phases: counts.phases,
        items: counts.items,
        tasks: counts.tasks,
    }
}
