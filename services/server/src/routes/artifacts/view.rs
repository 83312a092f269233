//! An artifact on the wire.

use chrono::{DateTime, Utc};
use guildhall_artifacts::{
    ArtifactName, Author, Document, Found, Head, KindName, Layer, Listed, Origin, OverrideState, PackageId,
    Placed, UpgradeClass, What,
};
use guildhall_core::{ArtifactVersionId, PermissionCode, RowVersion, WorkspaceId};
use guildhall_kernel::{ArtifactShown, AuthorShown, LayersShown, ListedShown};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// An artifact as the reader's space sees it, without its content.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArtifactRow {
    /// What sort of thing it is.
    kind: KindName,
    /// What it is called: its path, and before it the package that it comes from, as in `guildhall.base:campaigns/launch`.
    path: ArtifactName,
    /// The package that it comes from; `null` for a space's own.
    package: Option<PackageId>,
    /// What people call it: its name, or where it has none its path.
    title: String,
    /// The layer that it stands in.
    layer: Layer,
    /// The version's number, which grows with each one that its space writes; `null` where there is none here.
    version: Option<i64>,
    /// The version's id; `null` where there is none here.
    version_id: Option<ArtifactVersionId>,
    /// Whether it comes from elsewhere: from System or from a package.
    inherited: bool,
    /// Whether it stands over something.
    overridden: bool,
    /// How it stands with what lies below, where it is an override.
    override_state: Option<OverrideStateView>,
    /// What a newer version below means for it, where there is one.
    override_class: Option<OverrideClassView>,
    /// Whether this space has hidden it.
    hidden: bool,
    /// Whether it may be used; `null` where there is no version here.
    enabled: Option<bool>,
    /// When the version was written.
    updated_at: Option<DateTime<Utc>>,
    /// What a change of it sends as `If-Match`.
    etag: String,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

/// An artifact as the reader's space sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArtifactView {
    /// All that a list shows of it.
    #[serde(flatten)]
    row: ArtifactRow,
    /// What it says.
    #[schema(value_type = Object)]
    content: Value,
    /// Places that no override may change, besides those that its kind locks.
    locked: Vec<String>,
    /// The number of the schema that it was checked against.
    schema_version: u32,
    /// How the version came to be.
    origin: Origin,
    /// The secret places that have a value here; the values are never shown.
    secrets_set: Vec<String>,
}

/// How an override stands with what lies below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OverrideStateView {
    /// What lies below is what it was made from.
    Current,
    /// What lies below says the same.
    Redundant,
    /// What lies below is newer than what it was made from.
    UpgradeAvailable,
    /// Nothing lies below any more.
    Orphaned,
    /// What lies below may no longer be overridden.
    UpgradeBlocked,
}

/// What a newer version below means for an override.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OverrideClassView {
    /// It merges by itself.
    Clean,
    /// Both changed the same to different things.
    Conflict,
    /// The override changes what is locked now.
    Locked,
    /// It merges by itself, to what is not valid or breaks who uses it.
    Breaking,
}

/// What stands at an artifact's name in each layer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArtifactLayersView {
    /// What sort of thing it is.
    kind: KindName,
    /// What it is called.
    path: ArtifactName,
    /// The layers, highest first: the first that is not `GONE` wins.
    layers: Vec<LayerView>,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

/// What stands in one layer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LayerView {
    /// The layer.
    layer: Layer,
    /// What stands there.
    state: LayerState,
    /// The version that stands there, that a tombstone covers, or that stood there last.
    version: Option<HeadView>,
}

/// What stands in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LayerState {
    /// A version.
    Live,
    /// A tombstone: for this space the artifact is not there, whatever lies below.
    Hidden,
    /// Nothing any more.
    Gone,
}

/// A version without its content.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HeadView {
    /// Its id.
    id: ArtifactVersionId,
    /// Its number.
    version: i64,
    /// What people call it.
    title: String,
    /// Whether it may be used.
    enabled: bool,
    /// How it came to be.
    origin: Origin,
    /// The version that it was made from.
    base_id: Option<ArtifactVersionId>,
    /// SHA-256 of its content, in hexadecimal digits.
    content_hash: String,
    /// When it was written.
    at: DateTime<Utc>,
}

