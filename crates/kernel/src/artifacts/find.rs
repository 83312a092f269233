//! Showing one artifact.

use std::sync::Arc;

use guildhall_artifacts::{ArtifactKey, Found, Placed, Resolution, resolve, row_version};
use guildhall_core::{PermissionCode, RowVersion};

use super::known::{Question, Reply};
use crate::{Kernel, KernelError, Request, products::is_overlay, work::Work};

/// An artifact as the reader's space sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ArtifactShown {
    /// The artifact.
    pub found: Arc<Found>,
    /// The secret places that have a value in the reader's space.
    pub secrets_set: Vec<String>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// Everything that stands at a key in the reader's space.
#[derive(Debug, Clone, PartialEq)]
pub struct LayersShown {
    /// What it is called.
    pub key: ArtifactKey,
    /// What stands there, highest first.
    pub placed: Vec<Placed>,
    /// The number of its entity tag, which a change of it names.
    pub version: RowVersion,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// An artifact as the caller's space sees it.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where there is none, it is hidden, or the space is not entitled to it;
    /// [`KernelError::Forbidden`] where the caller may not read the kind.
    pub async fn find_artifact(
        &self,
        request: &Request,
        key: &ArtifactKey,
    ) -> Result<ArtifactShown, KernelError> {
        let work = self.read(request).await?;
        let kind = work.authorize_reading(&key.kind)?;
        let permissions = work.codes_on_kind(kind);
        let found = self.resolve_artifact(&work, key).await?;
        let secrets_set =
            if kind.secret().is_empty() { Vec::new() } else { work.artifact_secrets().list(key).await? };
        Ok(ArtifactShown { found, secrets_set, permissions })
    }

    /// What stands at a key in each layer, hidden or not.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::NotFound`] where there never was
    /// anything that the space sees.
    pub async fn find_artifact_layers(
        &self,
        request: &Request,
        key: &ArtifactKey,
    ) -> Result<LayersShown, KernelError> {
        let work = self.read(request).await?;
        let kind = work.authorize_writing(&key.kind)?;
        let (space, stack) = self.artifacts_below(&work, key).await?.find_layers(key).await?;
        let mut placed = stack.placed;
        placed.sort_by_key(|placed| std::cmp::Reverse(placed.layer));
        let top = match resolve(&placed, key.name.package.as_ref(), &space) {
            Resolution::Found(resolved) => Some((resolved.layer, resolved.generation)),
            Resolution::Hidden(placed) => Some((placed.layer, placed.generation)),
            Resolution::Absent => placed.first().map(|placed| (placed.layer, placed.generation)),
        };
        let version = top.map_or(RowVersion::FIRST, |(layer, generation)| row_version(layer, generation));
        Ok(LayersShown { key: key.clone(), placed, version, permissions: work.codes_on_kind(kind) })
    }

    /// An artifact for a use case that follows it, from what this node knows where nothing has changed since. One statement asks
    /// whether it has; where nothing is known, one reads it, and one more what an override is compared with that has fallen behind.
    pub(crate) async fn resolve_artifact(
        &self,
        work: &Work<'_>,
        key: &ArtifactKey,
    ) -> Result<Arc<Found>, KernelError> {
        if is_overlay(key) {
            // What lies below is no artifact, and changes without a generation.
            let (_, found) = self.artifacts_below(work, key).await?.find(key).await?;
            return Ok(Arc::new(found));
        }
        let question = Question::One(key.clone());
        if let Some(Reply::One(found)) = self.still_known(work, &question).await? {
            return Ok(found);
        }
        let (at, found) = self.artifacts(work).find(key).await?;
        let found = Arc::new(found);
        self.known_artifacts().keep(work.space()?, question, at, Reply::One(Arc::clone(&found)));
        Ok(found)
    }
}
