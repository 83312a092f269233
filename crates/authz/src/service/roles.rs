//! The workspace's own roles.

use guildhall_core::{RoleCode, RoleId, RowVersion};

use super::Authz;
use crate::{AuthzError, NewRole, OwnRole, RolePatch};

impl Authz<'_> {
    /// Makes a role of the workspace's own.
    ///
    /// # Errors
    ///
    /// [`AuthzError::RoleCodeTaken`].
    pub async fn create_role(&self, command: NewRole) -> Result<OwnRole, AuthzError> {
        let NewRole { code, name, permissions } = command;
        self.expect_free(&code, None).await?;
        let role = OwnRole {
            id: RoleId::new(self.ids.uuid()),
            code,
            name,
            permissions,
            created_at: self.clock.now(),
            version: RowVersion::FIRST,
        };
        self.store.own_roles().insert(&role).await?;
        Ok(role)
    }

    /// Changes a role of the workspace's own.
    ///
    /// # Errors
    ///
    /// [`AuthzError::RoleCodeTaken`] where another role has the code.
    pub async fn update_role(&self, before: OwnRole, patch: RolePatch) -> Result<OwnRole, AuthzError> {
        let after = OwnRole {
            code: patch.code.unwrap_or_else(|| before.code.clone()),
            name: patch.name.unwrap_or_else(|| before.name.clone()),
            permissions: patch.permissions.unwrap_or_else(|| before.permissions.clone()),
            ..before.clone()
        };
        if after == before {
            return Ok(before);
        }
        self.expect_free(&after.code, Some(after.id)).await?;
        self.store.own_roles().update(&after).await?;
        Ok(OwnRole { version: after.version.next(), ..after })
    }

    /// Removes a role that nobody holds. Grants that have expired go with it.
    ///
    /// # Errors
    ///
    /// [`AuthzError::RoleInUse`] while grants of it hold.
    pub async fn delete_role(&self, role: &OwnRole) -> Result<(), AuthzError> {
        let now = self.clock.now();
        let (held, expired): (Vec<_>, Vec<_>) = self
            .store
            .grants()
            .list_by_role(role.id)
            .await?
            .into_iter()
            .partition(|grant| grant.expires_at.is_none_or(|end| end > now));
        if !held.is_empty() {
            return Err(AuthzError::RoleInUse { grants: held.len() });
        }
        for grant in expired {
            self.store.grants().delete(grant.id).await?;
        }
        Ok(self.store.own_roles().delete(role).await?)
    }

    async fn expect_free(&self, code: &RoleCode, but_for: Option<RoleId>) -> Result<(), AuthzError> {
        let namesake = self.store.own_roles().find_by_code(code).await?;
        match namesake.filter(|namesake| Some(namesake.id) != but_for) {
            Some(namesake) => Err(AuthzError::RoleCodeTaken { code: namesake.code }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use guildhall_core::{
        AccountId, Clock as _, IdGenerator as _, UserId,
        testing::{FixedClock, SequentialIds},
    };
    use mockall::predicate::eq;

    use super::*;
    use crate::{
        Holder, StoredGrant,
        testing::{MockStore, own_role, stored_grant},
    };

    fn granted(ids: &SequentialIds, role: &OwnRole) -> StoredGrant {
        let holder = Holder::User(UserId::new(ids.uuid()));
        stored_grant(ids, holder, role.id, AccountId::new(ids.uuid()))
    }

    #[tokio::test]
    async fn a_code_is_spelled_once_in_a_workspace() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let first = own_role(&ids);
        let command = NewRole { code: first.code.clone(), name: first.name.clone(), permissions: [].into() };
        store.own_roles.expect_find_by_code().return_once(move |_| Ok(Some(first)));

        let refused = Authz::new(&store, &clock, &ids).create_role(command).await;

        assert!(matches!(refused, Err(AuthzError::RoleCodeTaken { .. })), "{refused:?}");
    }

    #[tokio::test]
    async fn a_role_that_somebody_holds_stays() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let role = own_role(&ids);
        let grant = granted(&ids, &role);
        store.grants.expect_list_by_role().with(eq(role.id)).return_once(move |_| Ok(vec![grant]));

        let refused = Authz::new(&store, &clock, &ids).delete_role(&role).await;

        assert_eq!(refused, Err(AuthzError::RoleInUse { grants: 1 }));
    }

    #[tokio::test]
    async fn grants_that_have_expired_keep_no_role() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let role = own_role(&ids);
        let ended = Some(clock.now() - TimeDelta::seconds(1));
        let grant = StoredGrant { expires_at: ended, ..granted(&ids, &role) };
        store.grants.expect_list_by_role().return_once(move |_| Ok(vec![grant]));
        store.grants.expect_delete().with(eq(grant.id)).once().return_once(|_| Ok(()));
        store.own_roles.expect_delete().once().return_once(|_| Ok(()));

        assert_eq!(Authz::new(&store, &clock, &ids).delete_role(&role).await, Ok(()));
    }
}
