//! Hiding what is inherited, and bringing it back.

use guildhall_testkit::Stack;
use serde_json::json;

use super::{
    on_both,
    stage::{Stage, at, get, preset, put, row, rows, tag},
};

on_both!(
    what_is_deleted_in_a_workspace_is_hidden_there_alone,
    what_was_hidden_comes_back_as_it_was,
    what_is_a_spaces_own_is_gone,
    a_list_goes_on_over_pages_and_finds_words,
);

async fn what_is_deleted_in_a_workspace_is_hidden_there_alone(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "story/board", preset("Board", &["status"])).await;
    let seen = get(&stage.here, "story/board").await;
    let unseen = stage.here.delete(&at("story/board")).await.unwrap();
    assert_eq!(unseen.status, 428);

    let deleted = stage.here.with("if-match", &tag(&seen)).delete(&at("story/board")).await.unwrap();

    assert_eq!(deleted.status, 204);
    assert_eq!(stage.here.get(&at("story/board")).await.unwrap().status, 404);
    assert_eq!(rows(&stage.here, "?q=story/board").await, []);
    let hidden = rows(&stage.here, "?hidden=true").await;
    assert_eq!(hidden.len(), 1);
    assert_eq!((&hidden[0].1["hidden"], &hidden[0].1["path"]), (&json!(true), &json!("story/board")));
    assert_eq!(get(&stage.there, "story/board").await.status, 200);
    assert_eq!(rows(&stage.there, "?hidden=true").await, []);
    let any = stage.here.with("if-match", "*");
    let over = any.put(&at("story/board"), json!({"content": preset("X", &[])})).await.unwrap();
    assert_eq!((over.status.as_u16(), &over.json["code"]), (409, &json!("hidden")));
    let internal = stage.server.sign_in("wpp", "internal@wpp.test").await.unwrap();
    let peek = internal.get("/api/v1/artifacts/view_preset?hidden=true").await.unwrap();
    assert_eq!(peek.status, 403);
}

async fn what_was_hidden_comes_back_as_it_was(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "story/board", preset("Board", &["status"])).await;
    let ours = put(&stage.here, "story/board", preset("Ours", &["status"])).await;
    let any = stage.here.with("if-match", "*");
    any.delete(&at("story/board")).await.unwrap().expect(204).unwrap();
    let hidden = rows(&stage.here, "?hidden=true").await[0].1["etag"].as_str().unwrap().to_owned();
    let restore = format!("{}/restore", at("story/board"));

    let unseen = stage.here.post(&restore, json!({})).await.unwrap();
    let stale = stage.here.with("if-match", &tag(&ours)).post(&restore, json!({})).await.unwrap();
    let back = stage.here.with("if-match", &hidden).post(&restore, json!({})).await.unwrap();
    let twice = any.post(&restore, json!({})).await.unwrap();
    let absent = any.post(&format!("{}/restore", at("story/none")), json!({})).await.unwrap();

    let statuses = [&unseen, &stale, &back, &twice, &absent].map(|answer| answer.status.as_u16());
    assert_eq!(statuses, [428, 412, 200, 409, 404]);
    assert_eq!(back.json["version_id"], ours.json["version_id"]);
    assert_eq!(row(&stage.here, "story/board").await["title"], "Ours");
}

async fn what_is_a_spaces_own_is_gone(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.here, "story/own", preset("Own", &[])).await;
    let any = stage.here.with("if-match", "*");

    any.delete(&at("story/own")).await.unwrap().expect(204).unwrap();

    assert_eq!(stage.here.get(&at("story/own")).await.unwrap().status, 404);
    assert_eq!(rows(&stage.here, "?hidden=true").await, []);
    assert_eq!(any.delete(&at("story/own")).await.unwrap().status, 404);
    let again = put(&stage.here, "story/own", preset("Own again", &[])).await;
    assert_eq!(again.status, 201);
}

async fn a_list_goes_on_over_pages_and_finds_words(stack: Stack) {
    let stage = Stage::new(stack).await;
    for number in 0..5 {
        put(&stage.system, &format!("pages/shared-{number}"), preset(&format!("Shared {number}"), &[])).await;
        put(&stage.here, &format!("pages/own-{number}"), preset(&format!("Own {number}"), &[])).await;
    }
    put(&stage.here, "pages/shared-3", preset("Mine", &[])).await;
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/artifacts/view_preset?q=pages&limit=3{cursor}");
        let page = stage.here.get(&path).await.unwrap().expect(200).unwrap();
        let items = page.json["items"].as_array().unwrap().clone();
        assert!(items.len() <= 3);
        found.extend(items.iter().map(|item| item["path"].as_str().unwrap().to_owned()));
        let Some(next) = page.json["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }

    let own = (0..5).map(|number| format!("pages/own-{number}"));
    let expected: Vec<String> = own.chain((0..5).map(|number| format!("pages/shared-{number}"))).collect();
    assert_eq!(found, expected);
    let words = rows(&stage.here, "?q=SHARED%20pages").await;
    let names: Vec<&str> = words.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), 5, "{names:?}");
    assert_eq!(rows(&stage.here, "?q=mine%20pages").await.len(), 1);
}
