//! Offers of membership.

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_core::{
    Email, InvitationId, Name, NodeId, ProjectId, RoleCode, RowVersion, SecretHash, UserId,
};
use serde::{Deserialize, Serialize};

use crate::{TenancyError, WorkspaceRole, spelled::spelled_enum};

/// An offer of membership to an address, which whoever holds its secret may take once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Invitation {
    /// Its id, which stays when it is sent again.
    pub id: InvitationId,
    /// The address that is invited.
    pub email: Email,
    /// What the member will be.
    pub role: WorkspaceRole,
    /// The nodes that the member will be assigned to; `None` for what his role gives.
    pub node_ids: Option<Vec<NodeId>>,
    /// The first name that the inviter knows.
    pub firstname: Option<Name>,
    /// The last name that the inviter knows.
    pub lastname: Option<Name>,
    /// Who invites; his right is asked again at acceptance.
    pub invited_by: UserId,
    /// What is kept of the secret.
    #[serde(skip)]
    pub secret_hash: SecretHash,
    /// Whether its secret goes to the address by mail and is shown to nobody, so that whoever has it has the address.
    pub mailed: bool,
    /// The project that the member will be added to.
    pub project: Option<InvitedTo>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The first moment at which it is no longer good.
    pub expires_at: DateTime<Utc>,
    /// What became of it.
    pub state: InvitationState,
    /// How often it was changed; keeps two people from taking it at once.
    pub version: RowVersion,
}

/// The project of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvitedTo {
    /// The project.
    pub project_id: ProjectId,
    /// What the member will be in it, as the project spells its roles.
    pub role: RoleCode,
}

/// What became of an invitation. One that has expired stays pending: it may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum InvitationState {
    /// Not taken yet.
    Pending,
    /// Taken.
    Accepted,
    /// Taken back.
    Revoked,
}

spelled_enum!(InvitationState { Pending => "PENDING", Accepted => "ACCEPTED", Revoked => "REVOKED" });

impl Invitation {
    /// How long an invitation is good, from when it was made or last sent, where nobody says otherwise.
    pub const LIFETIME: TimeDelta = TimeDelta::days(7);

    /// The project that it leads to.
    pub fn project_id(&self) -> Option<ProjectId> {
        self.project.as_ref().map(|project| project.project_id)
    }

    /// Whether it may be taken now.
    ///
    /// # Errors
    ///
    /// [`TenancyError::InvitationClosed`] or [`TenancyError::InvitationExpired`].
    pub fn check_open(&self, now: DateTime<Utc>) -> Result<(), TenancyError> {
        match self.state {
            InvitationState::Pending if now < self.expires_at => Ok(()),
            InvitationState::Pending => Err(TenancyError::InvitationExpired),
            state => Err(TenancyError::InvitationClosed { state }),
        }
    }

    /// The invitation once taken.
    ///
    /// # Errors
    ///
    /// Those of [`Invitation::check_open`].
    pub fn accepted(self, now: DateTime<Utc>) -> Result<Self, TenancyError> {
        self.check_open(now)?;
        Ok(Self { state: InvitationState::Accepted, ..self })
    }

    /// The invitation with a new secret, good until another moment; the old secret opens nothing.
    ///
    /// # Errors
    ///
    /// [`TenancyError::InvitationClosed`] where it was taken or taken back.
    pub fn renewed(
        self,
        secret_hash: SecretHash,
        mailed: bool,
        expires_at: DateTime<Utc>,
    ) -> Result<Self, TenancyError> {
        let pending = self.pending()?;
        Ok(Self { secret_hash, mailed, expires_at, ..pending })
    }

    /// The invitation once taken back.
    ///
    /// # Errors
    ///
    /// [`TenancyError::InvitationClosed`] where it was taken or taken back already.
    pub fn revoked(self) -> Result<Self, TenancyError> {
        Ok(Self { state: InvitationState::Revoked, ..self.pending()? })
    }

    fn pending(self) -> Result<Self, TenancyError> {
        match self.state {
            InvitationState::Pending => Ok(self),
            state => Err(TenancyError::InvitationClosed { state }),
        }
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::{
        Clock, Secret,
        testing::{FixedClock, SequentialIds},
    };

    use super::*;
    use crate::testing::invitation;

    fn pending() -> Invitation {
        invitation(&SequentialIds::default(), "guest@example.test")
    }

    #[test]
    fn an_invitation_is_taken_once() {
        let now = FixedClock::default().now();

        let accepted = pending().accepted(now).unwrap();

        assert_eq!(accepted.state, InvitationState::Accepted);
        assert_eq!(
            accepted.accepted(now),
            Err(TenancyError::InvitationClosed { state: InvitationState::Accepted })
        );
    }

    #[test]
    fn an_invitation_is_good_for_seven_days() {
        let now = FixedClock::default().now();

        assert_eq!(pending().check_open(now + TimeDelta::days(7) - TimeDelta::microseconds(1)), Ok(()));
        assert_eq!(pending().check_open(now + TimeDelta::days(7)), Err(TenancyError::InvitationExpired));
    }

    #[test]
    fn an_expired_invitation_may_be_sent_again_with_a_new_secret() {
        let later = FixedClock::default().now() + TimeDelta::days(30);
        let secret = Secret::new([9; 32]);

        let renewed = pending().renewed(secret.hash(), false, later + TimeDelta::days(3)).unwrap();

        assert_eq!(renewed.check_open(later), Ok(()));
        assert_eq!(renewed.secret_hash, secret.hash());
        assert_eq!(renewed.expires_at, later + TimeDelta::days(3));
    }

    #[test]
    fn whether_a_renewed_invitation_is_mailed_is_said_anew() {
        let now = FixedClock::default().now();
        let mailed = Invitation { mailed: true, ..pending() };

        let shown = mailed.renewed(Secret::new([9; 32]).hash(), false, now).unwrap();

        assert!(!shown.mailed, "its secret is shown to whoever invites");
    }

    #[test]
    fn a_revoked_invitation_stays_revoked() {
        let now = FixedClock::default().now();
        let closed = TenancyError::InvitationClosed { state: InvitationState::Revoked };

        let revoked = pending().revoked().unwrap();

        assert_eq!(revoked.clone().accepted(now), Err(closed.clone()));
        assert_eq!(revoked.clone().renewed(Secret::new([9; 32]).hash(), false, now), Err(closed.clone()));
        assert_eq!(revoked.revoked(), Err(closed));
    }
}
