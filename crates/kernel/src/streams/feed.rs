//! One workspace's feed on this node: a reader that looks at the log for all who listen.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use guildhall_core::{Caller, WorkspaceId};
use tokio::sync::{Notify, watch};

use super::round::Round;
use crate::Kernel;

/// How long a feed goes without looking, where nothing wakes it: what other nodes failed to tell is seen by then.
const LOOK: Duration = Duration::from_secs(2);
/// How long a feed that was woken waits for more to read.
const GATHERING: Duration = Duration::from_millis(5);

/// What the listeners of one workspace share.
pub(super) struct Feed {
    pub(super) workspace: WorkspaceId,
    pub(super) wake: Notify,
    rounds: watch::Sender<Option<Arc<Round>>>,
    callers: Mutex<HashMap<Caller, usize>>,
    closed: AtomicBool,
}

impl Feed {
    pub(super) fn new(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            wake: Notify::new(),
            rounds: watch::Sender::new(None),
            callers: Mutex::default(),
            closed: AtomicBool::default(),
        }
    }

    /// What the reader finds from now on, and what it has found last.
    pub(super) fn rounds(&self) -> watch::Receiver<Option<Arc<Round>>> {
        self.rounds.subscribe()
    }

    /// Somebody listens, who is to be proved again in every round.
    pub(super) fn join(&self, caller: Caller) {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        *callers.entry(caller).or_default() += 1;
    }

    /// Somebody listens no longer.
    pub(super) fn leave(&self, caller: &Caller) {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(times) = callers.get_mut(caller) {
            *times -= 1;
            if *times == 0 {
                callers.remove(caller);
            }
        }
    }

    /// Everybody who listens.
    pub(super) fn callers(&self) -> Vec<Caller> {
        self.callers.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }

    /// Nobody reads for it any more, nor will: nobody listens, or its reader has ended.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.wake.notify_one();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Reads the log until nobody listens. A round that fails changes nothing; the next one begins where it did.
    pub(super) async fn read(self: Arc<Self>, kernel: Kernel) {
        let _ending = Ending(&self);
        while !self.is_closed() {
            let last = self.rounds.borrow().clone();
            match Round::next(&kernel, &self, last.as_deref()).await {
                Ok(round) => {
                    let is_behind = round.is_behind();
                    self.rounds.send_replace(Some(Arc::new(round)));
                    if is_behind {
                        continue;
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, workspace = %self.workspace, "a log can't be read for its listeners");
                }
            }
            if tokio::time::timeout(LOOK, self.wake.notified()).await.is_ok() {
                tokio::time::sleep(GATHERING).await;
            }
        }
    }
}

/// Closes a feed when its reader ends, however it does, and wakes whoever still listens, so that he ends too.
struct Ending<'f>(&'f Feed);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.close();
        self.0.rounds.send_modify(|_| {});
    }
}
