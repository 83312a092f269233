//! Preparing what a workspace publishes.

use guildhall_artifacts::{ArtifactKey, Draft, DraftAct, SaveDraft, Seen};
use serde_json::Value;

use super::{below::expect_hideable, seen};
use crate::{Begun, Event, Kernel, KernelError, Request};

impl Kernel {
    /// The drafts of the workspace whose kinds the caller may write, by key.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`].
    pub async fn list_artifact_drafts(&self, request: &Request) -> Result<Vec<Draft>, KernelError> {
        let work = self.read(request).await?;
        let mut drafts = self.artifacts(&work).list_drafts().await?;
        drafts.retain(|draft| work.authorize_writing(&draft.key.kind).is_ok());
        Ok(drafts)
    }

    /// The draft at a key.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] where there is none.
    pub async fn find_artifact_draft(
        &self,
        request: &Request,
        key: &ArtifactKey,
    ) -> Result<Draft, KernelError> {
        let work = self.read(request).await?;
        work.authorize_writing(&key.kind)?;
        Ok(self.artifacts(&work).find_draft(key).await?)
    }

    /// Saves a draft.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] for what is refused.
    pub async fn save_artifact_draft(
        &self,
        request: &Request,
        key: ArtifactKey,
        act: DraftAct,
        content: Option<Value>,
        seen: Seen,
    ) -> Result<Draft, KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else {
            return self.find_artifact_draft(request, &key).await;
        };
        work.authorize_writing(&key.kind)?;
        let command = SaveDraft { key: key.clone(), act, content, seen };
        if act == DraftAct::Hide {
            expect_hideable(&key)?;
        }
        let draft = self.artifacts_to_change(&work, &key).await?.save_draft(command).await?;
        work.finish(Event::new("artifact.draft_saved", key.id(), key.to_string())).await?;
        Ok(draft)
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// Those of [`Self::save_artifact_draft`].
    pub async fn delete_artifact_draft(
        &self,
        request: &Request,
        key: ArtifactKey,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else { return Ok(()) };
        work.authorize_writing(&key.kind)?;
        self.artifacts(&work).delete_draft(&key, seen(request)).await?;
        work.finish(Event::new("artifact.draft_deleted", key.id(), key.to_string())).await
    }
}
