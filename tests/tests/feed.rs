//! Every change of a board has its event, with the fields before and after, and names for what they name.

use guildhall_testkit::{Client, Stack, TestServer};
use serde_json::{Value, json};

/// Somebody's last act in a project, as the feed tells it.
struct Told {
    kind: String,
    changes: Vec<Value>,
    mentioned: Vec<Value>,
}

impl Told {
    fn of(&self, field: &str) -> (Value, Value) {
        let change = self.changes.iter().find(|change| change["field"] == field);
        let change = change.unwrap_or_else(|| panic!("{}: no {field} in {:?}", self.kind, self.changes));
        (change["before"].clone(), change["after"].clone())
    }

    fn names(&self) -> Vec<&str> {
        self.mentioned.iter().filter_map(|one| one["name"].as_str()).collect()
    }
}

struct Board {
    admin: Client,
    at: String,
}

impl Board {
    async fn act(&self, method: &str, path: &str, body: Value) -> (Value, Told) {
        let method = method.parse().unwrap();
        let path = format!("{}{path}", self.at);
        let answer = self.admin.send(method, &path, Some(body)).await.unwrap();
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        let feed = self.admin.get(&format!("{}/activity?limit=1", self.at)).await.unwrap();
        let newest = feed.expect(200).unwrap().json["items"][0].clone();
        let list = |field: &str| newest[field].as_array().unwrap().clone();
        let kind = newest["kind"].as_str().unwrap().to_owned();
        (answer.json, Told { kind, changes: list("changes"), mentioned: list("mentioned") })
    }
}

#[tokio::test]
async fn every_change_of_a_board_is_told_with_before_and_after() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    let guest = guest.get("/api/v1/me").await.unwrap().text_at("/id").unwrap();
    let project = admin.post("/api/v1/projects", json!({"name": "One"})).await.unwrap();
    let at = format!("/api/v1/projects/{}", project.text_at("/id").unwrap());
    let board = Board { admin, at };
    let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
    let mut kinds = Vec::new();
    let mut acts: Vec<(Told, &str, Value, Value)> = Vec::new();

    let (_, told) = board.act("PATCH", "", json!({"name": "Two"})).await;
    acts.push((told, "name", json!("One"), json!("Two")));
    let (_, told) = board.act("POST", "/members", json!({"user_id": guest, "role": "VIEWER"})).await;
    acts.push((told, "role", Value::Null, json!("VIEWER")));
    let (_, told) = board.act("PATCH", &format!("/members/{guest}"), json!({"role": "CONTRIBUTOR"})).await;
    acts.push((told, "role", json!("VIEWER"), json!("CONTRIBUTOR")));
    let (made, told) = board.act("POST", "/phases", json!({"name": "Plan"})).await;
    let plan = id(&made);
    acts.push((told, "name", Value::Null, json!("Plan")));
    let (made, _) = board.act("POST", "/phases", json!({"name": "Make"})).await;
    let make = id(&made);
    let (_, told) = board.act("PATCH", &format!("/phases/{plan}"), json!({"due_date": "2027-01-02"})).await;
    acts.push((told, "due_date", Value::Null, json!("2027-01-02")));
    let (_, told) = board.act("POST", &format!("/phases/{make}/move"), json!({"before_id": plan})).await;
    assert_ne!(told.of("position").0, told.of("position").1);
    kinds.push(told.kind);
    let body = json!({"kind": "ACTIVITY", "name": "Write"});
    let (made, told) = board.act("POST", &format!("/phases/{plan}/items"), body).await;
    let item = id(&made);
    acts.push((told, "name", Value::Null, json!("Write")));
    let at_item = format!("/items/{item}");
    let (_, told) = board.act("PATCH", &at_item, json!({"assignee_ids": [guest]})).await;
    assert_eq!(told.mentioned, [json!({"type": "user", "id": guest, "name": told.names()[0]})]);
    acts.push((told, "assignees", json!([]), json!([guest])));
    let (_, told) = board.act("PATCH", &at_item, json!({"status": "IN_PROGRESS"})).await;
    acts.push((told, "status", json!("TO_DO"), json!("IN_PROGRESS")));
    let (_, told) = board.act("POST", &format!("{at_item}/move"), json!({"phase_id": make})).await;
    let mut names = told.names();
    names.sort_unstable();
    assert_eq!(names, ["Make", "Plan"]);
    acts.push((told, "phase_id", json!(plan), json!(make)));
    let (made, told) = board.act("POST", &format!("{at_item}/tasks"), json!({"title": "Think"})).await;
    let task = format!("/tasks/{}", id(&made));
    assert_eq!(told.names(), ["Write"]);
    acts.push((told, "title", Value::Null, json!("Think")));
    let (made, _) = board.act("POST", &format!("{at_item}/tasks"), json!({"title": "Act"})).await;
    let after = json!({"item_id": item, "after_id": id(&made)});
    let (_, told) = board.act("POST", &format!("{task}/move"), after).await;
    assert_ne!(told.of("position").0, told.of("position").1);
    kinds.push(told.kind);
    let (_, told) = board.act("PATCH", &task, json!({"due_date": "2027-01-03"})).await;
    acts.push((told, "due_date", Value::Null, json!("2027-01-03")));
    let (_, told) = board.act("POST", &format!("{task}/archive"), json!({})).await;
    acts.push((told, "status", json!("TO_DO"), json!("ARCHIVED")));
    let (_, told) = board.act("POST", &format!("{task}/restore"), json!({})).await;
    acts.push((told, "status", json!("ARCHIVED"), json!("TO_DO")));
    let (_, told) = board.act("DELETE", &task, Value::Null).await;
    acts.push((told, "title", json!("Think"), Value::Null));
    let (_, told) = board.act("POST", &format!("{at_item}/archive"), json!({})).await;
    acts.push((told, "status", json!("IN_PROGRESS"), json!("ARCHIVED")));
    let (_, told) = board.act("POST", &format!("{at_item}/restore"), json!({})).await;
    acts.push((told, "status", json!("ARCHIVED"), json!("IN_PROGRESS")));
    let (_, told) = board.act("DELETE", &format!("/members/{guest}"), Value::Null).await;
    assert_eq!(told.of("unassigned_items").0, json!([item]));
    acts.push((told, "role", json!("CONTRIBUTOR"), Value::Null));
    let (_, told) = board.act("DELETE", &at_item, Value::Null).await;
    acts.push((told, "name", json!("Write"), Value::Null));
    let (_, told) = board.act("DELETE", &format!("/phases/{plan}"), Value::Null).await;
    acts.push((told, "name", json!("Plan"), Value::Null));
    let (_, told) = board.act("POST", "/archive", json!({})).await;
    acts.push((told, "state", json!("ACTIVE"), json!("ARCHIVED")));
    let (_, told) = board.act("POST", "/restore", json!({})).await;
    acts.push((told, "state", json!("ARCHIVED"), json!("ACTIVE")));

    for (told, field, before, after) in acts {
        assert_eq!(told.of(field), (before, after), "{} {field}", told.kind);
        kinds.push(told.kind);
    }
    kinds.sort_unstable();
    kinds.dedup();
    let things = ["item", "phase", "project", "project_member", "task"];
    assert_eq!(kinds.len(), 22, "{kinds:?}");
    assert!(kinds.iter().all(|kind| things.contains(&kind.split('.').next().unwrap())));
    let of_item = board.admin.get(&format!("{}/activity?subject_id={item}&kind=item.moved", board.at)).await;
    let found = of_item.unwrap().expect(200).unwrap().json["items"].as_array().unwrap().len();
    assert_eq!(found, 1);
}

