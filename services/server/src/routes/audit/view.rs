//! An event on the wire, as the audit log shows it.

use chrono::{DateTime, Utc};
use guildhall_core::{EventId, EventOrigin, EventRecord, ProjectId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::routes::activity::{EventChangeView, EventSubjectView};

/// Something that happened, with all that is known of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuditEventView {
    /// The event's id.
    id: EventId,
    /// Its place in the log: 1, 2, 3, without gaps.
    seq: i64,
    /// What happened, as `<thing>.<what happened>`.
    kind: String,
    /// When.
    at: DateTime<Utc>,
    /// Who did it, with the name that he had then.
    actor: EventSubjectView,
    /// On whose behalf, where, and by which way in.
    origin: AuditOriginView,
    /// What it happened to, with the name that it had then.
    subject: EventSubjectView,
    /// The project whose activity feed shows it.
    project_id: Option<ProjectId>,
    /// The fields that changed.
    changes: Vec<EventChangeView>,
}

/// Where a change came from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuditOriginView {
    /// The original caller.
    user_id: Option<Uuid>,
    /// The workspace in which he asked; `null` for the platform itself.
    workspace_id: Option<WorkspaceId>,
    /// How he had proved who he is.
    way_in: String,
}

impl From<EventRecord> for AuditEventView {
    fn from(event: EventRecord) -> Self {
        let EventRecord { id, seq, kind, at, actor, origin, subject, project_id, changes } = event;
        let EventOrigin { user_id, workspace_id, way_in } = origin;
        Self {
            id,
            seq,
            kind,
            at,
            actor: actor.into(),
            origin: AuditOriginView { user_id, workspace_id, way_in },
            subject: subject.into(),
            project_id,
            changes: changes.into_iter().map(EventChangeView::from).collect(),
        }
    }
}
