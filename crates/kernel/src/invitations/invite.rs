//! Inviting an address.

use guildhall_core::{Email, Name, NodeId, ProjectId, Secret, UserId};
use guildhall_tenancy::{Invitation, Invited, NewInvitation, Workspace, WorkspaceRole};

use super::offer::Offer;
use crate::{Event, Kernel, KernelError, Request, UnitOfWork, code, mail::Letter, work::Work};

/// An address to invite.
#[derive(Debug, Clone, PartialEq)]
pub struct InviteMember {
    /// The address.
    pub email: Email,
    /// What the member will be.
    pub role: WorkspaceRole,
    /// The nodes that he will be assigned to; `None` for what his role gives.
    pub node_ids: Option<Vec<NodeId>>,
    /// The first name that the inviter knows.
    pub firstname: Option<Name>,
    /// The last name that the inviter knows.
    pub lastname: Option<Name>,
}

/// An invitation that went out.
#[derive(Debug, Clone, PartialEq)]
pub struct InvitedShown {
    /// The invitation.
    pub invitation: Invitation,
    /// Where it is taken, shown this once; `None` where it went out by mail.
    pub accept_url: Option<String>,
}

impl Kernel {
    /// Invites an address to the workspace, whether or not it has an account. A pending invitation of the address is
    /// replaced.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not offer this; [`KernelError::Tenancy`] where the address is a
    /// member's or a node can't be assigned.
    pub async fn invite_member(
        &self,
        request: &Request,
        command: InviteMember,
    ) -> Result<InvitedShown, KernelError> {
        let work = self.begin_once(request).await?;
        let workspace = work.authorize_workspace(&code::WORKSPACE_READ)?.into_inner();
        let nodes = command.node_ids.as_deref().unwrap_or_default();
        let offer =
            Offer { workspace: workspace.account_id, role: command.role, node_ids: &[], project: None };
        work.may_offer(&offer)?;
        work.may_assign(nodes)?;
        let invited_by = work.caller().user().ok_or(KernelError::Forbidden(code::MEMBER_INVITE))?;
        work.may_replace(&command.email, None, invited_by).await?;
        let user = work.users().find_by_email(&command.email).await?;
        let invitation = NewInvitation {
            email: command.email,
            user_id: user.map(|user| user.id),
            role: command.role,
            node_ids: command.node_ids,
            firstname: command.firstname,
            lastname: command.lastname,
            invited_by,
            mailed: self.settings().mail,
            project: None,
            lifetime: self.invitation_lifetime(&*work).await?,
        };
        let invited = self.tenancy(&*work).invite(invitation).await?;
        let shown = self.send_invitation(&*work, &workspace, &invited).await?;
        let event = Event::new(
            "invitation.created",
            invited.invitation.id.uuid(),
            invited.invitation.email.to_string(),
        );
        work.finish(event.creating(&invited.invitation)).await?;
        Ok(shown)
    }

    /// Writes the letter with the invitation's link; where mail is off, the answer holds the one sight of it.
    pub(crate) async fn send_invitation(
        &self,
        unit: &dyn UnitOfWork,
        workspace: &Workspace,
        invited: &Invited,
    ) -> Result<InvitedShown, KernelError> {
        let (invitation, link) = (invited.invitation.clone(), self.accept_url(workspace, &invited.secret));
        if !invitation.mailed {
            return Ok(InvitedShown { invitation, accept_url: Some(link) });
        }
        drop(self.invitation_letters().attempt(&invitation.email, None, self.clock().now())?);
        let inviter = unit.users().find(invitation.invited_by).await?;
        self.post(unit, Letter::invitation(workspace, &invitation, inviter.as_ref(), &link)).await?;
        Ok(InvitedShown { invitation, accept_url: None })
    }

    /// Where an invitation is taken: on the workspace's own host. The secret travels in the fragment, which no server and
    /// no log sees.
    fn accept_url(&self, workspace: &Workspace, secret: &Secret) -> String {
        self.workspace_url(workspace, &format!("invitations/accept#token={}", secret.reveal()))
    }

    /// A place on a workspace's own host. It follows from the options and never from a request.
    pub(crate) fn workspace_url(&self, workspace: &Workspace, place: &str) -> String {
        let settings = self.settings();
        let host = settings.base_domain.host_of(&workspace.prefix);
        let port = settings.public_url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let scheme = settings.public_url.scheme();
        format!("{scheme}://{host}{port}/{place}")
    }
}

impl Work<'_> {
    /// Refuses where the caller may not offer this.
    pub(crate) fn may_offer(&self, offer: &Offer<'_>) -> Result<(), KernelError> {
        match offer.lacks(|code, account| self.may(code, account)) {
            Some(code) => Err(KernelError::Forbidden(code)),
            None => Ok(()),
        }
    }

    /// Refuses to put one's own invitation in the place of one that somebody else has sent to the address.
    pub(crate) async fn may_replace(
        &self,
        email: &Email,
        project: Option<ProjectId>,
        inviter: UserId,
    ) -> Result<(), KernelError> {
        match self.invitations().find_pending_by_email(email, project).await? {
            Some(pending) if pending.invited_by != inviter => {
                self.require(&code::MEMBER_MANAGE, self.view().root())
            }
            Some(_) | None => Ok(()),
        }
    }
}
