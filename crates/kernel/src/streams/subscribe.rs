//! Beginning to listen.

use guildhall_core::{AccountId, ProjectId};
use tokio::sync::mpsc;

use super::listener::Listening;
use crate::{EventStub, Kernel, KernelError, Request, code};

/// How far behind the log somebody may be who comes back. Whoever is further behind reads everything again.
const FURTHEST: i64 = 10_000;
/// How many things are told ahead of a listener who takes his time.
const AHEAD: usize = 64;

/// A stream of events. Dropping it ends it.
#[derive(Debug)]
pub struct Subscription {
    told: mpsc::Receiver<Told>,
}

/// What a listener is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Something happened.
    Event(EventStub),
    /// Nothing that he may read has happened up to this number, from which he may come back.
    Still(i64),
    /// What he has seen can't be continued; he reads everything again, and is told what happens after this number.
    Reset(i64),
}

impl Subscription {
    /// Waits for the next thing to be told; `None` where the stream has ended.
    pub async fn next(&mut self) -> Option<Told> {
        self.told.recv().await
    }
}

/// What is listened to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    /// One project, by its account; or all that the caller may read.
    pub(super) project: Option<(ProjectId, AccountId)>,
}

impl Kernel {
    /// Tells the caller from now on what happens, or with `after` from that number on. The first thing told is where the stream
    /// begins.
    ///
    /// It ends with the caller's session or place in the workspace, with his right to the project, where he takes too long to take
    /// what he is told, and after a quarter of an hour, the life of a token; then he comes back with the last number that he has seen.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where he may not read the project; [`KernelError::TooManyStreams`] and
    /// [`KernelError::NoMoreStreams`] where he, or the node, has as many as may be.
    pub async fn subscribe(
        &self,
        request: &Request,
        project: Option<ProjectId>,
        after: Option<After>,
    ) -> Result<Subscription, KernelError> {
        let work = self.read(request).await?;
        let workspace = work.space()?;
        let project = match project {
            Some(id) => Some(work.authorize_project(id, &code::PROJECT_READ).await?),
            None => None,
        };
        let subject = Subject { project: project.map(|project| (project.id, project.account_id)) };
        let head = work.events().find_head().await?;
        drop(work);
        if *self.streams().ended.borrow() {
            return Err(KernelError::NoMoreStreams);
        }
        let (seat, is_new) = self.streams().seats.take(workspace, request.caller)?;
        if is_new {
            tokio::spawn(seat.feed.clone().read(self.clone()));
        }
        let begin = match after {
            None => Told::Still(head),
            Some(After::Seq(seq)) if (head - FURTHEST..=head).contains(&seq) && seq >= 0 => Told::Still(seq),
            Some(After::Seq(_) | After::Unknown) => Told::Reset(head),
        };
        let (sender, told) = mpsc::channel(AHEAD);
        let ended = self.streams().ended.subscribe();
        let listening = Listening::new(self.clone(), seat, subject, sender);
        tokio::spawn(listening.run(begin, ended));
        Ok(Subscription { told })
    }
}

/// The last that a listener has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// The event with this number.
    Seq(i64),
    /// Something that no log has given him.
    Unknown,
}
