//! Making a view preset.

use guildhall_core::{ArtifactVersionId, Name, Text};
use guildhall_orchestration::{CanvasFields, ViewPreset};

use crate::{Begun, Kernel, KernelError, Outcome, PresetShown, Request, artifacts::event, shelf::kind_of};

/// A view preset of the space's own.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatePreset {
    /// What it is called.
    pub name: Name,
    /// What it is good for.
    pub description: Option<Text>,
    /// The fields that it shows.
    pub fields: CanvasFields,
}

impl Kernel {
    /// Makes a view preset of the space's own. Its id is made from its name, and stays when that changes.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PRESET_WRITE`; [`KernelError::Artifacts`] for what its kind refuses.
    pub async fn create_view_preset(
        &self,
        request: &Request,
        command: CreatePreset,
    ) -> Result<Outcome<PresetShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                let name = self.name_of_version(request, id).await?;
                return Ok(Outcome::Replayed(self.find_view_preset(request, &name).await?));
            }
        };
        work.authorize_writing(&kind_of::<ViewPreset>()?)?;
        let CreatePreset { name, description, fields } = command;
        let preset = ViewPreset { name, description, fields };
        let content =
            serde_json::to_value(&preset).map_err(|error| KernelError::Internal(error.to_string()))?;
        let change = self.shelve::<ViewPreset>(&work, &preset.name, content).await?;
        let subject = change.after.map(ArtifactVersionId::uuid).unwrap_or_default();
        let name = change.key.name.clone();
        work.finish_as(subject, event("artifact.written", &change)).await?;
        Ok(Outcome::Done(self.find_view_preset(request, &name).await?))
    }
}
