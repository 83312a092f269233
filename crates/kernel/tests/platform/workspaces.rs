//! The platform's workspaces: making, naming admins, suspending.

use guildhall_core::{PageRequest, WorkspaceId};
use guildhall_kernel::{
    AcceptInvitation, AdminNamed, KernelError, MakeWorkspace, NameAdmin, RenameWorkspace, code,
};
use guildhall_tenancy::{TenancyError, WorkspaceFilter, WorkspaceRole, WorkspaceState};

use crate::support::{World, parsed};

fn admin(email: &str, password: Option<&str>) -> NameAdmin {
    NameAdmin {
        email: parsed(email),
        firstname: parsed("New"),
        lastname: parsed("Admin"),
        password: password.map(parsed),
    }
}

fn workspace(prefix: &str, admin: NameAdmin) -> MakeWorkspace {
    MakeWorkspace { prefix: parsed(prefix), name: parsed("Third"), admin }
}

#[tokio::test]
async fn somebody_with_an_account_becomes_admin_at_once() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let command = workspace("third", admin("internal@first.test", None));

    let made = world.kernel.make_workspace(&ask, command).await.unwrap().into_inner();

    assert_eq!(made.admin, Some(AdminNamed::Member(world.internal.id)));
    let inside = world.ask_in(Some(made.shown.workspace.id), &world.internal);
    let member = world.kernel.find_member(&inside, world.internal.id).await.unwrap();
    assert_eq!(member.member.role, WorkspaceRole::WorkspaceAdmin);
}

#[tokio::test]
async fn a_password_for_somebody_with_an_account_is_refused() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let command = workspace("third", admin("internal@first.test", Some("another password")));

    let refused = world.kernel.make_workspace(&ask, command).await;

    assert!(matches!(refused, Err(KernelError::Refused { code: "account_exists", .. })));
    let found = world.kernel.find_workspace_by_prefix(&parsed("third")).await.unwrap();
    assert_eq!(found, None);
}

#[tokio::test]
async fn somebody_without_account_and_password_is_invited_and_may_accept() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let command = workspace("third", admin("new@elsewhere.test", None));

    let made = world.kernel.make_workspace(&ask, command).await.unwrap().into_inner();
    let Some(AdminNamed::Invited(invited)) = made.admin else { panic!("{:?}", made.admin) };
    let link = invited.accept_url.unwrap();
    let taking = AcceptInvitation {
        token: link.rsplit_once('=').unwrap().1.to_owned(),
        password: Some(parsed("a password for tests")),
        firstname: None,
        lastname: None,
        workspace: None,
        caller: None,
        request_id: ask.id,
    };
    let joined = world.kernel.accept_invitation(taking).await.unwrap();

    assert_eq!(joined.workspace.id, made.shown.workspace.id);
    assert_eq!(joined.role, WorkspaceRole::WorkspaceAdmin);
}

#[tokio::test]
async fn a_member_of_another_role_is_promoted_and_an_admin_is_refused() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let id = world.workspace.id;

    world.kernel.name_workspace_admin(&ask, id, admin("external@first.test", None)).await.unwrap();
    let again = world.kernel.name_workspace_admin(&ask, id, admin("external@first.test", None)).await;

    let member = world.kernel.find_member(&world.ask(&world.admin), world.external.id).await.unwrap();
    assert_eq!(member.member.role, WorkspaceRole::WorkspaceAdmin);
    assert!(matches!(again, Err(KernelError::Tenancy(TenancyError::AlreadyMember))));
}

#[tokio::test]
async fn the_system_workspace_gets_no_members() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);

    let refused = world
        .kernel
        .name_workspace_admin(&ask, WorkspaceId::SYSTEM, admin("internal@first.test", None))
        .await;

    assert!(matches!(refused, Err(KernelError::Tenancy(TenancyError::SystemHasNoMembers))));
}

#[tokio::test]
async fn a_suspended_workspace_is_closed_to_its_people_and_open_to_platform_admins() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let id = world.workspace.id;
    world.kernel.find_workspace(&world.ask(&world.admin)).await.unwrap();

    world.kernel.change_workspace_state(&ask, id, WorkspaceState::Suspended).await.unwrap();
    let member = world.kernel.find_workspace(&world.ask(&world.admin)).await;
    let platform = world.kernel.find_workspace(&world.ask(&world.platform_admin)).await;
    world.kernel.change_workspace_state(&ask, id, WorkspaceState::Active).await.unwrap();
    let resumed = world.kernel.find_workspace(&world.ask(&world.admin)).await;

    assert!(matches!(member, Err(KernelError::WorkspaceInactive)));
    assert!(platform.is_ok());
    assert!(resumed.is_ok());
}

#[tokio::test]
async fn a_prefix_that_was_given_up_is_nobodys_for_a_while() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let rename = RenameWorkspace { name: None, prefix: Some(parsed("elsewhere")) };
    world.kernel.rename_workspace(&ask, world.workspace.id, rename).await.unwrap();

    let refused = world.kernel.make_workspace(&ask, workspace("first", admin("a@b.test", None))).await;

    assert!(matches!(refused, Err(KernelError::Tenancy(TenancyError::PrefixReleased { .. }))));
}

#[tokio::test]
async fn workspaces_are_found_by_name_prefix_and_state() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let id = world.other.id;
    world.kernel.change_workspace_state(&ask, id, WorkspaceState::Suspended).await.unwrap();
    let page = PageRequest::default();

    let named = WorkspaceFilter { q: Some(parsed("FIR")), state: None };
    let named = world.kernel.list_workspaces(&ask, &named, &page).await.unwrap();
    let closed = WorkspaceFilter { q: None, state: Some(WorkspaceState::Suspended) };
    let closed = world.kernel.list_workspaces(&ask, &closed, &page).await.unwrap();

    assert_eq!(named.items.iter().map(|one| one.workspace.id).collect::<Vec<_>>(), [world.workspace.id]);
    assert_eq!(closed.items.iter().map(|one| one.workspace.id).collect::<Vec<_>>(), [id]);
}

#[tokio::test]
async fn nobody_else_manages_workspaces() {
    let world = World::new().await;

    for user in [&world.admin, &world.internal, &world.external] {
        let ask = world.ask_platform(user);
        let made = world.kernel.make_workspace(&ask, workspace("third", admin("a@b.test", None))).await;
        let suspended =
            world.kernel.change_workspace_state(&ask, world.workspace.id, WorkspaceState::Suspended).await;
        assert!(matches!(made, Err(KernelError::Forbidden(lacking)) if lacking == code::WORKSPACE_MANAGE));
        assert!(
            matches!(suspended, Err(KernelError::Forbidden(lacking)) if lacking == code::WORKSPACE_MANAGE)
        );
    }
}
