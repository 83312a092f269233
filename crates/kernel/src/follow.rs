//! Following what other nodes change: the epochs are looked at again and again, and at once when the database tells.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use guildhall_authz::{EpochScope, Raised};
use guildhall_core::{Access, Scope, WorkspaceId};

use crate::{Heard, Kernel, KernelError, Listener, known};

/// How long the node goes without looking. Two looks fit into the time that a number counts.
const LOOK: Duration = Duration::from_millis(400);

impl Kernel {
    /// Keeps what this node knows of the epochs up to date, so that permission queries need not ask the database. It never
    /// ends; whoever serves runs it beside. Without it a query asks more often, and its answer is as right: at most a second
    /// old.
    ///
    /// It also tells the other nodes what this one writes, and wakes streams of events for what they write.
    pub async fn follow(self) {
        tokio::join!(self.listen(), self.tell_others());
    }

    async fn listen(&self) {
        loop {
            match self.database().listen().await {
                Ok(listener) => self.follow_by(listener).await,
                Err(error) => tracing::warn!(%error, "the database tells nothing of other nodes' changes"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Ends when nothing will be heard any more.
    async fn follow_by(&self, mut listener: Box<dyn Listener>) {
        let mut next_look = Instant::now() + LOOK;
        loop {
            match tokio::time::timeout(next_look.saturating_duration_since(Instant::now()), listener.heard())
                .await
            {
                Ok(Err(error)) => {
                    tracing::warn!(%error, "the database tells nothing of other nodes' changes any more");
                    return;
                }
                Ok(Ok(heard)) => {
                    self.streams().heard(&heard);
                    // Logs grow far more often than epochs are raised.
                    if matches!(heard, Heard::Grown(_)) {
                        continue;
                    }
                }
                Err(_) => {}
            }
            next_look = Instant::now() + LOOK;
            if let Err(error) = self.look_at_epochs().await {
                tracing::warn!(%error, "the epochs can't be read");
            }
        }
    }

    /// One look at the epochs of every workspace whose view is kept.
    pub(crate) async fn look_at_epochs(&self) -> Result<(), KernelError> {
        let workspaces = self.views().workspaces();
        if workspaces.is_empty() {
            return Ok(());
        }
        let always = [EpochScope::Platform, EpochScope::Workspace(WorkspaceId::SYSTEM)];
        let scopes: Vec<_> =
            always.into_iter().chain(workspaces.into_iter().map(EpochScope::Workspace)).collect();
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let at = Instant::now();
        let read = unit.epochs().list(&scopes).await?;
        let read: HashMap<_, _> = read.into_iter().map(|one| (one.scope, one.value)).collect();
        let value = |scope| read.get(scope).copied().unwrap_or_default();
        let all: Vec<_> = scopes.iter().map(|scope| Raised { scope: *scope, value: value(scope) }).collect();
        self.known().note(&all, at);
        self.known().retain(&scopes);
        Ok(())
    }

    /// Notes what a unit that reads found.
    pub(crate) fn note_epochs(&self, workspace: WorkspaceId, epochs: guildhall_authz::Epochs, at: Instant) {
        self.known().note(&known::as_raised(workspace, epochs), at);
    }
}
