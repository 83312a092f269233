//! Grants, and the rule that nobody gives what he does not hold.

use chrono::TimeDelta;
use guildhall_authz::{AuthzError, Holder};
use guildhall_core::{Clock as _, PageRequest, RoleId, ServiceAccountId, UserId};
use guildhall_identity::ServiceAccountKind;
use guildhall_kernel::{BuiltinRole, CreateProject, CreateServiceAccount, GrantQuery, KernelError, code};
use guildhall_orchestration::Gating;

use super::{lacking, refused};
use crate::{
    catalogue::published,
    support::{World, parsed},
};

fn project() -> CreateProject {
    CreateProject {
        name: parsed("P"),
        description: None,
        node_id: None,
        start_date: None,
        due_date: None,
        gating: Gating::Advisory,
    }
}

#[tokio::test]
async fn what_follows_from_membership_is_not_granted() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    let project = world.kernel.create_project(&ask, project()).await.unwrap().into_inner().project;
    let holder = Holder::User(world.external.id);
    let give = async |role: BuiltinRole, account| world.grant(&world.admin, holder, role.id(), account).await;

    for role in [BuiltinRole::WorkspaceAdmin, BuiltinRole::Internal, BuiltinRole::External] {
        assert_eq!(refused(give(role, world.workspace.account_id).await), Some("use_members"));
    }
    for role in [BuiltinRole::Owner, BuiltinRole::Contributor, BuiltinRole::Viewer] {
        assert_eq!(refused(give(role, project.account_id).await), Some("use_members"));
    }
    for role in [
        BuiltinRole::PlatformAdmin,
        BuiltinRole::SystemAdmin,
        BuiltinRole::PlatformAdminMember,
        BuiltinRole::Inviter,
        BuiltinRole::ProductAccount,
    ] {
        assert_eq!(refused(give(role, world.workspace.account_id).await), Some("unknown_role"));
    }
    assert_eq!(refused(give(BuiltinRole::Assigned, world.workspace.account_id).await), Some("not_a_node"));
}

#[tokio::test]
async fn a_project_role_on_a_node_holds_in_the_projects_below_and_makes_no_member() {
    let world = World::new().await;
    let node = world.node(None).await;
    let command = CreateProject { node_id: Some(node), ..project() };
    let made = world.kernel.create_project(&world.ask(&world.admin), command).await.unwrap();
    let project = made.into_inner().project.id;
    let holder = Holder::User(world.external.id);

    world.grant(&world.admin, holder, BuiltinRole::Owner.id(), node.account()).await.unwrap();

    let seen = world.kernel.find_project(&world.ask(&world.external), project).await.unwrap();
    assert_eq!(seen.role, None);
    assert!(seen.permissions.contains(&code::WORKFLOW_EDIT));
    let members = world.unit().await.project_members().list_by_project(project).await.unwrap();
    assert_eq!(members.iter().map(|member| member.user_id).collect::<Vec<_>>(), [world.admin.id]);
}

#[tokio::test]
async fn what_is_not_here_is_answered_like_what_is_nowhere() {
    let world = World::new().await;
    let node = world.node(None).await;
    let (role, somebody) = (world.role("KEEPER", &["NODE_MANAGE"]).await, Holder::User(world.external.id));
    let nowhere: RoleId = parsed("00000000-0000-7000-8000-0000000000ff");
    let nobody: UserId = parsed("00000000-0000-7000-8000-0000000000ff");
    let machine: ServiceAccountId = parsed("00000000-0000-7000-8000-0000000000ff");
    let give = async |holder, role, account| refused(world.grant(&world.admin, holder, role, account).await);

    assert_eq!(give(somebody, role, world.other.account_id).await, Some("unknown_account"));
    assert_eq!(give(somebody, role, guildhall_core::AccountId::PLATFORM).await, Some("unknown_account"));
    assert_eq!(give(somebody, nowhere, node.account()).await, Some("unknown_role"));
    assert_eq!(give(Holder::User(nobody), role, node.account()).await, Some("unknown_member"));
    assert_eq!(
        give(Holder::User(world.platform_admin.id), role, node.account()).await,
        Some("unknown_member")
    );
    assert_eq!(
        give(Holder::ServiceAccount(machine), role, node.account()).await,
        Some("unknown_service_account")
    );
}

