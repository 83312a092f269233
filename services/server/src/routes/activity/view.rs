//! An event on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{Change, EventId, EventOrigin, EventRecord, EventSubject, WorkspaceId};
use guildhall_kernel::ActivityShown;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// Something that happened.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventView {
    /// The event's id.
    id: EventId,
    /// Its place in the workspace's log.
    seq: i64,
    /// What happened, as `<thing>.<what happened>`.
    kind: String,
    /// When.
    at: DateTime<Utc>,
    /// Who did it, with the name that he had then.
    actor: EventSubjectView,
    /// On whose behalf, and in which workspace.
    origin: EventOriginView,
    /// What it happened to, with the name that it had then.
    subject: EventSubjectView,
    /// The fields that changed.
    changes: Vec<EventChangeView>,
    /// The people, nodes and cards that the changed fields name, as they are called now; without a name what is gone.
    mentioned: Vec<EventSubjectView>,
}

/// A person or a thing that an event names.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventSubjectView {
    /// The word of the glossary for it.
    #[serde(rename = "type")]
    kind: String,
    /// Its id.
    id: Uuid,
    /// Its name at the time, where it had one.
    name: Option<String>,
}

/// Where a change came from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventOriginView {
    /// The original caller.
    user_id: Option<Uuid>,
    /// The workspace in which he asked.
    workspace_id: Option<WorkspaceId>,
}

/// One field before and after.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventChangeView {
    /// The field's name.
    field: String,
    /// Its value before; `null` where there was none.
    before: Option<Value>,
    /// Its value after; `null` where there is none.
    after: Option<Value>,
}

impl From<ActivityShown> for EventView {
    fn from(shown: ActivityShown) -> Self {
        let ActivityShown { event, mentioned } = shown;
        let EventRecord { id, seq, kind, at, actor, origin, subject, project_id: _, changes } = event;
        let EventOrigin { user_id, workspace_id, way_in: _ } = origin;
        Self {
            id,
            seq,
            kind,
            at,
            actor: actor.into(),
            origin: EventOriginView { user_id, workspace_id },
            subject: subject.into(),
            changes: changes.into_iter().map(EventChangeView::from).collect(),
            mentioned: mentioned.into_iter().map(EventSubjectView::from).collect(),
        }
    }
}

impl From<EventSubject> for EventSubjectView {
    fn from(subject: EventSubject) -> Self {
        let EventSubject { kind, id, name } = subject;
        Self { kind, id, name }
    }
}

impl From<Change> for EventChangeView {
    fn from(change: Change) -> Self {
        let Change { field, before, after } = change;
        let value = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        Self { field, before: value(before), after: value(after) }
    }
}
