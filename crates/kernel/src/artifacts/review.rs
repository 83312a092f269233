//! Reviewing overrides that fell behind.

use guildhall_artifacts::{ArtifactKey, ResolveReview, Review};
use guildhall_core::PermissionCode;

use super::{ArtifactShown, AuthorShown, history::Names};
use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, work::Work};

/// A review.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewShown {
    /// The review.
    pub review: Review,
    /// Who opened or deferred it; of one that is not kept, who reads it.
    pub author: AuthorShown,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// The three-way diff of the override at a key: what it was made from, what it says, what lies below it now.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] where there is no
    /// override, or nothing to review.
    pub async fn find_artifact_review(
        &self,
        request: &Request,
        key: &ArtifactKey,
    ) -> Result<ReviewShown, KernelError> {
        let work = self.read(request).await?;
        work.authorize_writing(&key.kind)?;
        let review = self.artifacts_below(&work, key).await?.find_review(key).await?;
        self.show_review(&work, review).await
    }

    /// Opens the review of the override at a key, and keeps it.
    ///
    /// # Errors
    /// Those of [`Self::find_artifact_review`].
    pub async fn open_artifact_review(
        &self,
        request: &Request,
        key: &ArtifactKey,
    ) -> Result<Outcome<ReviewShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_artifact_review(request, key).await?)),
        };
        work.authorize_writing(&key.kind)?;
        let review = self.artifacts_to_change(&work, key).await?.open_review(key).await?;
        let shown = self.show_review(&work, review).await?;
        work.finish(Event::new("artifact.review_opened", key.id(), key.to_string())).await?;
        Ok(Outcome::Done(shown))
    }

    /// Does with an override what was decided after its review.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] where the review is
    /// stale, a conflict is not decided, or what comes out is not valid.
    pub async fn resolve_artifact_review(
        &self,
        request: &Request,
        command: ResolveReview,
    ) -> Result<Outcome<ArtifactShown>, KernelError> {
        let key = command.key.clone();
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_artifact(request, &key).await?)),
        };
        work.authorize_writing(&key.kind)?;
        let changed = self.artifacts_to_change(&work, &key).await?.resolve_review(command).await;
        self.told(request, work, "artifact.review_resolved", key, changed).await
    }

    async fn show_review(&self, work: &Work<'_>, review: Review) -> Result<ReviewShown, KernelError> {
        let permissions = work.codes_on_kind(self.kind(&review.key.kind)?);
        let author = Names::default().show(work, &review.author).await?;
        Ok(ReviewShown { review, author, permissions })
    }
}
