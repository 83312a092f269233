//! The status of items and tasks.

use crate::OrchestrationError;
use guildhall_core::enumeration;

enumeration! {
    /// How far the work on an item or a task has come.
    Status {
        /// Not begun.
        ToDo = "TO_DO",
        /// Begun.
        InProgress = "IN_PROGRESS",
        /// Done.
        Completed = "COMPLETED",
        /// Put away; counts nowhere, and remembers the status before.
        Archived = "ARCHIVED",
    }
}

impl Status {
    /// The status after a change by hand: any of the first three may follow any other.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::UseArchive`] to or from [`Status::Archived`].
    pub fn change_to(self, next: Self) -> Result<Self, OrchestrationError> {
        if self == Self::Archived || next == Self::Archived {
            return Err(OrchestrationError::UseArchive);
        }
        Ok(next)
    }

    /// Whether work has begun, or is done.
    pub const fn is_begun(self) -> bool {
        matches!(self, Self::InProgress | Self::Completed)
    }

    /// The status and the one to restore, once put away; what is archived already stays as it is.
    pub(crate) fn archive(self, restored: Option<Self>) -> (Self, Option<Self>) {
        match self {
            Self::Archived => (self, restored),
            Self::ToDo | Self::InProgress | Self::Completed => (Self::Archived, Some(self)),
        }
    }

    /// The status and the one to restore, once brought back; what is not archived stays as it is.
    pub(crate) fn restore(self, restored: Option<Self>) -> (Self, Option<Self>) {
        match self {
            Self::Archived => (restored.unwrap_or(Self::ToDo), None),
            Self::ToDo | Self::InProgress | Self::Completed => (self, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn any_open_status_may_follow_any_other(
        #[values(Status::ToDo, Status::InProgress, Status::Completed)] from: Status,
        #[values(Status::ToDo, Status::InProgress, Status::Completed)] to: Status,
    ) {
        assert_eq!(from.change_to(to), Ok(to));
    }

    #[rstest]
    fn archived_is_neither_entered_nor_left_by_hand(
        #[values(Status::ToDo, Status::InProgress, Status::Completed, Status::Archived)] other: Status,
    ) {
        assert_eq!(other.change_to(Status::Archived), Err(OrchestrationError::UseArchive));
        assert_eq!(Status::Archived.change_to(other), Err(OrchestrationError::UseArchive));
    }

    #[test]
    fn restoring_goes_back_to_the_status_before() {
        let (status, restored) = Status::Completed.archive(None);

        assert_eq!((status, restored), (Status::Archived, Some(Status::Completed)));
        assert_eq!(status.restore(restored), (Status::Completed, None));
    }

    #[test]
    fn archiving_twice_keeps_the_first_memory() {
        let (status, restored) = Status::InProgress.archive(None);

        assert_eq!(status.archive(restored), (Status::Archived, Some(Status::InProgress)));
        assert_eq!(Status::ToDo.restore(None), (Status::ToDo, None));
    }
}
