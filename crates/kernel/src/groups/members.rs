//! Who is in a group. To put somebody into one is to grant him all that the group holds.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use guildhall_authz::{Epoch, Group, Holder};
use guildhall_core::{GroupId, Page, PageRequest, UserId};
use guildhall_identity::User;

use crate::{
    Begun, Event, Kernel, KernelError, NamedPerson, Request,
    granting::{Gift, RefusedGrant},
    project_members::seen_member,
    work::Work,
};

/// A member of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMemberShown {
    /// The person.
    pub user: User,
    /// Since when he is in it.
    pub added_at: DateTime<Utc>,
}

impl Kernel {
    /// A page of a group's members, by user id.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see the group.
    pub async fn list_group_members(
        &self,
        request: &Request,
        group: GroupId,
        page: &PageRequest,
    ) -> Result<Page<GroupMemberShown>, KernelError> {
        let work = self.read(request).await?;
        let group = work.seen_group(group).await?;
        let members = work.group_members().list_page(group.id, page).await?;
        let ids: Vec<UserId> = members.items.iter().map(|member| member.user).collect();
        let users = work.users().list_by_ids(&ids).await?;
        let mut users: BTreeMap<UserId, User> = users.into_iter().map(|user| (user.id, user)).collect();
        let shown = members.items.into_iter().filter_map(|member| {
            let user = users.remove(&member.user)?;
            Some(GroupMemberShown { user, added_at: member.added_at })
        });
        Ok(Page { items: shown.collect(), next: members.next })
    }

    /// Puts a member of the workspace into a group. Whoever is in it already stays.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see the group, or no member with that id; [`KernelError::Forbidden`]
    /// without `GROUP_MANAGE` on its account, and where it holds what he may not grant.
    pub async fn add_group_member(
        &self,
        request: &Request,
        group: GroupId,
        user: UserId,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let group = work.authorize_group(group).await?;
        request.expect_no_version()?;
        let seen = seen_member(&work, &NamedPerson::User(user)).await?;
        let (user, _) = seen.ok_or(KernelError::NotFound)?;
        if work.group_members().find(group.id, user.id).await?.is_some() {
            return Ok(());
        }
        if let Err((gift, why)) = may_add(&work, &group).await? {
            let refused = RefusedGrant::of(Holder::User(user.id), &gift);
            return Err(self.refuse_grant(request, work, (gift.account, refused), why).await);
        }
        work.raise(Epoch::Workspace, &[user.id.into()]).await?;
        let added = self.authz(&*work).add_to_group(group.id, user.id).await?;
        let event = Event::new("group_member.added", user.id.uuid(), user.display_name());
        work.finish(event.creating(&added)).await
    }

    /// Takes somebody out of a group. A member of the workspace who is not in it is out of it.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see the group, or nobody with that id; [`KernelError::Forbidden`] without `GROUP_MANAGE` on
    /// its account.
    pub async fn remove_group_member(
        &self,
        request: &Request,
        group: GroupId,
        user: UserId,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let group = work.authorize_group(group).await?;
        request.expect_no_version()?;
        let Some(membership) = work.group_members().find(group.id, user).await? else {
            let seen = seen_member(&work, &NamedPerson::User(user)).await?;
            return seen.map(drop).ok_or(KernelError::NotFound);
        };
        work.raise(Epoch::Workspace, &[user.into()]).await?;
        work.group_members().delete(group.id, user).await?;
        let name = work.users().find(user).await?.map(|user| user.display_name());
        let event = Event::new("group_member.removed", user.uuid(), name);
        work.finish(event.removing(&membership)).await
    }
}

/// Asks the rule of granting for everything that the group holds; the first refusal, with what it is about.
pub(crate) async fn may_add(
    work: &Work<'_>,
    group: &Group,
) -> Result<Result<(), (Gift, KernelError)>, KernelError> {
    let held = work.grants().list_by_holder(Holder::Group(group.id)).await?;
    let lasting = held.iter().filter(|grant| grant.expires_at.is_none_or(|end| end > work.now()));
    let mut gifts = lasting.map(Gift::from);
    Ok(gifts.try_for_each(|gift| work.may_give(&gift).map_err(|why| (gift, why))))
}
