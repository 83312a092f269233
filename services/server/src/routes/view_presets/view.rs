//! A view preset on the wire.

use guildhall_artifacts::ArtifactName;
use guildhall_core::{Name, PermissionCode, Text};
use guildhall_kernel::PresetShown;
use guildhall_orchestration::{CanvasFields, ItemField, PhaseField, TaskField};
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::artifacts::StandingView;

/// A view preset.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ViewPresetView {
    /// Its id: the name of the artifact that it is, which stays when it is customized, upgraded or renamed.
    id: ArtifactName,
    /// What it is called.
    name: Name,
    /// What it is good for.
    description: Option<Text>,
    /// The fields that it shows.
    fields: CanvasFieldsView,
    /// Where it comes from, and how it stands with that.
    #[serde(flatten)]
    standing: StandingView,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

/// Fields of the Canvas, by level.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CanvasFieldsView {
    /// Of phases.
    phase: Vec<PhaseField>,
    /// Of items. Without `tasks`, tasks are shown where a field of theirs is named.
    item: Vec<ItemField>,
    /// Of tasks.
    task: Vec<TaskField>,
}

impl From<PresetShown> for ViewPresetView {
    fn from(shown: PresetShown) -> Self {
        let PresetShown { listed, preset, permissions } = shown;
        Self {
            id: listed.key.name.clone(),
            name: preset.name.clone(),
            description: preset.description.clone(),
            fields: preset.fields.clone().into(),
            standing: StandingView::from(listed),
            permissions,
        }
    }
}

impl From<CanvasFields> for CanvasFieldsView {
    fn from(fields: CanvasFields) -> Self {
        let CanvasFields { phase, item, task } = fields;
        Self { phase, item, task }
    }
}
