//! A project's board: the Canvas in one answer, and what everything on it has in common.

mod canvas;
mod change;
mod mentioned;
mod rows;

use guildhall_core::{AccountId, PermissionCode, ProjectId, StoreError, UserId};
use guildhall_orchestration::{Project, assignee_changes};

use crate::{Authorized, KernelError, code, work::Work};

pub use canvas::{Canvas, CanvasQuery, CanvasShown, CanvasState};
pub use change::{BoardChange, BoardChanged, MOST_CHANGES};
pub(crate) use change::{CardChange, Step};
pub(crate) use mentioned::Mentions;
pub use mentioned::{ApplicationShown, Mentioned};
pub use rows::{ApplicationRow, BoardHeading, BoardReader, BoardRows, BoardStamp, PersonShown};

impl Work<'_> {
    /// Locks a project's board until the end of the work, so that what is read after this stays true, and raises its
    /// version, which must be the one that the request names. Answers the project as it is now, or `NotFound` where the caller
    /// may not read it. Whoever raises an epoch has its lock since he began, so that it does not matter which comes first.
    pub(crate) async fn lock_board(&self, id: ProjectId) -> Result<Authorized<Project>, KernelError> {
        let project = self.lock_seen_board(id).await?;
        self.expect_board(&project)?;
        Ok(project)
    }

    /// The same whatever version the request names, for who is still to be asked what he may do there.
    async fn lock_seen_board(&self, id: ProjectId) -> Result<Authorized<Project>, KernelError> {
        let project = self.projects().update_board_version(id).await?.ok_or(KernelError::NotFound)?;
        self.authorize_found_project(self.principal(), project, &code::PROJECT_READ)
    }

    /// Refuses where the board, which has been locked, had another version than the request names.
    fn expect_board(&self, locked: &Project) -> Result<(), KernelError> {
        match self.request().if_match {
            Some(seen) if seen.next() != locked.board_version => Err(StoreError::Stale.into()),
            _ => Ok(()),
        }
    }

    /// Those of the codes that the caller holds on an account: what he may do with one thing of many on it.
    pub(crate) fn codes_of(&self, account: AccountId, codes: &[PermissionCode]) -> Vec<PermissionCode> {
        codes.iter().filter(|code| self.may(code, account)).cloned().collect()
    }

    /// Whether the caller may assign and unassign so: whoever assigns in the workflow, and everybody himself.
    pub(crate) fn require_assigning(
        &self,
        account: AccountId,
        before: &[UserId],
        after: &[UserId],
    ) -> Result<(), KernelError> {
        let changes = assignee_changes(before, after);
        let himself = self.caller().user().is_some_and(|user| changes.concern_only(user));
        if changes.is_empty() || himself { Ok(()) } else { self.require(&code::WORKFLOW_ASSIGN, account) }
    }
}
