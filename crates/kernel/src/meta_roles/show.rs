//! Meta roles as their reader sees them.

use guildhall_authz::MetaRole;
use guildhall_core::{AccountId, MetaRoleId, Page, PageRequest, PermissionCode};

use crate::{Kernel, KernelError, Request, code, paging::page_of, work::Work};

/// What the codes of a meta role are about.
const CODES: [PermissionCode; 1] = [code::PLATFORM_MANAGE];

/// A meta role as its reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct MetaRoleShown {
    /// The meta role.
    pub meta_role: MetaRole,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// A page of the meta roles, by code. Whoever is signed in reads them: products map to them.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller is a stranger to the workspace that he asks in.
    pub async fn list_meta_roles(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<MetaRoleShown>, KernelError> {
        let work = self.read_anywhere(request).await?;
        let all = work.meta_roles().list().await?;
        let page = page_of(all, page, |meta_role| meta_role.code.to_string());
        Ok(page.map(|meta_role| show(&work, meta_role)))
    }

    /// One meta role.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where there is none with that id.
    pub async fn find_meta_role(
        &self,
        request: &Request,
        id: MetaRoleId,
    ) -> Result<MetaRoleShown, KernelError> {
        let work = self.read_anywhere(request).await?;
        let meta_role = work.meta_roles().find(id).await?.ok_or(KernelError::NotFound)?;
        Ok(show(&work, meta_role))
    }
}

/// It is changed on the platform itself alone, so within a workspace nobody may.
fn show(work: &Work<'_>, meta_role: MetaRole) -> MetaRoleShown {
    let on_platform = work.caller().workspace().is_none();
    let permissions = if on_platform { work.codes_of(AccountId::PLATFORM, &CODES) } else { Vec::new() };
    MetaRoleShown { meta_role, permissions }
}
