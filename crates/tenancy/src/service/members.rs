//! Members coming, changing and going.

use guildhall_core::{RowVersion, StoreError, WorkspaceId};

use crate::{Invitation, Member, MemberPatch, MemberState, NewMember, Tenancy, TenancyError};

impl Tenancy<'_> {
    /// Makes a user a member.
    ///
    /// # Errors
    ///
    /// [`TenancyError::AlreadyMember`], also where he is suspended, and [`TenancyError::SystemHasNoMembers`].
    pub async fn add_member(&self, command: NewMember) -> Result<Member, TenancyError> {
        if command.workspace_id.is_system() {
            return Err(TenancyError::SystemHasNoMembers);
        }
        let member = Member {
            user_id: command.user_id,
            role: command.role,
            state: MemberState::Active,
            since: self.clock.now(),
            version: RowVersion::FIRST,
        };
        if self.store.workspace_members().find(command.user_id).await?.is_some() {
            return Err(TenancyError::AlreadyMember);
        }
        match self.store.workspace_members().insert(&member).await {
            Err(StoreError::Conflict(_)) => return Err(TenancyError::AlreadyMember),
            inserted => inserted?,
        }
        self.store.membership_directory().insert(command.user_id, command.workspace_id).await?;
        Ok(member)
    }

    /// Changes what a member is and whether he may come in.
    ///
    /// # Errors
    ///
    /// [`TenancyError::LastAdmin`]; [`TenancyError::Store`] with `Stale` where the membership has changed since it was
    /// read.
    pub async fn change_member(&self, member: Member, patch: MemberPatch) -> Result<Member, TenancyError> {
        let changed = Member {
            role: patch.role.unwrap_or(member.role),
            state: patch.state.unwrap_or(member.state),
            ..member.clone()
        };
        if !changed.is_active_admin() {
            self.check_other_admin(&member).await?;
        }
        self.store.workspace_members().update(&changed).await?;
        Ok(Member { version: changed.version.next(), ..changed })
    }

    /// Ends a membership, and revokes the invitations that the member sent: these are answered.
    ///
    /// # Errors
    ///
    /// [`TenancyError::LastAdmin`]; [`TenancyError::Store`] with `Stale` where the membership has changed since it was
    /// read.
    pub async fn remove_member(
        &self,
        workspace_id: WorkspaceId,
        member: &Member,
    ) -> Result<Vec<Invitation>, TenancyError> {
        self.check_other_admin(member).await?;
        self.store.workspace_members().delete(member).await?;
        self.store.membership_directory().delete(member.user_id, workspace_id).await?;
        let mut revoked = Vec::new();
        for sent in self.store.invitations().list_pending_by_inviter(member.user_id).await? {
            revoked.push(self.revoke_invitation(sent).await?);
        }
        Ok(revoked)
    }

    /// Whether the workspace keeps an active administrator without this member.
    async fn check_other_admin(&self, member: &Member) -> Result<(), TenancyError> {
        if member.is_active_admin() && self.store.workspace_members().count_admins().await? <= 1 {
            return Err(TenancyError::LastAdmin);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::{
        IdGenerator, UserId,
        testing::{FixedClock, SequentialIds},
    };
    use rstest::rstest;

    use super::*;
    use crate::{
        InvitationState, TenancyStore, WorkspaceRole,
        testing::{MemoryStore, new_invitation},
    };

    #[derive(Default)]
    struct World {
        store: MemoryStore,
        clock: FixedClock,
        ids: SequentialIds,
    }

    impl World {
        fn tenancy(&self) -> Tenancy<'_> {
            Tenancy::new(&self.store, &self.clock, &self.ids)
        }

        fn new_member(&self, role: WorkspaceRole) -> NewMember {
            NewMember { workspace_id: workspace(), user_id: UserId::new(self.ids.uuid()), role }
        }

        async fn admin(&self) -> Member {
            self.tenancy().add_member(self.new_member(WorkspaceRole::WorkspaceAdmin)).await.unwrap()
        }
    }

    fn workspace() -> WorkspaceId {
        WorkspaceId::new(guildhall_core::AccountId::PLATFORM.uuid())
    }

    const DEMOTED: MemberPatch = MemberPatch { role: Some(WorkspaceRole::Internal), state: None };
    const SUSPENDED: MemberPatch = MemberPatch { role: None, state: Some(MemberState::Suspended) };

    #[tokio::test]
    async fn a_new_member_is_found_through_the_directory() {
        let world = World::default();

        let member = world.admin().await;

        let listed = world.store.membership_directory().list_workspaces(member.user_id).await;
        assert_eq!(listed, Ok(vec![workspace()]));
        assert_eq!(member.state, MemberState::Active);
    }

    #[tokio::test]
    async fn nobody_is_a_member_twice() {
        let world = World::default();
        let command = world.new_member(WorkspaceRole::Internal);
        world.tenancy().add_member(command).await.unwrap();

        let second = world.tenancy().add_member(command).await;

        assert_eq!(second, Err(TenancyError::AlreadyMember));
    }

    #[tokio::test]
    async fn nobody_is_a_member_of_the_system_workspace() {
        let world = World::default();
        let command =
            NewMember { workspace_id: WorkspaceId::SYSTEM, ..world.new_member(WorkspaceRole::Internal) };

        assert_eq!(world.tenancy().add_member(command).await, Err(TenancyError::SystemHasNoMembers));
    }

    #[rstest]
    #[case(DEMOTED)]
    #[case(SUSPENDED)]
    #[tokio::test]
    async fn the_last_admin_stays_an_active_admin(#[case] patch: MemberPatch) {
        let world = World::default();
        let admin = world.admin().await;

        let refused = world.tenancy().change_member(admin.clone(), patch).await;

        assert_eq!(refused, Err(TenancyError::LastAdmin));
        assert_eq!(world.store.workspace_members().find(admin.user_id).await, Ok(Some(admin)));
    }

    #[tokio::test]
    async fn the_last_admin_is_not_removed() {
        let world = World::default();
        let admin = world.admin().await;

        let refused = world.tenancy().remove_member(workspace(), &admin).await;

        assert_eq!(refused, Err(TenancyError::LastAdmin));
    }

    #[tokio::test]
    async fn a_suspended_admin_does_not_count() {
        let world = World::default();
        let (first, second) = (world.admin().await, world.admin().await);
        let suspended = world.tenancy().change_member(second, SUSPENDED).await.unwrap();

        assert_eq!(world.tenancy().change_member(first, DEMOTED).await, Err(TenancyError::LastAdmin));
        assert_eq!(world.tenancy().remove_member(workspace(), &suspended).await, Ok(vec![]));
    }

    #[tokio::test]
    async fn one_of_two_admins_may_go() {
        let world = World::default();
        let (admin, _other) = (world.admin().await, world.admin().await);

        world.tenancy().remove_member(workspace(), &admin).await.unwrap();

        assert_eq!(world.store.workspace_members().find(admin.user_id).await, Ok(None));
        let listed = world.store.membership_directory().list_workspaces(admin.user_id).await;
        assert_eq!(listed, Ok(vec![]));
    }

    #[tokio::test]
    async fn who_goes_takes_his_invitations_along() {
        let world = World::default();
        let (admin, _other) = (world.admin().await, world.admin().await);
        let command = new_invitation("guest@example.test", admin.user_id);
        world.tenancy().invite(command).await.unwrap();

        let revoked = world.tenancy().remove_member(workspace(), &admin).await.unwrap();

        let states: Vec<_> = revoked.iter().map(|invitation| invitation.state).collect();
        assert_eq!(states, [InvitationState::Revoked]);
    }
}
