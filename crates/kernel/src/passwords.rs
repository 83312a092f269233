//! Changing a password, and setting a new one without the old.

use std::net::IpAddr;

use guildhall_core::{
    Access, Caller, Credential, Email, Principal, Scope, Secret, ServiceAccountId, UserId, WorkspaceId,
};
use guildhall_identity::{IdentityError, Password, PasswordHash, TokenPurpose, User, UserToken};
use uuid::Uuid;

use crate::{
    Event, Kernel, KernelError, Request, UnitOfWork, mail::Letter, operator::operator, sessions::signed_in,
    work::record,
};

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
        let proven = self.expect_password(&user, &command.current, command.address).await?;
        let hash = self.hasher().hash(&command.new).await?;
        let work = self.begin_anywhere(request).await?;
        if !still_has(&*work, user.id, &proven).await? {
            return Err(wrong_password());
        }
        self.identity(&*work).change_password(user.id, &hash, session).await?;
        self.post(&*work, Letter::password_changed(&user)).await?;
        work.finish(Event::new("user.password_changed", user.id.uuid(), user.display_name())).await
    }

    /// Refuses where that is not the user's password, and counts the failures like those of signing in. What it was proven by is
    /// to be asked for again where something is written: see [`still_has`].
    pub(crate) async fn expect_password(
        &self,
        user: &User,
        password: &Password,
        address: Option<IpAddr>,
    ) -> Result<PasswordHash, KernelError> {
        let attempt = self.guard().attempt(&user.email, address, self.clock().now())?;
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let hash = unit.credentials().find(user.id).await?;
        drop(unit);
        let right = self.hasher().verify(password, hash.clone()).await?;
        let proven = hash.filter(|_| right).ok_or_else(wrong_password)?;
        attempt.forgive();
        Ok(proven)
    }

    /// Mails a link for a new password to the address, where it has an account. Whether it has one is not to be told: not by the
    /// answer, and not by how long it takes, so that the account is looked for afterwards.
    ///
    /// # Errors
    /// [`KernelError::Refused`] with `mail_off` where no mail goes out; [`KernelError::TooManyAttempts`] where too many were
    /// asked for, by this client or for this address.
    pub fn ask_password_reset(&self, email: Email, address: Option<IpAddr>) -> Result<(), KernelError> {
        self.expect_mail("ask the operator for a new password, who gives one with `guildhall admin reset`")?;
        drop(self.letters().attempt(&email, address, self.clock().now())?);
        let kernel = self.clone();
        tokio::spawn(async move {
            if let Err(error) = kernel.mail_reset_link(&email).await {
                tracing::warn!(%error, "a link for a new password could not be mailed");
            }
        });
        Ok(())
    }

    async fn mail_reset_link(&self, email: &Email) -> Result<(), KernelError> {
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let user = unit.users().find_by_email(email).await?.filter(|user| user.active);
        drop(unit);
        let Some(user) = user else { return Ok(()) };
        let unit = self.unit(Scope::System, Access::Write).await?;
        let secret = self.identity(&*unit).open_token(user.id, TokenPurpose::ResetPassword).await?;
        let link = self.reset_url(&secret);
        self.post(&*unit, Letter::password_reset(&user, &secret, &link)).await?;
        let nobody = Principal::ServiceAccount(ServiceAccountId::new(Uuid::nil()));
        let caller = Caller::trusted(nobody, Credential::Password, None);
        let event = Event::new("user.reset_asked", user.id.uuid(), user.display_name());
        record(self, &*unit, &caller, self.clock().now(), event).await?;
        unit.commit().await
    }

    /// Refuses what goes by mail alone where no mail goes out.
    pub(crate) fn expect_mail(&self, instead: &str) -> Result<(), KernelError> {
        if self.settings().mail {
            return Ok(());
        }
        let detail = format!("no mail goes out here: {instead}");
        Err(KernelError::Refused { code: "mail_off", detail })
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
        self.post(&*unit, Letter::password_changed(&user)).await?;
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
        self.post(&*unit, Letter::password_changed(&user)).await?;
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

pub(crate) fn wrong_password() -> KernelError {
    let detail = "that is not the password of this account".to_owned();
    KernelError::Refused { code: "wrong_password", detail }
}

/// Whether the user's password is the one that was proven, and stays so until the unit of work ends. Proving takes long, outside
/// of any unit of work: who lost his way in meanwhile must not get another one by it.
pub(crate) async fn still_has(
    unit: &dyn UnitOfWork,
    user: UserId,
    proven: &PasswordHash,
) -> Result<bool, KernelError> {
    Ok(unit.credentials().find_for_update(user).await?.as_ref() == Some(proven))
}

fn for_reset(token: UserToken) -> Result<UserToken, IdentityError> {
    if token.purpose == TokenPurpose::ResetPassword { Ok(token) } else { Err(IdentityError::TokenInvalid) }
}
