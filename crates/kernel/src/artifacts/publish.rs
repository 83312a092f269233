//! Publishing drafts.

use std::collections::BTreeSet;

use guildhall_artifacts::{ArtifactKey, Publication, Published};
use guildhall_core::{Fault, WorkspaceId};
use uuid::Uuid;

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, work::Work};

impl Kernel {
    /// What keeps these drafts, or where none are named all that the caller may write, from being published.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write a named kind; [`KernelError::Artifacts`] where a named
    /// draft is not there.
    pub async fn check_artifact_drafts(
        &self,
        request: &Request,
        keys: BTreeSet<ArtifactKey>,
    ) -> Result<Vec<Fault>, KernelError> {
        let work = self.read(request).await?;
        let keys = self.writable(&work, keys).await?;
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let at: Vec<_> = keys.iter().cloned().collect();
        Ok(self.artifacts_at(&work, &at).await?.check_drafts(&keys).await?)
    }

    /// Publishes these drafts, or where none are named all that the caller may write: all at once, or none. Sent again under
    /// the same key it answers what it published then.
    ///
    /// # Errors
    /// Those of [`Self::check_artifact_drafts`], and [`KernelError::Artifacts`] with everything that is wrong.
    pub async fn publish_artifacts(
        &self,
        request: &Request,
        keys: BTreeSet<ArtifactKey>,
    ) -> Result<Outcome<Vec<Published>>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(subject) => return self.replayed_publication(request, subject).await,
        };
        // Before the drafts are listed: else somebody who publishes at the same moment takes them from under this list.
        work.artifact_spaces().find_locked().await?;
        let keys = self.writable(&work, keys).await?;
        let space = work.space()?;
        if keys.is_empty() {
            work.finish_unchanged(publication_id(space, 0)).await?;
            return Ok(Outcome::Done(Vec::new()));
        }
        let at: Vec<_> = keys.iter().cloned().collect();
        let Publication { generation, items } = self.artifacts_at(&work, &at).await?.publish(&keys).await?;
        for one in &items {
            work.record(Event::new("artifact.published", one.key.id(), one.key.to_string())).await?;
        }
        work.finish(Event::new("publication.made", publication_id(space, generation), None)).await?;
        Ok(Outcome::Done(items))
    }

    /// What an earlier request with the same key published. Who may no longer write a kind is not told of its artifacts.
    async fn replayed_publication(
        &self,
        request: &Request,
        subject: Uuid,
    ) -> Result<Outcome<Vec<Published>>, KernelError> {
        let work = self.read(request).await?;
        work.authorize_any_writing()?;
        let mut items = match generation_of(subject) {
            0 => Vec::new(),
            generation => self.artifacts(&work).find_publication(generation).await?.items,
        };
        items.retain(|one| work.authorize_writing(&one.key.kind).is_ok());
        Ok(Outcome::Replayed(items))
    }

    async fn writable(
        &self,
        work: &Work<'_>,
        keys: BTreeSet<ArtifactKey>,
    ) -> Result<BTreeSet<ArtifactKey>, KernelError> {
        if keys.is_empty() {
            work.authorize_any_writing()?;
            let drafts = self.artifacts(work).list_drafts().await?;
            let may = drafts.into_iter().filter(|draft| work.authorize_writing(&draft.key.kind).is_ok());
            return Ok(may.map(|draft| draft.key).collect());
        }
        for key in &keys {
            work.authorize_writing(&key.kind)?;
        }
        Ok(keys)
    }
}

/// The bits of a UUID's second half that say its variant (RFC 9562, 4.1).
const VARIANT: u64 = 0b11 << 62;

/// The id of what a space published in one generation: it names both, so that it can be found again by the id alone.
fn publication_id(space: WorkspaceId, generation: i64) -> Uuid {
    let (first, _) = space.uuid().as_u64_pair();
    let second = u64::try_from(generation).unwrap_or_default();
    Uuid::new_v8(Uuid::from_u64_pair(first, second).into_bytes())
}

/// The generation that [`publication_id`] names.
fn generation_of(publication: Uuid) -> i64 {
    let (_, second) = publication.as_u64_pair();
    i64::try_from(second & !VARIANT).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_publication_says_in_which_generation_it_was_made() {
        for generation in [0, 1, 1 << 40, (1 << 62) - 1] {
            assert_eq!(generation_of(publication_id(WorkspaceId::SYSTEM, generation)), generation);
        }
    }
}
