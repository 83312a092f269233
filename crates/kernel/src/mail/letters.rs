//! What the platform's letters say. Each says what to do for whoever did not ask for it.

use guildhall_core::{Email, Secret};
use guildhall_identity::{TokenPurpose, User};
use guildhall_tenancy::{Invitation, Workspace};

use super::{Letter, LetterKind, MailKind, template::Values};

/// What stands under every letter.
const FOOT: &str = "\n\nThis letter was written by a machine, and nobody reads answers to it.\n";

impl Letter {
    /// An offer of membership.
    pub(crate) fn invitation(
        workspace: &Workspace,
        invitation: &Invitation,
        inviter: Option<&User>,
        link: &str,
    ) -> Self {
        let name = &workspace.name;
        let inviter = inviter.map_or_else(|| "Somebody".to_owned(), User::display_name);
        let until = invitation.expires_at.format("%-d %B %Y, %H:%M UTC");
        let text = format!(
            "{inviter} invites you to the workspace \"{name}\".\n\nTo accept, open this link:\n\n{link}\n\n\
             It is good once, until {until}, and for this address alone: pass it on to nobody.\n\
             If you do not know what this is about, do nothing.{FOOT}"
        );
        let values = vec![
            ("address", invitation.email.to_string()),
            ("inviter", inviter),
            ("link", link.to_owned()),
            ("until", until.to_string()),
            ("workspace", name.to_string()),
        ];
        Self {
            to: invitation.email.clone(),
            kind: MailKind::Invitation,
            workspace: Some(workspace.id),
            secret_hash: Some(invitation.secret_hash.clone()),
            subject: format!("Invitation to the workspace \"{name}\""),
            text,
            template: Some((LetterKind::Invitation, values)),
        }
    }

    /// A link to a new password.
    pub(crate) fn password_reset(user: &User, secret: &Secret, link: &str) -> Self {
        let minutes = TokenPurpose::ResetPassword.lifetime().num_minutes();
        let text = format!(
            "Somebody asked for a new password for the account of this address.\n\n\
             To set one, open this link:\n\n{link}\n\n\
             It is good once, for {minutes} minutes. A new password ends all sessions and API keys of the account.\n\
             If it was not you who asked, do nothing: the password stays as it is.{FOOT}"
        );
        let values = linked(&user.email, link, minutes);
        Self {
            to: user.email.clone(),
            kind: MailKind::PasswordReset,
            workspace: None,
            secret_hash: Some(secret.hash()),
            subject: "A new password".to_owned(),
            text,
            template: Some((LetterKind::PasswordReset, values)),
        }
    }

    /// Word that the password is another one now.
    pub(crate) fn password_changed(user: &User) -> Self {
        let text = format!(
            "The password of your account was changed.\n\n\
             If it was not you who changed it, ask for a new password at once, where you sign in.{FOOT}"
        );
        let template = Some((LetterKind::PasswordChanged, about(&user.email)));
        Self { template, ..Self::notice(user.email.clone(), "Your password was changed", text) }
    }

    /// A link that confirms a new address.
    pub(crate) fn confirm_address(to: &Email, secret: &Secret, link: &str) -> Self {
        let minutes = TokenPurpose::ChangeEmail(to.clone()).lifetime().num_minutes();
        let text = format!(
            "Somebody wants to sign in with this address from now on.\n\n\
             If it is you, open this link where you are signed in:\n\n{link}\n\n\
             It is good once, for {minutes} minutes. If it is not you, do nothing.{FOOT}"
        );
        Self {
            to: to.clone(),
            kind: MailKind::EmailChange,
            workspace: None,
            secret_hash: Some(secret.hash()),
            subject: "Confirm your new address".to_owned(),
            text,
            template: Some((LetterKind::ConfirmAddress, linked(to, link, minutes))),
        }
    }

    /// Word to whoever has an account that somebody wants its address for another one.
    pub(crate) fn address_in_use(to: &Email, secret: &Secret) -> Self {
        let text = format!(
            "Somebody wants to sign in with this address from now on, in the place of another one.\n\n\
             This address has an account already, so nothing was changed. If it was you, sign in with this address.{FOOT}"
        );
        Self {
            to: to.clone(),
            kind: MailKind::EmailChange,
            workspace: None,
            secret_hash: Some(secret.hash()),
            subject: "This address has an account".to_owned(),
            text,
            template: Some((LetterKind::AddressInUse, about(to))),
        }
    }

    /// Word to the old address that another one is to take its place.
    pub(crate) fn address_changing(user: &User, new: &Email) -> Self {
        let text = format!(
            "Somebody who knows your password wants to sign in to your account with another address: {new}.\n\n\
             Nothing is changed until it is confirmed there. If it is not you, change your password at once: then \
             nothing will come of it.{FOOT}"
        );
        let template = Some((LetterKind::AddressChanging, about(new)));
        Self { template, ..Self::notice(user.email.clone(), "Your address is about to be changed", text) }
    }

    /// Word to the old address that it opens the account no more.
    pub(crate) fn address_changed(old: Email, new: &Email) -> Self {
        let text = format!(
            "Your account is now signed in to with another address: {new}. This one opens it no more.\n\n\
             If it was not you who changed it, tell an admin of your workspace at once.{FOOT}"
        );
        let template = Some((LetterKind::AddressChanged, about(new)));
        Self { template, ..Self::notice(old, "Your address was changed", text) }
    }

    /// Word to a workspace's admin that what it had made its own was put away for the sake of security.
    pub(crate) fn overrides_archived(admin: &User, why: &str, names: &[String]) -> Self {
        let names = names.join("\n");
        let text = format!(
            "The platform's administrators have deployed a security update, {why}.\n\n\
             What your workspace had changed of the following was put away, so that the update holds for it too:\n\n{names}\n\n\
             Your versions are kept: look at them in the history, and bring back what is still good.{FOOT}"
        );
        Self::notice(admin.email.clone(), "A security update replaced changes of your workspace", text)
    }

    fn notice(to: Email, subject: &str, text: String) -> Self {
        let subject = subject.to_owned();
        Self { to, kind: MailKind::Notice, workspace: None, secret_hash: None, subject, text, template: None }
    }
}

/// What fills a letter about an address.
fn about(address: &Email) -> Values {
    vec![("address", address.to_string())]
}

/// What fills a letter with a link that is good for so many minutes.
fn linked(address: &Email, link: &str, minutes: i64) -> Values {
    vec![("address", address.to_string()), ("link", link.to_owned()), ("minutes", minutes.to_string())]
}
