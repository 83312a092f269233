//! Ending a group.

use guildhall_authz::{Change, Epoch};
use guildhall_core::GroupId;

use crate::{Begun, Event, Kernel, KernelError, Request};

impl Kernel {
    /// Ends a group with its memberships and all that was granted to it.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see it; [`KernelError::Forbidden`] without `GROUP_MANAGE` on its
    /// account; [`KernelError::Stale`] where it has changed since he read it.
    pub async fn delete_group(&self, request: &Request, id: GroupId) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let group = work.authorize_group(id).await?;
        request.expect_version(group.version)?;
        let (members, grants) = self.authz(&*work).delete_group(&group).await?;
        let changed: Vec<Change> =
            [id.into()].into_iter().chain(members.iter().map(|member| member.user.into())).collect();
        work.raise(Epoch::Workspace, &changed).await?;
        for member in &members {
            work.record(Event::new("group_member.removed", member.user.uuid(), None).removing(member))
                .await?;
        }
        for grant in &grants {
            work.record(Event::new("grant.ended", grant.id.uuid(), None).removing(grant)).await?;
        }
        work.finish(Event::new("group.deleted", id.uuid(), group.name.to_string()).removing(&group)).await
    }
}
