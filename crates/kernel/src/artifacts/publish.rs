//! Publishing drafts.

use std::collections::BTreeSet;

use guildhall_artifacts::{ArtifactKey, Published};
use guildhall_core::Fault;

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

    /// Publishes these drafts, or where none are named all that the caller may write: all at once, or none.
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
            Begun::Replay(_) => return Ok(Outcome::Replayed(Vec::new())),
        };
        // Before the drafts are listed: else somebody who publishes at the same moment takes them from under this list.
        work.artifact_spaces().find_locked().await?;
        let keys = self.writable(&work, keys).await?;
        let at: Vec<_> = keys.iter().cloned().collect();
        let artifacts = self.artifacts_at(&work, &at).await?;
        let published = if keys.is_empty() { Vec::new() } else { artifacts.publish(&keys).await? };
        drop(artifacts);
        let space = work.space()?;
        for one in &published {
            work.record(Event::new("artifact.published", one.key.id(), one.key.to_string())).await?;
        }
        work.finish(Event::new("artifacts.published", space.uuid(), None)).await?;
        Ok(Outcome::Done(published))
    }

    async fn writable(
        &self,
        work: &Work<'_>,
        keys: BTreeSet<ArtifactKey>,
    ) -> Result<BTreeSet<ArtifactKey>, KernelError> {
        if keys.is_empty() {
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
