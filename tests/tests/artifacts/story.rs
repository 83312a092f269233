//! One preset: shipped in System, inherited, customized in one workspace, upgraded, reverted, brought back.

use guildhall_testkit::Stack;
use serde_json::{Value, json};

use super::{
    on_both,
    stage::{Stage, at, get, preset, put, row, tag},
};

on_both!(
    what_one_workspace_customizes_nobody_else_sees,
    a_newer_version_in_system_reaches_who_has_customized_nothing_at_once,
    a_customization_is_taken_away_and_brought_back,
    a_write_names_what_it_has_seen,
    what_would_be_there_anyway_makes_no_override,
    history_says_who_did_what_by_which_way_and_what_it_changed,
    another_workspaces_artifact_is_not_there,
    an_artifact_is_read_again_only_where_it_has_changed,
    what_system_locks_stays_as_it_is,
);

async fn what_one_workspace_customizes_nobody_else_sees(stack: Stack) {
    let stage = Stage::new(stack).await;
    let shipped = put(&stage.system, "story/board", preset("Board", &["status"])).await;
    assert_eq!(shipped.status, 201);
    let (system, there) = (get(&stage.system, "story/board").await, get(&stage.there, "story/board").await);

    let ours = put(&stage.here, "story/board", preset("Ours", &["status"])).await;

    assert_eq!(ours.status, 200);
    let expected = json!({"layer": "CUSTOMIZATION", "inherited": false, "overridden": true,
        "override_state": "CURRENT", "override_class": null, "title": "Ours", "origin": "CUSTOMIZE"});
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&ours.json[field], value, "{field}");
    }
    assert_eq!(get(&stage.system, "story/board").await.text, system.text);
    assert_eq!(get(&stage.there, "story/board").await.text, there.text);
    assert_eq!((&there.json["layer"], &there.json["inherited"]), (&json!("SYSTEM"), &json!(true)));
    assert_eq!(row(&stage.here, "story/board").await["title"], "Ours");
    assert_eq!(row(&stage.there, "story/board").await["title"], "Board");
    let layers = stage.here.get(&format!("{}/layers", at("story/board"))).await.unwrap();
    let layers = layers.expect(200).unwrap().json["layers"].clone();
    assert_eq!((&layers[0]["layer"], &layers[1]["layer"]), (&json!("CUSTOMIZATION"), &json!("SYSTEM")));
    assert_eq!(layers[0]["version"]["base_id"], shipped.json["version_id"]);
}

async fn a_newer_version_in_system_reaches_who_has_customized_nothing_at_once(stack: Stack) {
    let stage = Stage::new(stack).await;
    let first = put(&stage.system, "story/board", preset("Board", &["status"])).await;
    put(&stage.here, "story/board", preset("Ours", &["status"])).await;

    put(&stage.system, "story/board", preset("Board", &["status", "due_date"])).await;

    let (here, there) = (get(&stage.here, "story/board").await, get(&stage.there, "story/board").await);
    assert_eq!(there.json["content"], preset("Board", &["status", "due_date"]));
    assert_eq!(here.json["content"], preset("Ours", &["status"]));
    let state = (&here.json["override_state"], &here.json["override_class"]);
    assert_eq!(state, (&json!("UPGRADE_AVAILABLE"), &json!("CLEAN")));
    assert_eq!(row(&stage.here, "story/board").await["override_class"], "CLEAN");
    let edited = put(&stage.here, "story/board", preset("Ours again", &["status"])).await;
    assert_eq!(edited.json["override_state"], "UPGRADE_AVAILABLE", "a further edit keeps the base");
    let layers = stage.here.get(&format!("{}/layers", at("story/board"))).await.unwrap();
    assert_eq!(layers.json["layers"][0]["version"]["base_id"], first.json["version_id"]);
}

async fn a_customization_is_taken_away_and_brought_back(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "story/board", preset("Board", &["status"])).await;
    let ours = put(&stage.here, "story/board", preset("Ours", &["status"])).await;
    let path = at("story/board");

    let reverted = stage.here.post(&format!("{path}/revert"), json!({})).await.unwrap().expect(200).unwrap();
    let again = stage.here.post(&format!("{path}/revert"), json!({})).await.unwrap();
    let layers = stage.here.get(&format!("{path}/layers")).await.unwrap();
    let reapply = stage.here.with("if-match", &tag(&layers));
    let back = reapply.post(&format!("{path}/reapply"), json!({})).await.unwrap().expect(200).unwrap();
    let twice = stage.here.post(&format!("{path}/reapply"), json!({})).await.unwrap();

    assert_eq!(reverted.json["layer"], "SYSTEM");
    assert_eq!(again.status, 404);
    assert_eq!(back.json["version_id"], ours.json["version_id"]);
    assert_ne!(tag(&back), tag(&ours), "what comes back has a tag of its own");
    assert_eq!((twice.status.as_u16(), &twice.json["code"]), (409, &json!("nothing_to_reapply")));
    let own = put(&stage.here, "story/own", preset("Own", &[])).await;
    assert_eq!(own.status, 201);
    let alone = stage.here.post(&format!("{}/revert", at("story/own")), json!({})).await.unwrap();
    assert_eq!((alone.status.as_u16(), &alone.json["code"]), (409, &json!("nothing_below")));
}

