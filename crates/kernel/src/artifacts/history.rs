//! Showing what was done to an artifact, and by whom.

use std::collections::BTreeMap;

use guildhall_artifacts::{ArtifactKey, Author, Recorded};
use guildhall_core::{Page, PageRequest, UserId};
use uuid::Uuid;

use crate::{Kernel, KernelError, Request, work::Work};

/// Who did something.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorShown {
    /// Who, and by which way in.
    pub author: Author,
    /// What he is called now; `None` for a service account.
    pub name: Option<String>,
}

/// One thing that was done to an artifact.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedShown {
    /// What was done, and what it changed.
    pub recorded: Recorded,
    /// Who did it.
    pub author: AuthorShown,
}

impl Kernel {
    /// What was done to an artifact in the caller's space, newest first.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] where there never was
    /// anything that the space sees.
    pub async fn list_artifact_changes(
        &self,
        request: &Request,
        key: &ArtifactKey,
        page: &PageRequest,
    ) -> Result<Page<RecordedShown>, KernelError> {
        let work = self.read(request).await?;
        work.authorize_writing(&key.kind)?;
        // A product that is not there for the caller has no overlay that he may know of.
        let artifacts = self.artifacts_below(&work, key).await?;
        let Page { items, next } = artifacts.list_changes(key, page).await?;
        if items.is_empty() && page.after.is_none() {
            artifacts.find_layers(key).await?;
        }
        let mut names = Names::default();
        let mut shown = Vec::with_capacity(items.len());
        for recorded in items {
            let author = names.show(&work, &recorded.change.author).await?;
            shown.push(RecordedShown { recorded, author });
        }
        Ok(Page { items: shown, next })
    }
}

/// Names of authors, each looked up once.
#[derive(Default)]
pub(super) struct Names(BTreeMap<Uuid, Option<String>>);

impl Names {
    pub(super) async fn show(
        &mut self,
        work: &Work<'_>,
        author: &Author,
    ) -> Result<AuthorShown, KernelError> {
        if !self.0.contains_key(&author.id) && author.kind == "user" {
            let user = work.users().find(UserId::new(author.id)).await?;
            self.0.insert(author.id, user.map(|user| user.display_name()));
        }
        let name = self.0.get(&author.id).cloned().flatten();
        Ok(AuthorShown { author: author.clone(), name })
    }
}
