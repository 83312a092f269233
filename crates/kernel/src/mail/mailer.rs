//! What carries letters.

use std::fmt;

use async_trait::async_trait;
use guildhall_core::{Email, MailId};
use thiserror::Error;

/// A letter, as whoever carries it needs it. Its text may hold a secret, so that it prints without it.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its id, which is the same however often it is sent.
    pub id: MailId,
    /// Whom it goes to.
    pub to: Email,
    /// What it is about: one line.
    pub subject: String,
    /// What it says: plain text, its lines ended by `\n`.
    pub text: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("to", &self.to).field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// Why a letter was not taken. The words are for the operator, and hold nothing of the letter's text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MailError {
    /// Another try may succeed.
    #[error("{0}")]
    Temporary(String),
    /// No other try will.
    #[error("{0}")]
    Permanent(String),
}

/// What carries letters, such as an SMTP server.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a letter over. Once it answers, somebody else answers for the letter.
    ///
    /// # Errors
    /// [`MailError`] where the letter was not taken.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_prints_without_its_text() {
        let mail = Mail {
            id: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
            to: "ada@example.test".parse().unwrap(),
            subject: "An invitation".to_owned(),
            text: "https://example.test/#token=secret".to_owned(),
        };

        let printed = format!("{mail:?}");

        assert!(printed.contains("An invitation") && !printed.contains("secret"), "{printed}");
    }
}
