//! Groups and their members.

use guildhall_core::{GroupId, RowVersion, UserId};

use super::Authz;
use crate::{AuthzError, Group, GroupMembership, GroupPatch, Holder, NewGroup, StoredGrant};

impl Authz<'_> {
    /// Makes a group without members.
    ///
    /// # Errors
    ///
    /// [`AuthzError::GroupNameTaken`].
    pub async fn create_group(&self, command: NewGroup) -> Result<Group, AuthzError> {
        let NewGroup { account, name, description } = command;
        if self.store.groups().find_by_name(&name).await?.is_some() {
            return Err(AuthzError::GroupNameTaken { name });
        }
        let group = Group {
            id: GroupId::new(self.ids.uuid()),
            account,
            name,
            description,
            created_at: self.clock.now(),
            version: RowVersion::FIRST,
        };
        self.store.groups().insert(&group).await?;
        Ok(group)
    }

    /// Changes what a group is called and what it is for.
    ///
    /// # Errors
    ///
    /// [`AuthzError::GroupNameTaken`] where another group has the name.
    pub async fn update_group(&self, before: Group, patch: GroupPatch) -> Result<Group, AuthzError> {
        let after = Group {
            name: patch.name.unwrap_or_else(|| before.name.clone()),
            description: patch.description.unwrap_or_else(|| before.description.clone()),
            ..before.clone()
        };
        if after == before {
            return Ok(before);
        }
        let namesake = self.store.groups().find_by_name(&after.name).await?;
        if namesake.is_some_and(|namesake| namesake.id != after.id) {
            return Err(AuthzError::GroupNameTaken { name: after.name });
        }
        self.store.groups().update(&after).await?;
        Ok(Group { version: after.version.next(), ..after })
    }

    /// Ends a group with its memberships and its grants, and answers those.
    ///
    /// # Errors
    ///
    /// [`AuthzError::Store`].
    pub async fn delete_group(
        &self,
        group: &Group,
    ) -> Result<(Vec<GroupMembership>, Vec<StoredGrant>), AuthzError> {
        let members = self.store.group_members().list_by_group(group.id).await?;
        for member in &members {
            self.store.group_members().delete(member.group, member.user).await?;
        }
        let grants = self.end_grants_of(Holder::Group(group.id)).await?;
        self.store.groups().delete(group).await?;
        Ok((members, grants))
    }

    /// Puts a member of the workspace into a group.
    ///
    /// # Errors
    ///
    /// [`AuthzError::Store`], with a conflict where he is in it already.
    pub async fn add_to_group(&self, group: GroupId, user: UserId) -> Result<GroupMembership, AuthzError> {
        let membership = GroupMembership { group, user, added_at: self.clock.now() };
        self.store.group_members().insert(&membership).await?;
        Ok(membership)
    }

    /// Takes a user out of every group, and answers which those were.
    ///
    /// # Errors
    ///
    /// [`AuthzError::Store`].
    pub async fn leave_groups(&self, user: UserId) -> Result<Vec<GroupMembership>, AuthzError> {
        let left = self.store.group_members().list_by_user(user).await?;
        for membership in &left {
            self.store.group_members().delete(membership.group, user).await?;
        }
        Ok(left)
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::{
        IdGenerator as _,
        testing::{FixedClock, SequentialIds},
    };
    use mockall::predicate::eq;

    use super::*;
    use crate::testing::{MockStore, group, stored_grant};

    #[tokio::test]
    async fn two_groups_are_not_called_alike() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let first = group(&ids);
        let command = NewGroup { account: first.account, name: first.name.clone(), description: None };
        store.groups.expect_find_by_name().return_once(move |_| Ok(Some(first)));

        let refused = Authz::new(&store, &clock, &ids).create_group(command).await;

        assert!(matches!(refused, Err(AuthzError::GroupNameTaken { .. })), "{refused:?}");
    }

    #[tokio::test]
    async fn a_group_keeps_its_own_name_in_another_case() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let before = group(&ids);
        let namesake = before.clone();
        store.groups.expect_find_by_name().return_once(move |_| Ok(Some(namesake)));
        store.groups.expect_update().once().return_once(|_| Ok(()));
        let patch = GroupPatch { name: Some("GROUP".parse().unwrap()), description: None };

        let after = Authz::new(&store, &clock, &ids).update_group(before.clone(), patch).await.unwrap();

        assert_eq!(after.version, before.version.next());
    }

    #[tokio::test]
    async fn what_does_not_change_is_not_written() {
        let (ids, clock, store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let before = group(&ids);

        let after =
            Authz::new(&store, &clock, &ids).update_group(before.clone(), GroupPatch::default()).await;

        assert_eq!(after, Ok(before));
    }

    #[tokio::test]
    async fn a_group_ends_with_its_grants() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let gone = group(&ids);
        let grant =
            stored_grant(&ids, Holder::Group(gone.id), guildhall_core::RoleId::new(ids.uuid()), gone.account);
        store.group_members.expect_list_by_group().return_once(|_| Ok(Vec::new()));
        store.grants.expect_list_by_holder().with(eq(grant.holder)).return_once(move |_| Ok(vec![grant]));
        store.grants.expect_delete().with(eq(grant.id)).once().return_once(|_| Ok(()));
        store.groups.expect_delete().once().return_once(|_| Ok(()));

        let ended = Authz::new(&store, &clock, &ids).delete_group(&gone).await;

        assert_eq!(ended, Ok((Vec::new(), vec![grant])));
    }
}
