//! One-time secrets of users: for a new password, for a new address, for another workspace.

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_core::{Email, SecretHash, SessionId, UserId, WorkspaceId};

/// What a one-time secret opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenPurpose {
    /// A new password, without the old one.
    ResetPassword,
    /// This new address, which the secret was sent to.
    ChangeEmail(Email),
    /// A session in another workspace.
    Switch {
        /// The session that it was asked for from.
        session: SessionId,
        /// The workspace.
        workspace: WorkspaceId,
    },
}

impl TokenPurpose {
    /// How long such a secret is good.
    pub const fn lifetime(&self) -> TimeDelta {
        match self {
            Self::ResetPassword | Self::ChangeEmail(_) => TimeDelta::hours(1),
            Self::Switch { .. } => TimeDelta::seconds(60),
        }
    }

    /// As the store spells it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::ResetPassword => "RESET_PASSWORD",
            Self::ChangeEmail(_) => "CHANGE_EMAIL",
            Self::Switch { .. } => "SWITCH",
        }
    }
}

/// What is kept of a one-time secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserToken {
    /// What is kept of the secret.
    pub secret_hash: SecretHash,
    /// Whose it is.
    pub user_id: UserId,
    /// What it opens.
    pub purpose: TokenPurpose,
    /// The first moment at which it is no longer good.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

impl UserToken {
    /// Whether it still opens anything.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }
}
