//! Writing a letter.

use guildhall_core::{Email, MailId, SecretHash, WorkspaceId};
use serde::{Deserialize, Serialize};

use super::{Mail, MailKind, MailState, OutgoingMail};
use crate::{Kernel, KernelError, UnitOfWork};

/// A letter to be written.
pub(crate) struct Letter {
    pub(crate) to: Email,
    pub(crate) kind: MailKind,
    /// The workspace whose log tells of it.
    pub(crate) workspace: Option<WorkspaceId>,
    /// The secret without which the letter is worth nothing.
    pub(crate) secret_hash: Option<SecretHash>,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// What is sealed of a letter.
#[derive(Serialize, Deserialize)]
struct Content {
    subject: String,
    text: String,
}

impl Kernel {
    /// Writes a letter in the transaction of what it tells of: both are there, or neither. Where mail is off nothing is written.
    pub(crate) async fn post(&self, unit: &dyn UnitOfWork, letter: Letter) -> Result<(), KernelError> {
        if !self.settings().mail {
            return Ok(());
        }
        let Letter { to, kind, workspace, secret_hash, subject, text } = letter;
        let (id, now) = (MailId::new(self.ids().uuid()), self.clock().now());
        let content = serde_json::to_vec(&Content { subject, text })
            .map_err(|_| KernelError::Internal("a letter could not be written".into()))?;
        let sealed = self.settings().master_key.seal(&content, &purpose(id))?;
        let mail = OutgoingMail {
            id,
            workspace_id: workspace,
            kind,
            recipient: to,
            secret_hash,
            sealed: Some(sealed),
            state: MailState::Waiting,
            attempts: 0,
            fault: None,
            created_at: now,
            due_at: now,
            ended_at: None,
        };
        Ok(unit.outbox().insert(&mail).await?)
    }

    /// The letter as it goes out; `None` where the operator's secret does not open it.
    pub(super) fn unsealed(&self, mail: &OutgoingMail) -> Option<Mail> {
        let sealed = mail.sealed.as_deref()?;
        let content = self.settings().master_key.open(sealed, &purpose(mail.id)).ok()?;
        let Content { subject, text } = serde_json::from_slice(&content).ok()?;
        Some(Mail { id: mail.id, to: mail.recipient.clone(), subject, text })
    }
}

/// A letter's content opens as that letter's alone.
fn purpose(id: MailId) -> Vec<u8> {
    [b"outgoing_mail ".as_slice(), id.uuid().as_bytes()].concat()
}
