//! What this domain asks of a store. A store is bound to one space; what it answers of System's is for reading.

mod packages;

use std::collections::BTreeMap;

use async_trait::async_trait;
use guildhall_core::{ArtifactVersionId, Page, PageRequest, StoreError, WorkspaceId};

pub use packages::{DeploymentRepository, PackageOfferRepository, PackageRepository};

use crate::{
    ArtifactChange, ArtifactKey, ArtifactName, ArtifactVersion, Content, Draft, KindName, Layer, PackageId,
    Pattern, Placed, Review, Space,
};

/// What a version says.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The content.
    pub content: Content,
    /// Places that no override may change.
    pub locked: Vec<Pattern>,
    /// The number of the schema that it was checked against.
    pub schema_version: u32,
}

/// Everything at one key that a space sees: its own layers, System's, and the documents of the versions there and of
/// those that they were made from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stack {
    /// What is placed at the key.
    pub placed: Vec<Placed>,
    /// Documents by version.
    pub documents: BTreeMap<ArtifactVersionId, Document>,
}

/// A part of a kind's keys, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// What is placed at each key.
    pub keys: Vec<(ArtifactName, Vec<Placed>)>,
    /// Whether there are more keys behind.
    pub more: bool,
}

/// Which part of a kind's keys is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct StretchQuery {
    /// The kind.
    pub kind: KindName,
    /// Behind which name the part begins.
    pub after: Option<ArtifactName>,
    /// How many keys of System's there may be in it; where the space has many of its own, there are fewer.
    pub limit: usize,
}

/// The space and its generations.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait SpaceRepository: Send + Sync {
    /// The space as it stands: one statement.
    async fn find(&self) -> Result<Space, StoreError>;
    /// The same, while whoever else changes the space waits until the end of the transaction.
    async fn find_locked(&self) -> Result<Space, StoreError>;
    /// Raises the space's generation and answers the new one. Whoever else changes the space waits until the end of the
    /// transaction.
    async fn raise(&self) -> Result<i64, StoreError>;
}

/// Live pointers.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ArtifactRepository: Send + Sync {
    /// What stands at one key, and the space as it stands at the same moment: one statement. Of the documents, those of the
    /// space's own versions; System's only where the space has nothing over it, and none of what anything was made from.
    async fn find_top(&self, key: &ArtifactKey) -> Result<(Space, Stack), StoreError>;
    /// The same with all documents: one statement.
    async fn find(&self, key: &ArtifactKey) -> Result<(Space, Stack), StoreError>;
    /// A part of a kind's keys, without documents, and the space as it stands at the same moment: one statement. What System has
    /// of packages that the space does not see is left out.
    async fn list(&self, query: &StretchQuery) -> Result<(Space, Stretch), StoreError>;
    /// Everything that this space itself has of a kind, by name, without what System has there: one statement.
    async fn list_own(&self, kind: &KindName) -> Result<Vec<(ArtifactName, Stack)>, StoreError>;
    /// What this space has of a package in one layer, by key, each with what is locked in it.
    async fn list_by_package(
        &self,
        package: &PackageId,
        layer: Layer,
    ) -> Result<Vec<(ArtifactKey, Placed, Vec<Pattern>)>, StoreError>;
    /// Puts things at keys in layers of this space, in place of what was there.
    async fn replace(&self, placed: &[(ArtifactKey, Placed)]) -> Result<(), StoreError>;
    /// The workspaces that have an override at one of exactly these keys, platform-wide.
    async fn list_overriding(&self, keys: &[ArtifactKey]) -> Result<Vec<WorkspaceId>, StoreError>;
}

/// Versions.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ArtifactVersionRepository: Send + Sync {
    /// A version of this space's or System's.
    async fn find(&self, id: ArtifactVersionId) -> Result<Option<ArtifactVersion>, StoreError>;
    /// The documents of versions of this space's or System's.
    async fn list_documents(
        &self,
        ids: &[ArtifactVersionId],
    ) -> Result<BTreeMap<ArtifactVersionId, Document>, StoreError>;
    /// Adds versions to this space.
    async fn insert(&self, versions: &[ArtifactVersion]) -> Result<(), StoreError>;
}

/// What was done to artifacts, and by whom.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ArtifactChangeRepository: Send + Sync {
    /// What was done at a key in this space, newest first.
    async fn list(&self, key: &ArtifactKey, page: &PageRequest) -> Result<Page<ArtifactChange>, StoreError>;
    /// What was done in this space in one generation, by key and layer.
    async fn list_by_generation(&self, generation: i64) -> Result<Vec<ArtifactChange>, StoreError>;
    /// Appends what was done.
    async fn insert(&self, changes: &[ArtifactChange]) -> Result<(), StoreError>;
}

/// Drafts.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait DraftRepository: Send + Sync {
    /// The draft at a key.
    async fn find(&self, key: &ArtifactKey) -> Result<Option<Draft>, StoreError>;
    /// All drafts of the space, by key.
    async fn list(&self) -> Result<Vec<Draft>, StoreError>;
    /// Puts a draft at its key, in place of one that is there.
    async fn replace(&self, draft: &Draft) -> Result<(), StoreError>;
    /// Takes the draft at a key away.
    async fn delete(&self, key: &ArtifactKey) -> Result<(), StoreError>;
}

/// Reviews that are open.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ReviewRepository: Send + Sync {
    /// The review of an override.
    async fn find(&self, key: &ArtifactKey, layer: Layer) -> Result<Option<Review>, StoreError>;
    /// Keeps a review, in place of an earlier one of the same override.
    async fn replace(&self, review: &Review) -> Result<(), StoreError>;
    /// Takes the review of an override away.
    async fn delete(&self, key: &ArtifactKey, layer: Layer) -> Result<(), StoreError>;
}

/// Sealed values of secret fields: of this space alone, whoever inherits the artifact.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait SecretRepository: Send + Sync {
    /// The secret places of an artifact that have a value.
    async fn list(&self, key: &ArtifactKey) -> Result<Vec<String>, StoreError>;
    /// Keeps a sealed value in place of an earlier one; without one, takes that away.
    async fn replace(
        &self,
        key: &ArtifactKey,
        pointer: &str,
        sealed: Option<Vec<u8>>,
    ) -> Result<(), StoreError>;
}

/// What artifacts need from one transaction.
pub trait ArtifactsStore: Send + Sync {
    /// The space and its generations.
    fn artifact_spaces(&self) -> &dyn SpaceRepository;
    /// Live pointers.
    fn artifacts(&self) -> &dyn ArtifactRepository;
    /// Versions.
    fn artifact_versions(&self) -> &dyn ArtifactVersionRepository;
    /// What was done.
    fn artifact_changes(&self) -> &dyn ArtifactChangeRepository;
    /// Drafts.
    fn artifact_drafts(&self) -> &dyn DraftRepository;
    /// Open reviews.
    fn artifact_reviews(&self) -> &dyn ReviewRepository;
    /// Sealed values of secret fields.
    fn artifact_secrets(&self) -> &dyn SecretRepository;
    /// Uploaded packages.
    fn packages(&self) -> &dyn PackageRepository;
    /// Deployed packages.
    fn package_deployments(&self) -> &dyn DeploymentRepository;
    /// Offers and delegations.
    fn package_offers(&self) -> &dyn PackageOfferRepository;
}
