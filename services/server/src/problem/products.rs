//! The product catalogue's errors.

use axum::http::StatusCode;
use guildhall_products::ProductsError;

use super::{Fault, Problem};

impl From<ProductsError> for Problem {
    fn from(error: ProductsError) -> Self {
        let detail = error.to_string();
        let conflict = |code| Self::new(StatusCode::CONFLICT, code, detail.clone());
        let refused = |code| Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail.clone());
        match error {
            ProductsError::Invalid { faults } => refused("version_invalid").with_errors(
                faults
                    .into_iter()
                    .map(|fault| Fault { pointer: fault.pointer, detail: fault.detail })
                    .collect(),
            ),
            ProductsError::Immutable { fields } => conflict("version_published").with("fields", fields),
            ProductsError::WrongState { .. } => conflict("version_state"),
            ProductsError::ReservedCode { codes } => refused("reserved_code").with("codes", codes),
            ProductsError::DuplicateRole { codes } => refused("duplicate_role").with("codes", codes),
            ProductsError::UnknownMetaRole { codes } => refused("unknown_meta_role").with("codes", codes),
            ProductsError::UnknownRole { codes } => refused("unknown_role").with("codes", codes),
            ProductsError::ProductIncompatible { missing } => {
                let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
                refused("product_incompatible").with("missing", missing)
            }
            ProductsError::Elsewhere => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", detail).with("permission", "PRODUCT_PUBLISH")
            }
            ProductsError::OtherProduct | ProductsError::UnknownLaunch => Self::not_found(),
            ProductsError::InvalidOffer(_) => refused("invalid_offer"),
            ProductsError::NotOffered => conflict("not_offered"),
            ProductsError::LaunchMismatch(_) => refused("launch_mismatch"),
            ProductsError::LaunchExpired => refused("launch_expired"),
            ProductsError::LaunchRedeemed => conflict("launch_redeemed"),
            ProductsError::Store(error) => error.into(),
        }
    }
}
