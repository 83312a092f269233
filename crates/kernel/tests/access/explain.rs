//! Why somebody may do something, as far as the asker may know.

use guildhall_authz::{AccountKind, Holder};
use guildhall_core::{AccountId, Caller, Credential, Principal, RequestId, ServiceAccountId, UserId};
use guildhall_identity::User;
use guildhall_kernel::{
    AddProjectMember, BuiltinRole, CreateProject, ExplainPermission, ExplanationShown, KernelError,
    NamedPerson, Request, SourceShown, StepShown,
};
use guildhall_orchestration::{Gating, ProjectRole};

use crate::support::{World, parsed};

async fn ask(world: &World, asker: &User, about: UserId, account: AccountId, code: &str) -> ExplanationShown {
    let question = ExplainPermission { user_id: about, account_id: account, permission: parsed(code) };
    world.kernel.explain_permission(&world.ask(asker), &question).await.unwrap()
}

#[tokio::test]
async fn about_himself_everybody_hears_all_with_what_he_does_not_see_hidden() {
    let world = World::new().await;
    let node = world.node(None).await;
    let command = CreateProject {
        name: parsed("Launch"),
        description: None,
        node_id: Some(node),
        start_date: None,
        due_date: None,
        gating: Gating::Advisory,
    };
    let admin = world.ask(&world.admin);
    let project = world.kernel.create_project(&admin, command).await.unwrap().into_inner().project;
    let named = NamedPerson::User(world.external.id);
    let command = AddProjectMember { named, role: ProjectRole::Viewer, meta_roles: Vec::new() };
    world.kernel.add_project_member(&admin, project.id, command).await.unwrap();

    let told = ask(&world, &world.external, world.external.id, project.account_id, "PROJECT_READ").await;

    let kinds = told.path.iter().map(|step| match step {
        StepShown::Known { kind, .. } => Some(*kind),
        StepShown::Hidden => None,
    });
    assert!(told.allowed);
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [
            Some(AccountKind::Project),
            None,
            Some(AccountKind::Organisation),
            Some(AccountKind::Workspace),
            Some(AccountKind::Platform)
        ]
    );
    assert_eq!(told.reasons.len(), 1);
    assert_eq!(told.reasons[0].source, SourceShown::Membership);
    assert_eq!(told.reasons[0].account, Some(project.account_id));
    assert_eq!(told.reasons[0].role.id, BuiltinRole::Viewer.id());
}

#[tokio::test]
async fn a_groups_grant_names_the_group() {
    let world = World::new().await;
    let node = world.node(None).await;
    let group = world.group("Planners", world.workspace.account_id).await;
    let role = BuiltinRole::Assigned.id();
    let grant = world.grant(&world.admin, Holder::Group(group), role, node.account()).await.unwrap();
    world.kernel.add_group_member(&world.ask(&world.admin), group, world.external.id).await.unwrap();

    let told = ask(&world, &world.external, world.external.id, node.account(), "NODE_READ").await;

    assert_eq!(told.reasons[0].source, SourceShown::Group(Some(grant)));
    assert_eq!(told.reasons[0].group, Some((group, parsed("Planners"))));
}

#[tokio::test]
async fn what_one_may_not_ask_is_answered_like_what_is_not_there() {
    let world = World::new().await;
    let node = world.node(None).await;
    let nowhere: AccountId = parsed("00000000-0000-7000-8000-0000000000ff");
    let (external, internal) = (&world.external, &world.internal);

    for (asker, about, account, code) in [
        (external, internal.id, node.account(), "NODE_READ"),
        (external, external.id, node.account(), "NODE_READ"),
        (external, external.id, nowhere, "NODE_READ"),
        (external, external.id, world.other.account_id, "WORKSPACE_READ"),
        (&world.admin, world.platform_admin.id, node.account(), "NODE_READ"),
        (&world.admin, parsed("00000000-0000-7000-8000-0000000000fe"), node.account(), "NODE_READ"),
        (&world.admin, external.id, nowhere, "NODE_READ"),
    ] {
        assert_eq!(ask(&world, asker, about, account, code).await, ExplanationShown::default());
    }
}

#[tokio::test]
async fn to_ask_about_others_is_recorded_and_about_oneself_is_not() {
    let world = World::new().await;
    let node = world.node(None).await;
    let before = world.next_seq().await;

    let himself = ask(&world, &world.admin, world.admin.id, node.account(), "NODE_READ").await;
    let between = world.next_seq().await;
    let another = ask(&world, &world.admin, world.external.id, node.account(), "NODE_READ").await;

    assert!(himself.allowed && !another.allowed);
    assert_eq!(another.path.len(), 4);
    assert_eq!((between, world.next_seq().await), (before, before + 1));
}

#[tokio::test]
async fn machines_are_told_nothing() {
    let world = World::new().await;
    let machine: ServiceAccountId = parsed("00000000-0000-7000-8000-0000000000ff");
    let credential = Credential::ClientCredentials { product: None };
    let caller = Caller::trusted(Principal::ServiceAccount(machine), credential, Some(world.workspace.id));
    let request = Request::embedded(caller, parsed::<RequestId>("00000000-0000-7000-8000-0000000000fe"));
    let question = ExplainPermission {
        user_id: world.admin.id,
        account_id: world.workspace.account_id,
        permission: parsed("NODE_READ"),
    };

    let refused = world.kernel.explain_permission(&request, &question).await;

    assert!(matches!(refused, Err(KernelError::TokenAudience)), "{refused:?}");
}
