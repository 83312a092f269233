//! Values that System ships and a workspace may have otherwise.

use chrono::TimeDelta;
use guildhall_core::Fault;
use guildhall_products::check_config;
use guildhall_tenancy::Invitation;
use serde_json::{Map, Value, json};

use super::Followed;
use crate::{Kernel, KernelError, UnitOfWork};

/// How many days an invitation is good.
const INVITATION_DAYS: &str = "invitations.lifetime_days";

/// The JSON Schema of a setting that the platform itself follows. Any other name is free for products.
fn schema(name: &str) -> Option<Value> {
    match name {
        INVITATION_DAYS => Some(json!({ "type": "integer", "minimum": 1, "maximum": 30 })),
        _ => None,
    }
}

/// Everything that is wrong with the value of a setting.
pub(super) fn check(name: &str, value: &Value) -> Vec<Fault> {
    let Some(schema) = schema(name) else { return Vec::new() };
    let held = Map::from_iter([("value".to_owned(), value.clone())]);
    let faults = check_config(&held, Some(&json!({ "properties": { "value": schema } })));
    let placed = |fault: Fault| match fault.pointer.strip_prefix("/config") {
        Some(pointer) => Fault::new(pointer, fault.detail),
        None => fault,
    };
    faults.into_iter().map(placed).collect()
}

impl Kernel {
    /// The value of a setting in the space that the unit is bound to; `None` where there is none that fits.
    pub(crate) async fn setting(
        &self,
        unit: &dyn UnitOfWork,
        name: &'static str,
    ) -> Result<Option<Value>, KernelError> {
        let space = unit.artifact_spaces().find().await?;
        let Some(found) = self.followed(unit, &space, Followed::Setting(name)).await? else {
            return Ok(None);
        };
        let value = found.document.content.value().get("value").cloned();
        Ok(value.filter(|value| check(name, value).is_empty()))
    }

    /// How long an invitation to the workspace of the unit is good.
    pub(crate) async fn invitation_lifetime(&self, unit: &dyn UnitOfWork) -> Result<TimeDelta, KernelError> {
        let days = self.setting(unit, INVITATION_DAYS).await?.as_ref().and_then(Value::as_i64);
        Ok(days.and_then(TimeDelta::try_days).unwrap_or(Invitation::LIFETIME))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(json!(1), &[])]
    #[case(json!(30), &[])]
    #[case(json!(0), &["/value"])]
    #[case(json!(31), &["/value"])]
    #[case(json!(7.5), &["/value"])]
    #[case(json!("7"), &["/value"])]
    fn an_invitation_is_good_for_one_to_thirty_days(#[case] value: Value, #[case] wrong: &[&str]) {
        let pointers: Vec<_> =
            check(INVITATION_DAYS, &value).into_iter().map(|fault| fault.pointer).collect();

        assert_eq!(pointers, wrong);
    }

    #[test]
    fn other_names_are_free() {
        assert!(check("reviews.rounds", &json!({ "most": 3 })).is_empty());
    }
}
