#![allow(missing_docs)]
use crate::{Kind, Pattern};
use guildhall_core::{Fault, ValueError};
use serde::Serialize;
use serde_json::Value;
pub enum OverrideFault {
    NotOverridable,
    Locked(Vec<Fault>),
}
pub fn check_override(_: &Kind, _: &[Pattern], _: &Value, _: &Value) -> Result<(), OverrideFault> {
    Ok(())
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum OverrideState {
    Current,
    Redundant,
    Orphaned,
}
impl OverrideState {
    pub fn as_str(self) -> &'static str {
        "x"
    }
}
impl std::str::FromStr for OverrideState {
    type Err = ValueError;
    fn from_str(_: &str) -> Result<Self, ValueError> {
        Ok(Self::Current)
    }
}
pub struct Below<'a> {
    pub content: &'a Value,
    pub locked: &'a [Pattern],
}
pub fn override_state(_: &Kind, _: Option<&Value>, _: &Value, _: Option<Below<'_>>) -> OverrideState {
    OverrideState::Current
}
