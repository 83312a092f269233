//! A project on the wire.

use chrono::NaiveDate;
use guildhall_core::{AccountId, Name, NodeId, PermissionCode, PhaseId, ProjectId, Text, UserId};
use guildhall_kernel::ProjectShown;
use guildhall_orchestration::{Gating, Progress, ProjectRole, ProjectState};
use serde::Serialize;
use utoipa::ToSchema;

/// A project, and what the reader is in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProjectView {
    /// The project's id.
    pub id: ProjectId,
    /// Its account.
    pub az_id: AccountId,
    /// Its name.
    pub name: Name,
    /// What it is about.
    pub description: Option<Text>,
    /// The node that it belongs to.
    pub node_id: Option<NodeId>,
    /// Whether it is worked on.
    pub state: ProjectState,
    /// What becomes of work that begins before its phase has come: `ADVISORY` marks it as ahead, `STRICT` refuses it.
    pub gating: Gating,
    /// When it begins.
    pub start_date: Option<NaiveDate>,
    /// When it is due.
    pub due_date: Option<NaiveDate>,
    /// Who made it.
    pub created_by: UserId,
    /// Items completed of all.
    pub progress: ProgressView,
    /// The first of its phases with items that is not completed.
    pub current_phase_id: Option<PhaseId>,
    /// The reader's role in it, where he is a member.
    pub role: Option<ProjectRole>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgressView {
    /// How many are completed.
    pub done: u64,
    /// Of how many.
    pub total: u64,
}

impl From<Progress> for ProgressView {
    fn from(progress: Progress) -> Self {
        let Progress { done, total } = progress;
        Self { done: u64::from(done), total: u64::from(total) }
    }
}

impl From<ProjectShown> for ProjectView {
    fn from(shown: ProjectShown) -> Self {
        let ProjectShown { project, progress, current_phase, role, permissions } = shown;
        Self {
            id: project.id,
            az_id: project.account_id,
            name: project.name,
            description: project.description,
            node_id: project.node_id,
            state: project.state,
            gating: project.gating,
            start_date: project.start_date,
            due_date: project.due_date,
            created_by: project.created_by,
            progress: progress.into(),
            current_phase_id: current_phase,
            role,
            permissions,
        }
    }
}
