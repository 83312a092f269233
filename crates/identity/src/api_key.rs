//! Keys by which programs act for a user.

use chrono::{DateTime, Utc};
use guildhall_core::{ApiKeyId, Name, SecretHash, UserId};
use serde::Serialize;

/// A key by which a program acts for a user, in one workspace alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApiKey {
    /// The key's id, which stays when its secret is replaced.
    pub id: ApiKeyId,
    /// For whom it acts.
    pub user_id: UserId,
    /// What he calls it.
    pub name: Name,
    /// Whether it changes nothing.
    pub read_only: bool,
    /// What is kept of its secret.
    #[serde(skip)]
    pub secret_hash: SecretHash,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The first moment at which it is no longer good; `None` for a key that does not end by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

impl ApiKey {
    /// How many keys a user has in one workspace at most.
    pub const MAX: usize = 50;

    /// Whether it still opens anything.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_none_or(|ends| now < ends)
    }
}
