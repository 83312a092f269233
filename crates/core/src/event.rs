//! Events: what is written for every change, in the transaction of the change.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{EventId, ProjectId, WorkspaceId};

/// One recorded act, as its workspace's log keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    /// The event's id.
    pub id: EventId,
    /// Its place in the workspace's log: 1, 2, 3, without gaps.
    pub seq: i64,
    /// What happened, such as `project.created`.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it, with the name that he had then.
    pub actor: EventSubject,
    /// On whose behalf, from where and how he had signed in.
    pub origin: EventOrigin,
    /// What it happened to, with the name that it had then.
    pub subject: EventSubject,
    /// The project whose activity feed shows it.
    pub project_id: Option<ProjectId>,
    /// The changed fields, secrets masked.
    pub changes: Vec<Change>,
}

/// A person or a thing that an event names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSubject {
    /// The word of the glossary for it, such as `project` or `user`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub id: Uuid,
    /// Its name at the time; `None` once erased, or for what has no name.
    pub name: Option<String>,
}

/// Where a change came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventOrigin {
    /// The original caller's id.
    pub user_id: Option<Uuid>,
    /// The workspace in which he asked.
    pub workspace_id: Option<WorkspaceId>,
    /// How he had proved who he is: `password`, `session`, `api_key`, `product_token`, `client_credentials` or `embedded`.
    pub way_in: String,
}

/// One field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field's name.
    pub field: String,
    /// Its value before, as JSON text; `None` where there was none.
    pub before: Option<String>,
    /// Its value after, as JSON text; `None` where there is none.
    pub after: Option<String>,
}
