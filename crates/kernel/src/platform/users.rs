//! The platform's users.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{AccountId, Name, Page, PageRequest, PermissionCode, UserId};
use guildhall_identity::User;

use crate::{Begun, Event, Kernel, KernelError, Request, code, work::Work};

/// What the codes of a user are about.
const CODES: [PermissionCode; 1] = [code::PLATFORM_MANAGE];

/// A user as a platform admin sees him.
#[derive(Debug, Clone, PartialEq)]
pub struct UserShown {
    /// The user.
    pub user: User,
    /// Whether he is a platform admin himself.
    pub platform_admin: bool,
    /// What of the platform's codes about users the reader holds.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// A page of the platform's users, by id: those whose name or address contains `q`, or all of them.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PLATFORM_MANAGE`.
    pub async fn list_users(
        &self,
        request: &Request,
        q: Option<&Name>,
        page: &PageRequest,
    ) -> Result<Page<UserShown>, KernelError> {
        let work = self.read_platform(request).await?;
        work.require(&code::PLATFORM_MANAGE, AccountId::PLATFORM)?;
        let admins = work.platform_admins().list().await?;
        let found = work.users().list(q.cloned(), page).await?;
        Ok(found.map(|user| show(&work, user, &admins)))
    }

    /// One user.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PLATFORM_MANAGE`; [`KernelError::NotFound`] where he is not there.
    pub async fn find_user(&self, request: &Request, id: UserId) -> Result<UserShown, KernelError> {
        let work = self.read_platform(request).await?;
        work.require(&code::PLATFORM_MANAGE, AccountId::PLATFORM)?;
        let user = work.users().find(id).await?.ok_or(KernelError::NotFound)?;
        let admins = work.platform_admins().list().await?;
        Ok(show(&work, user, &admins))
    }

    /// Disables a user, which ends his sessions and with them his tokens; or lets him in again.
    ///
    /// # Errors
    /// Those of [`Self::find_user`]; [`KernelError::Identity`] where he is the last platform admin;
    /// [`KernelError::Stale`] where he has changed since the caller read him.
    pub async fn update_user(
        &self,
        request: &Request,
        id: UserId,
        active: bool,
    ) -> Result<UserShown, KernelError> {
        let Begun::Fresh(work) = self.begin_platform(request).await? else {
            return self.find_user(request, id).await;
        };
        work.require(&code::PLATFORM_MANAGE, AccountId::PLATFORM)?;
        work.raise(Epoch::Platform, &[Change::Everything]).await?;
        let before = work.users().find(id).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(before.version)?;
        let after = self.identity(&*work).change_active(before.clone(), active).await?;
        let kind = if active { "user.enabled" } else { "user.disabled" };
        let work = if active { work } else { work.end_keys_everywhere(id).await? };
        let event = Event::new(kind, id.uuid(), after.display_name());
        work.finish(event.changing(&before, &after)).await?;
        self.find_user(request, id).await
    }
}

fn show(work: &Work<'_>, user: User, admins: &[UserId]) -> UserShown {
    let platform_admin = admins.contains(&user.id);
    UserShown { user, platform_admin, permissions: work.codes_of(AccountId::PLATFORM, &CODES) }
}
