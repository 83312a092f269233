//! What a move would do, on the wire.

use guildhall_core::{AccountId, Name, PermissionCode, ProjectId, UserId};
use guildhall_kernel::{MovePlan, MovedAccount, RightsChange};
use serde::Serialize;
use utoipa::ToSchema;

/// What a move would do, as far as the reader may know.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MovePlanView {
    /// Over all that would happen: a move that carries it is refused where something else would.
    pub plan: String,
    /// The projects that would move along.
    pub projects: Vec<MovedProjectView>,
    /// Who would gain or lose what.
    pub changes: Vec<RightsChangeView>,
    /// Whether these are all projects and changes, or only the first ones.
    pub complete: bool,
}

/// A project that would move along.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MovedProjectView {
    /// The project's id.
    pub id: ProjectId,
    /// Its name.
    pub name: Name,
}

/// What one user would gain or lose on one account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RightsChangeView {
    /// The user.
    pub user: ConcernedUserView,
    /// The account.
    pub account: MovedAccountView,
    /// The codes that he would hold and does not.
    pub gained: Vec<PermissionCode>,
    /// The codes that he holds and would not.
    pub lost: Vec<PermissionCode>,
}

/// A user whose rights would change.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConcernedUserView {
    /// The user's id.
    pub id: UserId,
    /// Given name.
    pub firstname: Name,
    /// Family name.
    pub lastname: Name,
}

/// An account that would move along.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MovedAccountView {
    /// The account's id.
    pub id: AccountId,
    /// The project whose account it is; `null` for a node's.
    pub project_id: Option<ProjectId>,
    /// What the node or the project is called.
    pub name: Name,
}

impl From<MovePlan> for MovePlanView {
    fn from(plan: MovePlan) -> Self {
        let MovePlan { plan, projects, changes, complete } = plan;
        Self {
            plan: plan.into(),
            projects: projects.into_iter().map(|(id, name)| MovedProjectView { id, name }).collect(),
            changes: changes.into_iter().map(Into::into).collect(),
            complete,
        }
    }
}

impl From<RightsChange> for RightsChangeView {
    fn from(change: RightsChange) -> Self {
        let RightsChange { user, account: MovedAccount { id, project_id, name }, gained, lost } = change;
        let user = ConcernedUserView {
            id: user.id,
            firstname: user.profile.firstname,
            lastname: user.profile.lastname,
        };
        Self { user, account: MovedAccountView { id, project_id, name }, gained, lost }
    }
}
