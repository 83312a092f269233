//! Overlays: artifacts over documents that are no artifacts.

use std::collections::BTreeMap;

use guildhall_core::{Page, PageRequest};

use super::{
    Artifacts, ListQuery, Listed,
    list::{hidden, row, wanted},
    open::state,
};
use crate::{
    ArtifactKey, ArtifactName, ArtifactsError, Content, KindName, Resolution, Space, Stack, What, resolve,
};

impl Artifacts<'_> {
    /// A page of the documents of a kind that lie below, overlaid or not, by name: see [`Artifacts::over`]. One statement.
    ///
    /// # Errors
    /// [`ArtifactsError::UnknownKind`].
    pub async fn list_over(
        &self,
        query: &ListQuery,
        space: &Space,
        page: &PageRequest,
    ) -> Result<Page<Listed>, ArtifactsError> {
        let mut own: BTreeMap<ArtifactName, Stack> =
            self.store.artifacts().list_own(&query.kind).await?.into_iter().collect();
        let after = page.after.as_deref().and_then(|after| after.parse::<ArtifactName>().ok());
        let words: Vec<String> = query.words.iter().map(|word| word.to_lowercase()).collect();
        let mut items: Vec<Listed> = Vec::new();
        let mut more = false;
        for key in self.bases.keys().filter(|key| key.kind == query.kind) {
            if after.as_ref().is_some_and(|after| key.name <= *after) {
                continue;
            }
            let stack = self.over_base(key, own.remove(&key.name).unwrap_or_default())?;
            if !wanted(&key.name, &stack.placed, space, query, &words) {
                continue;
            }
            if items.len() == page.limit {
                more = true;
                break;
            }
            items.extend(self.listed(key, &stack, space)?);
        }
        let next = items.last().filter(|_| more).map(|last| last.key.name.to_string());
        Ok(Page { items, next })
    }

    fn listed(
        &self,
        key: &ArtifactKey,
        stack: &Stack,
        space: &Space,
    ) -> Result<Option<Listed>, ArtifactsError> {
        Ok(match resolve(&stack.placed, key.name.package.as_ref(), space) {
            Resolution::Found(resolved) => {
                let state = state(self.kind(key)?, key, &stack.documents, &resolved)?;
                Some(Listed { state, ..row(key.clone(), &resolved) })
            }
            Resolution::Hidden(placed) => Some(hidden(key.clone(), placed)),
            Resolution::Absent => None,
        })
    }

    /// What this space itself says over documents of a kind, by name. One statement.
    ///
    /// # Errors
    /// [`ArtifactsError::Store`].
    pub async fn list_overlays(
        &self,
        kind: &KindName,
    ) -> Result<BTreeMap<ArtifactName, Content>, ArtifactsError> {
        let own = self.store.artifacts().list_own(kind).await?;
        Ok(own.into_iter().filter_map(|(name, stack)| Some((name, said_in(stack)?))).collect())
    }

    /// What this space itself says over one document. One statement.
    ///
    /// # Errors
    /// [`ArtifactsError::Store`].
    pub async fn find_overlay(&self, key: &ArtifactKey) -> Result<Option<Content>, ArtifactsError> {
        let (_, stack) = self.store.artifacts().find_top(key).await?;
        Ok(said_in(stack))
    }
}

/// What the highest of a space's own layers says; nothing where it hides the artifact.
fn said_in(mut stack: Stack) -> Option<Content> {
    let there = stack
        .placed
        .iter()
        .filter(|placed| placed.layer.overrides() && !matches!(placed.what, What::Gone { .. }));
    let id = match &there.max_by_key(|placed| placed.layer)?.what {
        What::Live(head) => head.id,
        What::Hidden { .. } | What::Gone { .. } => return None,
    };
    stack.documents.remove(&id).map(|document| document.content)
}
