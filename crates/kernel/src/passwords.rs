//! Changing a password, and setting a new one without the old.

use std::net::IpAddr;

use guildhall_core::{Access, Caller, Credential, Email, Principal, Scope, Secret, WorkspaceId};
use guildhall_identity::{IdentityError, Password, TokenPurpose, User, UserToken};

use crate::{Event, Kernel, KernelError, Request, operator::operator, sessions::signed_in, work::record};

/// A new password beside the old one.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    /// The password that he has.
    pub current: Password,
    /// The one that he wants.
    pub new: Password,
    /// The address that the request came from, as far as it is known.
    pub address: Option<IpAddr>,
}

impl Kernel {
    /// Changes the caller's own password. His other sessions end.
    ///
    /// # Errors
    /// [`KernelError::Refused`] with `wrong_password`; [`KernelError::TooManyAttempts`] where it was wrong too often;
    /// [`KernelError::TokenAudience`] where the caller has no session; [`KernelError::Stale`] where the request names a
    /// version, which a password has not.
    pub async fn change_password(
        &self,
        request: &Request,
        command: ChangePassword,
    ) -> Result<(), KernelError> {
        let (user, session) = signed_in(request)?;
        request.expect_no_version()?;
        let work = self.read_anywhere(request).await?;
        let user = work.users().find(user).await?.ok_or(KernelError::NotFound)?;
        drop(work);
        self.expect_password(&user, &command.current, command.address).await?;
        let hash = self.hasher().hash(&command.new).await?;
        let work = self.begin_anywhere(request).await?;
        self.identity(&*work).change_password(user.id, &hash, session).await?;
        work.finish(Event::new("user.password_changed", user.id.uuid(), user.display_name())).await
    }

    /// Refuses where that is not the user's password, and counts the failures like those of signing in.
    pub(crate) async fn expect_password(
        &self,
        user: &User,
        password: &Password,
        address: Option<IpAddr>,
    ) -> Result<(), KernelError> {
        let attempt = self.guard().attempt(&user.email, address, self.clock().now())?;
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let hash = unit.credentials().find(user.id).await?;
        drop(unit);
        if !self.hasher().verify(password, hash).await? {
            let detail = "that is not the password of this account".to_owned();
            return Err(KernelError::Refused { code: "wrong_password", detail });
        }
        attempt.forgive();
        Ok(())
    }

    /// Sets a password with a one-time secret. It ends all sessions and API keys. Who holds the secret has shown that the address is his:
    /// it was sent there, or the operator handed it over.
    ///
    /// # Errors
    /// [`KernelError::Identity`] with `TokenInvalid`, for whatever reason the secret opens nothing.
    pub async fn complete_password_reset(&self, token: &str, password: &Password) -> Result<(), KernelError> {
        let secret: Secret = token.parse().map_err(|_| IdentityError::TokenInvalid)?;
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        for_reset(self.identity(&*unit).find_token(&secret).await?)?;
        drop(unit); // before the password is hashed
        let hash = self.hasher().hash(password).await?;
        let unit = self.unit(Scope::System, Access::Write).await?;
        let identity = self.identity(&*unit);
        let token = for_reset(identity.redeem_token(&secret).await?)?;
        let user = unit.users().find(token.user_id).await?.filter(|user| user.active);
        let user = user.ok_or(IdentityError::TokenInvalid)?;
        identity.change_password(user.id, &hash, None).await?;
        if !user.verified {
            unit.users().update(&User { verified: true, ..user.clone() }).await?;
        }
        let caller = Caller::trusted(Principal::User(user.id), Credential::Password, None);
        let unit = self.end_keys_everywhere(unit, user.id, &caller).await?;
        let event = Event::new("user.password_reset", user.id.uuid(), user.display_name());
        record(self, &*unit, &caller, self.clock().now(), event).await?;
        unit.commit().await
    }

    /// A link by which somebody sets a new password, for whoever holds the database.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the address has no account.
    pub async fn reset_link_by_operator(&self, email: &Email) -> Result<String, KernelError> {
        let unit = self.unit(Scope::System, Access::Write).await?;
        let user = unit.users().find_by_email(email).await?.ok_or(KernelError::NotFound)?;
        let secret = self.identity(&*unit).open_token(user.id, TokenPurpose::ResetPassword).await?;
        let event = Event::new("user.reset_offered", user.id.uuid(), user.display_name());
        record(self, &*unit, &operator(WorkspaceId::SYSTEM), self.clock().now(), event).await?;
        unit.commit().await?;
        Ok(self.reset_url(&secret))
    }

    /// Gives somebody a new password, for whoever holds the database. It ends all his sessions and API keys.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the address has no account.
    pub async fn reset_by_operator(&self, email: &Email, password: &Password) -> Result<User, KernelError> {
        let hash = self.hasher().hash(password).await?;
        let unit = self.unit(Scope::System, Access::Write).await?;
        let user = unit.users().find_by_email(email).await?.ok_or(KernelError::NotFound)?;
        self.identity(&*unit).change_password(user.id, &hash, None).await?;
        let unit = self.end_keys_everywhere(unit, user.id, &operator(WorkspaceId::SYSTEM)).await?;
        let event = Event::new("user.password_reset", user.id.uuid(), user.display_name());
        record(self, &*unit, &operator(WorkspaceId::SYSTEM), self.clock().now(), event).await?;
        unit.commit().await?;
        Ok(user)
    }

    /// Where a new password is set: on the base domain, the secret in the fragment, which no server and no log sees.
    pub(crate) fn reset_url(&self, secret: &Secret) -> String {
        format!("{}/password-resets/complete#token={}", self.issuer(), secret.reveal())
    }
}

fn for_reset(token: UserToken) -> Result<UserToken, IdentityError> {
    if token.purpose == TokenPurpose::ResetPassword { Ok(token) } else { Err(IdentityError::TokenInvalid) }
}
