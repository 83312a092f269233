//! A session on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{SessionId, UserId, WorkspaceId};
use guildhall_identity::Session;
use serde::Serialize;
use utoipa::ToSchema;

/// A sign-in that has not ended.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SessionView {
    /// The session's id.
    pub id: SessionId,
    /// Who signed in.
    pub user_id: UserId,
    /// The one workspace that it acts in.
    pub workspace_id: Option<WorkspaceId>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
}

impl From<Session> for SessionView {
    fn from(session: Session) -> Self {
        Self {
            id: session.id,
            user_id: session.user_id,
            workspace_id: session.workspace_id,
            created_at: session.created_at,
            expires_at: session.expires_at,
        }
    }
}
