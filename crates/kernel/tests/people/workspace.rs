//! The workspace's own name and settings.

use guildhall_core::RowVersion;
use guildhall_kernel::{
    ChangeTheme, ChangeWorkspace, InviteMember, KernelError, Request, WorkspaceShown, code,
};
use guildhall_tenancy::{Theme, WorkspaceRole};

use crate::support::{World, parsed};

fn painted(color: &str) -> ChangeWorkspace {
    let theme = ChangeTheme { primary_color: Some(Some(parsed(color))), ..ChangeTheme::default() };
    ChangeWorkspace { theme: Some(Some(theme)), ..ChangeWorkspace::default() }
}

#[tokio::test]
async fn an_external_member_sees_name_and_theme_and_nothing_else() {
    let world = World::new().await;
    let (admin, external) = (world.ask(&world.admin), world.ask(&world.external));
    world.kernel.update_workspace(&admin, painted("#112233")).await.unwrap();

    let seen = world.kernel.find_workspace(&external).await.unwrap();

    let WorkspaceShown::Outline { name, theme, permissions, .. } = seen else { panic!("{seen:?}") };
    assert_eq!(name, world.workspace.name);
    assert_eq!(theme, Some(Theme { font_url: None, primary_color: Some(parsed("#112233")) }));
    assert_eq!(permissions, [code::WORKSPACE_READ]);
}

#[tokio::test]
async fn a_change_of_the_theme_leaves_alone_what_it_does_not_name() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let font = ChangeTheme { font_url: Some(Some(parsed("https://fonts.test/a"))), ..ChangeTheme::default() };
    let font = ChangeWorkspace { theme: Some(Some(font)), ..ChangeWorkspace::default() };
    world.kernel.update_workspace(&admin, font).await.unwrap();

    let seen = world.kernel.update_workspace(&admin, painted("#112233")).await.unwrap();

    let WorkspaceShown::Whole { workspace, .. } = seen else { panic!("{seen:?}") };
    let theme = workspace.settings.theme.unwrap();
    assert!(theme.font_url.is_some() && theme.primary_color.is_some());
}

#[tokio::test]
async fn settings_are_changed_by_admins_alone() {
    let world = World::new().await;
    let before = world.next_seq().await;

    for user in [&world.internal, &world.external] {
        let refused = world.kernel.update_workspace(&world.ask(user), painted("#112233")).await;
        assert!(matches!(refused, Err(KernelError::Forbidden(code)) if code == code::WORKSPACE_SETTINGS));
    }

    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_change_of_what_has_changed_since_is_refused() {
    let world = World::new().await;
    let ask = Request { if_match: Some(RowVersion::FIRST), ..world.ask(&world.admin) };
    world.kernel.update_workspace(&ask, painted("#112233")).await.unwrap();
    let before = world.next_seq().await;

    let refused = world.kernel.update_workspace(&ask, painted("#445566")).await;

    assert!(matches!(refused, Err(KernelError::Stale)));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn internal_members_invite_nobody_once_the_setting_is_off() {
    let world = World::new().await;
    let off = ChangeWorkspace { internal_may_invite: Some(false), ..ChangeWorkspace::default() };
    world.kernel.update_workspace(&world.ask(&world.admin), off).await.unwrap();

    let guest = InviteMember {
        email: parsed("guest@elsewhere.test"),
        role: WorkspaceRole::External,
        node_ids: None,
        firstname: None,
        lastname: None,
    };
    let refused = world.kernel.invite_member(&world.ask(&world.internal), guest).await;

    assert!(matches!(refused, Err(KernelError::Forbidden(code)) if code == code::MEMBER_INVITE));
}
