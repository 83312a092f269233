//! A task on the wire.

use guildhall_core::{ItemId, PermissionCode};
use guildhall_kernel::TaskShown;
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::canvas::CanvasTaskView;

/// A task by itself, archived or not.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskView {
    #[serde(flatten)]
    task: CanvasTaskView,
    /// The item that it is a part of.
    item_id: ItemId,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

impl From<TaskShown> for TaskView {
    fn from(shown: TaskShown) -> Self {
        let TaskShown { task, mentioned, permissions, version: _ } = shown;
        let item_id = task.item_id;
        Self { task: CanvasTaskView::new(task, &mentioned), item_id, permissions }
    }
}
