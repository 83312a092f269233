//! What one node takes away, no other node gives any more.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use guildhall_testkit::{Client, Kept, Stack, TestServer, Walls, open_database};
use serde_json::{Value, json};

use crate::node::Node;

/// How long the permission query of another node may be behind, counted from the write.
const BEHIND: Duration = Duration::from_secs(1);
const ROUNDS: usize = 5;

/// One answer: when its request began, and whether it gave what is taken away.
type Seen = (Instant, bool);

/// The guest's ways to ask for what he holds in the project.
#[derive(Clone)]
enum Question {
    /// The project itself.
    Project(String),
    /// The permission query.
    Query(Value),
}

impl Question {
    async fn is_granted(&self, guest: &Client) -> bool {
        match self {
            Self::Project(path) => guest.get(path).await.unwrap().status == 200,
            Self::Query(body) => {
                let path = "/api/v20/users/permissions/query";
                let answer = guest.post(path, body.clone()).await.unwrap().expect(200).unwrap();
                answer.json["total_count"] != json!(0)
            }
        }
    }
}

/// Asks without a pause until it is told to stop.
async fn hammer(guest: Client, question: Question, stop: Arc<AtomicBool>) -> Vec<Seen> {
    let mut seen = Vec::new();
    while !stop.load(Ordering::SeqCst) {
        let begun = Instant::now();
        seen.push((begun, question.is_granted(&guest).await));
    }
    seen
}

async fn until_granted(guest: &Client, question: &Question) {
    let begun = Instant::now();
    while !question.is_granted(guest).await {
        assert!(begun.elapsed() < Duration::from_secs(5), "what was given is not seen");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A database with the demo's content, served by a server in this process and by two processes.
async fn cluster() -> (TestServer, [Node; 2], tempfile::TempDir) {
    let (database, kept) = open_database(Stack::Postgres, Walls::Both).await.unwrap();
    let Kept::Postgres(made) = &kept else { panic!("no database of the cluster") };
    let url = made.service_url.clone();
    let server = TestServer::start_on(database, Some(kept)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, STANDARD.encode([7; 32])).unwrap();
    let nodes = [Node::serve(&url, &secret).unwrap(), Node::serve(&url, &secret).unwrap()];
    (server, nodes, folder)
}

/// A product whose reviewers are a project's contributors, in the workflow of a new project.
async fn project_with_product(admin: &Client) -> (String, String) {
    let made = async |path: &str, body: Value| {
        admin.post(path, body).await.unwrap().expect(201).unwrap().text_at("/id").unwrap()
    };
    let product = made("/api/v1/products", json!({"name": "Review"})).await;
    let versions = format!("/api/v1/products/{product}/versions");
    let version = json!({
        "name": "1", "kind": "EMBEDDED", "entry_url": "https://review.example.test/app", "slug": "review",
        "required_context": [], "uses_open_authorization": true,
        "roles": [{"code": "REVIEWER", "name": "Reviewer", "permissions": ["ADD_REVIEW"],
                   "meta_roles": ["PROJECT_CONTRIBUTOR"]}]
    });
    let version = made(&versions, version).await;
    admin.post(&format!("{versions}/{version}/publish"), json!({})).await.unwrap().expect(200).unwrap();
    let project = admin.post("/api/v1/projects", json!({"name": "Launch"})).await.unwrap();
    let project = project.expect(201).unwrap();
    let (id, account) = (project.text_at("/id").unwrap(), project.text_at("/az_id").unwrap());
    let phase = made(&format!("/api/v1/projects/{id}/phases"), json!({"name": "Phase"})).await;
    let item = json!({"kind": "APPLICATION", "name": "Review", "product_version_id": version});
    made(&format!("/api/v1/projects/{id}/phases/{phase}/items"), item).await;
    (id, account)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_revokes_no_other_node_gives() {
    let (server, nodes, _folder) = cluster().await;
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    let guest_id = guest.get("/api/v1/me").await.unwrap().text_at("/id").unwrap();
    let (project, account) = project_with_product(&admin).await;
    let members = format!("/api/v1/projects/{project}/members");
    let recent = Question::Query(json!({"filters": {"account_id": account}}));
    let full = Question::Query(json!({"filters": {"account_id": account}, "consistency": "full"}));
    let questions = [
        (Question::Project(format!("/api/v1/projects/{project}")), Duration::ZERO),
        (full, Duration::ZERO),
        (recent, BEHIND),
    ];

    for round in 0..ROUNDS {
        let contributor = json!({"user_id": guest_id, "role": "CONTRIBUTOR"});
        admin.post(&members, contributor).await.unwrap().expect(201).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let mut asking = Vec::new();
        for node in &nodes {
            let there = guest.on(node.address);
            for (question, behind) in &questions {
                until_granted(&there, question).await;
                let hammering = tokio::spawn(hammer(there.clone(), question.clone(), stop.clone()));
                asking.push((hammering, *behind));
            }
        }

        tokio::time::sleep(Duration::from_millis(100)).await;
        admin.delete(&format!("{members}/{guest_id}")).await.unwrap().expect(204).unwrap();
        let revoked = Instant::now();
        tokio::time::sleep(BEHIND + Duration::from_millis(200)).await;
        stop.store(true, Ordering::SeqCst);

        for (hammering, behind) in asking {
            let seen = hammering.await.unwrap();
            let late = seen.iter().filter(|(begun, granted)| *granted && *begun > revoked + behind);
            let asked_late = seen.iter().filter(|(begun, _)| *begun > revoked + behind).count();
            assert_eq!(late.count(), 0, "round {round}, of {asked_late} that began after {behind:?}");
            assert!(asked_late > 0, "round {round}: nothing was asked after {behind:?}");
            assert!(seen.iter().any(|(_, granted)| *granted), "round {round}: nothing was given before");
        }
    }
}
