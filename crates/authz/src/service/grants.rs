//! Stored grants.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use chrono::{DateTime, Datelike as _, Utc};
use guildhall_core::{AccountId, GrantId, PageRequest, RoleId, RowVersion};

use super::Authz;
use crate::{AuthzError, GrantFilter, Holder, NewGrant, StoredGrant};

impl Authz<'_> {
    /// Gives somebody a role on an account. Where he held it until a time that has passed, that grant makes way.
    ///
    /// # Errors
    ///
    /// [`AuthzError::GrantEndRefused`]; [`AuthzError::GrantExists`] where he holds the role there already.
    pub async fn create_grant(&self, command: NewGrant) -> Result<StoredGrant, AuthzError> {
        let NewGrant { holder, role, account, expires_at } = command;
        self.expect_future(expires_at)?;
        let filter = GrantFilter { account: Some(account), holder: Some(holder), role: Some(role) };
        for grant in self.store.grants().list_page(&filter, &PageRequest::default()).await?.items {
            if grant.expires_at.is_none_or(|end| end > self.clock.now()) {
                return Err(AuthzError::GrantExists { id: grant.id });
            }
            self.store.grants().delete(grant.id).await?;
        }
        let grant = self.grant(holder, role, account, expires_at);
        self.store.grants().insert(&grant).await?;
        Ok(grant)
    }

    /// Changes when a grant ends.
    ///
    /// # Errors
    ///
    /// [`AuthzError::GrantEndRefused`].
    pub async fn update_grant(
        &self,
        before: StoredGrant,
        expires_at: Option<DateTime<Utc>>,
    ) -> Result<StoredGrant, AuthzError> {
        if before.expires_at == expires_at {
            return Ok(before);
        }
        self.expect_future(expires_at)?;
        let after = StoredGrant { expires_at, ..before };
        self.store.grants().update(&after).await?;
        Ok(StoredGrant { version: after.version.next(), ..after })
    }

    fn expect_future(&self, expires_at: Option<DateTime<Utc>>) -> Result<(), AuthzError> {
        match expires_at {
            Some(end) if end <= self.clock.now() || end.year() > 9999 => Err(AuthzError::GrantEndRefused),
            Some(_) | None => Ok(()),
        }
    }

    fn grant(
        &self,
        holder: Holder,
        role: RoleId,
        account: AccountId,
        expires_at: Option<DateTime<Utc>>,
    ) -> StoredGrant {
        let id = GrantId::new(self.ids.uuid());
        StoredGrant { id, holder, role, account, expires_at, version: RowVersion::FIRST }
    }

    /// Makes the holder hold the role on exactly these accounts, without an end. What he holds already stays as it is; his
    /// other roles are left alone. Answers his grants of the role, by account.
    ///
    /// # Errors
    ///
    /// [`AuthzError::Store`], with a conflict where the workspace has no such account.
    pub async fn replace_grants_of(
        &self,
        holder: Holder,
        role: RoleId,
        accounts: &BTreeSet<AccountId>,
    ) -> Result<Vec<StoredGrant>, AuthzError> {
        let grants = self.store.grants();
        let mut held = BTreeMap::new();
        for grant in grants.list_by_holder(holder).await?.into_iter().filter(|grant| grant.role == role) {
            if accounts.contains(&grant.account) && grant.expires_at.is_none() {
                held.insert(grant.account, grant);
            } else {
                grants.delete(grant.id).await?;
            }
        }
        for &account in accounts {
            if let Entry::Vacant(vacant) = held.entry(account) {
                let grant = self.grant(holder, role, account, None);
                grants.insert(&grant).await?;
                vacant.insert(grant);
            }
        }
        Ok(held.into_values().collect())
    }

    /// Ends every stored grant of the holder that the unit of work sees, and answers what has ended.
    ///
    /// # Errors
    ///
    /// [`AuthzError::Store`].
    pub async fn end_grants_of(&self, holder: Holder) -> Result<Vec<StoredGrant>, AuthzError> {
        let grants = self.store.grants();
        let ended = grants.list_by_holder(holder).await?;
        for grant in &ended {
            grants.delete(grant.id).await?;
        }
        Ok(ended)
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::{
        Clock, IdGenerator as _, Page, UserId,
        testing::{FixedClock, SequentialIds},
    };
    use mockall::predicate::eq;

    use super::*;
    use crate::testing::{MockStore, stored_grant};

    fn somebody(ids: &SequentialIds) -> (Holder, RoleId, AccountId, AccountId) {
        (
            Holder::User(UserId::new(ids.uuid())),
            RoleId::new(ids.uuid()),
            AccountId::new(ids.uuid()),
            AccountId::new(ids.uuid()),
        )
    }

    #[tokio::test]
    async fn replacing_ends_what_is_left_out_and_adds_what_is_new() {
        let ids = SequentialIds::default();
        let (holder, role, left_out, new) = somebody(&ids);
        let before = stored_grant(&ids, holder, role, left_out);
        let mut store = MockStore::default();
        store.grants.expect_list_by_holder().with(eq(holder)).return_once(move |_| Ok(vec![before]));
        store.grants.expect_delete().with(eq(before.id)).once().return_once(|_| Ok(()));
        store.grants.expect_insert().withf(move |grant| grant.account == new).once().return_once(|_| Ok(()));

        let after = Authz::new(&store, &FixedClock::default(), &ids)
            .replace_grants_of(holder, role, &[new].into())
            .await
            .unwrap();

        assert_eq!(after.iter().map(|grant| (grant.role, grant.account)).collect::<Vec<_>>(), [(role, new)]);
    }

    #[tokio::test]
    async fn replacing_leaves_what_stays_and_other_roles_alone() {
        let ids = SequentialIds::default();
        let (holder, role, stays, elsewhere) = somebody(&ids);
        let kept = stored_grant(&ids, holder, role, stays);
        let other = stored_grant(&ids, holder, RoleId::new(ids.uuid()), elsewhere);
        let mut store = MockStore::default();
        store.grants.expect_list_by_holder().return_once(move |_| Ok(vec![kept, other]));

        let after = Authz::new(&store, &FixedClock::default(), &ids)
            .replace_grants_of(holder, role, &[stays].into())
            .await;

        assert_eq!(after, Ok(vec![kept]));
    }

    #[tokio::test]
    async fn replacing_turns_a_grant_with_an_end_into_one_without() {
        let ids = SequentialIds::default();
        let (holder, role, account, _) = somebody(&ids);
        let ending = StoredGrant {
            expires_at: Some(FixedClock::default().now()),
            ..stored_grant(&ids, holder, role, account)
        };
        let mut store = MockStore::default();
        store.grants.expect_list_by_holder().return_once(move |_| Ok(vec![ending]));
        store.grants.expect_delete().with(eq(ending.id)).once().return_once(|_| Ok(()));
        store.grants.expect_insert().once().return_once(|_| Ok(()));

        let after = Authz::new(&store, &FixedClock::default(), &ids)
            .replace_grants_of(holder, role, &[account].into())
            .await
            .unwrap();

        assert!(after.iter().all(|grant| grant.expires_at.is_none()));
    }

    #[tokio::test]
    async fn a_grant_ends_in_the_future() {
        let (ids, clock, store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let (holder, role, account, _) = somebody(&ids);
        let command = NewGrant { holder, role, account, expires_at: Some(clock.now()) };

        let refused = Authz::new(&store, &clock, &ids).create_grant(command).await;

        assert_eq!(refused, Err(AuthzError::GrantEndRefused));
    }

    #[tokio::test]
    async fn nobody_holds_a_role_on_an_account_twice() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let (holder, role, account, _) = somebody(&ids);
        let held = stored_grant(&ids, holder, role, account);
        let found = Page { items: vec![held], next: None };
        store.grants.expect_list_page().return_once(|_, _| Ok(found));
        let command = NewGrant { holder, role, account, expires_at: None };

        let refused = Authz::new(&store, &clock, &ids).create_grant(command).await;

        assert_eq!(refused, Err(AuthzError::GrantExists { id: held.id }));
    }

    #[tokio::test]
    async fn a_grant_that_has_expired_makes_way_for_a_new_one() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let (holder, role, account, _) = somebody(&ids);
        let expired =
            StoredGrant { expires_at: Some(clock.now()), ..stored_grant(&ids, holder, role, account) };
        let found = Page { items: vec![expired], next: None };
        store.grants.expect_list_page().return_once(|_, _| Ok(found));
        store.grants.expect_delete().with(eq(expired.id)).once().return_once(|_| Ok(()));
        store.grants.expect_insert().once().return_once(|_| Ok(()));
        let command = NewGrant { holder, role, account, expires_at: None };

        let granted = Authz::new(&store, &clock, &ids).create_grant(command).await.unwrap();

        assert_ne!(granted.id, expired.id);
    }

    #[tokio::test]
    async fn ending_answers_what_has_ended() {
        let ids = SequentialIds::default();
        let (holder, role, account, _) = somebody(&ids);
        let grant = stored_grant(&ids, holder, role, account);
        let mut store = MockStore::default();
        store.grants.expect_list_by_holder().with(eq(holder)).return_once(move |_| Ok(vec![grant]));
        store.grants.expect_delete().with(eq(grant.id)).once().return_once(|_| Ok(()));

        let ended = Authz::new(&store, &FixedClock::default(), &ids).end_grants_of(holder).await;

        assert_eq!(ended, Ok(vec![grant]));
    }
}
