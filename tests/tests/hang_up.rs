//! Clients that hang up interrupt nothing and spoil nothing of others (G11).
//!
//! Two mechanisms see to that: each request has a task of its own, and a pooled connection is rolled back before it is used
//! again. Each is switched off once, and must be missed, or the tests beside it would show nothing.

use std::{sync::Arc, time::Duration};

use guildhall_core::{Access, IdGenerator as _, Scope, SystemIds, WorkspaceId};
use guildhall_kernel::Database as _;
use guildhall_store::SeaDatabase;
use guildhall_testkit::{Client, Stack, TestServer, postgres};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;
use tokio::{io::AsyncWriteExt as _, net::TcpStream, time::sleep};

/// Clients that stay, and what each of them makes.
const WRITERS: usize = 4;
const PROJECTS_EACH: usize = 40;
/// Clients that hang up, and how often.
const DISTURBERS: usize = 6;
const HANG_UPS_EACH: usize = 100;

/// What became of a server's requests.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    /// Requests of clients that stayed: acknowledged and not there afterwards, or failed.
    spoilt: usize,
    /// Requests that were sent whole, whose clients went away, and that had no effect.
    interrupted: i64,
}

async fn disturb(server: TestServer) -> Seen {
    let server = Arc::new(server);
    let token =
        server.visitor("wpp").password_token("workspace-admin@wpp.test", "guildhall-demo").await.unwrap();
    let admin = server.visitor("wpp").with("authorization", &format!("Bearer {token}"));
    let disturbers: Vec<_> =
        (0..DISTURBERS).map(|_| tokio::spawn(hang_up(server.clone(), token.clone()))).collect();
    let writers: Vec<_> = (0..WRITERS).map(|_| tokio::spawn(write(admin.clone()))).collect();
    let (mut acknowledged, mut spoilt, mut sent) = (Vec::new(), 0, 0);
    for writer in writers {
        let (made, failed) = writer.await.unwrap();
        acknowledged.extend(made);
        spoilt += failed;
    }
    for disturber in disturbers {
        sent += disturber.await.unwrap();
    }
    assert!(
        acknowledged.len() > WRITERS * PROJECTS_EACH / 2,
        "only {} were acknowledged",
        acknowledged.len()
    );
    for id in &acknowledged {
        let found = admin.get(&format!("/api/v1/projects/{id}")).await.unwrap();
        spoilt += usize::from(found.status != 200);
    }
    Seen { spoilt, interrupted: sent - made_by_disturbers(&server, sent).await }
}

/// Counts once what was begun has had the time to end.
async fn made_by_disturbers(server: &TestServer, sent: i64) -> i64 {
    let backend = server.inspector.get_database_backend();
    let sql = "select count(*) as n from project where name = 'Broken off'";
    let mut made = 0;
    for _ in 0..40 {
        let row =
            server.inspector.query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
        made = row.try_get("", "n").unwrap();
        if made == sent {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    made
}

/// What was acknowledged, and how often the server failed. Being told to come back later is no failure.
async fn write(admin: Client) -> (Vec<String>, usize) {
    let (mut acknowledged, mut failed) = (Vec::new(), 0);
    for _ in 0..PROJECTS_EACH {
        let answer = admin.post("/api/v1/projects", json!({"name": "Kept"})).await.unwrap();
        match answer.status.as_u16() {
            201 => acknowledged.push(answer.text_at("/id").unwrap()),
            503 => {}
            _ => failed += 1,
        }
    }
    (acknowledged, failed)
}

/// Sends whole requests and goes away at some moment of their being worked on. Answers how many.
async fn hang_up(server: Arc<TestServer>, token: String) -> i64 {
    let body = r#"{"name": "Broken off"}"#;
    let request = format!(
        "POST /api/v1/projects HTTP/1.1\r\nhost: wpp.localhost\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut sent = 0;
    for _ in 0..HANG_UPS_EACH {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        sent += 1;
        // Time for the request to arrive, and then some moment.
        sleep(Duration::from_millis(5) + random_moment(12_000)).await;
    }
    sent
}

/// Up to that many microseconds.
fn random_moment(longest: u64) -> Duration {
    let bytes = SystemIds.uuid();
    let random = u64::from(bytes.as_bytes()[15]) * 256 + u64::from(bytes.as_bytes()[14]);
    Duration::from_micros(random * longest / 65_536)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_spoils_nothing_of_others_on_sqlite() {
    let seen = disturb(TestServer::start(Stack::Sqlite).await.unwrap()).await;

    assert_eq!(seen.spoilt, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_interrupts_nothing_on_postgres() {
    let seen = disturb(TestServer::start(Stack::Postgres).await.unwrap()).await;

    assert_eq!(seen, Seen { spoilt: 0, interrupted: 0 });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_task_of_its_own_a_request_is_interrupted() {
    let seen = disturb(TestServer::start_attached().await.unwrap()).await;

    assert!(seen.interrupted > 0, "nothing was interrupted, so the test above shows nothing");
}

/// Units of work that are given up while they begin, and how many commits beside them are lost.
async fn lost_beside_dropped_begins(database: SeaDatabase, look: &str) -> usize {
    let scope = Scope::Workspace(WorkspaceId::SYSTEM);
    let mut made = Vec::new();
    for _ in 0..600 {
        let begin = database.begin(Scope::Platform, Access::Write);
        drop(tokio::time::timeout(random_moment(800), begin).await);
        let unit = database.begin(scope, Access::Write).await.unwrap();
        if let Ok(seq) = unit.events().next_seq().await
            && unit.commit().await.is_ok()
        {
            made.push(seq);
        }
    }
    drop(database);
    let looker = sea_orm::Database::connect(look).await.unwrap();
    let sql = "select coalesce(max(seq), 0) as n from event_counter";
    let row = looker.query_one_raw(Statement::from_string(sea_orm::DbBackend::Postgres, sql)).await.unwrap();
    let stored: i64 = row.unwrap().try_get("", "n").unwrap();
    made.len().saturating_sub(usize::try_from(stored).unwrap())
}

#[tokio::test]
async fn a_unit_of_work_that_is_given_up_while_it_begins_loses_no_other() {
    let made = postgres::database().await.unwrap();
    let database = SeaDatabase::connect(&made.service_url).await.unwrap();

    assert_eq!(lost_beside_dropped_begins(database, &made.admin_url).await, 0);
}

#[tokio::test]
async fn without_the_hook_of_the_pool_commits_are_lost() {
    let made = postgres::database().await.unwrap();
    let database = SeaDatabase::connect_unhooked(&made.service_url).await.unwrap();

    let lost = lost_beside_dropped_begins(database, &made.admin_url).await;

    assert!(lost > 0, "nothing was lost, so the test above shows nothing");
}
