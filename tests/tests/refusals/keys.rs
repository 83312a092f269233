//! `Idempotency-Key`: what is sent twice is done once, and never for another request.

use guildhall_core::{IdGenerator as _, SystemIds};
use guildhall_testkit::{Answer, Client, Stack, TestServer};
use reqwest::Method;
use serde_json::{Value, json};

use super::{shape, world::Refuser};
use crate::{
    document::Slot,
    plan::{
        Call, calls,
        request::{self, body, slots_of, target, template},
    },
};

const KEY: &str = "idempotency-key";

/// Paths whose answers may hold a secret, which is shown once.
const SECRET: &[&str] = &[
    "/api/v1/api-keys",
    "/api/v1/me/email",
    "/api/v1/password-resets",
    "/api/v1/sessions",
    "/api/v1/members",
    "/api/v1/projects/{project_id}/members",
    "/api/v1/invitations",
    "/api/v1/service-accounts",
    "/api/v1/launches",
];

/// What a POST must do with a key.
#[derive(PartialEq, Eq)]
enum Rule {
    Replay,
    Refuse,
    Ignore,
}

fn rule(call: &Call) -> Rule {
    let path = template(call.operation);
    // A question changes nothing, so it may be asked as often as one likes.
    const QUESTIONS: [&str; 3] = [
        "/api/v1/permissions/explain",
        "/api/v1/artifact-drafts/check",
        "/api/v1/packages/{package_id}/plan",
    ];
    if QUESTIONS.contains(&path) {
        return Rule::Ignore;
    }
    if SECRET.iter().any(|secret| path == *secret || path.starts_with(&format!("{secret}/"))) {
        return if call.operation.starts_with("POST ") { Rule::Refuse } else { Rule::Ignore };
    }
    // A dry run changes nothing, so there is nothing to repeat.
    if call.path.contains("dry_run=true") {
        return Rule::Ignore;
    }
    let keeps = call.operation.starts_with("POST ") && path.starts_with("/api/v1/");
    if keeps { Rule::Replay } else { Rule::Ignore }
}

