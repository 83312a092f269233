//! Sending what is in the outbox. Any number of nodes may do so at once: whoever claims a letter sends it.

use std::{panic::AssertUnwindSafe, pin::pin, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta};
use futures::FutureExt as _;
use guildhall_core::{Access, Scope, WorkspaceId};
use guildhall_tenancy::InvitationState;

use super::{MailError, MailKind, MailState, Mailer, OutgoingMail};
use crate::{Event, Kernel, KernelError, operator::operator, work::record};

/// How long a node goes without looking into the outbox.
const LOOK: Duration = Duration::from_secs(1);
/// How many letters are read at a time.
const AT_A_TIME: u64 = 20;
/// How long one attempt may take: less than a process that is told to end has for it.
const ATTEMPT: Duration = Duration::from_secs(25);
/// How long a claim holds. A node that died with a letter in its hands is not waited for any longer.
const CLAIM: TimeDelta = TimeDelta::minutes(5);
/// The pause after the first attempt that failed; each further one is twice as long.
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(1);
/// The longest pause.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(4);
/// For how long a letter is tried.
const TRIED: TimeDelta = TimeDelta::days(3);
/// For how long it is remembered that there was a letter.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

impl Kernel {
    /// Sends what is in the outbox, and goes on doing so until it is told to stop; then it ends after the letter that it has
    /// in its hands. Whoever serves runs it beside, on every node. A mailer that dies ends its attempt alone.
    pub async fn deliver_mail(self, mailer: Arc<dyn Mailer>, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        let mut forgotten = DateTime::UNIX_EPOCH;
        loop {
            // Else one panic would end the mail of this node, and nobody would see.
            match AssertUnwindSafe(self.deliver_until(&*mailer, &mut stop)).catch_unwind().await {
                Ok(Ok((_, true))) => return,
                Ok(Ok((_, false))) => {}
                Ok(Err(error)) => tracing::warn!(%error, "the outbox can't be worked on"),
                Err(_) => {
                    tracing::error!("sending a letter panicked; it is tried again when its claim has passed");
                }
            }
            if forgotten + TimeDelta::hours(1) < self.clock().now() {
                forgotten = self.clock().now();
                if let Err(error) = self.forget_mail().await {
                    tracing::warn!(%error, "old letters can't be forgotten");
                }
            }
            if tokio::time::timeout(LOOK, &mut stop).await.is_ok() {
                return;
            }
        }
    }

    /// Makes one attempt at every letter that is due, and answers how many it has made.
    ///
    /// # Errors
    /// [`KernelError::Store`] where the outbox can't be worked on.
    pub async fn deliver_due_mail(&self, mailer: &dyn Mailer) -> Result<usize, KernelError> {
        let (attempts, _) = self.deliver_until(mailer, &mut std::future::pending::<()>()).await?;
        Ok(attempts)
    }

    /// How many attempts it has made, and whether it was told to stop before all were made.
    async fn deliver_until(
        &self,
        mailer: &dyn Mailer,
        stop: &mut (impl Future<Output = ()> + Unpin),
    ) -> Result<(usize, bool), KernelError> {
        let mut attempts = 0;
        loop {
            let due = self.list_due_mail().await?;
            if due.is_empty() {
                return Ok((attempts, false));
            }
            for mail in due {
                if futures::poll!(&mut *stop).is_ready() {
                    return Ok((attempts, true));
                }
                attempts += usize::from(self.attempt(mail, mailer).await?);
            }
        }
    }

    async fn list_due_mail(&self) -> Result<Vec<OutgoingMail>, KernelError> {
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        Ok(unit.outbox().list_due(self.clock().now(), AT_A_TIME).await?)
    }

