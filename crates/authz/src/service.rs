//! The use cases inside authorization: changing stored grants.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use guildhall_core::{AccountId, GrantId, IdGenerator, RoleId};

use crate::{AuthzError, AuthzStore, Holder, StoredGrant};

/// Changes stored grants within one transaction. It asks nobody whether he may: that is decided before.
pub struct Authz<'a> {
    store: &'a dyn AuthzStore,
    ids: &'a dyn IdGenerator,
}

impl<'a> Authz<'a> {
    /// The use cases over one transaction.
    pub const fn new(store: &'a dyn AuthzStore, ids: &'a dyn IdGenerator) -> Self {
        Self { store, ids }
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
                let id = GrantId::new(self.ids.uuid());
                let grant = StoredGrant { id, holder, role, account, expires_at: None };
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
        Clock, UserId,
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

        let after = Authz::new(&store, &ids).replace_grants_of(holder, role, &[new].into()).await.unwrap();

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

        let after = Authz::new(&store, &ids).replace_grants_of(holder, role, &[stays].into()).await;

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

        let after =
            Authz::new(&store, &ids).replace_grants_of(holder, role, &[account].into()).await.unwrap();

        assert!(after.iter().all(|grant| grant.expires_at.is_none()));
    }

    #[tokio::test]
    async fn ending_answers_what_has_ended() {
        let ids = SequentialIds::default();
        let (holder, role, account, _) = somebody(&ids);
        let grant = stored_grant(&ids, holder, role, account);
        let mut store = MockStore::default();
        store.grants.expect_list_by_holder().with(eq(holder)).return_once(move |_| Ok(vec![grant]));
        store.grants.expect_delete().with(eq(grant.id)).once().return_once(|_| Ok(()));

        let ended = Authz::new(&store, &ids).end_grants_of(holder).await;

        assert_eq!(ended, Ok(vec![grant]));
    }
}
