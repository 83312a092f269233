//! Meta roles of the platform, and members of projects who have them.

use guildhall_authz::{AuthzError, GivenBy, MetaRolePatch, NewMetaRole};
use guildhall_core::{MetaRoleCode, MetaRoleId, PageRequest, ProductId, ProjectId};
use guildhall_identity::User;
use guildhall_kernel::{
    AddProjectMember, ChangeProjectMember, ExplainPermission, KernelError, NamedPerson, code,
};
use guildhall_orchestration::ProjectRole;
use guildhall_products::MapRole;

use super::{lacking, refused};
use crate::{
    catalogue::{add_item, project, published},
    support::{World, parsed},
};

async fn meta_role(world: &World, code: &str, given_by: GivenBy) -> MetaRoleId {
    let command = NewMetaRole { code: parsed(code), name: parsed(code), given_by };
    let ask = world.ask_in(None, &world.platform_admin);
    world.kernel.create_meta_role(&ask, command).await.unwrap().into_inner().meta_role.id
}

/// A project that uses a product whose reviewers are mapped to these meta roles.
async fn stage(world: &World, meta_roles: &[&str]) -> (ProjectId, ProductId) {
    let ask = world.ask(&world.admin);
    let (product, version) = published(world, &ask, &[]).await;
    let project = project(world, None).await;
    add_item(world, project, version).await;
    let meta_roles = meta_roles.iter().map(|code| parsed(code)).collect();
    let mapped = vec![MapRole { code: parsed("REVIEWER"), meta_roles }];
    world.kernel.replace_product_mapping(&ask, product, mapped).await.unwrap();
    (project, product)
}

async fn give(
    world: &World,
    by: &User,
    project: ProjectId,
    to: &User,
    codes: &[&str],
) -> Result<Vec<MetaRoleCode>, KernelError> {
    let meta_roles = Some(codes.iter().map(|code| parsed(code)).collect());
    let change = ChangeProjectMember { role: None, meta_roles };
    let shown = world.kernel.update_project_member(&world.ask(by), project, to.id, change).await?;
    Ok(shown.meta_roles)
}

async fn add(world: &World, project: ProjectId, user: &User, role: ProjectRole) {
    let command = AddProjectMember { named: NamedPerson::User(user.id), role, meta_roles: Vec::new() };
    world.kernel.add_project_member(&world.ask(&world.admin), project, command).await.unwrap();
}

async fn reviews(world: &World, user: &User, project: ProjectId, product: ProductId) -> bool {
    let account = world.unit().await.projects().find(project).await.unwrap().unwrap().account_id;
    let permission = parsed(&format!("{product}/ADD_REVIEW"));
    let question = ExplainPermission { user_id: user.id, account_id: account, permission };
    world.kernel.explain_permission(&world.ask(user), &question).await.unwrap().allowed
}

#[tokio::test]
async fn every_platform_has_three_that_neither_change_nor_go() {
    let world = World::new().await;
    let ask = world.ask_in(None, &world.platform_admin);

    let listed =
        world.kernel.list_meta_roles(&world.ask(&world.external), &PageRequest::default()).await.unwrap();
    let patch = MetaRolePatch { name: Some(parsed("Another")), given_by: None };
    let changed = world.kernel.update_meta_role(&ask, MetaRoleId::PROJECT_OWNER, patch).await;
    let removed = world.kernel.delete_meta_role(&ask, MetaRoleId::PROJECT_OWNER).await;

    let codes: Vec<_> = listed.items.iter().map(|shown| shown.meta_role.code.as_str()).collect();
    assert_eq!(codes, ["PROJECT_CONTRIBUTOR", "PROJECT_OWNER", "PROJECT_VIEWER"]);
    assert!(matches!(changed, Err(KernelError::Authz(AuthzError::MetaRoleBuiltIn))), "{changed:?}");
    assert!(matches!(removed, Err(KernelError::Authz(AuthzError::MetaRoleBuiltIn))), "{removed:?}");
}