    /// Claims a letter and sends it; `false` where somebody else was first.
    async fn attempt(&self, mail: OutgoingMail, mailer: &dyn Mailer) -> Result<bool, KernelError> {
        let until = self.clock().now() + CLAIM;
        let unit = self.unit(Scope::Platform, Access::Write).await?;
        if !unit.outbox().update_claimed(&mail, until).await? {
            return Ok(false);
        }
        unit.commit().await?;
        let mail = OutgoingMail { attempts: mail.attempts + 1, due_at: until, ..mail };
        if !self.is_wanted(&mail).await? {
            self.end(mail, MailState::Dropped, None).await?;
            return Ok(true);
        }
        if self.clock().now() > mail.created_at + TRIED {
            return self.give_up_late(mail).await.map(|()| true);
        }
        let Some(content) = self.unsealed(&mail) else {
            let fault = "it does not open: `secret_file` is not the one that it was written with".to_owned();
            self.end(mail, MailState::Failed, Some(fault)).await?;
            return Ok(true);
        };
        let sent = match tokio::time::timeout(ATTEMPT, mailer.send(&content)).await {
            Ok(sent) => sent,
            Err(_) => Err(MailError::Temporary("the attempt took too long".to_owned())),
        };
        match sent {
            Ok(()) => self.end(mail, MailState::Sent, None).await?,
            Err(MailError::Permanent(fault)) => self.end(mail, MailState::Failed, Some(fault)).await?,
            Err(MailError::Temporary(fault)) => self.postpone(mail, fault).await?,
        }
        Ok(true)
    }

    /// Whether the secret in the letter still opens something.
    async fn is_wanted(&self, mail: &OutgoingMail) -> Result<bool, KernelError> {
        let Some(hash) = &mail.secret_hash else { return Ok(true) };
        let now = self.clock().now();
        match (mail.kind, mail.workspace_id) {
            (MailKind::Invitation, Some(workspace)) => {
                let unit = self.unit(Scope::of(workspace), Access::Read).await?;
                let found = unit.invitations().find_by_secret_hash(hash).await?;
                Ok(found.is_some_and(|one| one.state == InvitationState::Pending && now < one.expires_at))
            }
            _ => {
                let unit = self.unit(Scope::Platform, Access::Read).await?;
                Ok(unit.user_tokens().find(hash).await?.is_some_and(|token| token.is_open(now)))
            }
        }
    }

    /// Ends what has waited for so long that it would say what is true no more. Word of something that has happened is
    /// missed by nobody who has to act.
    async fn give_up_late(&self, mail: OutgoingMail) -> Result<(), KernelError> {
        if mail.kind == MailKind::Notice {
            return self.end(mail, MailState::Dropped, None).await;
        }
        let fault = mail.fault.clone();
        let fault = fault.unwrap_or_else(|| format!("nobody sent it within {} days", TRIED.num_days()));
        self.end(mail, MailState::Failed, Some(fault)).await
    }

    /// Tries again after a pause, or gives up where that would be too late.
    async fn postpone(&self, mail: OutgoingMail, fault: String) -> Result<(), KernelError> {
        let due_at = self.clock().now() + pause_after(mail.attempts);
        if due_at > mail.created_at + TRIED {
            return self.end(mail, MailState::Failed, Some(fault)).await;
        }
        tracing::info!(mail = %mail.id, attempts = mail.attempts, fault, "a letter was not taken yet");
        let later = OutgoingMail { due_at, fault: Some(fault), ..mail };
        let unit = self.unit(Scope::Platform, Access::Write).await?;
        unit.outbox().update(&later).await?;
        unit.commit().await
    }

    /// The letter is on its way no more. One that was given up is told of in the log of its workspace, or in System's.
    async fn end(
        &self,
        mail: OutgoingMail,
        state: MailState,
        fault: Option<String>,
    ) -> Result<(), KernelError> {
        let now = self.clock().now();
        let space = mail.workspace_id.unwrap_or(WorkspaceId::SYSTEM);
        let ended = OutgoingMail { state, fault, sealed: None, ended_at: Some(now), ..mail };
        let unit = self.unit(Scope::of(space), Access::Write).await?;
        let first = unit.outbox().update(&ended).await?;
        if first && state == MailState::Failed {
            let fault = ended.fault.unwrap_or_default();
            tracing::warn!(mail = %ended.id, kind = ended.kind.as_str(), fault, "a letter was given up");
            let event = Event::new("mail.failed", ended.id.uuid(), ended.recipient.to_string());
            record(self, &*unit, &operator(space), now, event).await?;
        }
        unit.commit().await
    }

    async fn forget_mail(&self) -> Result<(), KernelError> {
        let unit = self.unit(Scope::Platform, Access::Write).await?;
        unit.outbox().delete_ended(self.clock().now() - REMEMBERED).await?;
        unit.commit().await
    }
}

/// How long to wait after so many attempts.
fn pause_after(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 16)).unwrap_or_default();
    (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_four_hours() {
        let minutes = [1, 2, 3, 8, 9, 1_000].map(|attempts| pause_after(attempts).num_minutes());

        assert_eq!(minutes, [1, 2, 4, 128, 240, 240]);
    }
}
