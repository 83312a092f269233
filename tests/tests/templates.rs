//! Templates and view presets over HTTP, on both databases.

use std::collections::BTreeSet;

use guildhall_testkit::{Answer, Client, Stack, TestServer};
use serde_json::{Value, json};

use crate::artifacts::on_both;

on_both!(
    the_platforms_templates_are_there_for_everybody,
    a_template_is_customized_falls_behind_and_is_hidden,
    a_project_is_made_from_a_template_and_saved_as_another,
    a_repeated_save_answers_the_same_template,
    what_a_template_lacks_is_named_and_nothing_is_made,
    the_canvas_shows_the_fields_that_are_asked_for,
    a_view_is_made_chosen_and_left,
    who_save_under_one_name_at_once_each_have_a_template_of_their_own,
    what_is_wrong_with_a_change_is_named_where_it_was_sent,
);

/// Admins of two workspaces, a member of the first, and the platform's admin in System.
struct Stage {
    system: Client,
    here: Client,
    there: Client,
    internal: Client,
    external: Client,
    _server: TestServer,
}

const LAUNCH: &str = "/api/v1/templates/guildhall.base:campaign-launch";

impl Stage {
    async fn new(stack: Stack) -> Self {
        let server = TestServer::start(stack).await.unwrap();
        let platform = server.sign_in("", "platform-admin@demo.test").await.unwrap();
        Self {
            system: platform.with("guildhall-workspace", "system"),
            here: server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap(),
            there: server.sign_in("choreograph", "workspace-admin@choreograph.test").await.unwrap(),
            internal: server.sign_in("wpp", "internal@wpp.test").await.unwrap(),
            external: server.sign_in("wpp", "external@wpp.test").await.unwrap(),
            _server: server,
        }
    }
}

async fn get(who: &Client, path: &str) -> Answer {
    who.get(path).await.unwrap().expect(200).unwrap()
}

fn tag(answer: &Answer) -> &str {
    answer.headers["etag"].to_str().unwrap()
}

/// The answer to a change that names what it has seen.
async fn patch(who: &Client, path: &str, body: Value) -> Answer {
    let seen = get(who, path).await;
    who.with("if-match", tag(&seen)).patch(path, body).await.unwrap()
}

