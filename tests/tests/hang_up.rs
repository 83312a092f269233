//! Clients that hang up spoil nothing of others.
//!
//! Two mechanisms see to that: each request has a task of its own (the layer `detach`, whose own tests switch it off), and a
//! pooled connection is rolled back before it is used again.

use std::{sync::Arc, time::Duration};

use guildhall_core::{Access, IdGenerator as _, Scope, SystemIds};
use guildhall_kernel::Database as _;
use guildhall_store::SeaDatabase;
use guildhall_testkit::{Client, Stack, TestServer, postgres};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tokio::{io::AsyncWriteExt as _, net::TcpStream, time::sleep};

/// Clients that stay, and what each of them makes.
const WRITERS: usize = 4;
const PROJECTS_EACH: usize = 40;
/// Clients that hang up, and how often.
const DISTURBERS: usize = 6;
const HANG_UPS_EACH: usize = 100;

/// How many requests of clients that stayed were spoilt: acknowledged and not there afterwards, or failed.
async fn spoilt(stack: Stack) -> usize {
    let server = Arc::new(TestServer::start(stack).await.unwrap());
    let token =
        server.visitor("wpp").password_token("workspace-admin@wpp.test", "guildhall-demo").await.unwrap();
    let admin = server.visitor("wpp").with("authorization", &format!("Bearer {token}"));
    let disturbers: Vec<_> =
        (0..DISTURBERS).map(|_| tokio::spawn(hang_up(server.clone(), token.clone()))).collect();
    let writers: Vec<_> = (0..WRITERS).map(|_| tokio::spawn(write(admin.clone()))).collect();
    let (mut acknowledged, mut spoilt) = (Vec::new(), 0);
    for writer in writers {
        let (made, failed) = writer.await.unwrap();
        acknowledged.extend(made);
        spoilt += failed;
    }
    for disturber in disturbers {
        disturber.await.unwrap();
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
    spoilt
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

/// Sends whole requests and goes away at some moment of their being worked on.
async fn hang_up(server: Arc<TestServer>, token: String) {
    let body = r#"{"name": "Broken off"}"#;
    let request = format!(
        "POST /api/v1/projects HTTP/1.1\r\nhost: wpp.localhost\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    for _ in 0..HANG_UPS_EACH {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        sleep(random_moment(15_000)).await;
    }
}

/// Up to that many microseconds.
fn random_moment(longest: u64) -> Duration {
    let bytes = SystemIds.uuid();
    let random = u64::from(bytes.as_bytes()[15]) * 256 + u64::from(bytes.as_bytes()[14]);
    Duration::from_micros(random * longest / 65_536)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_spoils_nothing_of_others_on_sqlite() {
    assert_eq!(spoilt(Stack::Sqlite).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_spoils_nothing_of_others_on_postgres() {
    assert_eq!(spoilt(Stack::Postgres).await, 0);
}

/// A pooled connection that comes back with a transaction still open, and whether the next unit of work on it can write.
async fn survives_an_open_transaction(database: SeaDatabase) -> bool {
    database.connection().execute_unprepared("begin read only").await.unwrap();
    let unit = database.begin(Scope::System, Access::Write).await.unwrap();
    unit.events().next(None).await.is_ok() && unit.commit().await.is_ok()
}

#[tokio::test]
async fn a_connection_is_rolled_back_before_it_is_used_again() {
    let made = postgres::database().await.unwrap();
    let database = SeaDatabase::connect(&made.service_url).await.unwrap();

    assert!(survives_an_open_transaction(database).await);
}
