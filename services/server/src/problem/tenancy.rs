//! Tenancy's errors.

use axum::http::StatusCode;
use guildhall_tenancy::{LevelFault, TenancyError};

use super::{Fault, Problem};

impl From<TenancyError> for Problem {
    fn from(error: TenancyError) -> Self {
        let detail = error.to_string();
        let conflict = |code| Self::new(StatusCode::CONFLICT, code, detail.clone());
        let refused = |code| Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail.clone());
        match error {
            TenancyError::PrefixReserved { .. } => refused("prefix_reserved"),
            TenancyError::PrefixTaken { .. } => conflict("prefix_taken"),
            TenancyError::PrefixReleased { until, .. } => conflict("prefix_released").with("until", until),
            TenancyError::WorkspaceStateRefused { .. } => conflict("workspace_state"),
            TenancyError::TooMany { field, .. } => refused("too_many").with("field", field),
            TenancyError::LevelNotAllowed { .. } => refused("level_not_allowed"),
            TenancyError::LevelUnknown { .. } => refused("level_unknown"),
            TenancyError::LevelsInvalid { faults } => {
                let fault = |fault: LevelFault| Fault {
                    pointer: format!("/settings/levels{}", fault.pointer),
                    detail: fault.detail,
                };
                refused("levels_invalid").with_errors(faults.into_iter().map(fault).collect())
            }
            TenancyError::NodeBelowItself => refused("node_below_itself"),
            TenancyError::HierarchyTooDeep => refused("hierarchy_too_deep"),
            TenancyError::NodeArchived { .. } => conflict("node_archived"),
            TenancyError::NodeNotFound { .. } => Self::not_found(),
            TenancyError::ParentArchived { id } => conflict("parent_archived").with("node_id", id),
            TenancyError::NodesNotAssignable { ids } => refused("nodes_not_assignable").with("node_ids", ids),
            TenancyError::SystemHasNoMembers => refused("system_has_no_members"),
            TenancyError::AlreadyMember => conflict("already_member"),
            TenancyError::LastAdmin => conflict("last_admin"),
            TenancyError::InvitationNotFound => Self::not_found(),
            TenancyError::InvitationExpired => refused("invitation_expired"),
            TenancyError::InvitationClosed { .. } => conflict("invitation_closed"),
            TenancyError::Store(error) => error.into(),
        }
    }
}
