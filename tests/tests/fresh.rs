//! Permission queries from memory: as right as from the database, and gone with what they follow from.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use guildhall_testkit::{Answer, Client, Stack, TestServer, Walls, open_database};
use serde_json::{Value, json};

use crate::world::{self, Ids};

const QUERY: &str = "/api/v20/users/permissions/query";

/// A server on SQLite, and how many statements it has sent but for looks at the epochs.
async fn counting_server() -> (TestServer, Arc<AtomicUsize>) {
    let (database, kept) = open_database(Stack::Sqlite, Walls::Both).await.unwrap();
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = sent.clone();
    let database = database.with_tap(move |sql| {
        if !sql.to_lowercase().replace('"', "").contains("from epoch") {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    (TestServer::start_on(database, Some(kept)).await.unwrap(), sent)
}

/// A workspace with one of everything, and the product's back end, which asks about its external member.
async fn asking(server: &TestServer) -> (Ids, Client, Client) {
    let ids = world::build(server, "wpp").await.unwrap();
    let back_end = world::back_end(server, "wpp", &ids).await.unwrap();
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    (ids, back_end, admin)
}

fn about(ids: &Ids) -> Value {
    json!({"filters": {"account_id": ids.of("project_account"), "user_id": ids.of("external")}})
}

async fn ask(who: &Client, body: Value) -> Answer {
    who.post(QUERY, body).await.unwrap().expect(200).unwrap()
}

fn codes(answer: &Answer) -> Value {
    answer.json.pointer("/data/0/permissions").cloned().unwrap_or(Value::Null)
}

#[tokio::test]
async fn a_query_that_was_asked_before_asks_no_database() {
    let (server, sent) = counting_server().await;
    let (ids, back_end, _) = asking(&server).await;
    let first = ask(&back_end, about(&ids)).await;

    // A busy machine may need longer between two queries than an answer is remembered for.
    let mut from_memory = false;
    for _ in 0..20 {
        let before = sent.load(Ordering::SeqCst);
        let again = ask(&back_end, about(&ids)).await;
        assert_eq!(again.json, first.json);
        from_memory |= sent.load(Ordering::SeqCst) == before;
    }

    assert_eq!(codes(&first), json!(["ADD_REVIEW"]));
    assert!(from_memory);
}

#[tokio::test]
async fn a_full_query_asks_the_database() {
    let (server, sent) = counting_server().await;
    let (ids, back_end, _) = asking(&server).await;
    let mut body = about(&ids);
    body["consistency"] = json!("full");
    ask(&back_end, body.clone()).await;

    let before = sent.load(Ordering::SeqCst);
    let again = ask(&back_end, body).await;

    assert_eq!(codes(&again), json!(["ADD_REVIEW"]));
    assert!(sent.load(Ordering::SeqCst) > before);
}

/// Many times, since what is remembered must be seen to end at each change and to come back after it.
async fn revoke_and_ask(stack: Stack) {
    let server = TestServer::start(stack).await.unwrap();
    let (ids, back_end, admin) = asking(&server).await;
    let members = format!("/api/v1/projects/{}/members", ids.of("project"));
    for _ in 0..10 {
        assert_eq!(codes(&ask(&back_end, about(&ids)).await), json!(["ADD_REVIEW"]));

        admin.delete(&format!("{members}/{}", ids.of("external"))).await.unwrap().expect(204).unwrap();
        let revoked = ask(&back_end, about(&ids)).await;
        let contributor = json!({"user_id": ids.of("external"), "role": "CONTRIBUTOR"});
        admin.post(&members, contributor).await.unwrap().expect(201).unwrap();

        assert_eq!(revoked.json["total_count"], json!(0));
    }
}

#[tokio::test]
async fn what_is_revoked_on_a_node_is_gone_with_its_next_answer_on_sqlite() {
    revoke_and_ask(Stack::Sqlite).await;
}

#[tokio::test]
async fn what_is_revoked_on_a_node_is_gone_with_its_next_answer_on_postgres() {
    revoke_and_ask(Stack::Postgres).await;
}

#[tokio::test]
async fn a_session_that_has_ended_asks_nothing_more() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();
    let ids = world::build(&server, "wpp").await.unwrap();
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    ask(&guest, about(&ids)).await;
    ask(&guest, about(&ids)).await;

    guest.delete("/api/v1/sessions/current").await.unwrap().expect(204).unwrap();

    guest.post(QUERY, about(&ids)).await.unwrap().expect(401).unwrap();
}

#[tokio::test]
async fn a_token_that_is_remembered_at_one_host_opens_no_other() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();
    let ids = world::build(&server, "wpp").await.unwrap();
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    ask(&guest, about(&ids)).await;

    // Remembered for one workspace's host, the token is still refused at another's.
    guest.at("choreograph.localhost").post(QUERY, about(&ids)).await.unwrap().expect(401).unwrap();
}

#[tokio::test]
async fn a_write_answers_a_token_that_a_query_takes() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();
    let (ids, back_end, admin) = asking(&server).await;
    let written = admin.post("/api/v1/projects", json!({"name": "Another"})).await.unwrap();
    let token = written.headers.get("guildhall-consistency-token").unwrap().to_str().unwrap().to_owned();
    let mut body = about(&ids);

    body["at_least_as_fresh"] = json!(token);
    let fresh = ask(&back_end, body.clone()).await;
    body["at_least_as_fresh"] = json!(format!("{token}x"));
    let refused = back_end.post(QUERY, body).await.unwrap();

    assert_eq!(codes(&fresh), json!(["ADD_REVIEW"]));
    assert_eq!(refused.status, 400);
    assert!(refused.text_at("/message").unwrap().contains("at_least_as_fresh"));
}
