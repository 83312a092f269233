//! What every workspace inherits, whoever asks.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::WorkspaceId;

use super::{
    Artifacts,
    open::{Found, found},
};
use crate::{ArtifactKey, ArtifactsError, Generations, Layer, Resolution, Space, Stack, resolve};

impl Artifacts<'_> {
    /// An artifact as the System space sees it, whatever the space that asks has made of it: one statement.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`] where System has none, or has hidden it; [`ArtifactsError::UnknownKind`].
    pub async fn find_shared(&self, key: &ArtifactKey) -> Result<Found, ArtifactsError> {
        let kind = self.kind(key)?;
        let (_, Stack { mut placed, documents }) = self.stack(key).await?;
        placed.retain(|placed| placed.layer == Layer::System);
        let system = Space {
            id: WorkspaceId::SYSTEM,
            generations: Generations { own: 0, system: 0 },
            deployed: BTreeSet::new(),
            offered: BTreeMap::new(),
        };
        match resolve(&placed, key.name.package.as_ref(), &system) {
            Resolution::Found(resolved) => found(kind, key, documents, &resolved),
            Resolution::Hidden(_) | Resolution::Absent => Err(ArtifactsError::NotFound),
        }
    }
}
