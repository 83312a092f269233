//! Tenancy's store.

use guildhall_tenancy::{
    HierarchyRepository, InvitationRepository, MembershipDirectory, TenancyStore, WorkspaceMemberRepository,
    WorkspaceRepository,
};

use crate::SeaUnitOfWork;

impl TenancyStore for SeaUnitOfWork {
    fn workspaces(&self) -> &dyn WorkspaceRepository {
        self
    }

    fn hierarchy(&self) -> &dyn HierarchyRepository {
        self
    }

    fn workspace_members(&self) -> &dyn WorkspaceMemberRepository {
        self
    }

    fn invitations(&self) -> &dyn InvitationRepository {
        self
    }

    fn membership_directory(&self) -> &dyn MembershipDirectory {
        self
    }
}