#[tokio::test]
async fn who_has_left_the_workspace_is_named_no_longer() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    let guest = guest.get("/api/v1/me").await.unwrap().text_at("/id").unwrap();
    let project = admin.post("/api/v1/projects", json!({"name": "One"})).await.unwrap();
    let at = format!("/api/v1/projects/{}", project.text_at("/id").unwrap());
    let board = Board { admin, at };
    board.act("POST", "/members", json!({"user_id": guest, "role": "CONTRIBUTOR"})).await;
    let (phase, _) = board.act("POST", "/phases", json!({"name": "Plan"})).await;
    let items = format!("/phases/{}/items", phase["id"].as_str().unwrap());
    let (item, _) = board.act("POST", &items, json!({"kind": "ACTIVITY", "name": "Write"})).await;
    let item = item["id"].as_str().unwrap();
    let (_, told) = board.act("PATCH", &format!("/items/{item}"), json!({"assignee_ids": [guest]})).await;
    assert_eq!(told.names().len(), 1);

    board.admin.delete(&format!("/api/v1/members/{guest}")).await.unwrap().expect(204).unwrap();

    let feed = board.admin.get(&format!("{}/activity?subject_id={item}&limit=100", board.at)).await.unwrap();
    let events = feed.expect(200).unwrap().json["items"].as_array().unwrap().clone();
    let mentioned = events.iter().flat_map(|event| event["mentioned"].as_array().unwrap());
    let named: Vec<_> = mentioned.filter(|one| one["id"] == guest).map(|one| one["name"].clone()).collect();
    assert!(!named.is_empty() && named.iter().all(Value::is_null), "{named:?}");
}
