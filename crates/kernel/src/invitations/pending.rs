//! Invitations that nobody has taken yet: listing them, sending them again, taking them back.

use guildhall_core::{InvitationId, Page, PageRequest, PermissionCode, UserId};
use guildhall_tenancy::Invitation;

use super::{InvitedShown, offer::Offer};
use crate::{Begun, Event, Kernel, KernelError, Request, code, paging::page_of, work::Work};

/// What the codes of an invitation are about.
const CODES: [PermissionCode; 2] = [code::MEMBER_INVITE, code::MEMBER_MANAGE];

/// An invitation as its reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct InvitationShown {
    /// The invitation; of its nodes those that the reader sees.
    pub invitation: Invitation,
    /// What of the platform's codes about invitations the reader holds.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// A page of the pending invitations, by id: all of them to whoever manages members, else those that he sent himself.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `MEMBER_INVITE`.
    pub async fn list_invitations(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<InvitationShown>, KernelError> {
        let work = self.read(request).await?;
        let listed = match work.inviter()? {
            Inviter::Any => work.invitations().list(page).await?,
            Inviter::Own(user) => {
                let own = work.invitations().list_pending_by_inviter(user).await?;
                page_of(own, page, |invitation| invitation.id.to_string())
            }
        };
        let permissions = work.codes_of(work.view().root(), &CODES);
        Ok(listed.map(|mut invitation| {
            if let Some(nodes) = &mut invitation.node_ids {
                nodes.retain(|node| work.may(&code::NODE_READ, node.account()));
            }
            InvitationShown { invitation, permissions: permissions.clone() }
        }))
    }

    /// Sends an invitation again: with a new link, for as long as a new one is good. The old link opens nothing.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not know of it; [`KernelError::Forbidden`] where he may not offer
    /// what it gives; [`KernelError::Tenancy`] where it was taken or taken back.
    pub async fn resend_invitation(
        &self,
        request: &Request,
        id: InvitationId,
    ) -> Result<InvitedShown, KernelError> {
        let work = self.begin_once(request).await?;
        let before = work.authorize_invitation(id).await?.into_inner();
        request.expect_version(before.version)?;
        let workspace = work.authorize_workspace(&code::WORKSPACE_READ)?.into_inner();
        let offer = Offer::of(&*work, workspace.account_id, &before).await?;
        work.may_offer(&offer.ok_or(KernelError::NotFound)?)?;
        let (mailed, lifetime) = (self.settings().mail, self.invitation_lifetime(&*work).await?);
        let invited = self.tenancy(&*work).resend_invitation(before.clone(), mailed, lifetime).await?;
        let shown = self.send_invitation(&*work, &workspace, &invited).await?;
        let event = Event::new("invitation.resent", id.uuid(), before.email.to_string());
        work.finish(event.changing(&before, &invited.invitation)).await?;
        Ok(shown)
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not know of it; [`KernelError::Tenancy`] where it was taken or
    /// taken back already.
    pub async fn revoke_invitation(&self, request: &Request, id: InvitationId) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else { return Ok(()) };
        let before = work.authorize_invitation(id).await?.into_inner();
        request.expect_version(before.version)?;
        let after = self.tenancy(&*work).revoke_invitation(before.clone()).await?;
        let event = Event::new("invitation.revoked", id.uuid(), before.email.to_string());
        work.finish(event.changing(&before, &after)).await
    }
}

/// Whose invitations somebody deals with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Inviter {
    /// Everybody's.
    Any,
    /// His own.
    Own(UserId),
}

impl Work<'_> {
    /// Whose invitations the caller deals with.
    pub(crate) fn inviter(&self) -> Result<Inviter, KernelError> {
        if self.authorize_workspace(&code::MEMBER_MANAGE).is_ok() {
            return Ok(Inviter::Any);
        }
        self.authorize_workspace(&code::MEMBER_INVITE)?;
        self.caller().user().map(Inviter::Own).ok_or(KernelError::Forbidden(code::MEMBER_MANAGE))
    }
}
