//! The use cases inside this domain.

use chrono::TimeDelta;
use guildhall_core::{
    Clock, Email, IdGenerator, RowVersion, Secret, ServiceAccountId, SessionId, UserId, WorkspaceId,
};

use crate::{
    IdentityError, IdentityStore, NewServiceAccount, NewUser, PasswordHash, ProfilePatch, ServiceAccount,
    ServiceAccountKind, Session, TokenPurpose, User, UserToken,
};

/// Identity's use cases over one transaction.
pub struct Identity<'a> {
    store: &'a dyn IdentityStore,
    clock: &'a dyn Clock,
    ids: &'a dyn IdGenerator,
}

impl<'a> Identity<'a> {
    /// Use cases that read and write through `store`.
    pub fn new(store: &'a dyn IdentityStore, clock: &'a dyn Clock, ids: &'a dyn IdGenerator) -> Self {
        Self { store, clock, ids }
    }

    /// Makes an account for a person.
    ///
    /// # Errors
    /// [`IdentityError::EmailTaken`] where the address belongs to somebody.
    pub async fn create_user(&self, command: NewUser) -> Result<User, IdentityError> {
        if self.store.users().find_by_email(&command.email).await?.is_some() {
            return Err(IdentityError::EmailTaken(command.email));
        }
        let user = User {
            id: UserId::new(self.ids.uuid()),
            email: command.email,
            profile: command.profile,
            active: true,
            verified: command.verified,
            created_at: self.clock.now(),
            version: RowVersion::FIRST,
        };
        self.store.users().insert(&user).await?;
        if let Some(hash) = &command.password {
            self.store.credentials().update(user.id, hash, user.created_at).await?;
        }
        Ok(user)
    }

    /// Changes what the user says of himself.
    ///
    /// # Errors
    /// [`IdentityError::Store`] with `Stale` where the account has changed since it was read.
    pub async fn update_profile(&self, user: User, patch: ProfilePatch) -> Result<User, IdentityError> {
        let changed = User { profile: patch.apply(user.profile), ..user };
        self.store.users().update(&changed).await?;
        Ok(User { version: changed.version.next(), ..changed })
    }

    /// Lets a user in again, or ends all his sessions and lets him in no more.
    ///
    /// # Errors
    /// [`IdentityError::LastPlatformAdmin`] where the platform would be left without an admin who may sign in;
    /// [`IdentityError::Store`] with `Stale` where the account has changed since it was read.
    pub async fn change_active(&self, user: User, active: bool) -> Result<User, IdentityError> {
        if !active {
            self.check_other_platform_admin(user.id).await?;
        }
        let changed = User { active, ..user };
        self.store.users().update(&changed).await?;
        if !active {
            self.store.sessions().update_ended_of(changed.id, None, self.clock.now()).await?;
        }
        Ok(User { version: changed.version.next(), ..changed })
    }

    async fn check_other_platform_admin(&self, leaving: UserId) -> Result<(), IdentityError> {
        let admins = self.store.platform_admins().list().await?;
        if !admins.contains(&leaving) {
            return Ok(());
        }
        let others: Vec<_> = admins.into_iter().filter(|admin| *admin != leaving).collect();
        let others = self.store.users().list_by_ids(&others).await?;
        if others.iter().any(|user| user.active) { Ok(()) } else { Err(IdentityError::LastPlatformAdmin) }
    }

