//! Members as their reader sees them.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_authz::Holder;
use guildhall_core::{AccountId, NodeId, Page, PageRequest, PermissionCode, UserId};
use guildhall_identity::User;
use guildhall_tenancy::Member;

use super::{
    acquainted::Acquainted,
    assignments::{all_assigned, assigned},
};
use crate::{Kernel, KernelError, Request, code, paging::page_of, work::Work};

/// What the codes of a membership are about.
const CODES: [PermissionCode; 2] = [code::MEMBER_READ, code::MEMBER_MANAGE];

/// A member, and who that is.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberShown {
    /// The membership.
    pub member: Member,
    /// The person.
    pub user: User,
    /// The nodes that he is assigned to, as far as the reader sees them; `None` for the whole organisation.
    pub node_ids: Option<Vec<NodeId>>,
    /// What of the platform's codes about members the reader holds.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// A page of the directory, by user id: everybody, or to somebody without `MEMBER_READ` on the workspace himself and
    /// those with whom he shares a project.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] for a service account without `MEMBER_READ`.
    pub async fn list_members(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<MemberShown>, KernelError> {
        let work = self.read(request).await?;
        let members = match work.acquainted().await? {
            Acquainted::All => work.workspace_members().list(page).await?,
            Acquainted::Only(users) => {
                let users = Vec::from_iter(users);
                let known = work.workspace_members().list_by_users(&users).await?;
                page_of(known, page, |member| member.user_id.to_string())
            }
        };
        let ids: Vec<UserId> = members.items.iter().map(|member| member.user_id).collect();
        let mut users: BTreeMap<UserId, User> =
            work.users().list_by_ids(&ids).await?.into_iter().map(|user| (user.id, user)).collect();
        let assigned = all_assigned(&*work).await?;
        let nowhere = BTreeSet::new();
        let mut items = Vec::with_capacity(members.items.len());
        for member in members.items {
            let user = users.remove(&member.user_id).ok_or_else(|| lost(&member))?;
            let accounts = assigned.get(&Holder::User(user.id)).unwrap_or(&nowhere);
            items.push(show(&work, member, user, accounts)?);
        }
        Ok(Page { items, next: members.next })
    }

    /// One member.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the user is no member, or the caller may not know of him;
    /// [`KernelError::Forbidden`] for a service account without `MEMBER_READ`.
    pub async fn find_member(&self, request: &Request, id: UserId) -> Result<MemberShown, KernelError> {
        let work = self.read(request).await?;
        if let Acquainted::Only(users) = work.acquainted().await?
            && !users.contains(&id)
        {
            return Err(KernelError::NotFound);
        }
        let member = work.workspace_members().find(id).await?.ok_or(KernelError::NotFound)?;
        let user = work.users().find(id).await?.ok_or_else(|| lost(&member))?;
        let accounts = assigned(&*work, id).await?;
        show(&work, member, user, &accounts)
    }
}

fn show(
    work: &Work<'_>,
    member: Member,
    user: User,
    accounts: &BTreeSet<AccountId>,
) -> Result<MemberShown, KernelError> {
    let organisation = work.organisation()?;
    let node_ids = (!accounts.contains(&organisation)).then(|| {
        let seen = accounts.iter().filter(|account| work.may(&code::NODE_READ, **account));
        seen.map(|account| NodeId::new(account.uuid())).collect()
    });
    let permissions = work.codes_of(work.view().root(), &CODES);
    Ok(MemberShown { member, user, node_ids, permissions })
}

fn lost(member: &Member) -> KernelError {
    KernelError::Internal(format!("the member {} has no account", member.user_id))
}
