//! Clients that hang up poison nothing (G11): what was acknowledged to others is there, whatever was broken off beside them.
//!
//! The last test switches the mechanism off and must spoil something, or the first ones would prove nothing.

use std::{sync::Arc, time::Duration};

use guildhall_core::{IdGenerator as _, SystemIds};
use guildhall_testkit::{Client, Stack, TestServer};
use serde_json::json;
use tokio::{io::AsyncWriteExt as _, net::TcpStream, time::sleep};

/// Clients that stay, and what each of them makes.
const WRITERS: usize = 4;
const PROJECTS_EACH: usize = 60;
/// Clients that hang up, and how often.
const DISTURBERS: usize = 8;
const HANG_UPS_EACH: usize = 150;

/// How many requests of healthy clients were spoilt: acknowledged and not there afterwards, or failed.
async fn spoilt(server: Arc<TestServer>) -> usize {
    let token =
        server.visitor("wpp").password_token("workspace-admin@wpp.test", "guildhall-demo").await.unwrap();
    let disturbers: Vec<_> =
        (0..DISTURBERS).map(|_| tokio::spawn(hang_up(server.clone(), token.clone()))).collect();
    let admin = server.visitor("wpp").with("authorization", &format!("Bearer {token}"));
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
    for id in &acknowledged {
        let found = admin.get(&format!("/api/v1/projects/{id}")).await.unwrap();
        spoilt += usize::from(found.status != 200);
    }
    assert!(
        acknowledged.len() > WRITERS * PROJECTS_EACH / 2,
        "only {} were acknowledged",
        acknowledged.len()
    );
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

/// Sends a whole request and goes away at some moment of its being worked on.
async fn hang_up(server: Arc<TestServer>, token: String) {
    let body = r#"{"name": "Broken off"}"#;
    let headers = format!("host: wpp.localhost\r\nauthorization: Bearer {token}\r\n");
    let write = format!(
        "POST /api/v1/projects HTTP/1.1\r\n{headers}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let read = format!("GET /api/v1/me HTTP/1.1\r\n{headers}\r\n");
    for turn in 0..HANG_UPS_EACH {
        let request = if turn % 2 == 0 { &write } else { &read };
        let Ok(mut stream) = TcpStream::connect(server.address).await else { continue };
        if stream.write_all(request.as_bytes()).await.is_ok() {
            let moment = u64::from(SystemIds.uuid().as_bytes()[15]) * 60;
            sleep(Duration::from_micros(moment)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_spoils_nothing_of_others_on_sqlite() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();

    assert_eq!(spoilt(Arc::new(server)).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_spoils_nothing_of_others_on_postgres() {
    let server = TestServer::start(Stack::Postgres).await.unwrap();

    assert_eq!(spoilt(Arc::new(server)).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_mechanism_something_is_spoilt() {
    for _ in 0..5 {
        let server = TestServer::start_attached().await.unwrap();
        if spoilt(Arc::new(server)).await > 0 {
            return;
        }
    }
    panic!("nothing was spoilt without the mechanism, so the tests above show nothing");
}
