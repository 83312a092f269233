//! Meta roles of the platform.

use guildhall_core::{MetaRoleId, RowVersion, StoreError};

use super::Authz;
use crate::{AuthzError, MetaRole, MetaRolePatch, NewMetaRole};

impl Authz<'_> {
    /// Makes a meta role.
    ///
    /// # Errors
    ///
    /// [`AuthzError::MetaRoleCodeTaken`].
    pub async fn create_meta_role(&self, command: NewMetaRole) -> Result<MetaRole, AuthzError> {
        let NewMetaRole { code, name, given_by } = command;
        if self.store.meta_roles().list().await?.iter().any(|known| known.code == code) {
            return Err(AuthzError::MetaRoleCodeTaken { code });
        }
        let id = MetaRoleId::new(self.ids.uuid());
        let made = MetaRole { id, code, name, given_by, built_in: false, version: RowVersion::FIRST };
        self.store.meta_roles().insert(&made).await?;
        Ok(made)
    }

    /// Changes what a meta role is called, and who gives it. Whoever has it keeps it.
    ///
    /// # Errors
    ///
    /// [`AuthzError::MetaRoleBuiltIn`].
    pub async fn update_meta_role(
        &self,
        before: MetaRole,
        patch: MetaRolePatch,
    ) -> Result<MetaRole, AuthzError> {
        let after = MetaRole {
            name: patch.name.unwrap_or_else(|| before.name.clone()),
            given_by: patch.given_by.unwrap_or(before.given_by),
            ..before.clone()
        };
        if after == before {
            return Ok(before);
        }
        if before.built_in {
            return Err(AuthzError::MetaRoleBuiltIn);
        }
        self.store.meta_roles().update(&after).await?;
        Ok(MetaRole { version: after.version.next(), ..after })
    }

    /// Removes a meta role that no mapping and no membership names.
    ///
    /// # Errors
    ///
    /// [`AuthzError::MetaRoleBuiltIn`]; [`AuthzError::MetaRoleInUse`].
    pub async fn delete_meta_role(&self, meta_role: &MetaRole) -> Result<(), AuthzError> {
        if meta_role.built_in {
            return Err(AuthzError::MetaRoleBuiltIn);
        }
        match self.store.meta_roles().delete(meta_role).await {
            Err(StoreError::Conflict(_)) => Err(AuthzError::MetaRoleInUse),
            other => Ok(other?),
        }
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::testing::{FixedClock, SequentialIds};

    use super::*;
    use crate::{
        GivenBy,
        testing::{MockStore, meta_role},
    };

    #[tokio::test]
    async fn a_code_is_spelled_once() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let known = meta_role(&ids);
        let command =
            NewMetaRole { code: known.code.clone(), name: known.name.clone(), given_by: GivenBy::Owner };
        store.meta_roles.expect_list().return_once(move || Ok(vec![known]));

        let refused = Authz::new(&store, &clock, &ids).create_meta_role(command).await;

        assert!(matches!(refused, Err(AuthzError::MetaRoleCodeTaken { .. })), "{refused:?}");
    }

    #[tokio::test]
    async fn what_every_platform_has_neither_changes_nor_goes() {
        let (ids, clock, store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        let built_in = MetaRole { built_in: true, ..meta_role(&ids) };
        let authz = Authz::new(&store, &clock, &ids);
        let patch = MetaRolePatch { name: Some("Another".parse().unwrap()), given_by: None };

        let changed = authz.update_meta_role(built_in.clone(), patch).await;
        let removed = authz.delete_meta_role(&built_in).await;

        assert_eq!((changed, removed), (Err(AuthzError::MetaRoleBuiltIn), Err(AuthzError::MetaRoleBuiltIn)));
    }

    #[tokio::test]
    async fn what_somebody_refers_to_stays() {
        let (ids, clock, mut store) = (SequentialIds::default(), FixedClock::default(), MockStore::default());
        store.meta_roles.expect_delete().return_once(|_| Err(StoreError::Conflict("a reference".into())));

        let refused = Authz::new(&store, &clock, &ids).delete_meta_role(&meta_role(&ids)).await;

        assert_eq!(refused, Err(AuthzError::MetaRoleInUse));
    }
}
