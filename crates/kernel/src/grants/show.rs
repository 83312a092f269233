//! Grants as their reader sees them.

use guildhall_authz::{GrantFilter, Holder, StoredGrant};
use guildhall_core::{AccountId, GrantId, Page, PageRequest, PermissionCode, RoleId};

use crate::{Kernel, KernelError, Request, code, work::Work};

/// What the codes of a grant are about. Whoever holds one of them on its account sees the grant.
const CODES: [PermissionCode; 2] = [code::ROLE_GRANT, code::ROLE_READ];

/// How many rows are read at a time to fill a page for somebody who does not see all of them.
const BATCH: usize = 1_000;

/// A grant as its reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct GrantShown {
    /// The grant.
    pub grant: StoredGrant,
    /// What of the platform's codes about grants the reader holds on its account.
    pub permissions: Vec<PermissionCode>,
}

/// Which grants are asked for; `None` for any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GrantQuery {
    /// Those on this very account.
    pub account_id: Option<AccountId>,
    /// Those of this holder.
    pub holder: Option<Holder>,
    /// Those of this role.
    pub role_id: Option<RoleId>,
}

impl Kernel {
    /// A page of the grants that the caller sees, by id: those on accounts where he reads or grants roles. What follows from
    /// memberships is no grant of this list.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where he sees none anywhere.
    pub async fn list_grants(
        &self,
        request: &Request,
        query: &GrantQuery,
        page: &PageRequest,
    ) -> Result<Page<GrantShown>, KernelError> {
        let work = self.read(request).await?;
        if !work.may_anywhere(&CODES.each_ref()) {
            return Err(KernelError::Forbidden(code::ROLE_READ));
        }
        let filter = GrantFilter { account: query.account_id, holder: query.holder, role: query.role_id };
        Ok(work.seen_grants(&filter, page).await?.map(|grant| show(&work, grant)))
    }

    /// One grant.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not there or the caller may not see it.
    pub async fn find_grant(&self, request: &Request, id: GrantId) -> Result<GrantShown, KernelError> {
        let work = self.read(request).await?;
        let grant = work.seen_grant(id).await?;
        Ok(show(&work, grant))
    }
}

impl Work<'_> {
    fn sees_grant(&self, grant: &StoredGrant) -> bool {
        CODES.iter().any(|code| self.may(code, grant.account))
    }

    /// The grant, or `NotFound` where the caller may not know of it.
    pub(super) async fn seen_grant(&self, id: GrantId) -> Result<StoredGrant, KernelError> {
        let grant = self.grants().find(id).await?.filter(|grant| self.sees_grant(grant));
        grant.ok_or(KernelError::NotFound)
    }

    /// The grant, for somebody who grants roles on its account.
    pub(crate) async fn authorize_grant(&self, id: GrantId) -> Result<StoredGrant, KernelError> {
        let grant = self.seen_grant(id).await?;
        self.require(&code::ROLE_GRANT, grant.account)?;
        Ok(grant)
    }

    /// Whoever reads all of the workspace's grants gets the store's own page; for others rows are read until the page is full.
    async fn seen_grants(
        &self,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Result<Page<StoredGrant>, KernelError> {
        if CODES.iter().any(|code| self.may(code, self.view().root())) {
            return Ok(self.grants().list_page(filter, page).await?);
        }
        let mut seen = Vec::new();
        let mut batch = PageRequest { limit: BATCH, after: page.after.clone() };
        loop {
            let rows = self.grants().list_page(filter, &batch).await?;
            seen.extend(rows.items.into_iter().filter(|grant| self.sees_grant(grant)));
            batch.after = rows.next;
            if batch.after.is_none() || seen.len() > page.limit {
                break;
            }
        }
        let more = seen.len() > page.limit;
        seen.truncate(page.limit);
        let next = seen.last().filter(|_| more).map(|grant| grant.id.to_string());
        Ok(Page { items: seen, next })
    }
}

fn show(work: &Work<'_>, grant: StoredGrant) -> GrantShown {
    let permissions = work.codes_of(grant.account, &CODES);
    GrantShown { grant, permissions }
}
