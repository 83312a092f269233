//! Looking one artifact up.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use guildhall_core::{ArtifactVersionId, RowVersion, WorkspaceId};
use uuid::Uuid;

use super::{Artifacts, Opened};
use crate::{
    ArtifactKey, ArtifactsError, Base, Below, Content, Document, Generations, Head, Kind, Layer, Lower,
    Origin, OverrideState, Pattern, Placed, Resolution, Resolved, Seen, Space, Stack, What, below,
    override_state, resolve,
};

/// What versions say.
type Documents = BTreeMap<ArtifactVersionId, Document>;

/// A document that is no artifact and lies below one, as a product lies below its overlay.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseDocument {
    /// The id of the thing that it describes.
    pub id: Uuid,
    /// A number that grows when it changes.
    pub generation: i64,
    /// What it says.
    pub content: Content,
    /// What no overlay may change.
    pub locked: Vec<Pattern>,
    /// When it changed last.
    pub at: DateTime<Utc>,
}

/// An artifact as its space sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What it is called.
    pub key: ArtifactKey,
    /// The layer that it stands in.
    pub layer: Layer,
    /// The version.
    pub head: Head,
    /// The generation in which it came to stand there.
    pub generation: i64,
    /// What it says.
    pub document: Document,
    /// Whether it comes from elsewhere.
    pub inherited: bool,
    /// Whether it stands over something.
    pub overridden: bool,
    /// How it stands with what lies below, where it is an override.
    pub state: Option<OverrideState>,
    /// The number that its entity tag carries.
    pub version: RowVersion,
}

impl<'a> Artifacts<'a> {
    /// An artifact as the space sees it, and the generations at which that holds: one statement, or two where what it
    /// overrides has changed since.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`] where there is none, or it is hidden; [`ArtifactsError::UnknownKind`].
    pub async fn find(&self, key: &ArtifactKey) -> Result<(Generations, Found), ArtifactsError> {
        let kind = self.kind(key)?;
        let (space, stack) = self.store.artifacts().find_top(key).await?;
        let Stack { placed, mut documents } = self.over_base(key, stack)?;
        let Resolution::Found(resolved) = resolve(&placed, key.name.package.as_ref(), &space) else {
            return Err(ArtifactsError::NotFound);
        };
        if resolved.is_override() && known_state(resolved.head, resolved.below).is_none() {
            let missing = compared(&resolved).filter(|id| !documents.contains_key(id)).collect::<Vec<_>>();
            documents.extend(self.store.artifact_versions().list_documents(&missing).await?);
        }
        Ok((space.generations, found(kind, key, documents, &resolved)?))
    }

    /// Everything at a key that the space sees, hidden or not, and the space: one statement.
    ///
    /// # Errors
    /// [`ArtifactsError::UnknownKind`]; [`ArtifactsError::NotFound`] where there never was anything.
    pub async fn find_layers(&self, key: &ArtifactKey) -> Result<(Space, Stack), ArtifactsError> {
        self.kind(key)?;
        let (space, mut stack) = self.stack(key).await?;
        if key.name.package.as_ref().is_some_and(|package| !space.sees(package)) && !space.id.is_system() {
            stack.placed.retain(|placed| placed.layer != Layer::System);
        }
        if stack.placed.is_empty() { Err(ArtifactsError::NotFound) } else { Ok((space, stack)) }
    }

    pub(super) async fn stack(&self, key: &ArtifactKey) -> Result<(Space, Stack), ArtifactsError> {
        let (space, stack) = self.store.artifacts().find(key).await?;
        Ok((space, self.over_base(key, stack)?))
    }

    /// The stack with what lies below the key and is no artifact.
    pub(super) fn over_base(&self, key: &ArtifactKey, mut stack: Stack) -> Result<Stack, ArtifactsError> {
        if let Some(base) = self.bases.get(key) {
            let head = base_head(self.kind(key)?, base);
            let document = Document {
                content: base.content.clone(),
                locked: base.locked.clone(),
                schema_version: self.kind(key)?.schema_version(),
            };
            stack.documents.insert(head.id, document);
            let what = What::Live(head);
            stack.placed.push(Placed { layer: Layer::System, generation: base.generation, what });
        }
        Ok(stack)
    }
}

