//! A package whose templates projects were made from is not taken away unasked.

use guildhall_artifacts::{ArtifactsError, Delegation, UndeployMode, pack};
use guildhall_core::{PackageVersionId, WorkspaceId};
use guildhall_kernel::{DeployPackage, KernelError, Request, UndeployPackage};
use serde_json::json;

use super::{launch, project};
use crate::support::World;

/// Uploads and deploys a package with one template.
async fn deploy(world: &World, ask: &Request, target: Option<WorkspaceId>) -> PackageVersionId {
    let manifest = json!({ "id": "test.launches", "version": "1.0.0", "name": "Launches",
        "deployable_in": ["SYSTEM", "WORKSPACE"] });
    let template = json!({ "content": launch() });
    let files = vec![
        ("manifest.json".to_owned(), manifest.to_string().into_bytes()),
        ("artifacts/workflow_template/launch.json".to_owned(), template.to_string().into_bytes()),
    ];
    let packed = pack(files, &world.kernel.settings().kinds).unwrap();
    let id = world.kernel.upload_package(ask, packed.bytes).await.unwrap().into_inner().version.id;
    let plan_hash = world.kernel.plan_package(ask, id, target).await.unwrap().hash;
    let command = DeployPackage { id, target, plan_hash, security_update: false };
    world.kernel.deploy_package(ask, command).await.unwrap();
    id
}

async fn undeploy(
    world: &World,
    ask: &Request,
    id: PackageVersionId,
    mode: UndeployMode,
) -> Result<(), KernelError> {
    let command = UndeployPackage { id, target: None, mode };
    world.kernel.undeploy_package(ask, command).await.map(drop)
}

fn uses(refused: Result<(), KernelError>) -> Vec<String> {
    match refused {
        Err(KernelError::Artifacts(ArtifactsError::InUse { uses })) => uses,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn system_hears_in_which_workspaces_its_templates_are_in_use() {
    let world = World::new().await;
    let system = world.ask_in_system();
    let id = deploy(&world, &system, None).await;
    let admin = world.ask(&world.admin);
    let made = world.make(&admin, project("Spring", None, None), "test.launches:launch").await.unwrap();
    world.make(&admin, project("Autumn", None, None), "test.launches:launch").await.unwrap();

    let refused = uses(undeploy(&world, &system, id, UndeployMode::Block).await);

    let workspace = world.workspace.id;
    assert_eq!(refused, [format!("workspace {workspace} uses workflow_template/test.launches:launch")]);
    undeploy(&world, &system, id, UndeployMode::Archive).await.unwrap();
    assert_eq!(world.board(made).await.len(), 2, "the project stays as it is");
    assert!(world.found(&admin, "").await.is_empty());
}

#[tokio::test]
async fn archived_projects_are_not_in_the_way() {
    let world = World::new().await;
    let system = world.ask_in_system();
    let id = deploy(&world, &system, None).await;
    let admin = world.ask(&world.admin);
    let made = world.make(&admin, project("Spring", None, None), "test.launches:launch").await.unwrap();

    world.kernel.archive_project(&admin, made).await.unwrap();

    undeploy(&world, &system, id, UndeployMode::Block).await.unwrap();
}

#[tokio::test]
async fn a_workspace_hears_which_of_its_projects_it_is() {
    let world = World::new().await;
    let platform = world.ask_platform(&world.platform_admin);
    world.kernel.replace_package_delegation(&platform, world.workspace.id, Delegation::Full).await.unwrap();
    let admin = world.ask(&world.admin);
    let id = deploy(&world, &admin, None).await;
    let made = world.make(&admin, project("Spring", None, None), "test.launches:launch").await.unwrap();

    let plan = world.kernel.plan_undeploy_package(&admin, id, None).await.unwrap();
    let refused = uses(undeploy(&world, &admin, id, UndeployMode::Block).await);

    assert_eq!(refused, [format!("project {made} uses workflow_template/test.launches:launch")]);
    assert_eq!((plan.uses.len(), plan.uses[0].id.clone()), (1, made.to_string()));
}
