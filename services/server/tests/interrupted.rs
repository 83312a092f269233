//! A process that is killed while it deploys a package leaves all of it or nothing, and the deploy can be done again.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use guildhall_artifacts::{Kinds, Layer, PackageId, What, pack};
use guildhall_core::{Access, Scope, WorkspaceId};
use guildhall_kernel::Database as _;
use guildhall_store::SeaDatabase;
use guildhall_testkit::{
    Dice, Kept, Rows,
    Stack::{self, Postgres, Sqlite},
    Walls, open_database,
};
use rstest::rstest;
use serde_json::json;
use tempfile::TempDir;

/// How many artifacts the package has.
const ARTIFACTS: usize = 2_000;

/// How often a deploy is killed: as usual, or as GUILDHALL_ROUNDS says (`just artifacts`).
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn rounds() -> usize {
    std::env::var("GUILDHALL_ROUNDS").map_or(4, |count| count.parse().unwrap())
}

fn package() -> PackageId {
    "test.many".parse().unwrap()
}

/// A database, archives in a folder, and a way to look at the rows.
struct Site {
    folder: TempDir,
    url: String,
    rows: Rows,
    database: SeaDatabase,
    _kept: Kept,
}

impl Site {
    async fn new(on: Stack) -> Self {
        let (database, kept) = open_database(on, Walls::Both).await.unwrap();
        let url = match &kept {
            Kept::Folder(folder) => format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display()),
            Kept::Postgres(made) => made.service_url.clone(),
        };
        let (folder, rows) = (tempfile::tempdir().unwrap(), Rows::open(&kept).await.unwrap());
        std::fs::write(folder.path().join("secret"), STANDARD.encode([7; 32])).unwrap();
        Self { folder, url, rows, database, _kept: kept }
    }

    /// A version of the package, in which each artifact is called by the version.
    fn archive(&self, version: &str) -> PathBuf {
        let manifest =
            json!({ "id": package(), "version": version, "name": "Many", "deployable_in": ["SYSTEM"] });
        let mut files = vec![("manifest.json".to_owned(), manifest.to_string().into_bytes())];
        for number in 0..ARTIFACTS {
            let artifact = json!({ "content": { "name": version, "fields": {} } });
            let name = format!("artifacts/view_preset/n{number}.json");
            files.push((name, artifact.to_string().into_bytes()));
        }
        let file = self.folder.path().join(format!("{version}.tar.gz"));
        std::fs::write(&file, pack(files, &Kinds::built_in().unwrap()).unwrap().bytes).unwrap();
        file
    }

    fn start(&self, archive: &Path) -> Child {
        let mut program = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        program.args(["package", "deploy"]).arg(archive).arg("--data").arg(self.folder.path());
        program.arg("--secret-file").arg(self.folder.path().join("secret"));
        program.env_clear().env("GUILDHALL_DATABASE_URL", &self.url);
        program.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Deploys without a disturbance, and answers how long it took.
    fn deploy(&self, archive: &Path) -> Duration {
        let begun = Instant::now();
        let ended = self.start(archive).wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        begun.elapsed()
    }

    /// Deploys, and kills the process after a while. Answers whether it was killed at work.
    fn kill(&self, archive: &Path, after: Duration) -> bool {
        let mut process = self.start(archive);
        std::thread::sleep(after);
        let at_work = process.try_wait().unwrap().is_none();
        process.kill().unwrap();
        process.wait().unwrap();
        at_work
    }

    /// The version that is deployed, after it was seen that everything agrees on it, and how many deploys were done.
    async fn version(&self, told: &str) -> (String, usize) {
        let unit = self.database.begin(Scope::System, Access::Read).await.unwrap();
        let deployments = unit.package_deployments().list().await.unwrap();
        let [(home, deployment)] = deployments.as_slice() else { panic!("{told}: {deployments:?}") };
        let version = deployment.manifest.version.to_string();
        let lies = unit.artifacts().list_by_package(&package(), Layer::System).await.unwrap();
        assert_eq!((home.is_system(), lies.len()), (true, ARTIFACTS), "{told}");
        let mut ids = Vec::new();
        for (key, placed, _) in &lies {
            let What::Live(head) = &placed.what else { panic!("{told}: {key} is {placed:?}") };
            assert_eq!((&head.title, head.number), (&version, placed.generation), "{told}: {key}");
            assert_eq!(placed.generation, deployment.generation, "{told}: {key}");
            ids.push(head.id);
        }
        let documents = unit.artifact_versions().list_documents(&ids).await.unwrap();
        let names: BTreeSet<_> = documents.values().map(|it| it.content.value()["name"].as_str()).collect();
        assert_eq!((documents.len(), names), (ARTIFACTS, [Some(version.as_str())].into()), "{told}");
        let space = unit.artifact_spaces().find().await.unwrap();
        assert_eq!(space.generations.own, deployment.generation, "{told}");
        drop(unit);
        let rows = self.rows.of(WorkspaceId::SYSTEM).await.unwrap();
        let versions = rows["artifact_version"].lines().count();
        assert_eq!(versions % ARTIFACTS, 0, "{told}: a part of a deploy is left");
        assert_eq!(rows["artifact_change"].lines().count(), versions, "{told}");
        (version, versions / ARTIFACTS)
    }
}

#[rstest]
#[tokio::test]
async fn a_deploy_that_is_killed_is_done_whole_or_not_at_all(#[values(Sqlite, Postgres)] on: Stack) {
    let site = Site::new(on).await;
    let versions = ["1.0.0", "2.0.0"];
    let archives = versions.map(|version| site.archive(version));
    site.deploy(&archives[0]);
    let usual = site.deploy(&archives[1]);
    let mut dice = Dice(7);
    let (mut at_work, mut undone) = (0, 0);
    for round in 0..rounds() {
        let (next, before) = (round % 2, site.version(&format!("before round {round}")).await);
        assert_eq!(before.0, versions[1 - next], "round {round}");
        let after = usual * u32::try_from(30 + dice.below(65)).unwrap() / 100;
        let told = format!("round {round}, killed after {after:?} of {usual:?}");

        at_work += usize::from(site.kill(&archives[next], after));

        let left = site.version(&told).await;
        let is_done = left == (versions[next].to_owned(), before.1 + 1);
        assert!(is_done || left == before, "{told}: {before:?} became {left:?}");
        undone += usize::from(!is_done);
        site.deploy(&archives[next]);
        assert_eq!(site.version(&told).await, (versions[next].to_owned(), before.1 + 1), "{told}");
    }
    println!("{undone} of {at_work} were killed before they were done; undisturbed one takes {usual:?}");
    assert!(undone > 0, "nothing was interrupted");
}
