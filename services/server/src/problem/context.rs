//! The context builder's errors.

use axum::http::StatusCode;
use guildhall_context::ContextError;

use super::Problem;

impl From<ContextError> for Problem {
    fn from(error: ContextError) -> Self {
        let detail = error.to_string();
        match error {
            ContextError::MissingContext { missing } => {
                let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "product_incompatible", detail)
                    .with("missing", missing)
            }
        }
    }
}
