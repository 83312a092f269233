//! Pages as products of Open OS ask for them: by their number.

use axum::http::StatusCode;
use guildhall_core::ValueError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::error::ContractError;

const DEFAULT_ITEMS: usize = 10;
const MOST_ITEMS: usize = 200;
const LAST_PAGE: usize = 1_000_000;

/// A page by its number.
#[derive(Debug, Clone, Copy)]
pub struct Numbered {
    /// The page, the first being 1.
    pub page: usize,
    /// How many entries it has.
    pub size: usize,
}

impl Numbered {
    /// The page that a query asks for.
    pub fn new(page: Option<usize>, size: Option<usize>) -> Result<Self, ContractError> {
        let (page, size) = (page.unwrap_or(1), size.unwrap_or(DEFAULT_ITEMS));
        for (name, value, most) in [("page", page, LAST_PAGE), ("itemsPerPage", size, MOST_ITEMS)] {
            if !(1..=most).contains(&value) {
                let message = format!("?{name} must be 1 to {most}");
                return Err(ContractError::new(StatusCode::BAD_REQUEST, message));
            }
        }
        Ok(Self { page, size })
    }

    /// How many entries come before it.
    pub const fn offset(self) -> usize {
        (self.page - 1) * self.size
    }
}

/// A text to search for; empty for everything.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, max_length = 200)]
pub struct SearchText(pub String);

impl TryFrom<String> for SearchText {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        if text.chars().count() <= 200 && !text.chars().any(char::is_control) {
            Ok(Self(text))
        } else {
            Err(ValueError::new("must have at most 200 characters, none of them a control character"))
        }
    }
}
