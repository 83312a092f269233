//! Inviting an address to a project.

use guildhall_core::{Email, RoleCode};
use guildhall_orchestration::{Project, ProjectRole};
use guildhall_tenancy::{InvitedTo, NewInvitation, WorkspaceRole};

use super::{AddedToProject, Standing, show::show};
use crate::{Event, Kernel, KernelError, code, invitations::Offer, work::Work};

impl Kernel {
    /// Invites an address that is no member's to the workspace, as `EXTERNAL`, and so to the project. The project's feed
    /// does not tell of it: its readers may not know of invitations.
    pub(super) async fn invite_to_project(
        &self,
        work: Work<'_>,
        project: &Project,
        email: Email,
        role: ProjectRole,
    ) -> Result<AddedToProject, KernelError> {
        let workspace = work.view().workspace.clone().ok_or(KernelError::WorkspaceRequired)?;
        let (outside, joins) = (WorkspaceRole::External, Some((project.account_id, role)));
        work.may_offer(&Offer {
            workspace: workspace.account_id,
            role: outside,
            node_ids: &[],
            project: joins,
        })?;
        work.request().expect_no_key()?;
        project.ensure_active()?;
        let invited_by = work.caller().user().ok_or(KernelError::Forbidden(code::MEMBER_INVITE))?;
        work.may_replace(&email, Some(project.id), invited_by).await?;
        let user = work.users().find_by_email(&email).await?;
        let project_role = RoleCode::fixed(role.as_str());
        let invitation = NewInvitation {
            email,
            user_id: user.map(|user| user.id),
            role: outside,
            node_ids: None,
            firstname: None,
            lastname: None,
            invited_by,
            mailed: self.settings().mail,
            project: Some(InvitedTo { project_id: project.id, role: project_role }),
            lifetime: self.invitation_lifetime(&*work).await?,
        };
        let invited = self.tenancy(&*work).invite(invitation).await?;
        let accept_url = self.send_invitation(&*work, &workspace, &invited).await?.accept_url;
        let invitation = invited.invitation;
        let standing = Standing::Invited { id: invitation.id, email: invitation.email.clone() };
        let shown = show(&work, project, standing, (role, Vec::new()));
        let event = Event::new("invitation.created", invitation.id.uuid(), invitation.email.to_string());
        work.finish(event.creating(&invitation)).await?;
        Ok(AddedToProject { shown, accept_url })
    }
}
