//! Authorization's errors.

use axum::http::StatusCode;
use guildhall_authz::AuthzError;

use super::Problem;

/// A request can't cause the first ones: they say that stored facts contradict each other.
impl From<AuthzError> for Problem {
    fn from(error: AuthzError) -> Self {
        let detail = error.to_string();
        let conflict = |code| Self::new(StatusCode::CONFLICT, code, detail.clone());
        match error {
            AuthzError::DuplicateAccount { .. }
            | AuthzError::UnknownParent { .. }
            | AuthzError::Cycle { .. }
            | AuthzError::UnknownAccount { .. }
            | AuthzError::NotAProject { .. }
            | AuthzError::DuplicateRole { .. }
            | AuthzError::UnknownRole { .. }
            | AuthzError::ForeignPermission { .. } => Self::internal(&error),
            AuthzError::GroupNameTaken { .. } => conflict("group_name_taken"),
            AuthzError::RoleCodeTaken { .. } => conflict("role_code_taken"),
            AuthzError::RoleInUse { grants } => conflict("role_in_use").with("grants", grants),
            AuthzError::GrantExists { id } => conflict("grant_exists").with("grant_id", id),
            AuthzError::GrantEndRefused => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "expiry_refused", detail)
            }
            AuthzError::MetaRoleCodeTaken { .. } => conflict("meta_role_code_taken"),
            AuthzError::MetaRoleBuiltIn => conflict("meta_role_built_in"),
            AuthzError::MetaRoleInUse => conflict("meta_role_in_use"),
            AuthzError::Store(error) => error.into(),
        }
    }
}
