//! A project that is purged is gone with all that was in it, and the log says so.

use guildhall_testkit::{
    Client,
    Stack::{self, Postgres, Sqlite},
    TestServer, rows_of,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::world;

async fn post(by: &Client, path: &str, body: Value) -> (u16, Value) {
    let answer = by.post(path, body).await.unwrap();
    (answer.status.as_u16(), answer.json)
}

#[rstest]
#[tokio::test]
async fn a_purged_project_leaves_nothing_but_the_log(#[values(Sqlite, Postgres)] on: Stack) {
    let server = TestServer::start(on).await.unwrap();
    let ids = world::build(&server, "wpp").await.unwrap();
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let workspace = admin.get("/api/v1/workspace").await.unwrap().text_at("/id").unwrap().parse().unwrap();
    let project = ids.of("project");
    let at = format!("/api/v1/projects/{project}");
    let invited = json!({"email": "later@elsewhere.test", "role": "VIEWER"});
    admin.post(&format!("{at}/members"), invited).await.unwrap().expect(201).unwrap();
    let named = json!({"name": "Project"});

    let active = post(&admin, &format!("{at}/purge"), named.clone()).await;
    admin.post(&format!("{at}/archive"), json!({})).await.unwrap().expect(200).unwrap();
    let misnamed = post(&admin, &format!("{at}/purge"), json!({"name": "Projects"})).await;
    let owner = server.sign_in("wpp", "internal@wpp.test").await.unwrap();
    let by_another = post(&owner, &format!("{at}/purge"), named.clone()).await.0;
    let with_key = admin.with("idempotency-key", "purge-1");
    let done = post(&with_key, &format!("{at}/purge"), named.clone()).await;
    let again = with_key.post(&format!("{at}/purge"), named.clone()).await.unwrap();

    assert_eq!((active.0, &active.1["code"]), (409, &json!("project_not_archived")));
    assert_eq!((misnamed.0, &misnamed.1["code"]), (422, &json!("name_mismatch")));
    assert_eq!(by_another, 404);
    assert_eq!(done, (200, json!({"id": project})));
    assert_eq!(
        (again.status.as_u16(), again.headers["idempotency-replayed"].to_str().unwrap()),
        (200, "true")
    );
    assert_eq!(post(&admin, &format!("{at}/purge"), named).await.0, 404);
    assert_eq!(admin.get(&at).await.unwrap().status, 404);
    let spelled = [project.clone(), project.replace('-', "").to_uppercase()];
    let account = ids.of("project_account");
    for (table, rows) in rows_of(&server.inspector, workspace).await.unwrap() {
        let log =
            ["event", "event_name", "idempotency_key", "launch", "invitation"].contains(&table.as_str());
        let told = spelled.iter().chain([&account]).any(|id| rows.contains(id.as_str()));
        assert!(log || !told, "{table} still tells of the project: {rows}");
    }
    let log = admin.get("/api/v1/audit?kind=project.purged").await.unwrap().expect(200).unwrap();
    assert_eq!(log.json["items"][0]["subject"], json!({"type": "project", "id": project, "name": "Project"}));
    assert!(log.json["items"][0]["changes"].as_array().unwrap().iter().any(|one| one["field"] == "name"));
}