fn base_head(kind: &Kind, base: &BaseDocument) -> Head {
    Head {
        id: ArtifactVersionId::new(base.id),
        number: base.generation,
        hash: base.content.hash(),
        title: kind.title(base.content.value()).unwrap_or_default().chars().take(200).collect(),
        enabled: true,
        base: None,
        origin: Origin::Base,
        at: base.at,
    }
}

/// What is found, with its state.
pub(super) fn found(
    kind: &Kind,
    key: &ArtifactKey,
    mut documents: Documents,
    resolved: &Resolved<'_>,
) -> Result<Found, ArtifactsError> {
    let state = state(kind, key, &documents, resolved)?;
    let document = documents.remove(&resolved.head.id).ok_or_else(|| ArtifactsError::Lost(key.clone()))?;
    Ok(Found {
        key: key.clone(),
        layer: resolved.layer,
        head: resolved.head.clone(),
        generation: resolved.generation,
        document,
        inherited: resolved.is_inherited(),
        overridden: resolved.is_override(),
        state,
        version: resolved.row_version(),
    })
}

pub(super) fn document<'s>(
    key: &ArtifactKey,
    documents: &'s Documents,
    id: ArtifactVersionId,
) -> Result<&'s Document, ArtifactsError> {
    documents.get(&id).ok_or_else(|| ArtifactsError::Lost(key.clone()))
}

/// The versions whose contents say how an override stands.
pub(super) fn compared(resolved: &Resolved<'_>) -> impl Iterator<Item = ArtifactVersionId> {
    let base = resolved.head.base.map(|base| base.id);
    let below = resolved.below.map(|below| below.head.id);
    [Some(resolved.head.id), base, below].into_iter().flatten()
}

/// How an override stands with what lies below it; `None` for what is no override.
pub(super) fn state(
    kind: &Kind,
    key: &ArtifactKey,
    documents: &Documents,
    resolved: &Resolved<'_>,
) -> Result<Option<OverrideState>, ArtifactsError> {
    if !resolved.is_override() {
        return Ok(None);
    }
    if let Some(known) = known_state(resolved.head, resolved.below) {
        return Ok(Some(known));
    }
    let base = match resolved.head.base {
        Some(base) => Some(document(key, documents, base.id)?.content.value()),
        None => None,
    };
    let ours = document(key, documents, resolved.head.id)?.content.value();
    let below = match resolved.below {
        Some(below) => Some(document(key, documents, below.head.id)?),
        None => None,
    };
    let below = below.map(|it| Below { content: it.content.value(), locked: &it.locked });
    Ok(Some(override_state(kind, base, ours, below)))
}

/// What can be said without looking into any content.
pub(super) fn known_state(head: &Head, below: Option<Lower<'_>>) -> Option<OverrideState> {
    let Some(below) = below else { return Some(OverrideState::Orphaned) };
    if below.head.hash == head.hash {
        return Some(OverrideState::Redundant);
    }
    let unmoved = head.base.is_some_and(|base| base.id == below.head.id);
    unmoved.then_some(OverrideState::Current)
}

impl Opened<'_> {
    /// What the key answers now.
    pub(super) fn resolution(&self) -> Resolution<'_> {
        resolve(&self.stack.placed, self.key.name.package.as_ref(), &self.space)
    }

    /// What the key would answer without one layer and those above it.
    pub(super) fn below(&self, layer: Layer) -> Option<Lower<'_>> {
        below(&self.stack.placed, self.key.name.package.as_ref(), &self.space, layer)
    }

    /// The document of a version at the key.
    pub(super) fn document(&self, id: ArtifactVersionId) -> Result<&Document, ArtifactsError> {
        document(&self.key, &self.stack.documents, id)
    }

    /// What stands in one layer.
    pub(super) fn at(&self, layer: Layer) -> Option<&Placed> {
        self.stack.placed.iter().find(|placed| placed.layer == layer)
    }

    /// What something made from this version names as its base.
    pub(super) fn base_of(&self, layer: Layer, head: &Head) -> Base {
        let space = if layer == Layer::System { WorkspaceId::SYSTEM } else { self.space.id };
        Base { space, id: head.id, hash: head.hash }
    }
}

/// Refuses a change that names no version, or another than the present one.
pub(super) fn expect(seen: Seen, present: RowVersion) -> Result<(), ArtifactsError> {
    match seen {
        Seen::Nothing => Err(ArtifactsError::PreconditionRequired),
        Seen::Version(seen) if seen != present => Err(ArtifactsError::Stale),
        Seen::Version(_) | Seen::Anything => Ok(()),
    }
}
