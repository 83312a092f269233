//! How an override stands with what lies below it.

use std::{fmt, str::FromStr};

use guildhall_core::ValueError;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    Kind, OverrideFault, Pattern, Side, check_merge_keys, check_override, interface, rules::is_frozen,
    three_way,
};

/// What a new version below an override means for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UpgradeClass {
    /// It merges by itself.
    Clean,
    /// Both changed the same to different things: somebody has to decide.
    Conflict,
    /// The override changes what is locked now.
    Locked,
    /// It merges by itself, to what is no valid content or breaks who uses it.
    Breaking,
}

/// How an override stands with what lies below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum OverrideState {
    /// What lies below is what it was made from.
    Current,
    /// What lies below says the same.
    Redundant,
    /// What lies below is newer than what it was made from.
    UpgradeAvailable(UpgradeClass),
    /// Nothing lies below any more.
    Orphaned,
    /// What lies below may no longer be overridden.
    UpgradeBlocked,
}

impl OverrideState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Current,
        Self::Redundant,
        Self::UpgradeAvailable(UpgradeClass::Clean),
        Self::UpgradeAvailable(UpgradeClass::Conflict),
        Self::UpgradeAvailable(UpgradeClass::Locked),
        Self::UpgradeAvailable(UpgradeClass::Breaking),
        Self::Orphaned,
        Self::UpgradeBlocked,
    ];

    /// The word that is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "CURRENT",
            Self::Redundant => "REDUNDANT",
            Self::UpgradeAvailable(UpgradeClass::Clean) => "UPGRADE_AVAILABLE_CLEAN",
            Self::UpgradeAvailable(UpgradeClass::Conflict) => "UPGRADE_AVAILABLE_CONFLICT",
            Self::UpgradeAvailable(UpgradeClass::Locked) => "UPGRADE_AVAILABLE_LOCKED",
            Self::UpgradeAvailable(UpgradeClass::Breaking) => "UPGRADE_AVAILABLE_BREAKING",
            Self::Orphaned => "ORPHANED",
            Self::UpgradeBlocked => "UPGRADE_BLOCKED",
        }
    }
}

impl FromStr for OverrideState {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or_else(|| {
            ValueError::new(format!("must be one of {}", Self::ALL.map(Self::as_str).join(", ")))
        })
    }
}

impl TryFrom<String> for OverrideState {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<OverrideState> for &'static str {
    fn from(state: OverrideState) -> Self {
        state.as_str()
    }
}

impl fmt::Display for OverrideState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for OverrideState {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(Self::ALL.map(Self::as_str)))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for OverrideState {}

/// What lies below an override now.
#[derive(Debug, Clone, Copy)]
pub struct Below<'a> {
    /// What it says.
    pub content: &'a Value,
    /// What its version locks, besides what its kind does.
    pub locked: &'a [Pattern],
}

/// How an override stands with what lies below it. `base` is what it was made from; `None` where nothing lay there then,
/// which counts as an empty object.
pub fn override_state(
    kind: &Kind,
    base: Option<&Value>,
    ours: &Value,
    below: Option<Below<'_>>,
) -> OverrideState {
    let Some(below) = below else { return OverrideState::Orphaned };
    if below.content == ours {
        return OverrideState::Redundant;
    }
    if base == Some(below.content) {
        return OverrideState::Current;
    }
    if is_frozen(kind, below.locked) {
        return OverrideState::UpgradeBlocked;
    }
    OverrideState::UpgradeAvailable(class(kind, base, ours, below))
}

fn class(kind: &Kind, base: Option<&Value>, ours: &Value, below: Below<'_>) -> UpgradeClass {
    let is_locked = |from: &Value, content: &Value| {
        matches!(check_override(kind, below.locked, from, content), Err(OverrideFault::Locked(_)))
    };
    // What was made from nothing changed nothing yet; it changes what lies there now.
    if is_locked(base.unwrap_or(below.content), ours) {
        return UpgradeClass::Locked;
    }
    let nothing = json!({});
    let three = three_way(base.unwrap_or(&nothing), ours, below.content, kind.merge_keys());
    if three.edits.iter().any(|edit| edit.side == Side::Conflict) {
        return UpgradeClass::Conflict;
    }
    let Ok(merged) = three.merge(&[]) else { return UpgradeClass::Conflict };
    if is_locked(below.content, &merged) {
        return UpgradeClass::Locked;
    }
    let is_valid = kind.check(&merged).is_empty() && check_merge_keys(&merged, kind.merge_keys()).is_empty();
    if is_valid && interface::broken_by(kind, ours, &merged).is_empty() {
        UpgradeClass::Clean
    } else {
        UpgradeClass::Breaking
    }
}

#[cfg(test)]
mod tests;
