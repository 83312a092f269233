//! Projects and their members.

use chrono::{DateTime, NaiveDate, Utc};
use guildhall_core::enumeration;
use guildhall_core::{AccountId, MetaRoleCode, Name, NodeId, ProjectId, RowVersion, Text, UserId};
use serde::Serialize;

use crate::{OrchestrationError, ProjectPatch};

enumeration! {
    /// Whether a project is worked on.
    ProjectState {
        /// It is.
        Active = "ACTIVE",
        /// Put away: it can be read and restored, and nothing in it changes.
        Archived = "ARCHIVED",
    }
}

enumeration! {
    /// What becomes of work that begins before its phase has come.
    Gating {
        /// An item of a phase after the current one may be begun; it is marked as ahead.
        Advisory = "ADVISORY",
        /// It may not.
        Strict = "STRICT",
    }
}

enumeration! {
    /// What a member is in a project.
    ProjectRole {
        /// Decides about the project, its workflow and its members.
        Owner = "OWNER",
        /// Works on items and tasks.
        Contributor = "CONTRIBUTOR",
        /// Reads.
        Viewer = "VIEWER",
    }
}

impl ProjectRole {
    /// The meta role that the role implies, to which products map their own roles.
    pub const fn meta_role(self) -> MetaRoleCode {
        MetaRoleCode::fixed(match self {
            Self::Owner => "PROJECT_OWNER",
            Self::Contributor => "PROJECT_CONTRIBUTOR",
            Self::Viewer => "PROJECT_VIEWER",
        })
    }
}

/// A project: one workflow, its members, and an account of its own in the authorization tree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Its account, which hangs under its node's, or under the organisation's where it has none.
    pub account_id: AccountId,
    /// Its name.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// The node of the hierarchy that it is linked to.
    pub node_id: Option<NodeId>,
    /// The day on which it starts; never after the due date.
    pub start_date: Option<NaiveDate>,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Whether it is worked on.
    pub state: ProjectState,
    /// What becomes of work that begins before its phase has come.
    pub gating: Gating,
    /// The node whose archiving put the project away too, and whose restoring brings it back; `None` where it is active
    /// or was archived by itself.
    pub archived_with: Option<NodeId>,
    /// Who created it.
    pub created_by: UserId,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Counts the changes of the project itself.
    pub version: RowVersion,
    /// Counts the changes of its board: phases, items and tasks. Raising it is the board's lock.
    pub board_version: RowVersion,
}

impl Project {
    /// Refuses a change to anything in an archived project.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`].
    pub fn ensure_active(&self) -> Result<(), OrchestrationError> {
        match self.state {
            ProjectState::Active => Ok(()),
            ProjectState::Archived => Err(OrchestrationError::ProjectArchived),
        }
    }

    /// The project with the changes of a patch.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::StartAfterDue`].
    pub(crate) fn patched(mut self, patch: ProjectPatch) -> Result<Self, OrchestrationError> {
        self.name = patch.name.unwrap_or(self.name);
        self.description = patch.description.unwrap_or(self.description);
        self.node_id = patch.node_id.unwrap_or(self.node_id);
        self.start_date = patch.start_date.unwrap_or(self.start_date);
        self.due_date = patch.due_date.unwrap_or(self.due_date);
        self.gating = patch.gating.unwrap_or(self.gating);
        ensure_dates_in_order(self.start_date, self.due_date)?;
        Ok(self)
    }
}

/// A user's part in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectMember {
    /// The project.
    pub project_id: ProjectId,
    /// The user, a member of the workspace too.
    pub user_id: UserId,
    /// What he is in the project.
    pub role: ProjectRole,
    /// The meta roles that he has besides the one that his role implies, by code.
    pub meta_roles: Vec<MetaRoleCode>,
    /// Since when.
    pub added_at: DateTime<Utc>,
}

/// Refuses a start after the end; either may be open.
pub(crate) fn ensure_dates_in_order(
    start_date: Option<NaiveDate>,
    due_date: Option<NaiveDate>,
) -> Result<(), OrchestrationError> {
    match (start_date, due_date) {
        (Some(start_date), Some(due_date)) if start_date > due_date => {
            Err(OrchestrationError::StartAfterDue { start_date, due_date })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{date, project};

    #[test]
    fn each_role_implies_its_own_meta_role() {
        let meta_roles: Vec<MetaRoleCode> = ProjectRole::ALL.iter().map(|role| role.meta_role()).collect();

        for (meta_role, code) in
            meta_roles.iter().zip(["PROJECT_OWNER", "PROJECT_CONTRIBUTOR", "PROJECT_VIEWER"])
        {
            assert_eq!(meta_role, &code.parse().unwrap());
        }
    }

    #[test]
    fn a_project_may_end_on_the_day_on_which_it_starts() {
        assert_eq!(ensure_dates_in_order(Some(date(5)), Some(date(5))), Ok(()));
        assert_eq!(ensure_dates_in_order(Some(date(5)), None), Ok(()));
        assert_eq!(ensure_dates_in_order(None, Some(date(5))), Ok(()));
    }

    #[test]
    fn a_patch_is_judged_together_with_what_it_leaves_alone() {
        let project = Project { due_date: Some(date(5)), ..project(1) };
        let patch = ProjectPatch { start_date: Some(Some(date(6))), ..ProjectPatch::default() };

        let refused = project.patched(patch).unwrap_err();

        assert_eq!(refused, OrchestrationError::StartAfterDue { start_date: date(6), due_date: date(5) });
    }

    #[test]
    fn a_patch_tells_leaving_alone_from_clearing() {
        let before = Project { start_date: Some(date(1)), due_date: Some(date(5)), ..project(1) };
        let patch = ProjectPatch { due_date: Some(None), ..ProjectPatch::default() };

        let after = before.clone().patched(patch).unwrap();

        assert_eq!(after, Project { due_date: None, ..before });
    }
}