    /// Opens a session that lives by its access token alone.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn open_session(
        &self,
        user: UserId,
        workspace: Option<WorkspaceId>,
        lifetime: TimeDelta,
    ) -> Result<Session, IdentityError> {
        self.insert_session(user, workspace, lifetime, None).await
    }

    /// Opens a session behind a cookie, and answers the cookie's secret, which is shown this once.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn open_cookie_session(
        &self,
        user: UserId,
        workspace: Option<WorkspaceId>,
        lifetime: TimeDelta,
    ) -> Result<(Session, Secret), IdentityError> {
        let secret = self.ids.secret();
        let session = self.insert_session(user, workspace, lifetime, Some(&secret)).await?;
        Ok((session, secret))
    }

    async fn insert_session(
        &self,
        user: UserId,
        workspace: Option<WorkspaceId>,
        lifetime: TimeDelta,
        secret: Option<&Secret>,
    ) -> Result<Session, IdentityError> {
        let now = self.clock.now();
        let session = Session {
            id: SessionId::new(self.ids.uuid()),
            user_id: user,
            workspace_id: workspace,
            secret_hash: secret.map(Secret::hash),
            created_at: now,
            expires_at: now + lifetime,
            ended_at: None,
        };
        self.store.sessions().insert(&session).await?;
        Ok(session)
    }

    /// Ends a session; it opens nothing from the next request on.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn end_session(&self, id: SessionId) -> Result<(), IdentityError> {
        Ok(self.store.sessions().update_ended(id, self.clock.now()).await?)
    }

    /// Makes a one-time secret for a user, and answers it; it goes to him alone.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn open_token(&self, user: UserId, purpose: TokenPurpose) -> Result<Secret, IdentityError> {
        let secret = self.ids.secret();
        let expires_at = self.clock.now() + purpose.lifetime();
        let token =
            UserToken { secret_hash: secret.hash(), user_id: user, purpose, expires_at, used_at: None };
        self.store.user_tokens().insert(&token).await?;
        Ok(secret)
    }

    /// What a one-time secret opens, as long as it is good. Looking at it does not use it up.
    ///
    /// # Errors
    /// [`IdentityError::TokenInvalid`] where it opens nothing.
    pub async fn find_token(&self, secret: &Secret) -> Result<UserToken, IdentityError> {
        let found = self.store.user_tokens().find(&secret.hash()).await?;
        found.filter(|token| token.is_open(self.clock.now())).ok_or(IdentityError::TokenInvalid)
    }

    /// Uses a one-time secret up. Of several who try at once one succeeds.
    ///
    /// # Errors
    /// [`IdentityError::TokenInvalid`] where it opens nothing, any more or at all.
    pub async fn redeem_token(&self, secret: &Secret) -> Result<UserToken, IdentityError> {
        let token = self.find_token(secret).await?;
        if self.store.user_tokens().update_used(&token.secret_hash, self.clock.now()).await? {
            Ok(token)
        } else {
            Err(IdentityError::TokenInvalid)
        }
    }

    /// Gives a user another password. His sessions end but for the one that stays, and his one-time secrets with them.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn change_password(
        &self,
        user: UserId,
        hash: &PasswordHash,
        stays: Option<SessionId>,
    ) -> Result<(), IdentityError> {
        let now = self.clock.now();
        self.store.credentials().update(user, hash, now).await?;
        self.store.user_tokens().delete_by_user(user).await?;
        Ok(self.store.sessions().update_ended_of(user, stays, now).await?)
    }

    /// Gives an account to whoever has shown that its address is his: his password and his names take the place of those of
    /// whoever made it, whose sessions end, and the one-time secrets with them.
    ///
    /// # Errors
    /// [`IdentityError::Store`] with `Stale` where the account has changed since it was read.
    pub async fn take_over(
        &self,
        user: User,
        names: ProfilePatch,
        hash: &PasswordHash,
    ) -> Result<User, IdentityError> {
        let taken = User { profile: names.apply(user.profile), verified: true, ..user };
        self.store.users().update(&taken).await?;
        self.change_password(taken.id, hash, None).await?;
        Ok(User { version: taken.version.next(), ..taken })
    }

    /// Gives a user another address, which a mailed link has shown to be his. His sessions end but for the one that stays, and
    /// his one-time secrets with them: they went to the old address.
    ///
    /// # Errors
    /// [`IdentityError::EmailTaken`] where the address belongs to somebody; [`IdentityError::Store`] with `Stale` where the
    /// account has changed since it was read.
    pub async fn change_email(
        &self,
        user: User,
        email: Email,
        stays: Option<SessionId>,
    ) -> Result<User, IdentityError> {
        if self.store.users().find_by_email(&email).await?.is_some() {
            return Err(IdentityError::EmailTaken(email));
        }
        let changed = User { email, verified: true, ..user };
        self.store.users().update(&changed).await?;
        self.store.user_tokens().delete_by_user(changed.id).await?;
        self.store.sessions().update_ended_of(changed.id, stays, self.clock.now()).await?;
        Ok(User { version: changed.version.next(), ..changed })
    }

    /// Makes a service account, and answers its client secret, which is shown this once.
    ///
    /// # Errors
    /// [`IdentityError::ProductMismatch`] where kind and product do not go together.
    pub async fn create_service_account(
        &self,
        command: NewServiceAccount,
    ) -> Result<(ServiceAccount, Secret), IdentityError> {
        if (command.kind == ServiceAccountKind::Product) != command.product_id.is_some() {
            return Err(IdentityError::ProductMismatch);
        }
        let secret = self.ids.secret();
        let account = ServiceAccount {
            id: ServiceAccountId::new(self.ids.uuid()),
            home: command.home,
            name: command.name,
            kind: command.kind,
            product_id: command.product_id,
            secret_hash: secret.hash(),
            created_by: command.created_by,
            created_at: self.clock.now(),
        };
        self.store.service_accounts().insert(&account).await?;
        Ok((account, secret))
    }

    /// Replaces a service account's client secret, and answers the new one, which is shown this once.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn rotate_service_account(&self, id: ServiceAccountId) -> Result<Secret, IdentityError> {
        let secret = self.ids.secret();
        self.store.service_accounts().update_secret(id, &secret.hash()).await?;
        Ok(secret)
    }

    /// Removes a service account; it signs in to nothing from the next request on. One that is gone already is no error.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn delete_service_account(&self, id: ServiceAccountId) -> Result<(), IdentityError> {
        self.store.service_accounts().delete(id).await?;
        Ok(())
    }
}

mod api_keys;
#[cfg(test)]
mod tests;
