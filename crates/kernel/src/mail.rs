//! Mail: a letter is written in the transaction of what it tells of, and goes out afterwards.

mod deliver;
mod letters;
mod mailer;
mod outbox;
mod post;
mod template;

pub use mailer::{Mail, MailError, Mailer};
pub use outbox::{MailKind, MailState, OutboxRepository, OutgoingMail};
pub(crate) use post::Letter;
pub(crate) use template::{LetterKind, placeholders};
