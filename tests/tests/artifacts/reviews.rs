//! An override that fell behind: its review, and what becomes of it.

use guildhall_testkit::{Answer, Client, Stack};
use serde_json::{Value, json};

use super::{
    on_both,
    stage::{Stage, at, get, preset, put},
};

on_both!(
    a_conflict_is_merged_as_it_is_decided,
    a_review_is_stale_once_something_changes,
    what_is_retained_is_compared_with_what_lies_below_now,
    what_is_deferred_is_kept_until_something_changes,
    what_is_reverted_by_a_review_is_gone,
    there_is_nothing_to_review_where_nothing_is_newer,
);

/// An override of which name and fields conflict with the newer version below.
async fn fallen(stack: Stack) -> Stage {
    let stage = Stage::new(stack).await;
    put(&stage.system, "story/board", preset("Board", &["status"])).await;
    put(&stage.here, "story/board", preset("Ours", &["status"])).await;
    put(&stage.system, "story/board", preset("Theirs", &["status", "due_date"])).await;
    stage
}

async fn review(client: &Client) -> Answer {
    client.get(&format!("{}/review", at("story/board"))).await.unwrap().expect(200).unwrap()
}

async fn resolve(client: &Client, review: &Answer, more: Value) -> Answer {
    let mut body = json!({"ours": review.json["ours"], "theirs": review.json["theirs"]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.post(&format!("{}/review/resolve", at("story/board")), body).await.unwrap()
}

async fn a_conflict_is_merged_as_it_is_decided(stack: Stack) {
    let stage = fallen(stack).await;
    let opened = stage.here.post(&format!("{}/review", at("story/board")), json!({})).await.unwrap();
    let opened = opened.expect(200).unwrap();
    assert_eq!(
        (&opened.json["override_state"], &opened.json["override_class"]),
        (&json!("UPGRADE_AVAILABLE"), &json!("CONFLICT"))
    );
    let sides: Vec<(&Value, &Value)> = opened.json["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (&edit["pointer"], &edit["side"]))
        .collect();
    assert_eq!(sides, [(&json!("/fields/item"), &json!("THEIRS")), (&json!("/name"), &json!("CONFLICT"))]);

    let undecided = resolve(&stage.here, &opened, json!({"resolution": "MERGE"})).await;
    let decide = |take: Value| json!({"resolution": "MERGE", "decisions": [{"pointer": "/name", "part": "VALUE", "take": take}]});
    let invalid = resolve(&stage.here, &opened, decide(json!({"VALUE": ""}))).await;
    let misplaced = resolve(&stage.here, &opened, json!({"resolution": "RETAIN", "decisions": []})).await;
    let merged = resolve(&stage.here, &opened, decide(json!({"VALUE": "Both"}))).await.expect(200).unwrap();

    assert_eq!((undecided.status.as_u16(), &undecided.json["code"]), (422, &json!("decisions_invalid")));
    assert_eq!(undecided.json["errors"][0]["pointer"], "/name");
    assert_eq!((invalid.status.as_u16(), &invalid.json["code"]), (422, &json!("artifact_invalid")));
    assert_eq!(misplaced.status, 400);
    assert_eq!(merged.json["content"], preset("Both", &["status", "due_date"]));
    assert_eq!(
        (&merged.json["override_state"], &merged.json["origin"]),
        (&json!("CURRENT"), &json!("MERGE"))
    );
    assert_eq!(get(&stage.there, "story/board").await.json["title"], "Theirs");
}

async fn a_review_is_stale_once_something_changes(stack: Stack) {
    let stage = fallen(stack).await;
    let before = review(&stage.here).await;
    put(&stage.system, "story/board", preset("Newer", &["status"])).await;

    let stale = resolve(&stage.here, &before, json!({"resolution": "RETAIN"})).await;
    let between = review(&stage.here).await;
    put(&stage.here, "story/board", preset("Ours too", &["status"])).await;
    let stale_too = resolve(&stage.here, &between, json!({"resolution": "REVERT"})).await;

    for answer in [stale, stale_too] {
        assert_eq!((answer.status.as_u16(), &answer.json["code"]), (409, &json!("review_stale")));
    }
    let after = review(&stage.here).await;
    assert_eq!(after.json["base"], before.json["base"], "it is compared with what it was made from");
    assert_ne!(after.json["theirs"], before.json["theirs"]);
    assert_eq!(get(&stage.here, "story/board").await.json["title"], "Ours too");
}

async fn what_is_retained_is_compared_with_what_lies_below_now(stack: Stack) {
    let stage = fallen(stack).await;
    let found = review(&stage.here).await;

    let retained = resolve(&stage.here, &found, json!({"resolution": "RETAIN"})).await.expect(200).unwrap();

    assert_eq!(retained.json["content"], preset("Ours", &["status"]));
    assert_eq!(retained.json["override_state"], "CURRENT");
}

async fn what_is_deferred_is_kept_until_something_changes(stack: Stack) {
    let stage = fallen(stack).await;
    let found = review(&stage.here).await;
    assert_eq!(found.json["deferred"], false);

    resolve(&stage.here, &found, json!({"resolution": "DEFER"})).await.expect(200).unwrap();

    let deferred = review(&stage.here).await;
    assert_eq!((&deferred.json["deferred"], &deferred.json["edits"]), (&json!(true), &found.json["edits"]));
    put(&stage.system, "story/board", preset("Newer", &["status"])).await;
    assert_eq!(review(&stage.here).await.json["deferred"], false);
}

async fn what_is_reverted_by_a_review_is_gone(stack: Stack) {
    let stage = fallen(stack).await;
    let found = review(&stage.here).await;

    let reverted = resolve(&stage.here, &found, json!({"resolution": "REVERT"})).await.expect(200).unwrap();

    assert_eq!((&reverted.json["layer"], &reverted.json["title"]), (&json!("SYSTEM"), &json!("Theirs")));
    let again = resolve(&stage.here, &found, json!({"resolution": "REVERT"})).await;
    assert_eq!(again.status, 404);
}

async fn there_is_nothing_to_review_where_nothing_is_newer(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "story/board", preset("Board", &["status"])).await;
    let path = format!("{}/review", at("story/board"));
    let inherited = stage.here.get(&path).await.unwrap();
    put(&stage.here, "story/board", preset("Ours", &["status"])).await;

    let current = stage.here.get(&path).await.unwrap();
    let opened = stage.here.post(&path, json!({})).await.unwrap();

    assert_eq!(inherited.status, 404);
    for answer in [current, opened] {
        assert_eq!((answer.status.as_u16(), &answer.json["code"]), (409, &json!("nothing_to_review")));
    }
}
