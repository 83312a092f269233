//! What a node knows of artifacts holds as long as nothing changes in the workspace or in System.

mod secrets;

use std::sync::{Arc, Mutex};

use guildhall_artifacts::{ArtifactKey, ListQuery, OverrideState, Seen, UpgradeClass};
use guildhall_core::PageRequest;
use guildhall_kernel::{Request, SignInLimits};
use guildhall_store::SeaDatabase;
use serde_json::json;

use crate::support::{World, parsed};

/// A world whose statements about artifacts are counted.
struct Counted {
    world: World,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Counted {
    async fn new() -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = asked.clone();
        let database = SeaDatabase::in_memory().await.unwrap().with_tap(move |sql| {
            if sql.contains("artifact") {
                seen.lock().unwrap().push(sql.to_owned());
            }
        });
        Self { world: World::on(database, SignInLimits::default()).await, asked }
    }

    async fn write(&self, request: &Request, name: &str) {
        let content = json!({"name": name, "fields": {}});
        let shown = self.world.kernel.find_artifact(request, &key()).await.ok();
        let seen = shown.map_or(Seen::Nothing, |shown| Seen::Version(shown.found.version));
        self.world.kernel.write_artifact(request, key(), content, None, seen).await.unwrap();
    }

    /// What the artifact is called for somebody, and how many statements it took to say.
    async fn find(&self, request: &Request) -> (String, usize) {
        self.asked.lock().unwrap().clear();
        let shown = self.world.kernel.find_artifact(request, &key()).await.unwrap();
        (shown.found.head.title.clone(), self.asked.lock().unwrap().len())
    }

    /// The first title of the list for somebody, and how many statements it took to say.
    async fn list(&self, request: &Request) -> (String, usize) {
        self.asked.lock().unwrap().clear();
        let query = ListQuery { kind: key().kind, words: vec!["board".to_owned()], hidden: false };
        let page = PageRequest::default();
        let list = self.world.kernel.list_artifacts(request, query, &page).await.unwrap();
        let title = list.items[0].listed.head.as_ref().unwrap().title.clone();
        (title, self.asked.lock().unwrap().len())
    }
}

fn key() -> ArtifactKey {
    ArtifactKey { kind: parsed("view_preset"), name: parsed("board") }
}

#[tokio::test]
async fn what_is_known_costs_one_statement_and_so_does_what_is_not() {
    let counted = Counted::new().await;
    let (system, admin) = (counted.world.ask_in_system(), counted.world.ask(&counted.world.admin));
    let external = counted.world.ask(&counted.world.external);
    counted.write(&system, "First").await;

    assert_eq!(counted.find(&admin).await, ("First".to_owned(), 1));
    assert_eq!(counted.find(&admin).await, ("First".to_owned(), 1));
    assert_eq!(counted.find(&external).await, ("First".to_owned(), 1));
    assert_eq!(counted.list(&admin).await, ("First".to_owned(), 1));
    assert_eq!(counted.list(&admin).await, ("First".to_owned(), 1));
}

#[tokio::test]
async fn what_lies_below_an_override_is_read_only_where_it_has_changed() {
    let counted = Counted::new().await;
    let (system, admin) = (counted.world.ask_in_system(), counted.world.ask(&counted.world.admin));
    counted.write(&system, "First").await;
    counted.write(&admin, "Own").await;

    let unchanged = counted.find(&admin).await;
    counted.write(&system, "Second").await;
    let changed = counted.find(&admin).await;

    // One asks whether anything has changed, one reads the artifact, and one what it is compared with.
    assert_eq!((unchanged, changed), (("Own".to_owned(), 1), ("Own".to_owned(), 3)));
    let shown = counted.world.kernel.find_artifact(&admin, &key()).await.unwrap();
    assert_eq!(shown.found.state, Some(OverrideState::UpgradeAvailable(UpgradeClass::Conflict)));
}

#[tokio::test]
async fn a_change_here_or_in_system_ends_what_was_known() {
    let counted = Counted::new().await;
    let (system, admin) = (counted.world.ask_in_system(), counted.world.ask(&counted.world.admin));
    counted.write(&system, "First").await;
    counted.find(&admin).await;
    counted.list(&admin).await;

    counted.write(&system, "Second").await;
    assert_eq!(counted.find(&admin).await, ("Second".to_owned(), 2));
    assert_eq!(counted.list(&admin).await, ("Second".to_owned(), 2));
    counted.write(&admin, "Ours").await;

    assert_eq!(counted.list(&admin).await.0, "Ours");
    assert_eq!(counted.find(&admin).await.0, "Ours");
    assert_eq!(counted.find(&admin).await.1, 1);
    assert_eq!(counted.find(&system).await.0, "Second");
}

#[tokio::test]
async fn another_node_knows_of_a_change_at_once() {
    let counted = Counted::new().await;
    let (system, admin) = (counted.world.ask_in_system(), counted.world.ask(&counted.world.admin));
    counted.write(&system, "First").await;
    let other = counted.world.another_node();
    assert_eq!(other.find_artifact(&admin, &key()).await.unwrap().found.head.title, "First");

    counted.write(&admin, "Ours").await;

    assert_eq!(other.find_artifact(&admin, &key()).await.unwrap().found.head.title, "Ours");
}
