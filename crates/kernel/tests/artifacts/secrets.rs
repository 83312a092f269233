//! What is written to secret places is shown by nothing and inherited by nobody.

use std::sync::{Arc, Mutex};

use guildhall_artifacts::{ArtifactKey, DraftAct, Seen};
use guildhall_core::PageRequest;
use guildhall_kernel::{EventFilter, Request, SignInLimits};
use guildhall_testkit::{
    Stack::{self, Postgres, Sqlite},
    Walls, open_database,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{World, parsed};

const SECRET: &str = "a-very-secret-word";

fn key() -> ArtifactKey {
    ArtifactKey { kind: parsed("service_binding"), name: parsed("hooks/orders") }
}

fn hook(secret: Option<Value>) -> Value {
    let mut webhook = json!({ "url": "https://hooks.demo.test/orders" });
    if let Some(secret) = secret {
        webhook["secret"] = secret;
    }
    json!({ "service": "orders", "by": "WEBHOOK", "webhook": webhook })
}

async fn write(world: &World, request: &Request, content: Value) -> Vec<String> {
    let written = world.kernel.write_artifact(request, key(), content, None, Seen::Anything).await;
    let written = match written {
        Err(_) => {
            world.kernel.write_artifact(request, key(), hook(Some(json!(SECRET))), None, Seen::Nothing).await
        }
        written => written,
    };
    written.unwrap().into_inner().shown.secrets_set
}

#[rstest]
#[tokio::test]
async fn a_secret_is_kept_for_its_space_and_shown_to_nobody(#[values(Sqlite, Postgres)] on: Stack) {
    let (database, _kept) = open_database(on, Walls::Both).await.unwrap();
    let world = World::on(database, SignInLimits::default()).await;
    let (system, admin) = (world.ask_in_system(), world.ask(&world.admin));

    let in_system = write(&world, &system, hook(Some(json!(SECRET)))).await;
    let inherited = world.kernel.find_artifact(&admin, &key()).await.unwrap();
    let own = write(&world, &admin, hook(Some(json!("another-secret-word")))).await;
    let kept = write(&world, &admin, hook(None)).await;
    let cleared = write(&world, &admin, hook(Some(Value::Null))).await;
    let still = world.kernel.find_artifact(&system, &key()).await.unwrap();

    assert_eq!(in_system, ["/webhook/secret"]);
    assert!(inherited.secrets_set.is_empty(), "a secret was inherited");
    assert_eq!((own.len(), kept.len(), cleared.len()), (1, 1, 0));
    assert_eq!(still.secrets_set, ["/webhook/secret"]);
    let page = PageRequest::default();
    for request in [&system, &admin] {
        let found = world.kernel.find_artifact(request, &key()).await.unwrap();
        let history = world.kernel.list_artifact_changes(request, &key(), &page).await.unwrap();
        let log = world.kernel.list_events(request, &EventFilter::default(), &page).await.unwrap();
        let told = format!("{found:?} {history:?} {log:?}");
        assert!(!told.contains("secret-word"), "{told}");
    }
}

#[tokio::test]
async fn a_secret_lies_sealed_in_the_database() {
    let statements = Arc::new(Mutex::new(Vec::new()));
    let seen = statements.clone();
    let database = guildhall_store::SeaDatabase::in_memory()
        .await
        .unwrap()
        .with_tap(move |sql| seen.lock().unwrap().push(sql.to_owned()));
    let world = World::on(database, SignInLimits::default()).await;

    write(&world, &world.ask_in_system(), hook(Some(json!(SECRET)))).await;

    let statements = statements.lock().unwrap();
    assert!(statements.iter().any(|sql| sql.contains("artifact_secret")));
    assert!(!statements.iter().any(|sql| sql.contains(SECRET)), "a secret was written as it is");
}

#[tokio::test]
async fn a_secret_is_held_to_its_schema_and_has_no_place_in_a_draft() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);

    let short = world
        .kernel
        .write_artifact(&admin, key(), hook(Some(json!("4711"))), None, Seen::Nothing)
        .await
        .unwrap_err();
    let draft = world
        .kernel
        .save_artifact_draft(&admin, key(), DraftAct::Publish, Some(hook(Some(json!(SECRET)))), Seen::Nothing)
        .await
        .unwrap_err();

    assert!(short.to_string().contains("/webhook/secret"), "{short}");
    assert!(!short.to_string().contains("4711"), "{short}");
    assert!(draft.to_string().contains("/webhook/secret"), "{draft}");
}
