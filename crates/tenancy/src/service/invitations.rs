//! Inviting, and what becomes of it.

use chrono::TimeDelta;
use guildhall_core::{InvitationId, RowVersion, Secret, SecretHash, UserId, WorkspaceId};

use crate::{
    Accepted, Invitation, InvitationState, Invited, NewInvitation, NewMember, Tenancy, TenancyError,
};

impl Tenancy<'_> {
    /// Invites an address. A pending invitation of the same address to the same project (or likewise to the workspace
    /// alone) is replaced: it keeps its id, and its old secret opens nothing.
    ///
    /// # Errors
    ///
    /// [`TenancyError::AlreadyMember`] and [`TenancyError::NodesNotAssignable`].
    pub async fn invite(&self, command: NewInvitation) -> Result<Invited, TenancyError> {
        if let Some(user) = command.user_id
            && self.store.workspace_members().find(user).await?.is_some()
        {
            return Err(TenancyError::AlreadyMember);
        }
        self.check_assignable(command.node_ids.as_deref().unwrap_or_default()).await?;
        let project = command.project.as_ref().map(|project| project.project_id);
        let pending = self.store.invitations().find_pending_by_email(&command.email, project).await?;
        let secret = self.ids.secret();
        let fresh = self.new_invitation(command, secret.hash());
        let invitation = match pending {
            Some(Invitation { id, created_at, version, .. }) => {
                self.store_invitation(Invitation { id, created_at, version, ..fresh }).await?
            }
            None => {
                self.store.invitations().insert(&fresh).await?;
                fresh
            }
        };
        Ok(Invited { invitation, secret })
    }

    /// Sends an invitation again, with a new secret and for a time from now; by mail this time or not.
    ///
    /// # Errors
    ///
    /// Those of [`Invitation::renewed`]; [`TenancyError::Store`] with `Stale` where the invitation has changed since it
    /// was read.
    pub async fn resend_invitation(
        &self,
        invitation: Invitation,
        mailed: bool,
        lifetime: TimeDelta,
    ) -> Result<Invited, TenancyError> {
        let secret = self.ids.secret();
        let renewed = invitation.renewed(secret.hash(), mailed, self.clock.now() + lifetime)?;
        Ok(Invited { invitation: self.store_invitation(renewed).await?, secret })
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    ///
    /// Those of [`Invitation::revoked`]; [`TenancyError::Store`] with `Stale` where the invitation has changed since it
    /// was read.
    pub async fn revoke_invitation(&self, invitation: Invitation) -> Result<Invitation, TenancyError> {
        self.store_invitation(invitation.revoked()?).await
    }

    /// The invitation that the secret opens, where it may be taken now.
    ///
    /// # Errors
    ///
    /// [`TenancyError::InvitationNotFound`] and those of [`Invitation::check_open`].
    pub async fn open_invitation(&self, secret: &Secret) -> Result<Invitation, TenancyError> {
        let found = self.store.invitations().find_by_secret_hash(&secret.hash()).await?;
        let invitation = found.ok_or(TenancyError::InvitationNotFound)?;
        invitation.check_open(self.clock.now())?;
        Ok(invitation)
    }

    /// Takes an invitation for the user who has its address, and makes him a member. Who has become a member meanwhile
    /// stays what he is, and may still take an invitation to a project.
    ///
    /// Assignments and the project's membership are left to the caller.
    ///
    /// # Errors
    ///
    /// Those of [`Invitation::accepted`], and [`TenancyError::AlreadyMember`] where there is nothing left to take;
    /// [`TenancyError::Store`] with `Stale` where the invitation has changed since it was read.
    pub async fn accept_invitation(
        &self,
        workspace_id: WorkspaceId,
        invitation: Invitation,
        user_id: UserId,
    ) -> Result<Accepted, TenancyError> {
        let accepted = invitation.accepted(self.clock.now())?;
        let present = self.store.workspace_members().find(user_id).await?;
        if present.is_some() && accepted.project.is_none() {
            return Err(TenancyError::AlreadyMember);
        }
        let invitation = self.store_invitation(accepted).await?;
        let joined = present.is_none();
        let member = match present {
            Some(member) => member,
            None => self.add_member(NewMember { workspace_id, user_id, role: invitation.role }).await?,
        };
        Ok(Accepted { invitation, member, joined })
    }

    fn new_invitation(&self, command: NewInvitation, secret_hash: SecretHash) -> Invitation {
        let now = self.clock.now();
        Invitation {
            id: InvitationId::new(self.ids.uuid()),
            email: command.email,
            role: command.role,
            node_ids: command.node_ids,
            firstname: command.firstname,
            lastname: command.lastname,
            invited_by: command.invited_by,
            secret_hash,
            mailed: command.mailed,
            project: command.project,
            created_at: now,
            expires_at: now + command.lifetime,
            state: InvitationState::Pending,
            version: RowVersion::FIRST,
        }
    }

    async fn store_invitation(&self, invitation: Invitation) -> Result<Invitation, TenancyError> {
        self.store.invitations().update(&invitation).await?;
        Ok(Invitation { version: invitation.version.next(), ..invitation })
    }
}

#[cfg(test)]
mod tests;
