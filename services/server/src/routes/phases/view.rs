//! A phase on the wire.

use guildhall_core::PermissionCode;
use guildhall_kernel::PhaseShown;
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::canvas::CanvasPhaseView;

/// A phase with what lies in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PhaseView {
    #[serde(flatten)]
    phase: CanvasPhaseView,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

impl From<PhaseShown> for PhaseView {
    fn from(shown: PhaseShown) -> Self {
        let PhaseShown { phase, mentioned, permissions, version: _ } = shown;
        Self { phase: CanvasPhaseView::new(phase, &mentioned), permissions }
    }
}
