//! The task of one listener.

use std::{sync::Arc, time::Duration};

use guildhall_core::{Access, Scope};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep, timeout, timeout_at},
};

use super::{
    proof,
    readable::may_read,
    round::{Found, PAGE, Round, place},
    seats::Seat,
    subscribe::{Subject, Told},
};
use crate::{Kernel, KernelError, TOKEN_LIFETIME, rights::Rights, view::View};

/// How long a listener may take to take what he is told, once his channel is full.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a listener goes without a word.
const SILENCE: Duration = Duration::from_secs(15);

/// The stream is over. Whoever listened may come back.
pub(super) struct Over;

/// One listener: what he listens to, and how far he is.
pub(super) struct Listening {
    kernel: Kernel,
    seat: Seat,
    subject: Subject,
    sender: mpsc::Sender<Told>,
    rounds: watch::Receiver<Option<Arc<Round>>>,
    position: i64,
    spoke: Instant,
}

impl Listening {
    pub(super) fn new(kernel: Kernel, seat: Seat, subject: Subject, sender: mpsc::Sender<Told>) -> Self {
        let rounds = seat.feed.rounds();
        Self { kernel, seat, subject, sender, rounds, position: 0, spoke: Instant::now() }
    }

    /// Tells what happens until the stream is over.
    pub(super) async fn run(mut self, begin: Told, mut ended: watch::Receiver<bool>) {
        let (sender, lifetime) =
            (self.sender.clone(), TOKEN_LIFETIME.to_std().unwrap_or(Duration::from_secs(900)));
        // Nothing here is dropped in the middle of a unit of work: those run in tasks of their own.
        tokio::select! {
            _over = self.tell(begin) => {}
            () = sender.closed() => {}
            _ = ended.wait_for(|ended| *ended) => {}
            () = sleep(lifetime) => {}
        }
    }

    async fn tell(&mut self, begin: Told) -> Result<(), Over> {
        self.position = match begin {
            Told::Still(seq) | Told::Reset(seq) => seq,
            Told::Event(ref stub) => stub.seq,
        };
        self.send(begin).await?;
        // The feed may have looked before this listener came.
        self.rounds.mark_changed();
        loop {
            match timeout_at(self.spoke + SILENCE, self.rounds.changed()).await {
                Ok(Ok(())) => self.follow().await?,
                Ok(Err(_)) => return Err(Over),
                Err(_) => self.send(Told::Still(self.position)).await?,
            }
        }
    }

    /// Tells what the feed has found, and before it what the feed no longer has. It is over where the feed's reader has ended.
    async fn follow(&mut self) -> Result<(), Over> {
        if self.seat.feed.is_closed() {
            return Err(Over);
        }
        let Some(round) = self.latest() else { return Ok(()) };
        self.require(&round.view, round.ended.contains(&self.seat.caller))?;
        loop {
            let Some(round) = self.latest() else { return Ok(()) };
            if let Some(found) = round.after(self.position) {
                return self.pass(&round.view, &found).await;
            }
            let (view, found) = self.read_on().await?;
            self.pass(&view, &found).await?;
        }
    }

    /// Tells those of the events that he may read, each by his rights at that moment.
    async fn pass(&mut self, view: &View, found: &[Arc<Found>]) -> Result<(), Over> {
        for found in found {
            if self.concerns(found) && may_read(&self.rights(view), found) {
                let permit = timeout(PATIENCE, self.sender.reserve()).await;
                let (Ok(Ok(permit)), Some(latest)) = (permit, self.latest()) else { return Err(Over) };
                self.require(&latest.view, latest.ended.contains(&self.seat.caller))?;
                if may_read(&self.rights(&latest.view), found) {
                    permit.send(Told::Event(found.stub.clone()));
                    self.spoke = Instant::now();
                }
            }
            self.position = found.stub.seq;
        }
        Ok(())
    }

    /// The next page of the log itself, in a unit of work that nobody can interrupt.
    async fn read_on(&self) -> Result<(Arc<View>, Vec<Arc<Found>>), Over> {
        let (kernel, caller) = (self.kernel.clone(), self.seat.caller);
        let (workspace, position) = (self.seat.feed.workspace, self.position);
        let read = tokio::spawn(async move {
            let _reading = kernel.streams().reading.acquire().await;
            let scope = Scope::of(workspace);
            let unit = kernel.unit(scope, Access::Read).await?;
            let view = kernel.find_view(&*unit, scope, Access::Read).await?;
            let stubs = unit.events().list_after(position, PAGE).await?;
            let found = place(&*unit, stubs).await?;
            let has_ended = proof::ended(&*unit, &[caller], kernel.clock().now()).await?.contains(&caller);
            Ok::<_, KernelError>((view, found, has_ended))
        });
        match read.await {
            Ok(Ok((view, found, has_ended))) if !found.is_empty() => {
                self.require(&view, has_ended)?;
                Ok((view, found.into_iter().map(Arc::new).collect()))
            }
            // What the feed has seen is gone from the log, which can't be: he begins again.
            Ok(Ok(_)) => Err(Over),
            Ok(Err(error)) => {
                tracing::warn!(%error, "a stream of events broke off");
                Err(Over)
            }
            Err(_) => Err(Over),
        }
    }

    /// It is over for whoever is nobody any more, has no place in the workspace, or may no longer read the project.
    fn require(&self, view: &View, has_ended: bool) -> Result<(), Over> {
        let rights = self.rights(view);
        let reads =
            self.subject.project.is_none_or(|(_, account)| rights.may(&crate::code::PROJECT_READ, account));
        if has_ended || rights.admit().is_err() || !reads { Err(Over) } else { Ok(()) }
    }

    fn concerns(&self, found: &Found) -> bool {
        self.subject.project.is_none_or(|(project, _)| found.stub.project_id == Some(project))
    }

    fn rights<'a>(&'a self, view: &'a View) -> Rights<'a> {
        Rights { view, caller: &self.seat.caller, now: self.kernel.clock().now() }
    }

    fn latest(&self) -> Option<Arc<Round>> {
        self.rounds.borrow().clone()
    }

    async fn send(&mut self, told: Told) -> Result<(), Over> {
        self.spoke = Instant::now();
        match timeout(PATIENCE, self.sender.send(told)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Over),
        }
    }
}
