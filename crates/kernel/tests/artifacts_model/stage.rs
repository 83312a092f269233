//! Fifty workspaces, what is uploaded, and the model beside them.

use std::collections::BTreeMap;

use guildhall_artifacts::{ArtifactKey, ArtifactsError, Delegation, Layer, Listed, Package};
use guildhall_core::{ArtifactVersionId, PackageVersionId, RowVersion, WorkspaceId};
use guildhall_identity::User;
use guildhall_kernel::{Kernel, KernelError, Request, SignInLimits};
use guildhall_testkit::{Dice, Kept, Rows, Stack, Walls, open_database};

use super::{
    contents::{SHIPMENTS, kinds, packed},
    model::{Model, Place, SYSTEM},
    steps::Step,
};
use crate::support::{World, parsed};

pub const WORKSPACES: usize = 50;

/// What a space has of its own, or System for all; told apart by their order wherever text is compared otherwise.
const PATHS: [&str; 6] = ["note/a", "note/a-b", "note/a/b", "note/a.b", "label/a", "label/b"];

/// An uploaded package.
#[derive(Clone)]
pub struct Release {
    pub id: PackageVersionId,
    pub home: Place,
    pub package: Package,
}

pub struct Stage {
    pub world: World,
    pub kernel: Kernel,
    /// Another node, which keeps what it knows for itself.
    pub other: Kernel,
    pub spaces: Vec<(WorkspaceId, User)>,
    pub model: Model,
    pub releases: Vec<Release>,
    /// The numbers of entity tags that were seen, and of what.
    pub tags: BTreeMap<(Place, ArtifactKey, RowVersion), (Layer, Option<ArtifactVersionId>)>,
    /// What each space last listed, by kind.
    pub listed: BTreeMap<(Place, &'static str), Vec<Listed>>,
    pub rows: Rows,
    _kept: Kept,
}

impl Stage {
    pub async fn new(on: Stack, dice: &mut Dice) -> Self {
        let (database, kept) = open_database(on, Walls::Both).await.unwrap();
        let rows = Rows::open(&kept).await.unwrap();
        let world = World::on(database, SignInLimits::default()).await;
        let (kernel, other) = (world.knowing(kinds()), world.knowing(kinds()));
        let mut spaces = vec![(WorkspaceId::SYSTEM, world.platform_admin.clone())];
        for number in 1..=WORKSPACES {
            let (workspace, admin) = world.add_workspace(&format!("space{number}")).await;
            spaces.push((workspace.id, admin));
        }
        let mut stage = Self {
            world,
            kernel,
            other,
            spaces,
            model: Model::new(kinds(), WORKSPACES),
            releases: Vec::new(),
            tags: BTreeMap::new(),
            listed: BTreeMap::new(),
            rows,
            _kept: kept,
        };
        for path in PATHS {
            let (kind, path) = path.split_once('/').unwrap();
            let key = ArtifactKey { kind: parsed(kind), name: parsed(path) };
            stage.model.keys.insert(key);
        }
        for shipment in &SHIPMENTS {
            let packed = packed(shipment, dice, &stage.model.kinds);
            stage.upload(SYSTEM, packed.bytes, packed.package).await.unwrap();
        }
        stage
    }

    /// Some of everything, so that there is something to change.
    pub async fn furnish(&mut self, dice: &mut Dice) {
        for key in self.model.keys.clone() {
            if key.name.package.is_none() {
                while self.write(SYSTEM, &key, dice).await.is_err() {}
            }
        }
        for at in [0, 5] {
            self.deploy_release(&self.releases[at].clone(), (SYSTEM, SYSTEM), dice).await.unwrap();
        }
        for place in 1..5 {
            self.delegate(place, Delegation::Full).await;
        }
        let step = Step { what: "furnish", place: SYSTEM, key: None, done: Ok(()) };
        self.check(&step, dice, "at first").await;
    }

    /// A request of the one who runs a space.
    pub fn ask(&self, place: Place) -> Request {
        let (space, admin) = &self.spaces[place];
        self.world.ask_in(Some(*space), admin)
    }

    pub async fn upload(&mut self, home: Place, bytes: Vec<u8>, package: Package) -> Result<(), KernelError> {
        let shown = self.kernel.upload_package(&self.ask(home), bytes).await?.into_inner();
        self.model.keys.extend(package.artifacts.iter().map(|artifact| artifact.key.clone()));
        if !self.releases.iter().any(|release| release.id == shown.version.id) {
            self.releases.push(Release { id: shown.version.id, home, package });
        }
        Ok(())
    }
}

/// The name of a refusal; what goes wrong otherwise is shown whole.
pub fn refusal(error: &KernelError) -> String {
    let text = match error {
        KernelError::Artifacts(ArtifactsError::Store(_)) => return format!("{error:?}"),
        KernelError::Artifacts(error) => format!("{error:?}"),
        error => format!("{error:?}"),
    };
    text.chars().take_while(|c| c.is_alphanumeric()).collect()
}
