//! Drafts, published as a set.

use guildhall_testkit::Stack;
use serde_json::{Value, json};

use super::{
    on_both,
    stage::{Stage, at, get, preset, put, tag},
};

const DRAFTS: &str = "/api/v1/artifact-drafts";

on_both!(
    a_set_of_drafts_is_published_at_once,
    one_wrong_draft_keeps_all_from_being_published,
    a_draft_changes_for_who_has_seen_it,
    what_is_published_may_be_withdrawn_or_hidden,
    publishing_again_under_the_same_key_answers_what_was_published,
    a_draft_gives_way_to_what_was_published_meanwhile,
    nothing_is_published_into_system,
);

fn draft(path: &str) -> String {
    format!("{DRAFTS}/view_preset/{}", path.replace('/', "%2F"))
}

async fn save(stage: &Stage, path: &str, body: Value) -> guildhall_testkit::Answer {
    stage.here.put(&draft(path), body).await.unwrap().expect(200).unwrap()
}

async fn a_set_of_drafts_is_published_at_once(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "set/one", preset("One", &[])).await;
    let custom = put(&stage.here, "set/one", preset("Custom", &[])).await;
    save(&stage, "set/one", json!({"content": preset("Published one", &[])})).await;
    save(&stage, "set/two", json!({"content": preset("Published two", &[])})).await;
    assert_eq!(stage.here.get(&at("set/two")).await.unwrap().status, 404, "nobody sees a draft");
    let check = stage.here.post(&format!("{DRAFTS}/check"), json!({})).await.unwrap().expect(200).unwrap();
    assert_eq!(check.json["faults"], json!([]));

    let made = stage.here.post(&format!("{DRAFTS}/publish"), json!({})).await.unwrap().expect(200).unwrap();

    let items = made.json["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(
        (&items[0]["path"], &items[0]["shadowed_by"]),
        (&json!("set/one"), &custom.json["version_id"])
    );
    assert_eq!((&items[1]["path"], &items[1]["shadowed_by"]), (&json!("set/two"), &Value::Null));
    let two = get(&stage.here, "set/two").await;
    assert_eq!((&two.json["layer"], &two.json["version_id"]), (&json!("PUBLISHED"), &items[1]["version_id"]));
    let one = get(&stage.here, "set/one").await;
    assert_eq!(
        (&one.json["title"], &one.json["override_state"]),
        (&json!("Custom"), &json!("UPGRADE_AVAILABLE"))
    );
    let left = stage.here.get(DRAFTS).await.unwrap().expect(200).unwrap();
    assert_eq!(left.json["items"], json!([]));
    assert_eq!(stage.there.get(&at("set/two")).await.unwrap().status, 404);
    let history = stage.here.get(&format!("{}/history", at("set/two"))).await.unwrap();
    assert_eq!(history.json["items"][0]["act"], "PUBLISHED");
}

