//! What many changes have done, on the wire.

use guildhall_core::EventRecord;
use guildhall_kernel::BoardChanged;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What was done to a board.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BoardChangesView {
    /// What each change has done, in their order.
    changes: Vec<BoardChangeView>,
}

/// What one change has done.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BoardChangeView {
    /// The kind of its event, such as `item.moved`.
    kind: String,
    /// `phase`, `item` or `task`.
    #[serde(rename = "type")]
    thing: String,
    /// The thing that was changed, made or deleted.
    id: Uuid,
}

impl From<BoardChanged> for BoardChangesView {
    fn from(changed: BoardChanged) -> Self {
        let BoardChanged { events, version: _ } = changed;
        Self { changes: events.into_iter().map(BoardChangeView::from).collect() }
    }
}

impl From<EventRecord> for BoardChangeView {
    fn from(event: EventRecord) -> Self {
        Self { kind: event.kind, thing: event.subject.kind, id: event.subject.id }
    }
}
