//! Ways in over HTTP: what is forged, used or out of its place opens nothing.

use guildhall_core::{IdGenerator as _, SystemIds};
use guildhall_testkit::{Client, Stack, TestServer};
use serde_json::json;

async fn server() -> TestServer {
    TestServer::start(Stack::Sqlite).await.unwrap()
}

/// Both workspaces' member, at the host of the first.
async fn both(server: &TestServer) -> Client {
    server.sign_in("wpp", "both@demo.test").await.unwrap()
}

/// The code of a switch to the second workspace.
async fn switch_code(server: &TestServer) -> String {
    let mine = both(server).await.get("/api/v1/me/workspaces").await.unwrap().expect(200).unwrap();
    let found = mine.json["items"].as_array().unwrap().iter().find(|one| one["prefix"] == "choreograph");
    let body = json!({"workspace_id": found.unwrap()["id"]});
    let url = both(server).await.post("/api/v1/sessions/switch", body).await.unwrap().expect(200).unwrap();
    let url = url.text_at("/url").unwrap();
    assert!(url.starts_with("http://choreograph.localhost:8080/"), "{url}");
    url.rsplit_once('=').unwrap().1.to_owned()
}

#[tokio::test]
async fn a_switch_opens_the_other_workspace_once_and_no_other() {
    let server = server().await;
    let body = json!({"switch_code": switch_code(&server).await});

    let elsewhere = server.visitor("wavemaker").post("/api/v1/sessions", body.clone()).await.unwrap();
    let there = server.visitor("choreograph").post("/api/v1/sessions", body.clone()).await.unwrap();
    let again = server.visitor("choreograph").post("/api/v1/sessions", body).await.unwrap();

    assert_eq!((elsewhere.status.as_u16(), again.status.as_u16()), (401, 401));
    let there = there.expect(201).unwrap();
    let cookie = there.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let me = server.visitor("choreograph").with("cookie", &cookie).get("/api/v1/me").await.unwrap();
    assert_eq!(me.expect(200).unwrap().text_at("/email").unwrap(), "both@demo.test");
}

#[tokio::test]
async fn a_forged_code_is_answered_like_a_wrong_password() {
    let server = server().await;
    let visitor = server.visitor("choreograph");

    let forged = json!({"switch_code": SystemIds.secret().reveal()});
    let forged = visitor.post("/api/v1/sessions", forged).await.unwrap();
    let wrong = json!({"email": "both@demo.test", "password": "not the password"});
    let wrong = visitor.post("/api/v1/sessions", wrong).await.unwrap();

    assert_eq!(forged.status.as_u16(), 401);
    assert_eq!(forged.without_request_id(), wrong.without_request_id());
}

#[tokio::test]
async fn a_code_beside_a_password_is_refused() {
    let server = server().await;
    let body = json!({"switch_code": "x", "email": "both@demo.test", "password": "guildhall-demo"});

    let refused = server.visitor("wpp").post("/api/v1/sessions", body).await.unwrap();

    assert_eq!(refused.expect(400).unwrap().text_at("/errors/0/pointer").unwrap(), "/switch_code");
}

#[tokio::test]
async fn a_reset_link_sets_a_password_once() {
    let server = server().await;
    let before = both(&server).await;
    let link = server.kernel.reset_link_by_operator(&"both@demo.test".parse().unwrap()).await.unwrap();
    let token = link.rsplit_once('=').unwrap().1;
    let body = json!({"token": token, "password": "another password"});
    let visitor = server.visitor("");

    visitor.post("/api/v1/password-resets/complete", body.clone()).await.unwrap().expect(204).unwrap();
    let again = visitor.post("/api/v1/password-resets/complete", body).await.unwrap();

    assert_eq!(again.expect(422).unwrap().text_at("/code").unwrap(), "token_invalid");
    before.get("/api/v1/me").await.unwrap().expect(401).unwrap();
    assert!(visitor.password_token("both@demo.test", "another password").await.is_ok());
}

#[tokio::test]
async fn the_log_is_exported_line_by_line_and_says_so() {
    let server = server().await;
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();

    let lines = admin.with("accept", "application/jsonl").get("/api/v1/audit").await.unwrap();

    let lines = lines.expect(200).unwrap();
    assert_eq!(lines.headers["content-type"], "application/jsonl");
    let events: Vec<serde_json::Value> =
        lines.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events[0]["kind"], "audit.exported");
    assert_eq!(events.last().unwrap()["seq"], 1);
    assert_eq!(events.len(), usize::try_from(events[0]["seq"].as_u64().unwrap()).unwrap());
}

#[tokio::test]
async fn a_read_only_key_reads_and_is_told_why_it_changes_nothing() {
    let server = server().await;
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let body = json!({"name": "Report", "read_only": true});
    let made = admin.post("/api/v1/api-keys", body).await.unwrap().expect(201).unwrap();
    let key = made.text_at("/key").unwrap();
    assert!(key.starts_with("ghk_"), "{key}");
    let program = server.visitor("").with("authorization", &format!("Bearer {key}"));

    program.get("/api/v1/projects").await.unwrap().expect(200).unwrap();
    let refused = program.post("/api/v1/projects", json!({"name": "P"})).await.unwrap();

    assert_eq!(refused.expect(403).unwrap().text_at("/code").unwrap(), "read_only_key");
    let elsewhere = program.at("choreograph.localhost").get("/api/v1/projects").await.unwrap();
    elsewhere.expect(401).unwrap();
}
