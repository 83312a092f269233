//! What a request is let in by, as it is kept.

use async_trait::async_trait;
use guildhall_core::{SecretHash, SessionId, StoreError, WorkspaceId};
use guildhall_identity::Session;
use guildhall_tenancy::WorkspacePrefix;

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

/// Reads what requests are let in by.
#[async_trait]
pub trait EntranceReader: Send + Sync {
    /// The workspace with the prefix, and the session. One statement, and none where nothing is named.
    async fn find(
        &self,
        prefix: Option<&WorkspacePrefix>,
        session: Option<NamedSession<'_>>,
    ) -> Result<Entrance, StoreError>;
}
