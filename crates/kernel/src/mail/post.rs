//! Writing a letter.

use guildhall_core::{Email, MailId, SecretHash, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    LetterKind, Mail, MailKind, MailState, OutgoingMail,
    template::{Values, filled},
};
use crate::{Kernel, KernelError, UnitOfWork, followed::Followed};

/// A letter to be written.
pub(crate) struct Letter {
    pub(crate) to: Email,
    pub(crate) kind: MailKind,
    /// The workspace whose log tells of it.
    pub(crate) workspace: Option<WorkspaceId>,
    /// The secret without which the letter is worth nothing.
    pub(crate) secret_hash: Option<SecretHash>,
    /// What it says where nobody has other words for it.
    pub(crate) subject: String,
    pub(crate) text: String,
    /// Where other words for it stand, and what fills their placeholders.
    pub(crate) template: Option<(LetterKind, Values)>,
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
        let content = self.worded(unit, &letter).await?;
        let Letter { to, kind, workspace, secret_hash, .. } = letter;
        let (id, now) = (MailId::new(self.ids().uuid()), self.clock().now());
        let content = serde_json::to_vec(&content)
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

    /// The words of a letter: its template's where there is one that it can fill, or else its own.
    async fn worded(&self, unit: &dyn UnitOfWork, letter: &Letter) -> Result<Content, KernelError> {
        let own = || Content { subject: letter.subject.clone(), text: letter.text.clone() };
        let Some((kind, values)) = &letter.template else { return Ok(own()) };
        let found = if kind.is_a_workspaces() {
            let space = unit.artifact_spaces().find().await?;
            self.followed(unit, &space, Followed::Letter(*kind)).await?
        } else {
            self.followed_by_system(unit, Followed::Letter(*kind)).await?
        };
        let document = found.as_ref().map(|found| found.document.content.value());
        Ok(document.and_then(|document| worded_by(document, *kind, values)).unwrap_or_else(own))
    }

    /// The letter as it goes out; `None` where the operator's secret does not open it.
    pub(super) fn unsealed(&self, mail: &OutgoingMail) -> Option<Mail> {
        let sealed = mail.sealed.as_deref()?;
        let content = self.settings().master_key.open(sealed, &purpose(mail.id)).ok()?;
        let Content { subject, text } = serde_json::from_slice(&content).ok()?;
        Some(Mail { id: mail.id, to: mail.recipient.clone(), subject, text })
    }
}

/// A template with its placeholders filled; `None` where it is not to be used, as one without the link that its letter is for.
fn worded_by(document: &Value, kind: LetterKind, values: &Values) -> Option<Content> {
    let filled = |field: &str| filled(document.get(field)?.as_str()?, values);
    let mut content = Content { subject: filled("subject")?, text: filled("text")? };
    let link = values.iter().find(|(name, _)| *name == "link");
    let linked = link.is_none_or(|(_, link)| content.text.contains(link) && !content.subject.contains(link));
    if document.get("letter")?.as_str()? != kind.as_str() || !linked {
        return None;
    }
    if !content.text.ends_with('\n') {
        content.text.push('\n');
    }
    Some(content)
}

/// A letter's content opens as that letter's alone.
fn purpose(id: MailId) -> Vec<u8> {
    [b"outgoing_mail ".as_slice(), id.uuid().as_bytes()].concat()
}
