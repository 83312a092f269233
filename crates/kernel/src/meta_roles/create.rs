//! Making a meta role.

use guildhall_authz::{Change, Epoch, NewMetaRole};
use guildhall_core::{AccountId, MetaRoleId};

use crate::{Begun, Event, Kernel, KernelError, MetaRoleShown, Outcome, Request, code};

impl Kernel {
    /// Makes a meta role, to which products map their roles and which members of projects are given.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PLATFORM_MANAGE`; [`KernelError::Authz`] where the code is taken.
    pub async fn create_meta_role(
        &self,
        request: &Request,
        command: NewMetaRole,
    ) -> Result<Outcome<MetaRoleShown>, KernelError> {
        let work = match self.begin_platform(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_meta_role(request, MetaRoleId::new(id)).await?));
            }
        };
        work.require(&code::PLATFORM_MANAGE, AccountId::PLATFORM)?;
        work.raise(Epoch::Platform, &[Change::Everything]).await?;
        let made = self.authz(&*work).create_meta_role(command).await?;
        let event = Event::new("meta_role.created", made.id.uuid(), made.name.to_string());
        work.finish(event.creating(&made)).await?;
        Ok(Outcome::Done(self.find_meta_role(request, made.id).await?))
    }
}
