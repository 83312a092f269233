//! What somebody looks at a project's Canvas with, on the wire.

use guildhall_artifacts::ArtifactName;
use guildhall_kernel::ViewChosen;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{CanvasFieldsView, ViewPresetView};

/// What somebody looks at a project's Canvas with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ViewChoiceView {
    /// What he has chosen; `null` where he left it at the default.
    preset_id: Option<ArtifactName>,
    /// What he looks with: his choice, or `everything` where he made none or may no longer use it. `null` where that is not there
    /// either.
    preset: Option<ViewPresetView>,
    /// The fields that he sees.
    fields: CanvasFieldsView,
}

impl From<ViewChosen> for ViewChoiceView {
    fn from(chosen: ViewChosen) -> Self {
        let fields = chosen.fields().into();
        let ViewChosen { preset_id, preset, version: _ } = chosen;
        Self { preset_id, preset: preset.map(ViewPresetView::from), fields }
    }
}
