//! The rule of granting: nobody gives what he does not hold, nor for longer than he holds it (docs/authorization.md).

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_authz::{Holder, Permission, StoredGrant};
use guildhall_core::{AccountId, EventSubject, PermissionCode, RoleId};
use serde::Serialize;

use crate::{Event, Kernel, KernelError, Request, code, event::record_alone, work::Work};

/// A role that somebody would hold on an account until a time, `None` for no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gift {
    pub(crate) role: RoleId,
    pub(crate) account: AccountId,
    pub(crate) until: Option<DateTime<Utc>>,
}

impl From<&StoredGrant> for Gift {
    fn from(grant: &StoredGrant) -> Self {
        Self { role: grant.role, account: grant.account, until: grant.expires_at }
    }
}

impl Work<'_> {
    /// Whether the caller runs the workspace: its admins alone hold the code, which can't be delegated.
    pub(crate) fn administers(&self) -> bool {
        self.may(&code::MEMBER_MANAGE, self.view().root())
    }

    /// Refuses to give what the caller may not. A workspace's admin gives every role that there is for people here; anybody
    /// else needs `ROLE_GRANT` on the account and each permission of the role there, for as long as the gift lasts.
    pub(crate) fn may_give(&self, gift: &Gift) -> Result<(), KernelError> {
        if self.administers() {
            return Ok(());
        }
        // What a role that is not here now would hold when it comes back, nobody can compare.
        let lacks_role = || KernelError::Forbidden(code::ROLE_GRANT);
        let role = self.view().roles.get(&gift.role).ok_or_else(lacks_role)?;
        self.may_give_codes(&role.permissions, gift)
    }

    /// The same for some of the role's permissions.
    pub(crate) fn may_give_codes<'p>(
        &self,
        permissions: impl IntoIterator<Item = &'p Permission>,
        gift: &Gift,
    ) -> Result<(), KernelError> {
        if self.administers() {
            return Ok(());
        }
        if !self.holds_for(&Permission::platform(code::ROLE_GRANT), gift) {
            return Err(KernelError::Forbidden(code::ROLE_GRANT));
        }
        match permissions.into_iter().find(|permission| !self.holds_for(permission, gift)) {
            Some(lacking) => Err(KernelError::Forbidden(lacking.code.clone())),
            None => Ok(()),
        }
    }

    /// Whether the caller holds a permission where and for as long as the gift does. Rights that nobody changes end and never
    /// begin, so whoever holds it at the last moment holds it until then.
    fn holds_for(&self, permission: &Permission, gift: &Gift) -> bool {
        let last = gift.until.map_or(DateTime::<Utc>::MAX_UTC, |until| until - TimeDelta::microseconds(1));
        let snapshot = &self.view().snapshot;
        let holds = |at| snapshot.allows(self.principal(), permission, gift.account, at);
        holds(self.now()) && holds(last.max(self.now()))
    }

    /// Whether the caller holds any of these codes on any account of the workspace.
    pub(crate) fn may_anywhere(&self, codes: &[&PermissionCode]) -> bool {
        let snapshot = &self.view().snapshot;
        let anywhere = |code: &PermissionCode| {
            let permission = Permission::platform(code.clone());
            !snapshot.accounts_where(self.principal(), &permission, self.now()).is_empty()
        };
        codes.iter().any(|code| self.may(code, self.view().root())) || codes.iter().any(|code| anywhere(code))
    }
}

/// What somebody tried to give and may not, as its event tells it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RefusedGrant {
    pub(crate) holder: Holder,
    pub(crate) role: RoleId,
    pub(crate) expires_at: Option<DateTime<Utc>>,
}

impl RefusedGrant {
    pub(crate) fn of(holder: Holder, gift: &Gift) -> Self {
        Self { holder, role: gift.role, expires_at: gift.until }
    }
}

impl Kernel {
    /// Writes down that somebody tried to give what he may not, and hands the refusal back. The work that was refused is rolled
    /// back first: a use case has one unit of work at a time.
    pub(crate) async fn refuse_grant(
        &self,
        request: &Request,
        work: Work<'_>,
        (account, refused): (AccountId, RefusedGrant),
        why: KernelError,
    ) -> KernelError {
        let KernelError::Forbidden(lacking) = &why else { return why };
        let subject = EventSubject { kind: "account".to_owned(), id: account.uuid(), name: None };
        let event = Event { subject, ..Event::new("grant.refused", account.uuid(), None) };
        let event = event.creating(&Refusal { refused, lacking: lacking.clone() });
        let now = work.now();
        drop(work);
        match record_alone(self, request, now, event).await {
            Ok(()) => why,
            Err(error) => error,
        }
    }
}

#[derive(Serialize)]
struct Refusal {
    #[serde(flatten)]
    refused: RefusedGrant,
    lacking: PermissionCode,
}
