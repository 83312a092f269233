//! A project's board: the Canvas in one answer, and what everything on it has in common.

mod canvas;
mod change;
mod mentioned;
mod rows;

use guildhall_core::{AccountId, PermissionCode, ProjectId, RowVersion, StoreError, UserId};
use guildhall_orchestration::assignee_changes;

use crate::{KernelError, code, work::Work};

pub use canvas::{Canvas, CanvasQuery, CanvasShown, CanvasState};
pub use change::{BoardChange, BoardChanged, MOST_CHANGES};
pub(crate) use mentioned::Mentions;
pub use mentioned::{ApplicationShown, Mentioned};
pub use rows::{ApplicationRow, BoardHeading, BoardReader, BoardRows, BoardStamp, PersonShown};

impl Work<'_> {
    /// Locks a project's board until the end of the work, so that what is read after this stays true, and raises its
    /// version, which it answers. Comes after [`Self::raise`].
    pub(crate) async fn lock_board(&self, project: ProjectId) -> Result<RowVersion, KernelError> {
        let seen = self.request().if_match;
        match self.projects().update_board_version(project, seen).await {
            // Nobody named a version, so it is the project that is gone.
            Err(StoreError::Stale) if seen.is_none() => Err(KernelError::NotFound),
            locked => Ok(locked?),
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
