//! Many who migrate one database at the same moment.

use std::process::{Child, Command, Stdio};

use guildhall_store::{SeaDatabase, pending};
use guildhall_testkit::postgres::{self, SERVICE_ROLE};

/// How many nodes of a rollout start at once.
const AT_ONCE: usize = 16;

/// Migrates by so many processes; each of them must find or make the newest form.
fn migrate_at_once(arguments: &[&str]) {
    let start = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        program.arg("migrate").args(arguments).env_clear();
        program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let running: Vec<Child> = (0..AT_ONCE).map(|_| start()).collect();
    for process in running {
        let ended = process.wait_with_output().unwrap();
        let (out, error) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
        assert!(ended.status.success(), "{error}");
        assert!(out.contains("the database has the newest form"), "{out}");
    }
}

/// How many steps the database lacks.
async fn lacking(url: &str) -> usize {
    pending(&SeaDatabase::connect(url).await.unwrap()).await.unwrap()
}

// A step that ran twice would make a table twice, which no database takes: so each that succeeds has run each step once, or
// found it done.

#[tokio::test]
async fn sixteen_migrate_an_empty_database_at_once_on_postgres() {
    let empty = postgres::database_from("empty", async |_, _| Ok(())).await.unwrap();

    migrate_at_once(&["--migrate-database-url", &empty.owner_url, "--service-role", SERVICE_ROLE]);

    assert_eq!(lacking(&empty.owner_url).await, 0);
}

#[tokio::test]
async fn sixteen_migrate_an_empty_database_at_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();

    migrate_at_once(&["--data", folder.path().to_str().unwrap()]);

    let url = format!("sqlite://{}/guildhall.db", folder.path().display());
    assert_eq!(lacking(&url).await, 0);
}
