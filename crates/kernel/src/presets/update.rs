//! Changing a view preset.

use guildhall_artifacts::ArtifactName;
use guildhall_core::{Name, Text};
use guildhall_orchestration::{CanvasFields, ViewPreset};

use crate::{
    Kernel, KernelError, PresetShown, Request,
    shelf::{key_of, put},
};

/// Changes to a view preset.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PresetPatch {
    /// What it is called.
    pub name: Option<Name>,
    /// What it is good for.
    pub description: Option<Option<Text>>,
    /// The fields that it shows, all of them.
    pub fields: Option<CanvasFields>,
}

impl Kernel {
    /// Changes a view preset for this space; of an inherited one that makes a version of the space's own.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PRESET_WRITE`; [`KernelError::NotFound`]; [`KernelError::Stale`];
    /// [`KernelError::Artifacts`] for what its kind refuses, or is locked.
    pub async fn update_view_preset(
        &self,
        request: &Request,
        name: &ArtifactName,
        patch: PresetPatch,
    ) -> Result<PresetShown, KernelError> {
        let change = |content: &mut serde_json::Map<_, _>| {
            if let Some(name) = patch.name {
                put(content, "name", Some(name))?;
            }
            if let Some(description) = patch.description {
                put(content, "description", description)?;
            }
            if let Some(fields) = patch.fields {
                put(content, "fields", Some(fields))?;
            }
            Ok(())
        };
        self.change_document(request, &key_of::<ViewPreset>(name)?, change).await?;
        self.find_view_preset(request, name).await
    }
}
