//! Changing when a grant ends. To let it last longer is to grant.

use chrono::{DateTime, Utc};
use guildhall_authz::{Change, Epoch};
use guildhall_core::GrantId;

use crate::{
    Begun, Event, GrantShown, Kernel, KernelError, Request,
    granting::{Gift, RefusedGrant},
};

impl Kernel {
    /// Changes when a grant ends: `None` leaves it as it is, `Some(None)` takes its end away.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see the grant; [`KernelError::Forbidden`] without `ROLE_GRANT` on its
    /// account, and where it would last longer and the caller lacks what the role holds; [`KernelError::Authz`] where it would
    /// end in the past; [`KernelError::Stale`] where it has changed since he read it.
    pub async fn update_grant(
        &self,
        request: &Request,
        id: GrantId,
        expires_at: Option<Option<DateTime<Utc>>>,
    ) -> Result<GrantShown, KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return self.find_grant(request, id).await;
        };
        let before = work.authorize_grant(id).await?;
        request.expect_version(before.version)?;
        let expires_at = expires_at.unwrap_or(before.expires_at);
        let gift = Gift { until: expires_at, ..Gift::from(&before) };
        if lasts_longer(before.expires_at, expires_at)
            && let Err(why) = work.may_give(&gift)
        {
            let refused = RefusedGrant::of(before.holder, &gift);
            return Err(self.refuse_grant(request, work, (gift.account, refused), why).await);
        }
        work.raise(Epoch::Workspace, &[Change::Holder(before.holder)]).await?;
        let after = self.authz(&*work).update_grant(before, expires_at).await?;
        work.finish(Event::new("grant.changed", id.uuid(), None).changing(&before, &after)).await?;
        self.find_grant(request, id).await
    }
}

fn lasts_longer(before: Option<DateTime<Utc>>, after: Option<DateTime<Utc>>) -> bool {
    before.is_some_and(|before| after.is_none_or(|after| after > before))
}
