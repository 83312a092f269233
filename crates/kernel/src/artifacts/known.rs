//! Artifacts that this node has resolved, each with the generations at which that holds.

use std::{any::Any, sync::Arc};

use guildhall_artifacts::{ArtifactKey, Found, Generations, KindName, ListQuery, Listed};
use guildhall_core::{Page, PageRequest, WorkspaceId};
use moka::sync::Cache;

use crate::{Kernel, KernelError, products::Overlays, work::Work};

/// How much all of them take together, by an estimate.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What one row of a list takes, about.
const ROW_BYTES: usize = 600;

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Question {
    /// One artifact.
    One(ArtifactKey),
    /// What the platform follows at a name.
    Followed(ArtifactKey),
    /// A page of a list.
    Page(ListQuery, PageRequest),
    /// All of a kind that may be used.
    Shelf(KindName),
    /// All overlays on products.
    Overlays,
}

/// What was answered.
#[derive(Clone)]
pub(crate) enum Reply {
    /// One artifact.
    One(Arc<Found>),
    /// Nothing is there.
    Nothing,
    /// A page of a list.
    Page(Arc<Page<Listed>>),
    /// All of a kind, and how many bytes its contents have.
    Shelf(Arc<dyn Any + Send + Sync>, usize),
    /// All overlays on products.
    Overlays(Arc<Overlays>),
}

/// Replies by workspace and question. One that was given at other generations counts for nothing.
pub(crate) struct KnownArtifacts(Cache<(WorkspaceId, Question), (Generations, Reply)>);

impl Default for KnownArtifacts {
    fn default() -> Self {
        let weigh = |_: &(WorkspaceId, Question), (_, reply): &(Generations, Reply)| {
            let bytes = match reply {
                Reply::One(found) => found.document.content.text().len() * 4 + ROW_BYTES,
                Reply::Nothing => ROW_BYTES,
                Reply::Shelf(_, bytes) => bytes * 6 + ROW_BYTES,
                Reply::Overlays(overlays) => overlays.size() + ROW_BYTES,
                Reply::Page(page) => (page.items.len() + 1) * ROW_BYTES,
            };
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(MAX_BYTES).weigher(weigh).build())
    }
}

impl Kernel {
    /// What this node knows, if nothing has changed since: one statement asks. Where nothing is kept, none is sent.
    pub(crate) async fn still_known(
        &self,
        work: &Work<'_>,
        question: &Question,
    ) -> Result<Option<Reply>, KernelError> {
        let Some((given, reply)) = self.known_artifacts().0.get(&(work.space()?, question.clone())) else {
            return Ok(None);
        };
        let space = work.artifact_spaces().find().await?;
        Ok((space.generations == given).then_some(reply))
    }
}

impl KnownArtifacts {
    /// The reply, if it was given at these generations.
    pub(crate) fn find(&self, space: WorkspaceId, question: &Question, at: Generations) -> Option<Reply> {
        let (given, reply) = self.0.get(&(space, question.clone()))?;
        (given == at).then_some(reply)
    }

    /// Keeps a reply in place of an earlier one.
    pub(crate) fn keep(&self, space: WorkspaceId, question: Question, at: Generations, reply: Reply) {
        self.0.insert((space, question), (at, reply));
    }
}
