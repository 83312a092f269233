//! What a request is let in by, as it is kept.

use guildhall_core::{SecretHash, SessionId, WorkspaceId};
use guildhall_identity::Session;

/// How a request names its session.
#[derive(Debug, Clone, Copy)]
pub enum NamedSession<'a> {
    /// By its id, in a token.
    Id(SessionId),
    /// By its secret, in a cookie.
    Secret(&'a SecretHash),
}

/// Where a request goes, and the session that it was sent in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entrance {
    /// The workspace that was named.
    pub workspace: Option<WorkspaceId>,
    /// The session that was named, live or ended; `None` where its user may not sign in any more.
    pub session: Option<Session>,
}