/// Walks the plan; every POST twice at once, and once more.
async fn walk(stack: Stack) {
    let refuser = Refuser::start(stack).await.unwrap();
    let mut found = Vec::new();
    for (step, call) in calls().enumerate() {
        let faults = match rule(call) {
            Rule::Replay => replayed(&refuser, call, &format!("key-{step}")).await.unwrap(),
            Rule::Refuse => refused(&refuser, call).await.unwrap(),
            Rule::Ignore => Vec::new(),
        };
        found.extend(faults.into_iter().map(|fault| format!("{}: {fault}", call.operation)));
        if rule(call) != Rule::Replay {
            request::send(refuser.callers.of(call.by), call, &refuser.ids, None).await.unwrap();
        }
    }

    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

async fn refused(refuser: &Refuser, call: &Call) -> anyhow::Result<Vec<String>> {
    refuser.changed().await?.for_each(drop);
    let answer = refuser.send(&refuser.caller(call).with(KEY, "key"), call).await?;
    let fault = shape::fault(&refuser.document, call.operation, &answer, 400);
    Ok(fault.into_iter().chain(refuser.changed().await?).collect())
}

async fn replayed(refuser: &Refuser, call: &Call, key: &str) -> anyhow::Result<Vec<String>> {
    let client = refuser.caller(call).with(KEY, key);
    let mut found = Vec::new();
    // Two at once: one does it, and the other waits for that one and answers the same.
    let (one, other) = tokio::join!(refuser.send(&client, call), refuser.send(&client, call));
    let (first, at_once) = (one?, other?);
    let (first, at_once) = if is_replay(&first) { (at_once, first) } else { (first, at_once) };
    if !first.status.is_success() || is_replay(&first) {
        found.push(format!("first {} {}", first.status, first.text));
    }
    if at_once.status != first.status || at_once.json["id"] != first.json["id"] || !is_replay(&at_once) {
        found.push(format!("at once {} {}", at_once.status, at_once.text));
    }
    refuser.changed().await?.for_each(drop);
    let second = refuser.send(&client, call).await?;
    let same = second.status == first.status
        && ["id", "changes"].iter().all(|field| second.json[*field] == first.json[*field]);
    // A table makes many things, none of which is the answer's; artifacts are known by kind and path.
    let named = ["id", "path", "items", "deployment", "plan", "changes"];
    let nameless = named.iter().all(|field| second.json.get(field).is_none_or(Value::is_null))
        && !call.operation.ends_with("/import")
        && !call.operation.ends_with("/undeploy");
    if !same || nameless || !is_replay(&second) {
        found.push(format!("second {} {}", second.status, second.text));
    }
    found.extend(another_body(refuser, &client, call).await?);
    found.extend(another_path(refuser, &client, call).await?);
    let badly = refuser.send(&refuser.callers.of(call.by).with(KEY, &"k".repeat(256)), call).await?;
    found.extend(shape::fault(&refuser.document, call.operation, &badly, 400));
    found.extend(refuser.changed().await?);
    Ok(found)
}

async fn another_body(refuser: &Refuser, client: &Client, call: &Call) -> anyhow::Result<Option<String>> {
    let Some(body) = body(call, &refuser.ids, None) else { return Ok(None) };
    let target = target(call, &refuser.ids, None);
    let answer = client.send_raw(Method::POST, &target, format!("{body:#}"), "application/json").await?;
    let fault = shape::fault(&refuser.document, call.operation, &answer, 422);
    Ok(fault.map(|fault| format!("another body: {fault}")))
}

/// A key says nothing of a thing that it was not used for.
async fn another_path(refuser: &Refuser, client: &Client, call: &Call) -> anyhow::Result<Option<String>> {
    let slots = slots_of(call);
    let Some(slot) = slots.iter().rfind(|slot| matches!(slot, Slot::Path(_))) else { return Ok(None) };
    let nobody = SystemIds.uuid().to_string();
    let other = Some((slot, nobody.as_str()));
    let (target, body) = (target(call, &refuser.ids, other), body(call, &refuser.ids, None));
    let answer = client.send(Method::POST, &target, body).await?;
    let fault = shape::fault(&refuser.document, call.operation, &answer, 422);
    Ok(fault.map(|fault| format!("another path: {fault}")))
}

fn is_replay(answer: &Answer) -> bool {
    answer.headers.get("idempotency-replayed").is_some_and(|value| value == "true")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_twice_is_done_once_on_sqlite() {
    walk(Stack::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_twice_is_done_once_on_postgres() {
    walk(Stack::Postgres).await;
}

/// Two at a time with one key, many times: one makes the project, the other waits for it and answers the same.
async fn race(stack: Stack) {
    let server = TestServer::start(stack).await.unwrap();
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    for round in 0..20 {
        let client = admin.with(KEY, &format!("round-{round}"));
        let post = || {
            let client = client.clone();
            tokio::spawn(async move { client.post("/api/v1/projects", json!({"name": "Once"})).await })
        };
        let (one, other) = (post(), post());
        let one = one.await.unwrap().unwrap().expect(201).unwrap();
        let other = other.await.unwrap().unwrap().expect(201).unwrap();

        assert_eq!(one.text_at("/id").unwrap(), other.text_at("/id").unwrap());
        assert!(is_replay(&one) != is_replay(&other));
    }
    let found = admin.get("/api/v1/projects?q=Once&limit=200").await.unwrap().expect(200).unwrap();
    assert_eq!(found.json["items"].as_array().unwrap().len(), 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_concurrent_repeat_waits_and_replays_on_sqlite() {
    race(Stack::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_concurrent_repeat_waits_and_replays_on_postgres() {
    race(Stack::Postgres).await;
}

#[tokio::test]
async fn the_token_endpoint_takes_no_notice_of_a_key() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();
    let client = server.visitor("wpp").with(KEY, "key");

    let one = client.password_token("internal@wpp.test", "guildhall-demo").await.unwrap();
    let other = client.password_token("internal@wpp.test", "guildhall-demo").await.unwrap();

    assert_ne!(one, other);
}
