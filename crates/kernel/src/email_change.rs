//! Another address to sign in with.

use std::net::IpAddr;

use guildhall_core::{Email, Secret};
use guildhall_identity::{IdentityError, Password, TokenPurpose};

use crate::{
    Event, Kernel, KernelError, Request,
    mail::Letter,
    passwords::{still_has, wrong_password},
    sessions::signed_in,
    work::Work,
};

/// A new address, and what shows that it is the user who wants it.
#[derive(Debug, Clone)]
pub struct AskEmailChange {
    /// The address that he wants.
    pub email: Email,
    /// The password that he has.
    pub password: Password,
    /// The address that the request came from, as far as it is known.
    pub address: Option<IpAddr>,
}

impl Kernel {
    /// Mails a link to the new address, and word of it to the old one; nothing is changed yet. Whether the new address has an
    /// account is told there alone.
    ///
    /// # Errors
    /// [`KernelError::Refused`] with `mail_off`, `same_address` or `wrong_password`; [`KernelError::TooManyAttempts`] where
    /// the password was wrong too often, or too many letters were asked for; [`KernelError::TokenAudience`] where the
    /// caller has no session; [`KernelError::Stale`] where the request names a version, which the wish has not.
    pub async fn ask_email_change(
        &self,
        request: &Request,
        command: AskEmailChange,
    ) -> Result<(), KernelError> {
        let (id, _) = signed_in(request)?;
        request.expect_no_version()?;
        let work = self.read_anywhere(request).await?;
        let user = work.users().find(id).await?.ok_or(KernelError::NotFound)?;
        drop(work);
        self.expect_mail("a new address can't be confirmed, so that it can't be had")?;
        let AskEmailChange { email, password, address } = command;
        if email == user.email {
            let detail = "that is the address of this account already".to_owned();
            return Err(KernelError::Refused { code: "same_address", detail });
        }
        let proven = self.expect_password(&user, &password, address).await?;
        drop(self.letters().attempt(&email, address, self.clock().now())?);
        let work = self.begin_anywhere(request).await?;
        if !still_has(&*work, id, &proven).await? {
            return Err(wrong_password());
        }
        let taken = work.users().find_by_email(&email).await?.is_some();
        let purpose = TokenPurpose::ChangeEmail(email.clone());
        let secret = self.identity(&*work).open_token(id, purpose).await?;
        let letter = if taken {
            Letter::address_in_use(&email, &secret)
        } else {
            Letter::confirm_address(&email, &secret, &self.email_url(&work, &secret))
        };
        self.post(&*work, letter).await?;
        self.post(&*work, Letter::address_changing(&user, &email)).await?;
        work.finish(Event::new("user.email_change_asked", id.uuid(), user.display_name())).await
    }

    /// Takes the new address, with the secret that was mailed there. His other sessions end. Another user's secret opens
    /// nothing: an address changes by its user alone.
    ///
    /// # Errors
    /// [`KernelError::Identity`] with `TokenInvalid`, for whatever reason the secret opens nothing, or with `EmailTaken`
    /// where the address has got an account meanwhile; [`KernelError::TokenAudience`] where the caller has no session;
    /// [`KernelError::Stale`] where the request names a version, which the wish has not.
    pub async fn complete_email_change(&self, request: &Request, token: &str) -> Result<(), KernelError> {
        let (id, session) = signed_in(request)?;
        request.expect_no_version()?;
        let work = self.begin_anywhere(request).await?;
        let secret: Secret = token.parse().map_err(|_| IdentityError::TokenInvalid)?;
        let identity = self.identity(&*work);
        let token = identity.redeem_token(&secret).await?;
        let TokenPurpose::ChangeEmail(email) = token.purpose else {
            return Err(IdentityError::TokenInvalid.into());
        };
        if token.user_id != id {
            return Err(IdentityError::TokenInvalid.into());
        }
        let before = work.users().find(id).await?.ok_or(KernelError::NotFound)?;
        let after = identity.change_email(before.clone(), email, session).await?;
        self.post(&*work, Letter::address_changed(before.email.clone(), &after.email)).await?;
        let event = Event::new("user.email_changed", id.uuid(), after.display_name());
        work.finish(event.changing(&before, &after)).await
    }

    /// Where a new address is confirmed: on the host where the user is signed in, the secret in the fragment, which no server
    /// and no log sees.
    fn email_url(&self, work: &Work<'_>, secret: &Secret) -> String {
        let place = format!("me/email/complete#token={}", secret.reveal());
        let workspace = work.view().workspace.as_ref().filter(|_| work.caller().workspace().is_some());
        match workspace.filter(|workspace| !workspace.id.is_system()) {
            Some(workspace) => self.workspace_url(workspace, &place),
            None => format!("{}/{place}", self.issuer()),
        }
    }
}
