//! Preparing what a workspace publishes.

use guildhall_artifacts::{ArtifactKey, Draft, DraftAct, SaveDraft, Seen};
use guildhall_core::{Page, PageRequest, PermissionCode};
use serde_json::Value;

use super::{AuthorShown, below::expect_hideable, history::Names, seen};
use crate::{Begun, Event, Kernel, KernelError, Request, code, paging::page_of, work::Work};

/// A draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftShown {
    /// The draft.
    pub draft: Draft,
    /// Who saved it last.
    pub author: AuthorShown,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// The drafts of the workspace whose kinds the caller may write, by key.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`]; [`KernelError::Forbidden`] where he may write none of any kind.
    pub async fn list_artifact_drafts(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<DraftShown>, KernelError> {
        let work = self.read(request).await?;
        work.authorize_any_writing()?;
        let mut drafts = self.artifacts(&work).list_drafts().await?;
        drafts.retain(|draft| work.authorize_writing(&draft.key.kind).is_ok());
        let Page { items, next } = page_of(drafts, page, |draft| draft.key.to_string());
        let mut names = Names::default();
        let mut shown = Vec::with_capacity(items.len());
        for draft in items {
            shown.push(self.show_draft(&work, draft, &mut names).await?);
        }
        Ok(Page { items: shown, next })
    }

    /// The draft at a key.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] where there is none.
    pub async fn find_artifact_draft(
        &self,
        request: &Request,
        key: &ArtifactKey,
    ) -> Result<DraftShown, KernelError> {
        let work = self.read(request).await?;
        work.authorize_writing(&key.kind)?;
        let draft = self.artifacts(&work).find_draft(key).await?;
        self.show_draft(&work, draft, &mut Names::default()).await
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
    ) -> Result<DraftShown, KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else {
            return self.find_artifact_draft(request, &key).await;
        };
        work.authorize_writing(&key.kind)?;
        let command = SaveDraft { key: key.clone(), act, content, seen };
        if act == DraftAct::Hide {
            expect_hideable(&key)?;
        }
        let draft = self.artifacts_to_change(&work, &key).await?.save_draft(command).await?;
        let shown = self.show_draft(&work, draft, &mut Names::default()).await?;
        work.finish(Event::new("artifact.draft_saved", key.id(), key.to_string())).await?;
        Ok(shown)
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

    async fn show_draft(
        &self,
        work: &Work<'_>,
        draft: Draft,
        names: &mut Names,
    ) -> Result<DraftShown, KernelError> {
        let permissions = work.codes_on_kind(self.kind(&draft.key.kind)?);
        let author = names.show(work, &draft.author).await?;
        Ok(DraftShown { draft, author, permissions })
    }
}

impl Work<'_> {
    /// Refuses who may write artifacts of no kind at all.
    pub(super) fn authorize_any_writing(&self) -> Result<(), KernelError> {
        let mut kinds = self.kernel().settings().kinds.iter();
        if kinds.any(|kind| self.authorize_workspace(kind.write()).is_ok()) {
            return Ok(());
        }
        self.authorize_workspace(&code::ARTIFACT_MANAGE).map(drop)
    }
}
