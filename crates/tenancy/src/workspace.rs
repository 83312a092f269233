//! A workspace: one tenant.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Name, RowVersion, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::{TenancyError, WorkspacePrefix, WorkspaceSettings, spelled::spelled_enum};

/// A tenant: an agency or a client organization, isolated from all others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its point in the authorization tree, below the platform: the `az_id` of the wire, which differs from `id`.
    pub account_id: AccountId,
    /// The account below its own under which nodes and projects hang.
    pub organisation_account_id: AccountId,
    /// Its name on the web.
    pub prefix: WorkspacePrefix,
    /// Its name for people.
    pub name: Name,
    /// What it decides for itself.
    pub settings: WorkspaceSettings,
    /// Whether people work in it.
    pub state: WorkspaceState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// How often it was changed.
    pub version: RowVersion,
}

/// Whether people work in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WorkspaceState {
    /// People work in it.
    Active,
    /// Closed for the time being.
    Suspended,
    /// Closed for good; its prefix stays taken.
    Archived,
}

spelled_enum!(WorkspaceState { Active => "ACTIVE", Suspended => "SUSPENDED", Archived => "ARCHIVED" });

impl Workspace {
    /// The System workspace, which owns what is shared. It is made by the first migration alone.
    pub fn system(name: Name, created_at: DateTime<Utc>) -> Self {
        Self {
            id: WorkspaceId::SYSTEM,
            account_id: AccountId::SYSTEM,
            organisation_account_id: AccountId::SYSTEM_ORGANISATION,
            prefix: WorkspacePrefix::SYSTEM,
            name,
            settings: WorkspaceSettings::default(),
            state: WorkspaceState::Active,
            created_at,
            version: RowVersion::FIRST,
        }
    }

    /// The same workspace in another state. An active one is suspended or archived, a suspended one resumed or
    /// archived; archiving is for good, and the System workspace stays as it is.
    ///
    /// # Errors
    ///
    /// [`TenancyError::WorkspaceStateRefused`] where no such step leads from the present state.
    pub fn into_state(self, to: WorkspaceState) -> Result<Self, TenancyError> {
        use WorkspaceState::{Active, Archived, Suspended};

        let allowed = matches!(
            (self.state, to),
            (Active, Suspended) | (Suspended, Active) | (Active | Suspended, Archived)
        );
        if allowed && !self.id.is_system() {
            Ok(Self { state: to, ..self })
        } else {
            Err(TenancyError::WorkspaceStateRefused { from: self.state, to })
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn workspace(state: WorkspaceState) -> Workspace {
        let system = Workspace::system("Example".parse().unwrap(), DateTime::UNIX_EPOCH);
        Workspace { id: WorkspaceId::new(AccountId::SYSTEM.uuid()), state, ..system }
    }

    #[rstest]
    #[case(WorkspaceState::Active, WorkspaceState::Suspended)]
    #[case(WorkspaceState::Suspended, WorkspaceState::Active)]
    #[case(WorkspaceState::Active, WorkspaceState::Archived)]
    #[case(WorkspaceState::Suspended, WorkspaceState::Archived)]
    fn a_workspace_is_suspended_resumed_and_archived(
        #[case] from: WorkspaceState,
        #[case] to: WorkspaceState,
    ) {
        assert_eq!(workspace(from).into_state(to).unwrap().state, to);
    }

    #[rstest]
    #[case(WorkspaceState::Active, WorkspaceState::Active)]
    #[case(WorkspaceState::Archived, WorkspaceState::Active)]
    #[case(WorkspaceState::Archived, WorkspaceState::Suspended)]
    fn no_other_step_is_taken(#[case] from: WorkspaceState, #[case] to: WorkspaceState) {
        let refused = workspace(from).into_state(to).unwrap_err();

        assert_eq!(refused, TenancyError::WorkspaceStateRefused { from, to });
    }

    #[test]
    fn the_system_workspace_can_not_be_closed() {
        let system = Workspace::system("System".parse().unwrap(), DateTime::UNIX_EPOCH);

        assert!(system.into_state(WorkspaceState::Suspended).is_err());
    }

    #[test]
    fn a_state_reads_back_what_it_writes() {
        for state in [WorkspaceState::Active, WorkspaceState::Suspended, WorkspaceState::Archived] {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert!("active".parse::<WorkspaceState>().is_err());
    }
}
