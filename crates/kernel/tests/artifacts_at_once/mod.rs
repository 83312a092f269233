//! What becomes of artifacts and packages where several act at the same moment, and what those see who only look.

mod races;
mod readers;

use std::sync::Arc;

use guildhall_artifacts::{ArtifactKey, PackageId, UndeployMode, pack};
use guildhall_core::{PackageVersionId, WorkspaceId};
use guildhall_identity::User;
use guildhall_kernel::{
    DeployPackage, Kernel, KernelError, PackageDeployed, Request, SignInLimits, UndeployPackage,
};
use guildhall_store::SeaDatabase;
use guildhall_testkit::{Kept, Rows, Stack, Walls, open_database};
use serde_json::{Value, json};

use crate::{
    artifacts_model::contents::kinds,
    support::{World, parsed},
};

/// How many artifacts the packages here have.
const ARTIFACTS: usize = 20;

/// A platform whose System space has a note and packages to deploy.
pub struct Scene {
    pub world: World,
    pub kernel: Kernel,
    /// Another way to the same rows, in units of the test's own.
    database: Arc<SeaDatabase>,
    pub rows: Rows,
    _kept: Kept,
}

impl Scene {
    pub async fn new(on: Stack) -> Self {
        let (database, kept) = open_database(on, Walls::Both).await.unwrap();
        let rows = Rows::open(&kept).await.unwrap();
        let world = World::on(database, SignInLimits::default()).await;
        let (kernel, database) = (world.knowing(kinds()), world.database());
        Self { world, kernel, database, rows, _kept: kept }
    }

    pub fn admin(&self) -> Request {
        self.world.ask(&self.world.admin)
    }

    pub fn system(&self) -> Request {
        self.world.ask_in_system()
    }

    async fn another(&self, prefix: &str) -> (WorkspaceId, User) {
        let (workspace, admin) = self.world.add_workspace(prefix).await;
        (workspace.id, admin)
    }

    /// Uploads a version of the package to System: each of its notes is called by the version.
    pub async fn upload(&self, version: &str) -> PackageVersionId {
        self.upload_some(version, ARTIFACTS).await
    }

    /// The same with the first notes alone.
    pub async fn upload_some(&self, version: &str, notes: usize) -> PackageVersionId {
        let manifest = json!({
            "id": "test.notes", "version": version, "name": "Notes", "deployable_in": ["SYSTEM", "WORKSPACE"],
        });
        let mut files = vec![("manifest.json".to_owned(), manifest.to_string().into_bytes())];
        for number in 0..notes {
            let artifact = json!({ "content": note(version) });
            files.push((format!("artifacts/note/n{number}.json"), artifact.to_string().into_bytes()));
        }
        let packed = pack(files, &kinds()).unwrap();
        let shown = self.kernel.upload_package(&self.system(), packed.bytes).await.unwrap();
        shown.into_inner().version.id
    }

    /// Deploys as one does who plans first.
    pub async fn deploy(&self, id: PackageVersionId, target: Option<WorkspaceId>) -> PackageDeployed {
        let plan = self.kernel.plan_package(&self.system(), id, target).await.unwrap();
        let deployed = deploy(&self.kernel, self.system(), (id, target), plan.hash).await;
        deployed.unwrap()
    }

    pub async fn undeploy(&self, id: PackageVersionId, target: Option<WorkspaceId>) {
        let command = UndeployPackage { id, target, mode: UndeployMode::Block };
        self.kernel.undeploy_package(&self.system(), command).await.unwrap();
    }
}

async fn deploy(
    kernel: &Kernel,
    ask: Request,
    (id, target): (PackageVersionId, Option<WorkspaceId>),
    plan_hash: String,
) -> Result<PackageDeployed, KernelError> {
    let command = DeployPackage { id, target, plan_hash, security_update: false };
    Ok(kernel.deploy_package(&ask, command).await?.into_inner())
}

pub fn note(name: &str) -> Value {
    json!({ "name": name })
}

/// A note of the space's own.
pub fn own(path: &str) -> ArtifactKey {
    ArtifactKey { kind: parsed("note"), name: parsed(path) }
}

fn package() -> PackageId {
    parsed("test.notes")
}

pub fn shipped(number: usize) -> ArtifactKey {
    own(&format!("{}:n{number}", package()))
}
