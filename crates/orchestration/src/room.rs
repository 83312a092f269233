//! How much a board holds.

use std::ops::Add;

use crate::{OrchestrationError, Thing};

/// So many phases, items and tasks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CardCounts {
    /// Phases.
    pub phases: usize,
    /// Items.
    pub items: usize,
    /// Tasks.
    pub tasks: usize,
}

impl CardCounts {
    /// The most that one board holds, archived cards among them: what one request reads, copies or answers stays bounded.
    pub const MOST: Self = Self { phases: 200, items: 10_000, tasks: 20_000 };

    /// Refuses what is more than a board holds.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::BoardTooLarge`].
    pub fn fit(self) -> Result<(), OrchestrationError> {
        let Self { phases, items, tasks } = Self::MOST;
        let counted = [
            (Thing::Phase, self.phases, phases),
            (Thing::Item, self.items, items),
            (Thing::Task, self.tasks, tasks),
        ];
        match counted.into_iter().find(|(_, count, most)| count > most) {
            Some((what, _, most)) => Err(OrchestrationError::BoardTooLarge { what, most }),
            None => Ok(()),
        }
    }
}

impl Add for CardCounts {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            phases: self.phases.saturating_add(more.phases),
            items: self.items.saturating_add(more.items),
            tasks: self.tasks.saturating_add(more.tasks),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_board_fits_and_one_card_more_does_not() {
        let refused = |more| (CardCounts::MOST + more).fit().unwrap_err();

        assert_eq!(CardCounts::MOST.fit(), Ok(()));
        let one = CardCounts { items: 1, ..CardCounts::default() };
        assert_eq!(refused(one), OrchestrationError::BoardTooLarge { what: Thing::Item, most: 10_000 });
        let one = CardCounts { tasks: 1, ..CardCounts::default() };
        assert_eq!(refused(one), OrchestrationError::BoardTooLarge { what: Thing::Task, most: 20_000 });
    }
}
