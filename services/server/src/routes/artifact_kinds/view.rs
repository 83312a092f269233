//! A kind of artifacts on the wire.

use std::collections::BTreeMap;

use guildhall_artifacts::{DeployableIn, KindName, OverrideRule, Pattern};
use guildhall_core::PermissionCode;
use guildhall_kernel::KindShown;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// What a kind's artifacts look like, and what may be done with them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArtifactKindView {
    /// What it is called.
    name: KindName,
    /// What it is for.
    description: String,
    /// The number of its schema; raised where a content that was valid no longer is.
    schema_version: u32,
    /// The JSON Schema of a content (draft 2020-12).
    #[schema(value_type = Object)]
    schema: Value,
    /// What a workspace may change in what it inherits.
    #[serde(rename = "override")]
    rule: OverrideView,
    /// Places that no override may change: JSON pointers in which `*` stands for any one key.
    locked: Vec<String>,
    /// For each array whose elements have names, the field that holds the name.
    merge_keys: BTreeMap<String, String>,
    /// Places that are written and never read, inherited or exported.
    secret: Vec<String>,
    /// Where a package may put artifacts of the kind.
    deployable_in: Vec<DeployableIn>,
    /// The code that its readers hold.
    read: PermissionCode,
    /// The code that its writers hold.
    write: PermissionCode,
    /// What the reader may do with its artifacts.
    permissions: Vec<PermissionCode>,
}

/// What a workspace may change in what it inherits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OverrideView {
    /// How much.
    rule: OverrideRuleView,
    /// For `FIELDS`: the places, and all that stands below them.
    fields: Vec<String>,
}

/// How much a workspace may change in what it inherits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OverrideRuleView {
    /// Nothing.
    None,
    /// What stands at some places.
    Fields,
    /// Everything that is not locked.
    Full,
    /// Entries may be added and made stricter.
    Tighten,
}

impl From<KindShown<'_>> for ArtifactKindView {
    fn from(shown: KindShown<'_>) -> Self {
        let KindShown { kind, permissions } = shown;
        let places = [DeployableIn::System, DeployableIn::Workspace].into_iter();
        let keys = kind.merge_keys().iter().map(|(place, field)| (place.to_string(), field.clone()));
        Self {
            name: kind.name().clone(),
            description: kind.description().to_owned(),
            schema_version: kind.schema_version(),
            schema: kind.schema().clone(),
            rule: kind.override_rule().into(),
            locked: spelled(kind.locked()),
            merge_keys: keys.collect(),
            secret: spelled(kind.secret()),
            deployable_in: places.filter(|place| kind.is_deployable_in(*place)).collect(),
            read: kind.read().clone(),
            write: kind.write().clone(),
            permissions,
        }
    }
}

impl From<&OverrideRule> for OverrideView {
    fn from(rule: &OverrideRule) -> Self {
        let plain = |rule| Self { rule, fields: Vec::new() };
        match rule {
            OverrideRule::None => plain(OverrideRuleView::None),
            OverrideRule::Full => plain(OverrideRuleView::Full),
            OverrideRule::Tighten => plain(OverrideRuleView::Tighten),
            OverrideRule::Fields(fields) => Self { rule: OverrideRuleView::Fields, fields: spelled(fields) },
        }
    }
}

fn spelled(patterns: &[Pattern]) -> Vec<String> {
    patterns.iter().map(ToString::to_string).collect()
}
