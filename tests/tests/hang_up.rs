//! Clients that hang up poison nothing (G11): what was acknowledged to others is there, whatever was broken off beside them.
//!
//! The last test switches the mechanism off and must lose something, or the first ones would prove nothing.

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

/// How many acknowledged projects are not there afterwards.
async fn lost(server: Arc<TestServer>) -> usize {
    let token =
        server.visitor("wpp").password_token("workspace-admin@wpp.test", "guildhall-demo").await.unwrap();
    let disturbers: Vec<_> =
        (0..DISTURBERS).map(|_| tokio::spawn(hang_up(server.clone(), token.clone()))).collect();
    let admin = server.visitor("wpp").with("authorization", &format!("Bearer {token}"));
    let writers: Vec<_> = (0..WRITERS).map(|_| tokio::spawn(write(admin.clone()))).collect();
    let mut acknowledged = Vec::new();
    for writer in writers {
        acknowledged.extend(writer.await.unwrap());
    }
    for disturber in disturbers {
        disturber.await.unwrap();
    }
    let mut lost = 0;
    for id in &acknowledged {
        let found = admin.get(&format!("/api/v1/projects/{id}")).await.unwrap();
        lost += usize::from(found.status != 200);
    }
    assert!(
        acknowledged.len() > WRITERS * PROJECTS_EACH / 2,
        "only {} were acknowledged",
        acknowledged.len()
    );
    lost
}

async fn write(admin: Client) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for _ in 0..PROJECTS_EACH {
        let Ok(answer) = admin.post("/api/v1/projects", json!({"name": "Kept"})).await else { continue };
        if answer.status == 201 {
            acknowledged.push(answer.text_at("/id").unwrap());
        }
    }
    acknowledged
}

/// Sends a whole request and goes away at some moment of its being worked on.
async fn hang_up(server: Arc<TestServer>, token: String) {
    let body = r#"{"name": "Broken off"}"#;
    let request = format!(
        "POST /api/v1/projects HTTP/1.1\r\nhost: wpp.localhost\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    for _ in 0..HANG_UPS_EACH {
        let Ok(mut stream) = TcpStream::connect(server.address).await else { continue };
        if stream.write_all(request.as_bytes()).await.is_ok() {
            let moment = u64::from(SystemIds.uuid().as_bytes()[15]) * 40;
            sleep(Duration::from_micros(moment)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_loses_nothing_of_others_on_sqlite() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();

    assert_eq!(lost(Arc::new(server)).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_up_loses_nothing_of_others_on_postgres() {
    let server = TestServer::start(Stack::Postgres).await.unwrap();

    assert_eq!(lost(Arc::new(server)).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_mechanism_something_is_lost() {
    for _ in 0..5 {
        let server = TestServer::start_attached().await.unwrap();
        if lost(Arc::new(server)).await > 0 {
            return;
        }
    }
    panic!("nothing was lost without the mechanism, so the tests above show nothing");
}