async fn ids(who: &Client, path: &str) -> Vec<String> {
    let items = get(who, path).await.json["items"].clone();
    items.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

async fn project(who: &Client, body: Value) -> Answer {
    who.post("/api/v1/projects", body).await.unwrap()
}

async fn canvas(who: &Client, id: &str, query: &str) -> Answer {
    get(who, &format!("/api/v1/projects/{id}/canvas{query}")).await
}

async fn the_platforms_templates_are_there_for_everybody(stack: Stack) {
    let stage = Stage::new(stack).await;

    let list = ids(&stage.there, "/api/v1/templates").await;
    let row = get(&stage.there, "/api/v1/templates?q=CAMPAIGN%20brief&category=campaign").await.json["items"]
        [0]
    .clone();

    for id in ["always-on-content", "brand-refresh", "campaign-launch", "pitch"] {
        assert!(list.contains(&format!("guildhall.base:{id}")), "{id}");
    }
    assert_eq!((&row["id"], &row["origin"]), (&json!("guildhall.base:campaign-launch"), &json!("SYSTEM")));
    assert_eq!(row["update_available"], false);
    assert_eq!(row["duration_days"], 75);
    let whole = get(&stage.there, LAUNCH).await;
    assert_eq!(whole.json["counts"], row["counts"]);
    assert_eq!(
        whole.json["phases"].as_array().unwrap().len() as u64,
        row["counts"]["phases"].as_u64().unwrap()
    );
    assert_eq!(whole.json["phases"][0]["items"][0]["tasks"][0]["title"], "Read what the client sent");
    assert_eq!(
        row["etag"].as_str().unwrap().trim_matches('"'),
        tag(&whole).trim_matches('"').split('.').next().unwrap()
    );
    stage.there.get("/api/v1/templates/guildhall.base:nothing").await.unwrap().expect(404).unwrap();
    stage.there.get("/api/v1/templates/No%20Name").await.unwrap().expect(404).unwrap();
    stage.external.get("/api/v1/templates").await.unwrap().expect(403).unwrap();
}

async fn a_template_is_customized_falls_behind_and_is_hidden(stack: Stack) {
    let stage = Stage::new(stack).await;
    let shared = "/api/v1/artifacts/workflow_template/shared";
    let content = json!({"name": "Shared", "phases": [{"key": "a", "name": "A", "due_day": 3}]});
    stage.system.put(shared, json!({"content": content})).await.unwrap().expect(201).unwrap();
    let path = "/api/v1/templates/shared";
    stage.internal.patch(path, json!({"name": "Ours"})).await.unwrap().expect(428).unwrap();

    let ours =
        patch(&stage.internal, path, json!({"name": "Zebra", "category": "Own"})).await.expect(200).unwrap();
    let newer = json!({"name": "Shared", "phases": [{"key": "a", "name": "A", "due_day": 3}, {"key": "b", "name": "B"}]});
    stage
        .system
        .with("if-match", "*")
        .put(shared, json!({"content": newer}))
        .await
        .unwrap()
        .expect(200)
        .unwrap();

    assert_eq!((&ours.json["origin"], &ours.json["update_available"]), (&json!("CUSTOMIZED"), &json!(false)));
    let now = get(&stage.internal, path).await.json;
    assert_eq!((&now["update_available"], &now["override_class"]), (&json!(true), &json!("CLEAN")));
    assert_eq!((&now["name"], &now["counts"]["phases"]), (&json!("Zebra"), &json!(1)));
    let row = get(&stage.internal, "/api/v1/templates?q=zebra").await.json["items"][0].clone();
    assert_eq!((&row["id"], &row["update_available"]), (&json!("shared"), &json!(true)));
    let stale = stage.internal.with("if-match", tag(&ours).replace('.', "9.").as_str());
    stale.patch(path, json!({"name": "Late"})).await.unwrap().expect(412).unwrap();
    stage.internal.delete(path).await.unwrap().expect(428).unwrap();
    stage.internal.with("if-match", "*").delete(path).await.unwrap().expect(204).unwrap();
    stage.internal.get(path).await.unwrap().expect(404).unwrap();
    assert_eq!(get(&stage.there, path).await.json["name"], "Shared");
}

async fn a_project_is_made_from_a_template_and_saved_as_another(stack: Stack) {
    let stage = Stage::new(stack).await;
    let body = json!({"name": "Autumn", "template_id": "guildhall.base:campaign-launch", "start_date": "2028-02-22",
        "gating": "STRICT"});

    let made = project(&stage.internal, body).await.expect(201).unwrap();
    let id = made.text_at("/id").unwrap();
    let board = canvas(&stage.internal, &id, "").await.json;
    let save = format!("/api/v1/projects/{id}/save-as-template");
    let saved =
        stage.internal.post(&save, json!({"name": "Our Launch!"})).await.unwrap().expect(201).unwrap();

    assert_eq!((&made.json["gating"], &made.json["start_date"]), (&json!("STRICT"), &json!("2028-02-22")));
    assert_eq!(
        (&board["phases"][0]["name"], &board["phases"][0]["due_date"]),
        (&json!("Brief"), &json!("2028-02-29"))
    );
    assert_eq!((&saved.json["id"], &saved.json["origin"]), (&json!("our-launch"), &json!("OWN")));
    assert_eq!(saved.json["phases"], get(&stage.internal, LAUNCH).await.json["phases"]);
    let again = json!({"name": "Again", "template_id": "our-launch", "start_date": "2028-02-22"});
    let again = project(&stage.internal, again).await.expect(201).unwrap();
    assert_eq!(again.json["gating"], "STRICT");
    stage.there.get("/api/v1/templates/our-launch").await.unwrap().expect(404).unwrap();
    project(&stage.there, json!({"name": "Theirs", "template_id": "our-launch"})).await.expect(404).unwrap();
    project(&stage.internal, json!({"name": "P", "template_id": "NOT ONE"})).await.expect(400).unwrap();
}

async fn a_repeated_save_answers_the_same_template(stack: Stack) {
    let stage = Stage::new(stack).await;
    let id =
        project(&stage.internal, json!({"name": "P"})).await.expect(201).unwrap().text_at("/id").unwrap();
    let keyed = stage.internal.with("idempotency-key", "save-once");
    let save = format!("/api/v1/projects/{id}/save-as-template");

    let first = keyed.post(&save, json!({"name": "Zebra"})).await.unwrap().expect(201).unwrap();
    let second = keyed.post(&save, json!({"name": "Zebra"})).await.unwrap().expect(201).unwrap();

    assert_eq!(first.text, second.text);
    assert_eq!(second.headers["idempotency-replayed"], "true");
    assert_eq!(ids(&stage.internal, "/api/v1/templates?q=zebra").await, ["zebra"]);
    keyed.post(&save, json!({"name": "Twice"})).await.unwrap().expect(422).unwrap();
}

async fn what_a_template_lacks_is_named_and_nothing_is_made(stack: Stack) {
    let stage = Stage::new(stack).await;
    let content = json!({"name": "With products", "phases": [{"key": "p", "name": "P", "items": [
        {"key": "plan", "kind": "APPLICATION", "name": "Plan the media", "application": {"slug": "media-planner"}},
        {"key": "odd", "kind": "APPLICATION", "name": "Odd one", "application": {"slug": "not-there"}}
    ]}]});
    let template = "/api/v1/artifacts/workflow_template/with-products";
    stage.here.put(template, json!({"content": content})).await.unwrap().expect(201).unwrap();
    let before = get(&stage.here, "/api/v1/projects").await.text;

    let refused = project(&stage.here, json!({"name": "P", "template_id": "with-products"})).await;

    let refused = refused.expect(422).unwrap().json;
    assert_eq!(
        (&refused["code"], &refused["items"][1]["reason"]),
        (&json!("product_incompatible"), &json!("PRODUCT_UNAVAILABLE"))
    );
    assert_eq!(refused["items"][0]["name"], "Plan the media");
    assert_eq!(refused["items"][0]["missing"], refused["missing"]);
    assert!(!refused["missing"].as_array().unwrap().is_empty());
    assert_eq!(get(&stage.here, "/api/v1/projects").await.text, before);
}

async fn the_canvas_shows_the_fields_that_are_asked_for(stack: Stack) {
    let stage = Stage::new(stack).await;
    let body = json!({"name": "Autumn", "template_id": "guildhall.base:pitch", "start_date": "2027-01-01"});
    let id = project(&stage.internal, body).await.expect(201).unwrap().text_at("/id").unwrap();

    let whole = canvas(&stage.internal, &id, "").await;
    let some = canvas(&stage.internal, &id, "?fields=phase.state,item.due_date").await;
    let minimal = canvas(&stage.internal, &id, "?preset=guildhall.base:minimal").await;
    let none = canvas(&stage.internal, &id, "?fields=").await;

    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let (phase, item) = (&some.json["phases"][0], &some.json["phases"][0]["items"][0]);
    assert_eq!(keys(phase), ["id", "items", "name", "state"]);
    assert_eq!(keys(item), ["due_date", "id", "kind", "name"]);
    assert_eq!(keys(&minimal.json["phases"][0]["items"][0]["tasks"][0]), ["id", "status", "title"]);
    assert_eq!(keys(&none.json["phases"][0]), ["id", "items", "name"]);
    assert_eq!(some.json["project"], whole.json["project"]);
    let everything = canvas(&stage.internal, &id, "?preset=guildhall.base:everything").await;
    assert_eq!((&everything.text, tag(&everything)), (&whole.text, tag(&whole)));
    let tags: BTreeSet<_> = [&whole, &some, &minimal, &none].map(tag).into();
    assert_eq!(tags.len(), 4);
    let path = format!("/api/v1/projects/{id}/canvas");
    let same = stage.internal.with("if-none-match", tag(&some));
    same.get(&format!("{path}?fields=item.due_date,phase.state")).await.unwrap().expect(304).unwrap();
    same.get(&path).await.unwrap().expect(200).unwrap();
    let odd = stage.internal.get(&format!("{path}?fields=item.colour")).await.unwrap().expect(400).unwrap();
    assert!(odd.text.contains("item.colour") && odd.text.contains("phase.objective"), "{}", odd.text);
    stage.internal.get(&format!("{path}?fields=item.status&preset=x")).await.unwrap().expect(400).unwrap();
    stage.internal.get(&format!("{path}?preset=nothing")).await.unwrap().expect(404).unwrap();
}

async fn a_view_is_made_chosen_and_left(stack: Stack) {
    let stage = Stage::new(stack).await;
    let id =
        project(&stage.internal, json!({"name": "P"})).await.expect(201).unwrap().text_at("/id").unwrap();
    let choice = format!("/api/v1/projects/{id}/view-preset");
    let before = get(&stage.internal, &choice).await;
    let preset = json!({"name": "Dates", "fields": {"item": ["due_date"]}});
    stage.internal.post("/api/v1/view-presets", preset.clone()).await.unwrap().expect(403).unwrap();
    stage.here.post("/api/v1/view-presets", preset).await.unwrap().expect(201).unwrap();
    let odd = json!({"name": "Odd", "fields": {"item": ["colour"]}});
    stage.here.post("/api/v1/view-presets", odd).await.unwrap().expect(400).unwrap();

    let chosen =
        stage.internal.put(&choice, json!({"preset_id": "dates"})).await.unwrap().expect(200).unwrap();

    assert_eq!(
        (&before.json["preset_id"], &before.json["preset"]["id"]),
        (&Value::Null, &json!("guildhall.base:everything"))
    );
    assert_eq!(chosen.json["fields"], json!({"phase": [], "item": ["due_date"], "task": []}));
    assert_eq!(get(&stage.internal, &choice).await.text, chosen.text);
    assert_eq!(get(&stage.here, &choice).await.json["preset_id"], Value::Null);
    stage.external.get(&choice).await.unwrap().expect(404).unwrap();
    stage.internal.put(&choice, json!({"preset_id": "nothing"})).await.unwrap().expect(404).unwrap();
    stage.internal.put(&choice, json!({})).await.unwrap().expect(400).unwrap();
    let left = stage.internal.put(&choice, json!({"preset_id": null})).await.unwrap().expect(200).unwrap();
    assert_eq!(
        (&left.json["preset_id"], &left.json["preset"]["id"]),
        (&Value::Null, &json!("guildhall.base:everything"))
    );
    let stale = stage.internal.with("if-match", tag(&chosen));
    stale.put(&choice, json!({"preset_id": "dates"})).await.unwrap().expect(412).unwrap();
    let mine = patch(&stage.here, "/api/v1/view-presets/dates", json!({"description": "Ours"}))
        .await
        .expect(200)
        .unwrap();
    assert_eq!((&mine.json["description"], &mine.json["origin"]), (&json!("Ours"), &json!("OWN")));
    assert!(ids(&stage.external, "/api/v1/view-presets").await.contains(&"dates".to_owned()));
}

async fn who_save_under_one_name_at_once_each_have_a_template_of_their_own(stack: Stack) {
    let stage = Stage::new(stack).await;
    let id =
        project(&stage.internal, json!({"name": "P"})).await.expect(201).unwrap().text_at("/id").unwrap();
    let path = format!("/api/v1/projects/{id}/save-as-template");
    let save = || stage.internal.post(&path, json!({"name": "Zebra"}));

    let (one, two, three, four) = tokio::join!(save(), save(), save(), save());

    let saved: BTreeSet<String> = [one, two, three, four]
        .into_iter()
        .map(|answer| answer.unwrap().expect(201).unwrap().text_at("/id").unwrap())
        .collect();
    assert_eq!(saved.len(), 4);
    let listed: BTreeSet<String> =
        ids(&stage.internal, "/api/v1/templates?q=zebra").await.into_iter().collect();
    assert_eq!(listed, saved);
}

async fn what_is_wrong_with_a_change_is_named_where_it_was_sent(stack: Stack) {
    let stage = Stage::new(stack).await;
    let path = "/api/v1/templates/guildhall.base:pitch";
    let any = stage.internal.with("if-match", "*");
    let twins = json!({"phases": [{"key": "a", "name": "A", "start_day": 2, "due_day": 1}]});

    let refused = any.patch(path, twins).await.unwrap().expect(422).unwrap();

    assert_eq!(refused.json["errors"][0]["pointer"], "/phases/0/due_day");
    let typed = any.patch(path, json!({"phases": [{"key": "A", "name": ""}]})).await.unwrap();
    let typed = typed.expect(400).unwrap().json["errors"].clone();
    let places: BTreeSet<_> =
        typed.as_array().unwrap().iter().map(|fault| fault["pointer"].as_str()).collect();
    assert_eq!(places, [Some("/phases/0/key"), Some("/phases/0/name")].into());
    assert_eq!(get(&stage.internal, path).await.json["origin"], "SYSTEM");
}
