//! Orchestration's errors.

use axum::http::StatusCode;
use guildhall_orchestration::OrchestrationError;
use serde_json::json;

use super::Problem;

impl From<OrchestrationError> for Problem {
    fn from(error: OrchestrationError) -> Self {
        let detail = error.to_string();
        let conflict = |code| Self::new(StatusCode::CONFLICT, code, detail.clone());
        let refused = |code| Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail.clone());
        match error {
            OrchestrationError::NotFound(_) => Self::not_found(),
            OrchestrationError::ProjectArchived => conflict("project_archived"),
            OrchestrationError::ProjectNotArchived => conflict("project_not_archived"),
            OrchestrationError::StartAfterDue { .. } => refused("start_after_due"),
            OrchestrationError::AlreadyMember => conflict("already_member"),
            OrchestrationError::LastOwner => conflict("last_owner"),
            OrchestrationError::NotAMember { user_ids } => refused("not_a_member").with("user_ids", user_ids),
            OrchestrationError::UseArchive => refused("use_archive"),
            OrchestrationError::NotANeighbour => refused("not_a_neighbour"),
            OrchestrationError::PhaseNotEmpty { items } => {
                let items: Vec<_> =
                    items.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
                conflict("phase_not_empty").with("items", items)
            }
            OrchestrationError::PhaseNotReached { current, name } => {
                conflict("phase_not_reached").with("current_phase", json!({ "id": current, "name": name }))
            }
            OrchestrationError::LinkNotAllowed => refused("link_not_allowed"),
            OrchestrationError::ConfigNotAllowed => refused("config_not_allowed"),
            OrchestrationError::BoardTooLarge { most, .. } => refused("board_too_large").with("most", most),
            OrchestrationError::DateOutOfReach { .. } => refused("date_out_of_reach"),
            OrchestrationError::TemplateInvalid { .. } => refused("template_invalid"),
            OrchestrationError::Store(error) => error.into(),
        }
    }
}
