//! An item on the wire.

use guildhall_core::{PermissionCode, PhaseId};
use guildhall_kernel::ItemShown;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::routes::canvas::CanvasItemView;

/// An item by itself, archived or not.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ItemView {
    #[serde(flatten)]
    item: CanvasItemView,
    /// The phase in which it stands.
    phase_id: PhaseId,
    /// The configuration of the product that it uses.
    #[schema(value_type = Option<Object>)]
    config: Option<Map<String, Value>>,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

impl From<ItemShown> for ItemView {
    fn from(shown: ItemShown) -> Self {
        let ItemShown { item, mentioned, permissions, version: _ } = shown;
        let phase_id = item.item.phase_id;
        let config = item.item.content.application().map(|used| used.config.clone());
        Self { item: CanvasItemView::new(item, &mentioned), phase_id, config, permissions }
    }
}
