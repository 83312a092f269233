//! Giving somebody a role on an account.

use guildhall_authz::{Change, Epoch, NewGrant};
use guildhall_core::GrantId;

use crate::{
    Begun, Event, GrantShown, Kernel, KernelError, Outcome, Request, code,
    granting::{Gift, RefusedGrant},
    work::Work,
};

impl Kernel {
    /// Gives a member, a group or an automation's service account a role on an account and below. A refusal is recorded.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `ROLE_GRANT` on the account, and where the caller lacks what the role holds;
    /// [`KernelError::Refused`] for what no grant can be; [`KernelError::Authz`] where the holder has the role there already,
    /// or the grant would end in the past.
    pub async fn create_grant(
        &self,
        request: &Request,
        command: NewGrant,
    ) -> Result<Outcome<GrantShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_grant(request, GrantId::new(id)).await?));
            }
        };
        if !work.may_anywhere(&[&code::ROLE_GRANT]) {
            return Err(KernelError::Forbidden(code::ROLE_GRANT));
        }
        work.check_grant(&command).await?;
        if let Err(why) = may_grant(&work, &command) {
            let refused = RefusedGrant::of(command.holder, &gift(&command));
            return Err(self.refuse_grant(request, work, (command.account, refused), why).await);
        }
        work.raise(Epoch::Workspace, &[Change::Holder(command.holder)]).await?;
        let grant = self.authz(&*work).create_grant(command).await?;
        work.finish(Event::new("grant.created", grant.id.uuid(), None).creating(&grant)).await?;
        Ok(Outcome::Done(self.find_grant(request, grant.id).await?))
    }
}

/// Asks whether the caller may give what the command says.
pub(crate) fn may_grant(work: &Work<'_>, command: &NewGrant) -> Result<(), KernelError> {
    work.require(&code::ROLE_GRANT, command.account)?;
    work.may_give(&gift(command))
}

/// What the command would give.
pub(crate) const fn gift(command: &NewGrant) -> Gift {
    Gift { role: command.role, account: command.account, until: command.expires_at }
}
