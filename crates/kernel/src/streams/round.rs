//! What a feed finds at one look.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use guildhall_core::{Access, AccountId, Caller, ProjectId, Scope};

use super::{feed::Feed, proof};
use crate::{EventStub, Kernel, KernelError, UnitOfWork, view::View};

/// How many events are read at a time.
pub(super) const PAGE: usize = 500;
/// How many events a feed keeps for those who come a little later.
const KEPT: usize = 500;

/// An event, and the account by which it is judged who may read it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) stub: EventStub,
    /// The account of its project, where that is still there.
    pub(super) account: Option<AccountId>,
}

/// The log and the rights in one state of the world.
pub(super) struct Round {
    /// Decides who may read what.
    pub(super) view: Arc<View>,
    /// The last event that the feed has read.
    pub(super) head: i64,
    /// The events before it, up to it, without gaps.
    pub(super) recent: Vec<Arc<Found>>,
    /// Those who listen though they are nobody any more.
    pub(super) ended: HashSet<Caller>,
    is_behind: bool,
}

impl Round {
    /// Looks at what has happened since the last round. The first one begins at the log's end: what was before is read by whoever
    /// asks for it.
    ///
    /// One unit of work reads all of it, so that rights are as new as the events that they are asked for: who has lost a right sees
    /// nothing that happened later.
    pub(super) async fn next(kernel: &Kernel, feed: &Feed, last: Option<&Self>) -> Result<Self, KernelError> {
        let reading = kernel.streams().reading.acquire().await;
        let callers = feed.callers();
        let scope = Scope::of(feed.workspace);
        let unit = kernel.unit(scope, Access::Read).await?;
        let view = kernel.find_view(&*unit, scope, Access::Read).await?;
        let (head, new) = match last {
            None => (unit.events().find_head().await?, Vec::new()),
            Some(last) => {
                let new = unit.events().list_after(last.head, PAGE).await?;
                (new.last().map_or(last.head, |newest| newest.seq), new)
            }
        };
        let is_behind = new.len() == PAGE;
        let new = place(&*unit, new).await?;
        let mut ended = proof::ended(&*unit, &callers, kernel.clock().now()).await?;
        drop(unit); // one unit of work at a time
        ended.extend(kernel.ended_clients(&callers).await?);
        drop(reading);
        let kept = last.map(|last| last.recent.as_slice()).unwrap_or_default();
        let all: Vec<_> = kept.iter().cloned().chain(new.into_iter().map(Arc::new)).collect();
        let recent = all.iter().skip(all.len().saturating_sub(KEPT.max(PAGE))).cloned().collect();
        Ok(Self { view, head, recent, ended, is_behind })
    }

    /// Whether there is more to read already.
    pub(super) fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// The events after a number, or `None` where the feed has not kept all of them.
    pub(super) fn after(&self, seq: i64) -> Option<Vec<Arc<Found>>> {
        if self.head <= seq {
            return Some(Vec::new());
        }
        let is_kept = self.recent.first().is_some_and(|first| first.stub.seq <= seq + 1);
        is_kept.then(|| self.recent.iter().filter(|found| found.stub.seq > seq).cloned().collect())
    }
}

/// The events with their projects' accounts.
pub(super) async fn place(unit: &dyn UnitOfWork, stubs: Vec<EventStub>) -> Result<Vec<Found>, KernelError> {
    let projects: BTreeSet<ProjectId> = stubs.iter().filter_map(|stub| stub.project_id).collect();
    let accounts = if projects.is_empty() {
        HashMap::new()
    } else {
        let projects = unit.projects().list_by_ids(&projects.into_iter().collect::<Vec<_>>()).await?;
        projects.into_iter().map(|project| (project.id, project.account_id)).collect()
    };
    let account = |stub: &EventStub| stub.project_id.and_then(|project| accounts.get(&project).copied());
    Ok(stubs.into_iter().map(|stub| Found { account: account(&stub), stub }).collect())
}
