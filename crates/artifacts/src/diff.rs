//! What differs between documents, and what becomes of two changes of one document.
//!
//! A document is a tree of *places*, each with its JSON pointer. Objects are compared field by field. An array with a merge
//! key is compared element by element, each named by the value of its key (`/phases/plan/items/brief`), and by its order.
//! Every other array, and whatever stands too deep to name, is one value.

mod changes;
mod keyed;
mod merge;
mod order;
mod path;
mod three_way;

#[cfg(test)]
pub(crate) mod tests;

use guildhall_core::enumeration;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

pub use changes::changes;
pub(crate) use keyed::Keyed;
pub use keyed::check_merge_keys;
pub(crate) use path::Path;
pub use three_way::{ThreeWay, three_way};

use crate::Pattern;

/// For each array whose elements have names: the field that holds the name.
pub type MergeKeys = BTreeMap<Pattern, String>;

enumeration! {
    /// What of a place a change is about.
    EditPart {
        /// What stands there.
        Value = "VALUE",
        /// In which order the elements of an array with a merge key stand there.
        Order = "ORDER",
    }
}

enumeration! {
    /// Who changed a place of the common base.
    Side {
        /// The override alone.
        Ours = "OURS",
        /// What lies below, alone.
        Theirs = "THEIRS",
        /// Both, to the same.
        Both = "BOTH",
        /// Both, to different things: somebody has to decide.
        Conflict = "CONFLICT",
    }
}

/// One difference between two documents: the highest place that was added, removed or replaced as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// Where, as a JSON pointer; an element of an array with a merge key is named by its key.
    pub pointer: String,
    /// What of it.
    pub part: EditPart,
    /// What was there; absent where nothing was. For an order: the keys, as an array.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What is there now, likewise.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// One place at which two documents differ from their common base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Edit {
    /// Where, as a JSON pointer; an element of an array with a merge key is named by its key.
    pub pointer: String,
    /// What of it.
    pub part: EditPart,
    /// Who changed it.
    pub side: Side,
    /// What the base has there; absent where it has nothing. For an order: the keys, as an array.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub base: Option<Value>,
    /// What the override has there, likewise.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub ours: Option<Value>,
    /// What the new content below has there, likewise.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Value>,
}

/// What is to become of a conflict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// The conflict's place.
    #[cfg_attr(feature = "openapi", schema(max_length = 10_000))]
    pub pointer: String,
    /// What of it.
    pub part: EditPart,
    /// Which of the two, or what else.
    pub take: Take,
}

/// What a decision takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Take {
    /// What the override has, which may be nothing.
    Ours,
    /// What the new content below has, which may be nothing.
    Theirs,
    /// Something else. For an order: an array of keys; elements that it does not name stay behind those that they follow.
    Value(Value),
}

/// Spelled by hand, so that it closes the object of the third.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Take {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, OneOfBuilder, SchemaType, Type};
        let side = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["OURS", "THEIRS"]));
        let value = ObjectBuilder::new()
            .schema_type(SchemaType::AnyValue)
            .description(Some("Something else. For an order: an array of keys."));
        let other = ObjectBuilder::new()
            .property("VALUE", value)
            .required("VALUE")
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        OneOfBuilder::new()
            .item(side)
            .item(other)
            .description(Some("What the override has, what the new content below has, or something else."))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Take {}

/// A field that is there: `null` is a value, and only what is absent is nothing.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}
