//! The use cases of artifacts inside one space. Whoever calls them has decided that the caller may.

mod content;
mod deploy;
mod drafts;
mod history;
mod list;
mod open;
mod overlays;
mod packages;
mod publish;
mod remove;
mod review;
mod shared;
mod write;

use std::{collections::BTreeMap, slice};

use guildhall_core::{ArtifactVersionId, Clock, IdGenerator};

pub use content::ContentRules;
pub use deploy::DeployDone;
pub use history::Recorded;
pub use list::{ListQuery, Listed};
pub use open::{BaseDocument, Found};
pub use publish::{Publication, Published};
pub use review::ResolveReview;

use crate::{
    Act, ArtifactChange, ArtifactKey, ArtifactVersion, ArtifactsError, ArtifactsStore, Author, Base, Content,
    Kind, Kinds, Layer, Origin, Pattern, Placed, Space, Stack, What,
};

/// The use cases of artifacts, in one unit of work.
pub struct Artifacts<'a> {
    store: &'a dyn ArtifactsStore,
    kinds: &'a Kinds,
    clock: &'a dyn Clock,
    ids: &'a dyn IdGenerator,
    author: Author,
    bases: BTreeMap<ArtifactKey, BaseDocument>,
    rules: Option<Box<dyn ContentRules>>,
}

/// A key that is being changed: the space is locked, and this is how it stands.
struct Opened<'a> {
    kind: &'a Kind,
    key: ArtifactKey,
    space: Space,
    stack: Stack,
    generation: i64,
}

/// A version that is about to be written.
struct NewVersion {
    content: Content,
    locked: Vec<Pattern>,
    base: Option<Base>,
    origin: Origin,
}

impl<'a> Artifacts<'a> {
    /// The use cases on a store, for one author.
    pub fn new(
        store: &'a dyn ArtifactsStore,
        kinds: &'a Kinds,
        clock: &'a dyn Clock,
        ids: &'a dyn IdGenerator,
        author: Author,
    ) -> Self {
        Self { store, kinds, clock, ids, author, bases: BTreeMap::new(), rules: None }
    }

    /// The same, where documents that are no artifacts lie below some keys, as a product lies below its overlay.
    #[must_use]
    pub fn over(self, bases: BTreeMap<ArtifactKey, BaseDocument>) -> Self {
        Self { bases, ..self }
    }

    /// Locks the space, raises its generation, and reads a key as it stands then.
    async fn open(&self, key: &ArtifactKey) -> Result<Opened<'a>, ArtifactsError> {
        let kind = self.kind(key)?;
        let generation = self.store.artifact_spaces().raise().await?;
        let (space, stack) = self.stack(key).await?;
        Ok(Opened { kind, key: key.clone(), space, stack, generation })
    }

    fn kind(&self, key: &ArtifactKey) -> Result<&'a Kind, ArtifactsError> {
        self.kinds.find(&key.kind).ok_or_else(|| ArtifactsError::UnknownKind(key.kind.clone()))
    }

    /// Writes a version and places it.
    async fn place(
        &self,
        opened: &Opened<'_>,
        layer: Layer,
        new: NewVersion,
        act: Act,
    ) -> Result<ArtifactChange, ArtifactsError> {
        let version = self.version(opened.kind, &opened.key, opened.generation, new);
        self.store.artifact_versions().insert(slice::from_ref(&version)).await?;
        self.put(opened, layer, What::Live(version.head()), act).await
    }

    fn version(&self, kind: &Kind, key: &ArtifactKey, number: i64, new: NewVersion) -> ArtifactVersion {
        let title = kind.title(new.content.value()).unwrap_or(key.name.path.as_str());
        ArtifactVersion {
            id: ArtifactVersionId::new(self.ids.uuid()),
            key: key.clone(),
            number,
            title: title.chars().take(200).collect(),
            content: new.content,
            locked: new.locked,
            schema_version: kind.schema_version(),
            base: new.base,
            origin: new.origin,
            package_version: None,
            author: self.author.clone(),
            at: self.clock.now(),
        }
    }

    /// Places something, and writes down that it was done. A review of what stood there ends.
    async fn put(
        &self,
        opened: &Opened<'_>,
        layer: Layer,
        what: What,
        act: Act,
    ) -> Result<ArtifactChange, ArtifactsError> {
        let below = opened.below(layer).map(|below| below.head.id);
        let seen = |what: Option<&What>| match what {
            Some(What::Live(head)) => Some(head.id),
            Some(What::Hidden { .. }) => None,
            Some(What::Gone { .. }) | None => below,
        };
        let seen = (seen(opened.at(layer).map(|placed| &placed.what)), seen(Some(&what)));
        let placed = Placed { layer, generation: opened.generation, what };
        self.store.artifacts().replace(&[(opened.key.clone(), placed)]).await?;
        let change = self.record(opened, layer, act, seen).await?;
        if layer.overrides() {
            self.store.artifact_reviews().delete(&opened.key, layer).await?;
        }
        Ok(change)
    }

    /// Writes down what was done.
    async fn record(
        &self,
        opened: &Opened<'_>,
        layer: Layer,
        act: Act,
        (before, after): (Option<ArtifactVersionId>, Option<ArtifactVersionId>),
    ) -> Result<ArtifactChange, ArtifactsError> {
        let change = ArtifactChange {
            key: opened.key.clone(),
            generation: opened.generation,
            layer,
            act,
            before,
            after,
            author: self.author.clone(),
            at: self.clock.now(),
        };
        self.store.artifact_changes().insert(slice::from_ref(&change)).await?;
        Ok(change)
    }
}
