//! Taking artifacts away, and bringing them back.

use guildhall_artifacts::{Act, ArtifactChange, ArtifactKey, ArtifactsError, TouchArtifact};

use super::{ArtifactShown, below::expect_hideable, event, seen};
use crate::{Begun, Kernel, KernelError, Outcome, Request, work::Work};

/// What comes back at a key.
#[derive(Debug, Clone, Copy)]
enum Back {
    /// What was hidden.
    Restore,
    /// What lies below a customization.
    Revert,
    /// A customization.
    Reapply,
}

impl Kernel {
    /// Deletes an artifact for the caller's space: what is inherited is hidden, what is the space's own is gone.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] where it is not there,
    /// or has changed.
    pub async fn delete_artifact(&self, request: &Request, key: ArtifactKey) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else { return Ok(()) };
        work.authorize_writing(&key.kind)?;
        expect_hideable(&key)?;
        let touch = TouchArtifact { key, seen: seen(request) };
        let change = self.artifacts_to_change(&work, &touch.key).await?.delete(touch).await?;
        if change.act == Act::Removed {
            // Whoever makes one of that name again does not get what was kept for this one.
            for pointer in work.artifact_secrets().list(&change.key).await? {
                work.artifact_secrets().replace(&change.key, &pointer, None).await?;
            }
        }
        work.finish(event("artifact.deleted", &change)).await
    }

    /// Makes what was hidden visible again, as it was.
    ///
    /// # Errors
    /// Those of [`Self::delete_artifact`].
    pub async fn restore_artifact(
        &self,
        request: &Request,
        key: ArtifactKey,
    ) -> Result<Outcome<ArtifactShown>, KernelError> {
        self.bring_back(request, key, Back::Restore).await
    }

    /// Takes a workspace's customization away, so that what lies below comes up.
    ///
    /// # Errors
    /// Those of [`Self::delete_artifact`]; [`ArtifactsError::NothingBelow`] where nothing would be left.
    pub async fn revert_artifact(
        &self,
        request: &Request,
        key: ArtifactKey,
    ) -> Result<Outcome<ArtifactShown>, KernelError> {
        self.bring_back(request, key, Back::Revert).await
    }

    /// Brings the customization back that was taken away last.
    ///
    /// # Errors
    /// Those of [`Self::delete_artifact`]; [`ArtifactsError::NothingToReapply`].
    pub async fn reapply_artifact(
        &self,
        request: &Request,
        key: ArtifactKey,
    ) -> Result<Outcome<ArtifactShown>, KernelError> {
        self.bring_back(request, key, Back::Reapply).await
    }

    async fn bring_back(
        &self,
        request: &Request,
        key: ArtifactKey,
        back: Back,
    ) -> Result<Outcome<ArtifactShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_artifact(request, &key).await?)),
        };
        work.authorize_writing(&key.kind)?;
        let touch = TouchArtifact { key: key.clone(), seen: seen(request) };
        let artifacts = self.artifacts_to_change(&work, &key).await?;
        let (kind, changed) = match back {
            Back::Restore => ("artifact.restored", artifacts.restore(touch).await),
            Back::Revert => ("artifact.reverted", artifacts.revert(touch).await),
            Back::Reapply => ("artifact.reapplied", artifacts.reapply(touch).await),
        };
        self.told(request, work, kind, key, changed).await
    }

    /// Records the change, commits, and reads the artifact again.
    pub(super) async fn told(
        &self,
        request: &Request,
        work: Work<'_>,
        kind: &'static str,
        key: ArtifactKey,
        changed: Result<ArtifactChange, ArtifactsError>,
    ) -> Result<Outcome<ArtifactShown>, KernelError> {
        work.finish(event(kind, &changed?)).await?;
        Ok(Outcome::Done(self.find_artifact(request, &key).await?))
    }
}