#[tokio::test]
async fn the_platforms_admin_changes_them_on_the_platform_and_nobody_else() {
    let world = World::new().await;
    let command = NewMetaRole { code: parsed("LEAD"), name: parsed("Lead"), given_by: GivenBy::Owner };

    let inside = world.kernel.create_meta_role(&world.ask_in_system(), command.clone()).await;
    let other = world.kernel.create_meta_role(&world.ask_in(None, &world.admin), command).await;

    assert!(matches!(inside, Err(KernelError::NotFound)), "{inside:?}");
    assert_eq!(lacking(other), Some(code::PLATFORM_MANAGE));
}

#[tokio::test]
async fn a_meta_role_stays_while_a_mapping_or_a_member_has_it() {
    let world = World::new().await;
    let ask = world.ask_in(None, &world.platform_admin);
    let id = meta_role(&world, "LEAD", GivenBy::Owner).await;
    let (project, product) = stage(&world, &["LEAD"]).await;

    let mapped = world.kernel.delete_meta_role(&ask, id).await;
    world.kernel.replace_product_mapping(&world.ask(&world.admin), product, Vec::new()).await.unwrap();
    add(&world, project, &world.internal, ProjectRole::Viewer).await;
    give(&world, &world.admin, project, &world.internal, &["LEAD"]).await.unwrap();
    let given = world.kernel.delete_meta_role(&ask, id).await;
    world.kernel.remove_project_member(&world.ask(&world.admin), project, world.internal.id).await.unwrap();
    let free = world.kernel.delete_meta_role(&ask, id).await;

    for in_use in [mapped, given] {
        assert!(matches!(in_use, Err(KernelError::Authz(AuthzError::MetaRoleInUse))), "{in_use:?}");
    }
    assert!(free.is_ok(), "{free:?}");
}

#[tokio::test]
async fn auto_roles_follow_a_members_meta_roles() {
    let world = World::new().await;
    meta_role(&world, "LEAD", GivenBy::Owner).await;
    let (project, product) = stage(&world, &["LEAD"]).await;
    add(&world, project, &world.external, ProjectRole::Viewer).await;
    let before = reviews(&world, &world.external, project, product).await;

    let codes =
        give(&world, &world.admin, project, &world.external, &["LEAD", "PROJECT_VIEWER"]).await.unwrap();
    let within = reviews(&world, &world.external, project, product).await;
    give(&world, &world.admin, project, &world.external, &[]).await.unwrap();
    let after = reviews(&world, &world.external, project, product).await;

    assert_eq!(codes, [parsed("PROJECT_VIEWER"), parsed("LEAD")]);
    assert_eq!((before, within, after), (false, true, false));
}

#[tokio::test]
async fn owners_give_what_is_theirs_to_give_and_what_they_hold() {
    let world = World::new().await;
    meta_role(&world, "LEAD", GivenBy::Owner).await;
    meta_role(&world, "CHIEF", GivenBy::WorkspaceAdmin).await;
    let (project, product) = stage(&world, &["LEAD"]).await;
    add(&world, project, &world.internal, ProjectRole::Owner).await;
    add(&world, project, &world.external, ProjectRole::Viewer).await;
    let (owner, external) = (&world.internal, &world.external);

    let unheld = give(&world, owner, project, external, &["LEAD"]).await;
    let himself = give(&world, owner, project, owner, &["LEAD"]).await;
    let admins = give(&world, owner, project, external, &["CHIEF"]).await;
    let implied = give(&world, owner, project, external, &["PROJECT_OWNER"]).await;
    let unknown = give(&world, owner, project, external, &["NOBODY"]).await;
    give(&world, &world.admin, project, owner, &["LEAD", "CHIEF"]).await.unwrap();
    let held = give(&world, owner, project, external, &["LEAD"]).await;

    assert_eq!(lacking(unheld), Some(parsed("ADD_REVIEW")));
    assert_eq!(lacking(himself), Some(parsed("ADD_REVIEW")));
    assert_eq!(lacking(admins), Some(code::MEMBER_MANAGE));
    assert_eq!(refused(implied), Some("meta_role_implied"));
    assert_eq!(refused(unknown), Some("unknown_meta_role"));
    assert!(held.is_ok(), "{held:?}");
    assert!(reviews(&world, external, project, product).await);
}
