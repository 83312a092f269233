//! The view preset with which somebody looks at one project's Canvas.

use guildhall_artifacts::{ArtifactName, ArtifactsError};
use guildhall_core::{ProjectId, RowVersion};
use guildhall_orchestration::{CanvasFields, ItemField, PhaseField, TaskField, ViewChoice};

use super::show::{show, usable_preset};
use crate::{Begun, Event, Kernel, KernelError, PresetShown, Request, code, followed::Followed, work::Work};

/// What somebody looks at a project's Canvas with.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewChosen {
    /// What he has chosen; `None` where he left it at the default.
    pub preset_id: Option<ArtifactName>,
    /// What he looks with: his choice, or the default where he made none or what he chose is not there any more. `None` where
    /// there is no default either, so that he sees everything.
    pub preset: Option<PresetShown>,
    /// Counts his choices.
    pub version: RowVersion,
}

impl ViewChosen {
    /// The fields that he sees.
    pub fn fields(&self) -> CanvasFields {
        let everything = || CanvasFields {
            phase: PhaseField::ALL.to_vec(),
            item: ItemField::ALL.to_vec(),
            task: TaskField::ALL.to_vec(),
        };
        self.preset.as_ref().map_or_else(everything, |shown| shown.preset.fields.clone())
    }
}

impl Kernel {
    /// The view preset with which the caller looks at a project.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where he may not read the project.
    pub async fn find_view_choice(
        &self,
        request: &Request,
        project: ProjectId,
    ) -> Result<ViewChosen, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(project, &code::PROJECT_READ).await?.id;
        let choice = match work.caller().user() {
            Some(user) => work.view_choices().find(project, user).await?,
            None => None,
        };
        let version = choice.as_ref().map_or(RowVersion::FIRST, |choice| choice.version);
        let preset_id: Option<ArtifactName> =
            choice.and_then(|choice| choice.preset).and_then(|id| id.parse().ok());
        let chosen = match &preset_id {
            Some(name) => present(usable_preset(&work, name).await)?,
            None => None,
        };
        let preset = match chosen {
            Some(chosen) => Some(chosen),
            None => self.default_preset(&work).await?,
        };
        Ok(ViewChosen { preset_id, preset, version })
    }

    /// Remembers with which view preset the caller looks at a project; `None` is the default again.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where he may not read the project, or there is no such preset; [`KernelError::Disabled`];
    /// [`KernelError::Stale`]; [`KernelError::Forbidden`] for a service account, which looks at nothing.
    pub async fn choose_view_preset(
        &self,
        request: &Request,
        project: ProjectId,
        preset: Option<ArtifactName>,
    ) -> Result<ViewChosen, KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else {
            return self.find_view_choice(request, project).await;
        };
        let found = work.authorize_project(project, &code::PROJECT_READ).await?;
        let user_id = work.caller().user().ok_or(KernelError::Forbidden(code::PROJECT_READ))?;
        if let Some(name) = &preset {
            usable_preset(&work, name).await?;
        }
        let before = work.view_choices().find(project, user_id).await?;
        let version = before.as_ref().map_or(RowVersion::FIRST, |choice| choice.version);
        request.expect_version(version)?;
        let preset = preset.map(|name| name.to_string());
        if before.as_ref().and_then(|choice| choice.preset.as_ref()) == preset.as_ref() {
            drop(work);
            return self.find_view_choice(request, project).await;
        }
        let before = before.unwrap_or(ViewChoice { project_id: project, user_id, preset: None, version });
        let after = ViewChoice { preset, version: version.next(), ..before.clone() };
        work.view_choices().replace(&after).await?;
        // It concerns nobody else, so that the project's feed does not tell it.
        let event = Event::new("project.view_chosen", project.uuid(), found.name.to_string());
        work.finish(event.changing(&before, &after)).await?;
        self.find_view_choice(request, project).await
    }

    /// The preset that stands where nobody has chosen: `everything`.
    async fn default_preset(&self, work: &Work<'_>) -> Result<Option<PresetShown>, KernelError> {
        let space = work.artifact_spaces().find().await?;
        let found = self.followed(work.unit(), &space, Followed::View).await?;
        found.map(|found| show(work, &found)).transpose()
    }
}

/// A preset that is not there any more, or may not be used, is none.
fn present(found: Result<PresetShown, KernelError>) -> Result<Option<PresetShown>, KernelError> {
    match found {
        Ok(shown) => Ok(Some(shown)),
        Err(
            KernelError::NotFound
            | KernelError::Disabled
            | KernelError::Forbidden(_)
            | KernelError::Artifacts(ArtifactsError::NotFound),
        ) => Ok(None),
        Err(other) => Err(other),
    }
}
