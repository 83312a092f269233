//! Meta roles: what products map their own roles to, the same for every workspace.

mod create;
mod delete;
mod give;
mod show;
mod update;

pub use show::MetaRoleShown;

use crate::{Begun, Kernel, KernelError, Request};

impl Kernel {
    /// Meta roles are the platform's own: they are changed on the base domain, and System's log tells of it.
    async fn begin_meta_role<'k>(&'k self, request: &'k Request) -> Result<Begun<'k>, KernelError> {
        if request.caller.workspace().is_some() {
            return Err(KernelError::NotFound);
        }
        let work = self.begin_anywhere(request).await?;
        match work.claim_key().await? {
            Some(subject) => Ok(Begun::Replay(subject)),
            None => Ok(Begun::Fresh(work)),
        }
    }
}
