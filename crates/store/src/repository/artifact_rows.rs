//! What rows about artifacts have in common: keys, heads, authors.

use guildhall_artifacts::{
    ArtifactKey, ArtifactName, Author, Base, ContentHash, Layer, PackageId, Placed, What,
};
use guildhall_core::{ArtifactVersionId, StoreError, ValueError, WorkspaceId};
use sea_orm::ActiveValue::{self, Set};
use uuid::Uuid;

use crate::{entity::artifact::ActiveModel, error::corrupt};

/// How many rows one statement writes or asks for: few enough for the parameters that SQLite takes (32,766).
pub(super) const AT_ONCE: usize = 500;

/// How a package's namespace is stored, and that of a space's own artifacts.
pub(super) fn package_column(package: Option<&PackageId>) -> String {
    package.map(ToString::to_string).unwrap_or_default()
}

/// A name as its two columns.
pub(super) fn name(package: &str, path: &str) -> Result<ArtifactName, StoreError> {
    let package = if package.is_empty() { None } else { Some(read("package", package)?) };
    Ok(ArtifactName { package, path: read("path", path)? })
}

/// A key as its three columns.
pub(super) fn key(kind: &str, package: &str, path: &str) -> Result<ArtifactKey, StoreError> {
    Ok(ArtifactKey { kind: read("kind", kind)?, name: name(package, path)? })
}

/// What a column keeps, in its type.
pub(super) fn read<T: std::str::FromStr<Err = ValueError>>(
    column: &'static str,
    stored: &str,
) -> Result<T, StoreError> {
    stored.parse().map_err(corrupt(column))
}

/// A layer as a number; higher ones win.
pub(super) fn layer_column(layer: Layer) -> i16 {
    match layer {
        Layer::System => 0,
        Layer::Package => 1,
        Layer::Published => 2,
        Layer::Customization => 3,
    }
}

/// A layer from its number.
pub(super) fn layer(stored: i16) -> Result<Layer, StoreError> {
    let found = Layer::ALL.into_iter().find(|layer| layer_column(*layer) == stored);
    found.ok_or_else(|| StoreError::Corrupt(format!("layer: {stored}")))
}

/// A hash from its bytes.
pub(super) fn hash(stored: &[u8]) -> Result<ContentHash, StoreError> {
    let bytes = stored.try_into().map_err(|_| StoreError::Corrupt("a hash has not 32 bytes".into()))?;
    Ok(ContentHash::new(bytes))
}

/// A base from its three columns, which are there together or not at all.
pub(super) fn base(
    home: Option<Uuid>,
    id: Option<Uuid>,
    stored: Option<&[u8]>,
) -> Result<Option<Base>, StoreError> {
    let (Some(home), Some(id), Some(stored)) = (home, id, stored) else { return Ok(None) };
    Ok(Some(Base { space: WorkspaceId::new(home), id: ArtifactVersionId::new(id), hash: hash(stored)? }))
}

/// An author from his four columns.
pub(super) fn author(kind: String, id: Uuid, way_in: String, workspace: Option<Uuid>) -> Author {
    Author { kind, id, way_in, workspace: workspace.map(WorkspaceId::new) }
}

/// The row of what stands somewhere.
pub(super) fn row(workspace: WorkspaceId, key: &ArtifactKey, placed: &Placed) -> ActiveModel {
    let head = placed.what.head();
    let base = head.and_then(|head| head.base);
    ActiveModel {
        workspace_id: Set(workspace.uuid()),
        kind: Set(key.kind.to_string()),
        package: Set(package_column(key.name.package.as_ref())),
        path: Set(key.name.path.to_string()),
        layer: Set(layer_column(placed.layer)),
        generation: Set(placed.generation),
        state: Set(match placed.what {
            What::Live(_) => "LIVE",
            What::Hidden { .. } => "HIDDEN",
            What::Gone { .. } => "GONE",
        }
        .to_owned()),
        version_id: Set(head.map(|head| head.id.uuid())),
        number: Set(head.map(|head| head.number)),
        content_hash: bytes(head.map(|head| head.hash)),
        title: Set(head.map(|head| head.title.clone())),
        enabled: Set(head.map(|head| head.enabled)),
        base_home: Set(base.map(|base| base.space.uuid())),
        base_version_id: Set(base.map(|base| base.id.uuid())),
        base_hash: bytes(base.map(|base| base.hash)),
        origin: Set(head.map(|head| head.origin.as_str().to_owned())),
        at: Set(head.map(|head| head.at)),
    }
}

/// A hash as its column keeps it.
pub(super) fn bytes(hash: Option<ContentHash>) -> ActiveValue<Option<Vec<u8>>> {
    Set(hash.map(|hash| hash.bytes().to_vec()))
}