async fn one_wrong_draft_keeps_all_from_being_published(stack: Stack) {
    let stage = Stage::new(stack).await;
    save(&stage, "set/right", json!({"content": preset("Right", &[])})).await;
    save(&stage, "set/wrong", json!({"content": {"name": 7}})).await;
    save(&stage, "set/withdrawn", json!({"act": "WITHDRAW"})).await;

    let check = stage.here.post(&format!("{DRAFTS}/check"), json!({})).await.unwrap().expect(200).unwrap();
    let refused = stage.here.post(&format!("{DRAFTS}/publish"), json!({})).await.unwrap();

    assert_eq!((refused.status.as_u16(), &refused.json["code"]), (422, &json!("drafts_invalid")));
    assert_eq!(refused.json["errors"], check.json["faults"]);
    let pointers: Vec<&str> = check.json["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["pointer"].as_str().unwrap())
        .collect();
    assert!(pointers.contains(&"view_preset/set/wrong#/name"), "{pointers:?}");
    assert!(pointers.contains(&"view_preset/set/withdrawn#"), "{pointers:?}");
    assert_eq!(stage.here.get(&at("set/right")).await.unwrap().status, 404);
    let named = json!({"items": [{"kind": "view_preset", "path": "set/right"}]});
    stage.here.post(&format!("{DRAFTS}/publish"), named).await.unwrap().expect(200).unwrap();
    assert_eq!(get(&stage.here, "set/right").await.json["layer"], "PUBLISHED");
}

async fn a_draft_changes_for_who_has_seen_it(stack: Stack) {
    let stage = Stage::new(stack).await;
    let first = save(&stage, "set/one", json!({"content": {"half": "done"}})).await;
    let body = json!({"content": preset("One", &[])});

    let unseen = stage.here.put(&draft("set/one"), body.clone()).await.unwrap();
    let seen = stage.here.with("if-match", &tag(&first)).put(&draft("set/one"), body.clone()).await.unwrap();
    let stale = stage.here.with("if-match", &tag(&first)).put(&draft("set/one"), body).await.unwrap();
    let undeleted = stage.here.with("if-match", &tag(&first)).delete(&draft("set/one")).await.unwrap();
    let unconditional = stage.here.delete(&draft("set/one")).await.unwrap();
    let deleted = stage.here.with("if-match", &tag(&seen)).delete(&draft("set/one")).await.unwrap();
    let again = save(&stage, "set/one", json!({"content": {}})).await;

    let statuses =
        [&unseen, &seen, &stale, &undeleted, &unconditional, &deleted].map(|it| it.status.as_u16());
    assert_eq!(statuses, [428, 200, 412, 412, 428, 204]);
    assert_ne!(again.json["etag"], first.json["etag"], "another draft is not taken for the one before");
    let beside = stage.here.put(&draft("set/two"), json!({"act": "HIDE", "content": {}})).await.unwrap();
    assert_eq!((beside.status.as_u16(), &beside.json["code"]), (422, &json!("artifact_invalid")));
}

async fn what_is_published_may_be_withdrawn_or_hidden(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "set/one", preset("One", &[])).await;
    let publish = format!("{DRAFTS}/publish");
    save(&stage, "set/one", json!({"content": preset("Published", &[])})).await;
    stage.here.post(&publish, json!({})).await.unwrap().expect(200).unwrap();
    assert_eq!(get(&stage.here, "set/one").await.json["title"], "Published");

    save(&stage, "set/one", json!({"act": "HIDE"})).await;
    let hidden = stage.here.post(&publish, json!({})).await.unwrap().expect(200).unwrap();
    assert_eq!(
        (&hidden.json["items"][0]["act"], &hidden.json["items"][0]["version_id"]),
        (&json!("HIDE"), &Value::Null)
    );
    assert_eq!(stage.here.get(&at("set/one")).await.unwrap().status, 404);
    save(&stage, "set/one", json!({"act": "WITHDRAW"})).await;
    stage.here.post(&publish, json!({})).await.unwrap().expect(200).unwrap();

    assert_eq!(get(&stage.here, "set/one").await.json["layer"], "SYSTEM");
}

async fn publishing_again_under_the_same_key_answers_what_was_published(stack: Stack) {
    let stage = Stage::new(stack).await;
    for path in ["set/one", "set/two"] {
        save(&stage, path, json!({"content": preset(path, &[])})).await;
    }
    let keyed = stage.here.with("idempotency-key", "publish-1");
    let publish = format!("{DRAFTS}/publish");

    let first = keyed.post(&publish, json!({})).await.unwrap().expect(200).unwrap();
    save(&stage, "set/three", json!({"content": preset("Three", &[])})).await;
    let again = keyed.post(&publish, json!({})).await.unwrap().expect(200).unwrap();
    let nothing = stage.here.with("idempotency-key", "publish-2");
    stage.here.with("if-match", "*").delete(&draft("set/three")).await.unwrap().expect(204).unwrap();
    let (none, none_again) = (
        nothing.post(&publish, json!({})).await.unwrap().expect(200).unwrap(),
        nothing.post(&publish, json!({})).await.unwrap().expect(200).unwrap(),
    );

    assert_eq!(first.json["items"].as_array().unwrap().len(), 2);
    assert_eq!(again.text, first.text);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!((none.text.as_str(), none_again.text.as_str()), (r#"{"items":[]}"#, r#"{"items":[]}"#));
    let log = stage.here.get("/api/v1/audit?kind=artifact.published").await.unwrap();
    assert_eq!(log.json["items"].as_array().map(Vec::len), Some(2), "{}", log.text);
}

async fn a_draft_gives_way_to_what_was_published_meanwhile(stack: Stack) {
    let stage = Stage::new(stack).await;
    let publish = format!("{DRAFTS}/publish");
    save(&stage, "set/one", json!({"content": preset("First", &[])})).await;
    stage.here.post(&publish, json!({})).await.unwrap().expect(200).unwrap();
    save(&stage, "set/one", json!({"content": preset("Second", &[])})).await;

    stage.here.post(&publish, json!({})).await.unwrap().expect(200).unwrap();

    assert_eq!(get(&stage.here, "set/one").await.json["title"], "Second");
    let history = stage.here.get(&format!("{}/history", at("set/one"))).await.unwrap();
    assert_eq!(history.json["items"][0]["difference"][0]["before"], "First");
}

async fn nothing_is_published_into_system(stack: Stack) {
    let stage = Stage::new(stack).await;

    let refused = stage.system.put(&draft("set/one"), json!({"content": preset("X", &[])})).await.unwrap();

    assert_eq!((refused.status.as_u16(), &refused.json["code"]), (422, &json!("not_in_system")));
}
