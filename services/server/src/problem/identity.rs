//! Identity's errors.

use axum::http::StatusCode;
use guildhall_identity::IdentityError;

use super::Problem;

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        let detail = error.to_string();
        match error {
            IdentityError::EmailTaken(_) => Self::new(StatusCode::CONFLICT, "email_taken", detail),
            IdentityError::ProductMismatch => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "product_mismatch", detail)
            }
            IdentityError::TokenInvalid => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "token_invalid", detail)
            }
            IdentityError::ExpiryPassed => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "expiry_passed", detail)
            }
            IdentityError::TooManyKeys(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "too_many_keys", detail)
            }
            IdentityError::LastPlatformAdmin => {
                Self::new(StatusCode::CONFLICT, "last_platform_admin", detail)
            }
            IdentityError::UserNotFound => Self::not_found(),
            IdentityError::Store(error) => error.into(),
        }
    }
}