#[tokio::test]
async fn a_machine_holds_what_it_was_granted() {
    let world = World::new().await;
    let role = world.role("READER", &["AUDIT_READ"]).await;
    let make = |kind| CreateServiceAccount { name: parsed("M"), kind, product_id: None };
    let ask = world.ask(&world.admin);
    let machine =
        world.kernel.create_service_account(&ask, make(ServiceAccountKind::Automation)).await.unwrap();
    let container =
        world.kernel.create_service_account(&ask, make(ServiceAccountKind::Container)).await.unwrap();
    let account = world.workspace.account_id;

    let granted =
        world.grant(&world.admin, Holder::ServiceAccount(machine.shown.account.id), role, account).await;
    let other =
        world.grant(&world.admin, Holder::ServiceAccount(container.shown.account.id), role, account).await;

    assert!(granted.is_ok(), "{granted:?}");
    assert_eq!(refused(other), Some("unknown_service_account"));
}

#[tokio::test]
async fn a_grant_ends_when_it_says() {
    let world = World::new().await;
    let node = world.node(None).await;
    let end = world.clock().now() + TimeDelta::hours(1);
    let (holder, role) = (Holder::User(world.external.id), BuiltinRole::Assigned.id());
    let past = Some(world.clock().now());

    let refused = world.grant_until(&world.admin, holder, role, node.account(), past).await;
    world.grant_until(&world.admin, holder, role, node.account(), Some(end)).await.unwrap();
    let before = world.codes_on(&world.external, node).await;
    world.clock().advance(TimeDelta::hours(1));
    let after = world.codes_on(&world.external, node).await;
    let again = world.grant(&world.admin, holder, role, node.account()).await;

    assert!(matches!(refused, Err(KernelError::Authz(AuthzError::GrantEndRefused))), "{refused:?}");
    assert_eq!((before, after), (vec![code::NODE_READ], vec![]));
    assert!(again.is_ok(), "{again:?}");
    let twice = world.grant(&world.admin, holder, role, node.account()).await;
    assert!(matches!(twice, Err(KernelError::Authz(AuthzError::GrantExists { .. }))), "{twice:?}");
}

#[tokio::test]
async fn who_grants_on_a_node_gives_there_what_he_holds_there() {
    let world = World::new().await;
    let (node, elsewhere) = (world.node(None).await, world.node(None).await);
    let below = world.node(Some(node)).await;
    let granter = world.role("GRANTER", &["ROLE_GRANT", "NODE_MANAGE"]).await;
    let (lesser, other) =
        (world.role("LESSER", &["NODE_MANAGE"]).await, world.role("OTHER", &["AUDIT_READ"]).await);
    world.grant(&world.admin, Holder::User(world.internal.id), granter, node.account()).await.unwrap();
    let holder = Holder::User(world.external.id);
    let give = async |role, account| world.grant(&world.internal, holder, role, account).await;

    assert!(give(lesser, node.account()).await.is_ok());
    assert!(give(granter, below.account()).await.is_ok());
    assert_eq!(lacking(give(other, node.account()).await), Some(code::AUDIT_READ));
    assert_eq!(lacking(give(lesser, world.workspace.account_id).await), Some(code::ROLE_GRANT));
    assert_eq!(lacking(give(lesser, world.workspace.organisation_account_id).await), Some(code::ROLE_GRANT));
    assert_eq!(refused(give(lesser, elsewhere.account()).await), Some("unknown_account"));
    assert_eq!(lacking(give(BuiltinRole::Owner.id(), node.account()).await), Some(code::ITEM_EDIT));
}

#[tokio::test]
async fn nobody_gives_for_longer_than_he_holds() {
    let world = World::new().await;
    let node = world.node(None).await;
    let granter = world.role("GRANTER", &["ROLE_GRANT"]).await;
    let end = world.clock().now() + TimeDelta::hours(1);
    let (mine, holder) = (Holder::User(world.internal.id), Holder::User(world.external.id));
    world.grant_until(&world.admin, mine, granter, node.account(), Some(end)).await.unwrap();
    let give = async |until| world.grant_until(&world.internal, holder, granter, node.account(), until).await;

    assert_eq!(lacking(give(None).await), Some(code::ROLE_GRANT));
    assert_eq!(lacking(give(Some(end + TimeDelta::seconds(1))).await), Some(code::ROLE_GRANT));
    let given = give(Some(end)).await.unwrap();
    let longer = world.kernel.update_grant(&world.ask(&world.internal), given, Some(None)).await;
    let shorter = Some(Some(end - TimeDelta::minutes(1)));
    let shortened = world.kernel.update_grant(&world.ask(&world.internal), given, shorter).await;

    assert_eq!(lacking(longer), Some(code::ROLE_GRANT));
    assert!(shortened.is_ok(), "{shortened:?}");
}

