//! The order of a list of projects.

use std::{fmt, str::FromStr};

use guildhall_core::ValueError;
use serde::{Deserialize, Serialize};

/// What a list of projects is sorted by, and in which direction. Projects that are equal in it stand by id, in the same
/// direction. It is spelled as the field's name, with `-` before it for descending; without a word it is `created_at`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProjectOrder {
    /// The field.
    pub by: ProjectKey,
    /// Whether the last comes first.
    pub descending: bool,
}

/// A field that projects are sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ProjectKey {
    /// When they were created, which is the order of their ids.
    #[default]
    CreatedAt,
    /// Their names; the letters `A` to `Z` count in either case alike.
    Name,
    /// When they are due; those without a date stand last, whatever the direction.
    DueDate,
}

impl ProjectOrder {
    /// Every order as it is spelled.
    pub const SPELLINGS: [&'static str; 6] =
        ["created_at", "-created_at", "name", "-name", "due_date", "-due_date"];
}

impl fmt::Display for ProjectOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = match self.by {
            ProjectKey::CreatedAt => "created_at",
            ProjectKey::Name => "name",
            ProjectKey::DueDate => "due_date",
        };
        write!(f, "{}{field}", if self.descending { "-" } else { "" })
    }
}

impl FromStr for ProjectOrder {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let (descending, field) = text.strip_prefix('-').map_or((false, text), |field| (true, field));
        let by = match field {
            "created_at" => ProjectKey::CreatedAt,
            "name" => ProjectKey::Name,
            "due_date" => ProjectKey::DueDate,
            _ => {
                return Err(ValueError::new(format!("must be one of {}", Self::SPELLINGS.join(", "))));
            }
        };
        Ok(Self { by, descending })
    }
}

impl TryFrom<String> for ProjectOrder {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<ProjectOrder> for String {
    fn from(order: ProjectOrder) -> Self {
        order.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ProjectOrder {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(Self::SPELLINGS))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ProjectOrder {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_back_what_it_writes() {
        for text in ProjectOrder::SPELLINGS {
            assert_eq!(text.parse::<ProjectOrder>().unwrap().to_string(), text);
        }
        assert_eq!(ProjectOrder::default().to_string(), "created_at");
    }

    #[test]
    fn what_is_no_field_is_no_order() {
        for bad in ["", "-", "--name", "NAME", "id", "name desc"] {
            assert!(bad.parse::<ProjectOrder>().is_err(), "{bad}");
        }
    }
}
