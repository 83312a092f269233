//! Letters that are on their way, and what became of them.

use std::str::FromStr;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{Email, MailId, SecretHash, StoreError, ValueError, WorkspaceId};

/// A letter in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct OutgoingMail {
    /// Its id.
    pub id: MailId,
    /// The workspace whose log tells of it; `None` for what is the platform's own.
    pub workspace_id: Option<WorkspaceId>,
    /// What it is about.
    pub kind: MailKind,
    /// Whom it goes to.
    pub recipient: Email,
    /// What is kept of the secret in it; once that opens nothing, the letter stays here.
    pub secret_hash: Option<SecretHash>,
    /// Subject and text, sealed with the operator's secret; gone as soon as the letter is on its way no more.
    pub sealed: Option<Vec<u8>>,
    /// What became of it.
    pub state: MailState,
    /// How often somebody has begun to send it.
    pub attempts: i64,
    /// Why the last attempt failed.
    pub fault: Option<String>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Nobody sends it before this moment: the end of a pause, or of somebody's claim.
    pub due_at: DateTime<Utc>,
    /// When it was on its way no more.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    /// An offer of membership.
    Invitation,
    /// A link to a new password.
    PasswordReset,
    /// A link that confirms a new address.
    EmailChange,
    /// Word of something that has happened.
    Notice,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// It goes out when it is due.
    Waiting,
    /// It was taken.
    Sent,
    /// It was given up.
    Failed,
    /// It was no longer wanted: what its secret opened is gone.
    Dropped,
}

macro_rules! spelled {
    ($name:ident { $($variant:ident => $text:literal),+ }) => {
        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As the store spells it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(ValueError::new(concat!("is no ", stringify!($name)))),
                }
            }
        }
    };
}

spelled!(MailKind {
    Invitation => "INVITATION",
    PasswordReset => "PASSWORD_RESET",
    EmailChange => "EMAIL_CHANGE",
    Notice => "NOTICE"
});
spelled!(MailState { Waiting => "WAITING", Sent => "SENT", Failed => "FAILED", Dropped => "DROPPED" });

/// The letters of the whole platform.
#[async_trait]
pub trait OutboxRepository: Send + Sync {
    /// The letter with that id.
    async fn find(&self, id: MailId) -> Result<Option<OutgoingMail>, StoreError>;
    /// At most so many waiting letters that are due, the longest due first. One that does not read, such as one of a kind
    /// that this node does not know yet, is left out.
    async fn list_due(&self, now: DateTime<Utc>, most: u64) -> Result<Vec<OutgoingMail>, StoreError>;
    /// Adds a letter.
    async fn insert(&self, mail: &OutgoingMail) -> Result<(), StoreError>;
    /// Begins an attempt: nobody else sends the letter until then. `false` where somebody has claimed it since it was read.
    async fn update_claimed(&self, mail: &OutgoingMail, until: DateTime<Utc>) -> Result<bool, StoreError>;
    /// Stores what became of an attempt; `false` where somebody else has begun another one since.
    async fn update(&self, mail: &OutgoingMail) -> Result<bool, StoreError>;
    /// Forgets letters that ended before that moment, and answers how many.
    async fn delete_ended(&self, before: DateTime<Utc>) -> Result<u64, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_word_is_read_back() {
        assert_eq!(MailKind::EmailChange.as_str().parse(), Ok(MailKind::EmailChange));
        assert_eq!(MailState::Dropped.as_str().parse(), Ok(MailState::Dropped));
        assert!("LOST".parse::<MailState>().is_err());
    }
}