#[tokio::test]
async fn the_admin_gives_products_roles_that_he_does_not_hold() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    let (product, _) = published(&world, &ask, &[]).await;
    let roles = world.unit().await.product_roles().list_by_product(product).await.unwrap();
    let account = world.workspace.organisation_account_id;

    let granted = world.grant(&world.admin, Holder::User(world.external.id), roles[0].id, account).await;

    assert!(granted.is_ok(), "{granted:?}");
}

#[tokio::test]
async fn a_group_holds_nothing_outside_of_its_account() {
    let world = World::new().await;
    let (node, elsewhere) = (world.node(None).await, world.node(None).await);
    let group = Holder::Group(world.group("Ours", node.account()).await);
    let role = BuiltinRole::Assigned.id();

    let beside = world.grant(&world.admin, group, role, elsewhere.account()).await;
    let above = world.grant(&world.admin, group, role, world.workspace.organisation_account_id).await;
    let within = world.grant(&world.admin, group, role, node.account()).await;

    assert_eq!((refused(beside), refused(above)), (Some("outside_of_group"), Some("outside_of_group")));
    assert!(within.is_ok(), "{within:?}");
}

#[tokio::test]
async fn a_refused_grant_is_recorded_and_nothing_else_is_written() {
    let world = World::new().await;
    let node = world.node(None).await;
    let granter = world.role("GRANTER", &["ROLE_GRANT"]).await;
    let keeper = world.role("KEEPER", &["NODE_MANAGE"]).await;
    world.grant(&world.admin, Holder::User(world.internal.id), granter, node.account()).await.unwrap();
    let (before, held) = (world.next_seq().await, world.unit().await.grants().list().await.unwrap());

    let given = world.grant(&world.internal, Holder::User(world.internal.id), keeper, node.account()).await;

    assert_eq!(lacking(given), Some(code::NODE_MANAGE));
    assert_eq!(world.next_seq().await, before + 1);
    assert_eq!(world.unit().await.grants().list().await.unwrap(), held);
}

#[tokio::test]
async fn grants_are_listed_where_the_reader_may_know_of_them() {
    let world = World::new().await;
    let (node, elsewhere) = (world.node(None).await, world.node(None).await);
    let reader = world.role("READER", &["ROLE_READ"]).await;
    let (mine, theirs) = (Holder::User(world.internal.id), Holder::User(world.external.id));
    let here = world.grant(&world.admin, mine, reader, node.account()).await.unwrap();
    let there = world.grant(&world.admin, theirs, reader, elsewhere.account()).await.unwrap();
    let all = async |user, query: GrantQuery| {
        let listed = world.kernel.list_grants(&world.ask(user), &query, &PageRequest::default()).await;
        listed.map(|page| page.items.into_iter().map(|shown| shown.grant.id).collect::<Vec<_>>())
    };

    assert_eq!(all(&world.internal, GrantQuery::default()).await.unwrap(), [here]);
    assert_eq!(all(&world.admin, GrantQuery::default()).await.unwrap(), [here, there]);
    let of_external = GrantQuery { holder: Some(theirs), ..GrantQuery::default() };
    assert_eq!(all(&world.admin, of_external).await.unwrap(), [there]);
    assert_eq!(all(&world.internal, of_external).await.unwrap(), []);
    let found = world.kernel.find_grant(&world.ask(&world.internal), there).await;
    assert!(matches!(found, Err(KernelError::NotFound)), "{found:?}");
}

#[tokio::test]
async fn pages_of_grants_have_no_gaps_for_whoever_sees_some_of_them() {
    let world = World::new().await;
    let reader = world.role("READER", &["ROLE_READ"]).await;
    let node = world.node(None).await;
    world.grant(&world.admin, Holder::User(world.internal.id), reader, node.account()).await.unwrap();
    for number in 0..6 {
        let account = if number % 2 == 0 { world.node(Some(node)).await } else { world.node(None).await };
        let holder = Holder::User(world.external.id);
        world.grant(&world.admin, holder, reader, account.account()).await.unwrap();
    }
    let ask = world.ask(&world.internal);
    let (mut seen, mut after) = (Vec::new(), None);

    loop {
        let page = PageRequest { limit: 3, after };
        let page = world.kernel.list_grants(&ask, &GrantQuery::default(), &page).await.unwrap();
        seen.push(page.items.len());
        after = page.next;
        if after.is_none() {
            break;
        }
    }

    assert_eq!(seen, [3, 1]);
}
