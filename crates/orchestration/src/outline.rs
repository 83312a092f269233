//! A workflow without its cards: what progress, states and the current phase are derived from.

use guildhall_core::{Name, PhaseId};

use crate::{PhaseState, Progress, Status};

/// The phases of one project in order, each with how many unarchived items of each status stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline(pub Vec<PhaseOutline>);

/// One phase of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseOutline {
    /// The phase.
    pub id: PhaseId,
    /// What it is called.
    pub name: Name,
    /// Its items.
    pub counts: StatusCounts,
}

/// How many items of each status there are. Archived ones do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Not begun.
    pub to_do: u32,
    /// Begun.
    pub in_progress: u32,
    /// Done.
    pub completed: u32,
}

impl StatusCounts {
    /// How many are done, of how many.
    pub const fn progress(self) -> Progress {
        let Self { to_do, in_progress, completed } = self;
        let total = to_do.saturating_add(in_progress).saturating_add(completed);
        Progress { done: completed, total }
    }

    /// How far a phase with these items has come.
    pub const fn state(self) -> PhaseState {
        match self {
            Self { in_progress: 0, completed: 0, .. } => PhaseState::NotStarted,
            Self { to_do: 0, in_progress: 0, .. } => PhaseState::Completed,
            _ => PhaseState::Active,
        }
    }

    /// Counts one more.
    pub fn add(&mut self, status: Status) {
        if let Some(count) = self.of(status) {
            *count = count.saturating_add(1);
        }
    }

    fn of(&mut self, status: Status) -> Option<&mut u32> {
        match status {
            Status::ToDo => Some(&mut self.to_do),
            Status::InProgress => Some(&mut self.in_progress),
            Status::Completed => Some(&mut self.completed),
            Status::Archived => None,
        }
    }
}

impl Extend<Status> for StatusCounts {
    fn extend<Statuses: IntoIterator<Item = Status>>(&mut self, statuses: Statuses) {
        statuses.into_iter().for_each(|status| self.add(status));
    }
}

impl FromIterator<Status> for StatusCounts {
    fn from_iter<Statuses: IntoIterator<Item = Status>>(statuses: Statuses) -> Self {
        let mut counts = Self::default();
        counts.extend(statuses);
        counts
    }
}

impl Outline {
    /// Items completed of all items.
    pub fn progress(&self) -> Progress {
        self.0.iter().map(|phase| phase.counts.progress()).fold(Progress::default(), |sum, one| Progress {
            done: sum.done.saturating_add(one.done),
            total: sum.total.saturating_add(one.total),
        })
    }

    /// The first phase with items that is not completed; none where there is nothing left to do.
    pub fn current(&self) -> Option<&PhaseOutline> {
        self.current_index().and_then(|index| self.0.get(index))
    }

    /// Whether the current phase does not come before this one.
    pub fn has_reached(&self, phase: PhaseId) -> bool {
        let until = self.current_index().map_or(self.0.len(), |current| current + 1);
        self.0.iter().take(until).any(|one| one.id == phase)
    }

    fn current_index(&self) -> Option<usize> {
        self.0.iter().position(|phase| {
            phase.counts.progress().total > 0 && phase.counts.state() != PhaseState::Completed
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{phase, phase_id};

    fn outline(phases: &[&[Status]]) -> Outline {
        let one = |(number, statuses): (u32, &&[Status])| PhaseOutline {
            id: phase_id(number),
            name: phase(number).name,
            counts: statuses.iter().copied().collect(),
        };
        Outline((1..).zip(phases).map(one).collect())
    }

    #[test]
    fn the_current_phase_is_the_first_with_items_that_is_not_completed() {
        let outline =
            outline(&[&[], &[Status::Completed], &[Status::Archived], &[Status::ToDo], &[Status::ToDo]]);

        assert_eq!(outline.current().map(|phase| phase.id), Some(phase_id(4)));
        assert_eq!(outline.progress(), Progress { done: 1, total: 3 });
    }

    #[test]
    fn phases_are_reached_up_to_the_current_one_and_all_of_them_once_nothing_is_left_to_do() {
        let begun = outline(&[&[Status::Completed], &[Status::InProgress], &[Status::ToDo], &[]]);
        let done = outline(&[&[Status::Completed], &[]]);

        let reached = [1, 2, 3, 4].map(|number| begun.has_reached(phase_id(number)));

        assert_eq!(reached, [true, true, false, false]);
        assert!(done.has_reached(phase_id(1)) && done.has_reached(phase_id(2)));
    }
}
