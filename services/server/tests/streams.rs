//! Streams of events where several processes serve one database, and where a process ends.

use std::time::{Duration, Instant};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use guildhall_testkit::{Kept, Stack, TestServer, Walls, open_database};
use serde_json::json;

use crate::node::Node;

/// A server in this process, and another process on the same database.
async fn cluster() -> (TestServer, Node, tempfile::TempDir) {
    let (database, kept) = open_database(Stack::Postgres, Walls::Both).await.unwrap();
    let Kept::Postgres(made) = &kept else { panic!("no database of the cluster") };
    let url = made.service_url.clone();
    let server = TestServer::start_on(database, Some(kept)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, STANDARD.encode([7; 32])).unwrap();
    let node = Node::serve(&url, &secret).unwrap();
    (server, node, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_writes_is_heard_on_another_at_once_and_what_it_takes_away_is_not() {
    let (server, node, _folder) = cluster().await;
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    let guest_id = guest.get("/api/v1/me").await.unwrap().text_at("/id").unwrap();
    let project = admin.post("/api/v1/projects", json!({"name": "Heard"})).await.unwrap();
    let project = project.expect(201).unwrap().text_at("/id").unwrap();
    let at = format!("/api/v1/projects/{project}");
    let body = json!({"user_id": guest_id, "role": "VIEWER"});
    admin.post(&format!("{at}/members"), body).await.unwrap().expect(201).unwrap();
    let path = format!("/api/v1/events?project_id={project}");
    let mut stream = guest.on(node.address).listen(&path).await.unwrap();

    let mut slowest = Duration::ZERO;
    for _ in 0..10 {
        let phase = admin.post(&format!("{at}/phases"), json!({"name": "Phase"})).await.unwrap();
        let (written, phase) = (Instant::now(), phase.expect(201).unwrap().text_at("/id").unwrap());
        let heard = stream.next().await.unwrap().unwrap();
        slowest = slowest.max(written.elapsed());
        assert_eq!(heard.data["subject"], json!({"type": "phase", "id": phase}));
    }
    assert!(slowest < Duration::from_secs(1), "it took {slowest:?}");

    admin.delete(&format!("{at}/members/{guest_id}")).await.unwrap().expect(204).unwrap();
    admin.post(&format!("{at}/phases"), json!({"name": "After"})).await.unwrap().expect(201).unwrap();

    assert_eq!(stream.next().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_told_to_end_ends_its_streams_and_waits_for_none() {
    let (server, node, _folder) = cluster().await;
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap().on(node.address);
    let mut streams = Vec::new();
    for _ in 0..10 {
        streams.push(admin.listen("/api/v1/events").await.unwrap());
    }

    let (told, status) = (Instant::now(), node.end().unwrap());

    assert!(status.success(), "{status}");
    assert!(told.elapsed() < Duration::from_secs(5), "it took {:?}", told.elapsed());
    for mut stream in streams {
        assert_eq!(stream.next().await.unwrap(), None);
    }
}