/// Who did something, and by which way in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuthorView {
    /// `user` or `service_account`.
    #[serde(rename = "type")]
    kind: String,
    /// His id.
    id: Uuid,
    /// What he is called now; `null` for a service account.
    name: Option<String>,
    /// How he had proved who he is.
    way_in: String,
    /// The workspace in which he asked.
    workspace_id: Option<WorkspaceId>,
}

/// A state as its two words.
pub fn state_and_class(state: OverrideState) -> (OverrideStateView, Option<OverrideClassView>) {
    match state {
        OverrideState::Current => (OverrideStateView::Current, None),
        OverrideState::Redundant => (OverrideStateView::Redundant, None),
        OverrideState::Orphaned => (OverrideStateView::Orphaned, None),
        OverrideState::UpgradeBlocked => (OverrideStateView::UpgradeBlocked, None),
        OverrideState::UpgradeAvailable(class) => {
            let class = match class {
                UpgradeClass::Clean => OverrideClassView::Clean,
                UpgradeClass::Conflict => OverrideClassView::Conflict,
                UpgradeClass::Locked => OverrideClassView::Locked,
                UpgradeClass::Breaking => OverrideClassView::Breaking,
            };
            (OverrideStateView::UpgradeAvailable, Some(class))
        }
    }
}

/// What `If-Match` takes: of an entity tag it compares the version alone.
pub fn etag(version: RowVersion) -> String {
    format!("\"{}\"", version.number())
}

impl From<ListedShown> for ArtifactRow {
    fn from(shown: ListedShown) -> Self {
        let ListedShown { listed, permissions } = shown;
        let Listed { key, layer, head, inherited, overridden, hidden, state, version } = listed;
        let state = state.map(state_and_class);
        Self {
            title: head.as_ref().map_or_else(|| key.name.path.to_string(), |head| head.title.clone()),
            package: key.name.package.clone(),
            kind: key.kind,
            path: key.name,
            layer,
            version: head.as_ref().map(|head| head.number),
            version_id: head.as_ref().map(|head| head.id),
            inherited,
            overridden,
            override_state: state.map(|(state, _)| state),
            override_class: state.and_then(|(_, class)| class),
            hidden,
            enabled: head.as_ref().map(|head| head.enabled),
            updated_at: head.as_ref().map(|head| head.at),
            etag: etag(version),
            permissions,
        }
    }
}

impl From<ArtifactShown> for ArtifactView {
    fn from(shown: ArtifactShown) -> Self {
        let ArtifactShown { found, secrets_set, permissions } = shown;
        let Found { key, layer, head, generation: _, document, inherited, overridden, state, version } =
            std::sync::Arc::unwrap_or_clone(found);
        let Document { content, locked, schema_version } = document;
        let origin = head.origin;
        let head = Some(head);
        let listed = Listed { key, layer, head, inherited, overridden, hidden: false, state, version };
        Self {
            row: ArtifactRow::from(ListedShown { listed, permissions }),
            content: content.into_value(),
            locked: locked.iter().map(ToString::to_string).collect(),
            schema_version,
            origin,
            secrets_set,
        }
    }
}

impl From<LayersShown> for ArtifactLayersView {
    fn from(shown: LayersShown) -> Self {
        let LayersShown { key, placed, version: _, permissions } = shown;
        let layers = placed.into_iter().map(LayerView::from).collect();
        Self { kind: key.kind, path: key.name, layers, permissions }
    }
}

impl From<Placed> for LayerView {
    fn from(placed: Placed) -> Self {
        let Placed { layer, generation: _, what } = placed;
        let (state, head) = match what {
            What::Live(head) => (LayerState::Live, Some(head)),
            What::Hidden { covers } => (LayerState::Hidden, covers),
            What::Gone { last } => (LayerState::Gone, last),
        };
        Self { layer, state, version: head.map(HeadView::from) }
    }
}

impl From<Head> for HeadView {
    fn from(head: Head) -> Self {
        let Head { id, number, hash, title, enabled, base, origin, at } = head;
        let base_id = base.map(|base| base.id);
        Self { id, version: number, title, enabled, origin, base_id, content_hash: hash.to_string(), at }
    }
}

impl From<AuthorShown> for AuthorView {
    fn from(shown: AuthorShown) -> Self {
        let AuthorShown { author: Author { kind, id, way_in, workspace }, name } = shown;
        Self { kind, id, name, way_in, workspace_id: workspace }
    }
}
