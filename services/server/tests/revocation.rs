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

/// Somebody who is given a part in a project and loses it, and the ways to ask on each node whether he has it.
struct Stage {
    /// Serves too; it is where things are given and taken away.
    _server: TestServer,
    nodes: [Node; 2],
    _folder: tempfile::TempDir,
    admin: Client,
    guest: Client,
    guest_id: String,
    members: String,
    /// Each with how long it may be behind.
    questions: [(Question, Duration); 3],
}

/// What one way to ask on one node saw.
struct Watched {
    seen: Vec<Seen>,
    behind: Duration,
}

impl Watched {
    /// How many answers gave what was taken away by requests that began too late for it, of how many.
    fn late(&self, revoked: Instant) -> (usize, usize) {
        let late = || self.seen.iter().filter(|(begun, _)| *begun > revoked + self.behind);
        (late().filter(|(_, granted)| *granted).count(), late().count())
    }
}

impl Stage {
    async fn new() -> Self {
        let (server, nodes, folder) = cluster().await;
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
        Self { _server: server, nodes, _folder: folder, admin, guest, guest_id, members, questions }
    }

    async fn give(&self) {
        let contributor = json!({"user_id": self.guest_id, "role": "CONTRIBUTOR"});
        self.admin.post(&self.members, contributor).await.unwrap().expect(201).unwrap();
    }

    async fn take_away(&self) {
        let member = format!("{}/{}", self.members, self.guest_id);
        self.admin.delete(&member).await.unwrap().expect(204).unwrap();
    }

    /// Asks on every node in every way while something happens; answers what was seen, and when it had happened.
    async fn watch(&self, happens: impl AsyncFnOnce()) -> (Vec<Watched>, Instant) {
        let stop = Arc::new(AtomicBool::new(false));
        let mut asking = Vec::new();
        for node in &self.nodes {
            let there = self.guest.on(node.address);
            for (question, behind) in &self.questions {
                until_granted(&there, question).await;
                let hammering = tokio::spawn(hammer(there.clone(), question.clone(), stop.clone()));
                asking.push((hammering, *behind));
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        happens().await;
        let happened = Instant::now();
        tokio::time::sleep(BEHIND + Duration::from_millis(200)).await;
        stop.store(true, Ordering::SeqCst);
        let mut watched = Vec::new();
        for (hammering, behind) in asking {
            watched.push(Watched { seen: hammering.await.unwrap(), behind });
        }
        (watched, happened)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_revokes_no_other_node_gives() {
    let stage = Stage::new().await;

    for round in 0..ROUNDS {
        stage.give().await;
        let (watched, revoked) = stage.watch(async || stage.take_away().await).await;

        for one in watched {
            let (given, asked) = one.late(revoked);
            assert_eq!(given, 0, "round {round}, of {asked} that began after {:?}", one.behind);
            assert!(asked > 0, "round {round}: nothing was asked after {:?}", one.behind);
            assert!(one.seen.iter().any(|(_, granted)| *granted), "round {round}: nothing was given before");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_went_on_giving_would_be_found() {
    let stage = Stage::new().await;
    stage.give().await;

    // As if the others took no notice: nothing is taken away.
    let (watched, happened) = stage.watch(async || {}).await;

    for one in watched {
        let (given, asked) = one.late(happened);
        assert!(asked > 0 && given == asked, "{given} of {asked} after {:?}", one.behind);
    }
}
