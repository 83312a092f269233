//! Progress, derived from what is not archived.

use guildhall_core::enumeration;
use serde::Serialize;

use crate::Status;

enumeration! {
    /// How far a phase has come, derived from its items.
    PhaseState {
        /// It has no item, or none is begun.
        NotStarted = "NOT_STARTED",
        /// Some item is begun and not all are done.
        Active = "ACTIVE",
        /// It has items, and all are done.
        Completed = "COMPLETED",
    }
}

/// How much of the work is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// How many are completed.
    pub done: u32,
    /// How many there are, archived ones left out.
    pub total: u32,
}

impl Progress {
    /// Counts statuses; archived ones do not count.
    pub fn of(statuses: impl IntoIterator<Item = Status>) -> Self {
        statuses.into_iter().fold(Self::default(), |progress, status| match status {
            Status::Archived => progress,
            Status::Completed => Self { done: progress.done + 1, total: progress.total + 1 },
            Status::ToDo | Status::InProgress => Self { total: progress.total + 1, ..progress },
        })
    }

    /// An item's: its tasks done of total; without tasks 0 or 1 of 1 by its own status.
    pub fn of_item(status: Status, tasks: impl IntoIterator<Item = Status>) -> Self {
        match Self::of(tasks) {
            Self { total: 0, .. } => Self { done: u32::from(status == Status::Completed), total: 1 },
            progress => progress,
        }
    }
}

impl PhaseState {
    /// The state of a phase with items of these statuses; archived ones do not count.
    pub fn of(statuses: impl IntoIterator<Item = Status>) -> Self {
        let open: Vec<Status> = statuses.into_iter().filter(|status| *status != Status::Archived).collect();
        if open.iter().all(|status| *status == Status::ToDo) {
            Self::NotStarted
        } else if open.iter().all(|status| *status == Status::Completed) {
            Self::Completed
        } else {
            Self::Active
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{
        Status::{Archived, Completed, InProgress, ToDo},
        *,
    };

    #[rstest]
    #[case::nothing(&[], 0, 0)]
    #[case::archived_ones_do_not_count(&[Completed, Archived, ToDo, InProgress], 1, 3)]
    fn progress_counts_what_is_done_of_what_is_there(
        #[case] statuses: &[Status],
        #[case] done: u32,
        #[case] total: u32,
    ) {
        assert_eq!(Progress::of(statuses.iter().copied()), Progress { done, total });
    }

    #[rstest]
    #[case::by_its_tasks(Completed, &[ToDo, Completed], 1, 2)]
    #[case::open_without_tasks(InProgress, &[], 0, 1)]
    #[case::done_without_tasks(Completed, &[], 1, 1)]
    #[case::archived_tasks_are_no_tasks(Completed, &[Archived], 1, 1)]
    fn an_item_progresses_by_its_tasks_or_its_status(
        #[case] status: Status,
        #[case] tasks: &[Status],
        #[case] done: u32,
        #[case] total: u32,
    ) {
        assert_eq!(Progress::of_item(status, tasks.iter().copied()), Progress { done, total });
    }

    #[rstest]
    #[case::empty(&[], PhaseState::NotStarted)]
    #[case::none_begun(&[ToDo, ToDo], PhaseState::NotStarted)]
    #[case::only_archived(&[Archived], PhaseState::NotStarted)]
    #[case::one_begun(&[ToDo, InProgress], PhaseState::Active)]
    #[case::one_done_of_two(&[Completed, ToDo], PhaseState::Active)]
    #[case::all_done(&[Completed, Archived], PhaseState::Completed)]
    fn the_state_of_a_phase_follows_from_its_items(#[case] statuses: &[Status], #[case] state: PhaseState) {
        assert_eq!(PhaseState::of(statuses.iter().copied()), state);
    }
}
