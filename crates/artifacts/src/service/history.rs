//! What was done to an artifact.

use std::collections::BTreeSet;

use guildhall_core::{ArtifactVersionId, Page, PageRequest};

use super::Artifacts;
use crate::{ArtifactChange, ArtifactKey, ArtifactsError, FieldChange, changes};

/// One thing that was done, with the difference that it made.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// What was done.
    pub change: ArtifactChange,
    /// Every place that differs between the version before and the one after, where there were both.
    pub difference: Vec<FieldChange>,
}

/// How many changes a page has at most.
const MOST: usize = 25;

impl Artifacts<'_> {
    /// What was done to an artifact in this space, newest first, with differences.
    ///
    /// # Errors
    /// [`ArtifactsError::UnknownKind`].
    pub async fn list_changes(
        &self,
        key: &ArtifactKey,
        page: &PageRequest,
    ) -> Result<Page<Recorded>, ArtifactsError> {
        let kind = self.kind(key)?;
        // Each change may bring two contents, so that a page is short whatever is asked for.
        let page = PageRequest { limit: page.limit.min(MOST), after: page.after.clone() };
        let Page { items, next } = self.store.artifact_changes().list(key, &page).await?;
        let ids: BTreeSet<ArtifactVersionId> =
            items.iter().flat_map(|change| [change.before, change.after]).flatten().collect();
        let ids: Vec<_> = ids.into_iter().collect();
        let documents = self.store.artifact_versions().list_documents(&ids).await?;
        let content = |id: Option<ArtifactVersionId>| Some(documents.get(&id?)?.content.value());
        let recorded = items.into_iter().map(|change| {
            let difference = match (content(change.before), content(change.after)) {
                (Some(before), Some(after)) => changes(before, after, kind.merge_keys()),
                _ => Vec::new(),
            };
            Recorded { change, difference }
        });
        Ok(Page { items: recorded.collect(), next })
    }
}
