//! Sign-ins that have not ended.

use chrono::{DateTime, Utc};
use guildhall_core::{SecretHash, SessionId, UserId, WorkspaceId};
use serde::Serialize;

/// One sign-in. Access tokens and cookies name it, and it is read again at every use, so that its end is the end of both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Session {
    /// The session's id, the `sid` of its access tokens.
    pub id: SessionId,
    /// Who signed in.
    pub user_id: UserId,
    /// The one workspace that the session acts in; `None` where he signed in to the platform.
    pub workspace_id: Option<WorkspaceId>,
    /// The hash of the cookie's secret; `None` for a session that lives by its access token alone.
    #[serde(skip)]
    pub secret_hash: Option<SecretHash>,
    /// When he signed in.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// When it was ended.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Session {
    /// Whether the session still opens anything.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}
