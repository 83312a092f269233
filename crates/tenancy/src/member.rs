//! Who works in a workspace, and as what.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, NodeId, RowVersion, UserId};
use serde::{Deserialize, Serialize};

use crate::spelled::spelled_enum;

/// A user's membership in one workspace. It is the fact from which the grant of the workspace role is derived.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    /// The user.
    pub user_id: UserId,
    /// What he is here.
    pub role: WorkspaceRole,
    /// Whether he may come in.
    pub state: MemberState,
    /// When he became a member.
    pub since: DateTime<Utc>,
    /// How often the membership was changed.
    pub version: RowVersion,
}

/// What a member is in his workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WorkspaceRole {
    /// Sees and runs all of the workspace.
    WorkspaceAdmin,
    /// Works for the organization.
    Internal,
    /// Takes part from outside.
    External,
}

spelled_enum!(WorkspaceRole {
    WorkspaceAdmin => "WORKSPACE_ADMIN",
    Internal => "INTERNAL",
    External => "EXTERNAL",
});

/// Whether a member may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MemberState {
    /// He may.
    Active,
    /// He may not, for the time being; what he holds is kept.
    Suspended,
}

spelled_enum!(MemberState { Active => "ACTIVE", Suspended => "SUSPENDED" });

impl Member {
    /// Whether he is an administrator who may come in: one of those of whom a workspace always keeps one.
    pub fn is_active_admin(&self) -> bool {
        self.role == WorkspaceRole::WorkspaceAdmin && self.state == MemberState::Active
    }
}

/// The accounts that a member is assigned to, each once. Where no nodes are named, `INTERNAL` is assigned to the
/// organisation; `EXTERNAL` to nothing; and `WORKSPACE_ADMIN`, who sees all, needs nothing.
pub fn assigned_accounts(
    role: WorkspaceRole,
    node_ids: Option<&[NodeId]>,
    organisation: AccountId,
) -> Vec<AccountId> {
    let mut accounts = match (node_ids, role) {
        (Some(nodes), _) => nodes.iter().map(|node| node.account()).collect(),
        (None, WorkspaceRole::Internal) => vec![organisation],
        (None, WorkspaceRole::WorkspaceAdmin | WorkspaceRole::External) => Vec::new(),
    };
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

#[cfg(test)]
mod tests {
    use guildhall_core::{IdGenerator, testing::SequentialIds};
    use rstest::rstest;

    use super::*;

    const ORGANISATION: AccountId = AccountId::SYSTEM_ORGANISATION;

    #[rstest]
    #[case(WorkspaceRole::WorkspaceAdmin, &[])]
    #[case(WorkspaceRole::Internal, &[ORGANISATION])]
    #[case(WorkspaceRole::External, &[])]
    fn without_nodes_the_role_decides(#[case] role: WorkspaceRole, #[case] accounts: &[AccountId]) {
        assert_eq!(assigned_accounts(role, None, ORGANISATION), accounts);
    }

    #[test]
    fn named_nodes_are_assigned_once_each() {
        let ids = SequentialIds::default();
        let (one, two) = (NodeId::new(ids.uuid()), NodeId::new(ids.uuid()));

        let accounts = assigned_accounts(WorkspaceRole::Internal, Some(&[two, one, two]), ORGANISATION);

        assert_eq!(accounts, [one.account(), two.account()]);
    }

    #[test]
    fn an_empty_list_assigns_nothing() {
        assert!(assigned_accounts(WorkspaceRole::Internal, Some(&[]), ORGANISATION).is_empty());
    }

    #[test]
    fn roles_and_states_read_back_what_they_write() {
        for role in [WorkspaceRole::WorkspaceAdmin, WorkspaceRole::Internal, WorkspaceRole::External] {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        for state in [MemberState::Active, MemberState::Suspended] {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert!("ADMIN".parse::<WorkspaceRole>().is_err());
    }
}
