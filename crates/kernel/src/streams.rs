//! Streams of events: who listens to what happens in a workspace is told, as far as he may read it when he is told.
//!
//! Each workspace that somebody listens to has one feed on this node. Its reader looks at the log once for all who listen, when a
//! commit of this node or the word of another wakes it, and every so often without. Each listener has a task of its own that
//! judges what the reader has found by the rights of that moment, and sends it through a bounded channel.

mod feed;
mod listener;
mod proof;
mod readable;
mod round;
mod seats;
mod subscribe;

pub use subscribe::{After, Subscription, Told};

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use guildhall_authz::EpochScope;
use guildhall_core::WorkspaceId;
use tokio::sync::{Notify, Semaphore, watch};

use crate::{Committed, Heard, Kernel};
use seats::Seats;

/// How long a node gathers logs that have grown before it tells the others.
const GATHERING: Duration = Duration::from_millis(20);
/// How many feeds read at a time, so that they leave connections to the requests.
const READING: usize = 4;

/// All streams of a node.
pub(crate) struct Streams {
    seats: Seats,
    reading: Semaphore,
    untold: Mutex<BTreeSet<WorkspaceId>>,
    told: Notify,
    ended: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            seats: Seats::default(),
            reading: Semaphore::new(READING),
            untold: Mutex::default(),
            told: Notify::new(),
            ended: watch::Sender::new(false),
        }
    }
}

impl Streams {
    /// Wakes whoever follows what this node has committed, and remembers to tell the other nodes.
    pub(crate) fn committed(&self, committed: &Committed) {
        for raised in &committed.raised {
            self.raised(raised.scope);
        }
        for workspace in &committed.grown {
            self.seats.wake(*workspace);
        }
        if !committed.grown.is_empty() {
            self.untold.lock().unwrap_or_else(PoisonError::into_inner).extend(&committed.grown);
            self.told.notify_one();
        }
    }

    /// Wakes whoever follows what was heard of another node.
    pub(crate) fn heard(&self, heard: &Heard) {
        match heard {
            Heard::Raised(scope) => self.raised(*scope),
            Heard::Grown(workspaces) => workspaces.iter().for_each(|workspace| self.seats.wake(*workspace)),
            Heard::Anything => self.seats.wake_all(),
        }
    }

    /// Rights have changed: in one workspace, or in all of them.
    fn raised(&self, scope: EpochScope) {
        match scope {
            EpochScope::Workspace(workspace) if !workspace.is_system() => self.seats.wake(workspace),
            EpochScope::Workspace(_) | EpochScope::Platform => self.seats.wake_all(),
        }
    }
}

impl Kernel {
    /// How many streams of events are open on this node.
    pub fn open_streams(&self) -> usize {
        self.streams().seats.taken()
    }

    /// Ends all streams of events, and opens no more: the process is about to end. Who listened comes back to another node.
    pub fn end_streams(&self) {
        self.streams().ended.send_replace(true);
    }

    /// Tells the other nodes which logs have grown here, without an end. It waits a little for more to tell, so that it costs
    /// one statement in each such while, however much is written.
    pub(crate) async fn tell_others(&self) {
        loop {
            self.streams().told.notified().await;
            tokio::time::sleep(GATHERING).await;
            let untold =
                std::mem::take(&mut *self.streams().untold.lock().unwrap_or_else(PoisonError::into_inner));
            let untold: Vec<_> = untold.into_iter().collect();
            if let Err(error) = self.database().tell(&untold).await {
                tracing::warn!(%error, "the other nodes are not told what was written; they find it by looking");
            }
        }
    }
}
