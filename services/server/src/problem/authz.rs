//! Authorization's errors.

use guildhall_authz::AuthzError;

use super::Problem;

/// A request can't cause these but the last: they say that stored facts contradict each other.
impl From<AuthzError> for Problem {
    fn from(error: AuthzError) -> Self {
        match error {
            AuthzError::DuplicateAccount { .. }
            | AuthzError::UnknownParent { .. }
            | AuthzError::Cycle { .. }
            | AuthzError::UnknownAccount { .. }
            | AuthzError::NotAProject { .. }
            | AuthzError::DuplicateRole { .. }
            | AuthzError::UnknownRole { .. }
            | AuthzError::ForeignPermission { .. } => Self::internal(&error),
            AuthzError::Store(error) => error.into(),
        }
    }
}
