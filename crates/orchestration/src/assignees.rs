//! Who is assigned to work.

use guildhall_core::UserId;

/// Who would be assigned and who no longer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssigneeChanges {
    /// Those who would be assigned anew, in ascending order.
    pub added: Vec<UserId>,
    /// Those who would no longer be assigned, in ascending order.
    pub removed: Vec<UserId>,
}

impl AssigneeChanges {
    /// Whether nobody is assigned or unassigned.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }

    /// Whether nobody but this user is concerned: he takes or drops the work himself, or nothing changes.
    pub fn concern_only(&self, user_id: UserId) -> bool {
        self.added.iter().chain(&self.removed).all(|id| *id == user_id)
    }
}

/// Compares the assignees before and after a change; order and repetition do not count.
pub fn assignee_changes(before: &[UserId], after: &[UserId]) -> AssigneeChanges {
    let missing_in = |others: &[UserId], ids: &[UserId]| {
        distinct(ids.iter().copied().filter(|id| !others.contains(id)).collect())
    };
    AssigneeChanges { added: missing_in(before, after), removed: missing_in(after, before) }
}

/// Each once, in ascending order: the order in which assignees are kept.
pub(crate) fn distinct(mut user_ids: Vec<UserId>) -> Vec<UserId> {
    user_ids.sort_unstable();
    user_ids.dedup();
    user_ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user_id;

    #[test]
    fn changes_name_who_comes_and_who_goes() {
        let before = [user_id(1), user_id(2)];
        let after = [user_id(4), user_id(3), user_id(2), user_id(3)];

        let changes = assignee_changes(&before, &after);

        assert_eq!(changes.added, [user_id(3), user_id(4)]);
        assert_eq!(changes.removed, [user_id(1)]);
    }

    #[test]
    fn taking_or_dropping_work_oneself_concerns_nobody_else() {
        let taken = assignee_changes(&[user_id(1)], &[user_id(1), user_id(2)]);
        let given = assignee_changes(&[user_id(2)], &[user_id(3)]);

        assert!(taken.concern_only(user_id(2)));
        assert!(!taken.concern_only(user_id(1)));
        assert!(!given.concern_only(user_id(2)));
    }

    #[test]
    fn another_order_is_no_change() {
        assert!(assignee_changes(&[user_id(1), user_id(2)], &[user_id(2), user_id(1)]).is_empty());
    }
}
