//! Where a template or a preset comes from, on the wire.

use chrono::{DateTime, Utc};
use guildhall_artifacts::{Layer, Listed, OverrideState, PackageId};
use guildhall_core::ArtifactVersionId;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{OverrideClassView, OverrideStateView, etag, state_and_class};

/// Where a template or a preset comes from, and how it stands with that.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StandingView {
    /// Where it comes from.
    origin: OriginView,
    /// The package that it comes from; `null` for a space's own.
    package: Option<PackageId>,
    /// The version's number, which grows with each one that its space writes; `null` where there is none here.
    version: Option<i64>,
    /// The version's id; `null` where there is none here.
    version_id: Option<ArtifactVersionId>,
    /// Whether it was customized here, and there is a newer version of what it was made from.
    update_available: bool,
    /// How it stands with what lies below it, where it was customized.
    override_state: Option<OverrideStateView>,
    /// What the newer version means for it, where there is one.
    override_class: Option<OverrideClassView>,
    /// Whether it may be used; lists leave out what may not.
    enabled: bool,
    /// When the version was written.
    updated_at: Option<DateTime<Utc>>,
    /// What a change of it sends as `If-Match`.
    etag: String,
}

/// Where a template or a preset comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OriginView {
    /// From System, as it is there.
    System,
    /// From a package that is deployed here, as it is there.
    Package,
    /// From System or a package, and customized here.
    Customized,
    /// Made here.
    Own,
}

impl From<Listed> for StandingView {
    fn from(listed: Listed) -> Self {
        let Listed { key, layer, head, inherited: _, overridden, hidden: _, state, version } = listed;
        let named = state.map(state_and_class);
        Self {
            origin: origin(layer, overridden),
            package: key.name.package,
            version: head.as_ref().map(|head| head.number),
            version_id: head.as_ref().map(|head| head.id),
            update_available: matches!(state, Some(OverrideState::UpgradeAvailable(_))),
            override_state: named.map(|(state, _)| state),
            override_class: named.and_then(|(_, class)| class),
            enabled: head.as_ref().is_some_and(|head| head.enabled),
            updated_at: head.as_ref().map(|head| head.at),
            etag: etag(version),
        }
    }
}

fn origin(layer: Layer, overridden: bool) -> OriginView {
    match layer {
        Layer::System => OriginView::System,
        Layer::Package => OriginView::Package,
        Layer::Published | Layer::Customization if overridden => OriginView::Customized,
        Layer::Published | Layer::Customization => OriginView::Own,
    }
}