async fn a_write_names_what_it_has_seen(stack: Stack) {
    let stage = Stage::new(stack).await;
    let shipped = put(&stage.system, "story/board", preset("Board", &["status"])).await;
    let body = json!({"content": preset("Ours", &[])});
    let path = at("story/board");
    let seen = get(&stage.here, "story/board").await;

    let unseen = stage.here.put(&path, body.clone()).await.unwrap();
    let invented = stage.here.with("if-match", "\"999999\"").put(&path, body.clone()).await.unwrap();
    let written = stage.here.with("if-match", &tag(&seen)).put(&path, body.clone()).await.unwrap();
    let stale = stage.here.with("if-match", &tag(&seen)).put(&path, preset_body("Late")).await.unwrap();
    let listed = row(&stage.here, "story/board").await["etag"].as_str().unwrap().to_owned();
    let by_list = stage.here.with("if-match", &listed).put(&path, preset_body("Listed")).await.unwrap();
    let any = stage.here.with("if-match", "*").put(&path, preset_body("Any")).await.unwrap();
    let absent = stage.here.with("if-match", "*").put(&at("story/none"), body).await.unwrap();

    let statuses = [unseen, invented, written, stale, by_list, any, absent].map(|it| it.status.as_u16());
    assert_eq!(statuses, [428, 412, 200, 412, 200, 200, 412]);
    assert_eq!(get(&stage.system, "story/board").await.text, get(&stage.system, "story/board").await.text);
    assert_eq!(get(&stage.there, "story/board").await.json["version_id"], shipped.json["version_id"]);
}

fn preset_body(name: &str) -> Value {
    json!({"content": preset(name, &[])})
}

async fn what_would_be_there_anyway_makes_no_override(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "story/board", preset("Board", &["status"])).await;

    let same = put(&stage.here, "story/board", preset("Board", &["status"])).await;
    assert_eq!((&same.json["layer"], &same.json["overridden"]), (&json!("SYSTEM"), &json!(false)));
    put(&stage.here, "story/board", preset("Ours", &["status"])).await;
    let back = put(&stage.here, "story/board", preset("Board", &["status"])).await;

    assert_eq!((&back.json["layer"], &back.json["overridden"]), (&json!("SYSTEM"), &json!(false)));
}

async fn history_says_who_did_what_by_which_way_and_what_it_changed(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "story/board", preset("Board", &["status"])).await;
    put(&stage.here, "story/board", preset("Ours", &["status"])).await;
    stage.here.post(&format!("{}/revert", at("story/board")), json!({})).await.unwrap().expect(200).unwrap();

    let path = format!("{}/history", at("story/board"));
    let history = stage.here.get(&path).await.unwrap().expect(200).unwrap();

    let items = history.json["items"].as_array().unwrap();
    let acts: Vec<&Value> = items.iter().map(|item| &item["act"]).collect();
    assert_eq!(acts, [&json!("REVERTED"), &json!("WRITTEN")]);
    let me = stage.here.get("/api/v1/me").await.unwrap().json["id"].clone();
    assert_eq!((&items[1]["author"]["id"], &items[1]["author"]["type"]), (&me, &json!("user")));
    assert_eq!(items[1]["author"]["way_in"], "session");
    let change = json!([{"pointer": "/name", "part": "VALUE", "before": "Board", "after": "Ours"}]);
    assert_eq!(items[1]["difference"], change);
    assert_eq!(items[1]["after"], items[0]["before"]);
    let first = stage.here.get(&format!("{path}?limit=1")).await.unwrap();
    let cursor = first.text_at("/next_cursor").unwrap();
    let second =
        stage.here.get(&format!("{path}?limit=1&cursor={cursor}")).await.unwrap().expect(200).unwrap();
    assert_eq!(second.json["items"], json!([items[1]]));
    let there = stage.there.get(&path).await.unwrap().expect(200).unwrap();
    assert_eq!(there.json["items"], json!([]), "what was done in one workspace is not told in another");
}

async fn another_workspaces_artifact_is_not_there(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.here, "story/mine", preset("Mine", &[])).await;

    for end in ["", "/layers", "/review"] {
        let foreign = stage.there.get(&format!("{}{end}", at("story/mine"))).await.unwrap();
        let absent = stage.there.get(&format!("{}{end}", at("story/none"))).await.unwrap();
        assert_eq!(foreign.status, 404);
        assert_eq!(foreign.without_request_id(), absent.without_request_id());
    }
    let listed = super::stage::rows(&stage.there, "?q=mine").await;
    assert_eq!(listed, []);
    assert_eq!(stage.system.get(&at("story/mine")).await.unwrap().status, 404);
}

async fn an_artifact_is_read_again_only_where_it_has_changed(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "story/board", preset("Board", &["status"])).await;
    let first = get(&stage.here, "story/board").await;
    let known = stage.here.with("if-none-match", &tag(&first));

    let same = known.get(&at("story/board")).await.unwrap();
    put(&stage.system, "story/board", preset("Board", &["status", "due_date"])).await;
    let other = known.get(&at("story/board")).await.unwrap();

    assert_eq!((same.status.as_u16(), other.status.as_u16()), (304, 200));
}

async fn what_system_locks_stays_as_it_is(stack: Stack) {
    let stage = Stage::new(stack).await;
    let body = json!({"content": preset("Board", &["status"]), "locked": ["/name"]});
    let shipped = stage.system.put(&at("story/board"), body.clone()).await.unwrap().expect(201).unwrap();
    assert_eq!(shipped.json["locked"], json!(["/name"]));
    let any = stage.here.with("if-match", "*");

    let renamed = any.put(&at("story/board"), json!({"content": preset("Ours", &["status"])})).await.unwrap();
    let locking = any.put(&at("story/board"), body).await.unwrap();
    let changed = any.put(&at("story/board"), json!({"content": preset("Board", &[])})).await.unwrap();

    assert_eq!((renamed.status.as_u16(), &renamed.json["code"]), (422, &json!("field_locked")));
    assert_eq!(renamed.json["errors"][0]["pointer"], "/content/name");
    assert_eq!((locking.status.as_u16(), &locking.json["code"]), (422, &json!("not_overridable")));
    assert_eq!(changed.status, 200);
}
