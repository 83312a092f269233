//! Contents that no artifact may have.

use guildhall_testkit::Stack;
use serde_json::{Value, json};

use super::{
    on_both,
    stage::{Stage, at, preset},
};

on_both!(a_content_is_held_to_its_kind, who_may_not_is_refused_before_anything_is_read);

async fn a_content_is_held_to_its_kind(stack: Stack) {
    let stage = Stage::new(stack).await;
    let put = async |content: Value| {
        stage.here.put(&at("bodies/one"), json!({ "content": content })).await.unwrap()
    };

    let lacking = put(json!({"name": "", "fields": {"item": ["Status"]}, "more": 1})).await;
    let nul = put(preset("a\0b", &[])).await;
    let nul_in_key = put(json!({"name": "A", "fields": {"a\0b": []}})).await;
    let deep = (0..40).fold(json!(1), |inner, _| json!({ "a": inner }));
    let deep = put(deep).await;
    let large = put(json!({"name": "A", "fields": {}, "description": "x".repeat(300 * 1024)})).await;
    let list = stage.here.put(&at("bodies/one"), json!({"content": []})).await.unwrap();
    let unknown =
        stage.here.put(&at("bodies/one"), json!({"content": preset("A", &[]), "title": "A"})).await.unwrap();
    let many = json!({"content": preset("A", &[]), "locked": vec!["/name"; 101]});
    let many = stage.system.put(&at("bodies/one"), many).await.unwrap();

    assert_eq!((lacking.status.as_u16(), &lacking.json["code"]), (422, &json!("artifact_invalid")));
    let mut pointers: Vec<&str> = lacking.json["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["pointer"].as_str().unwrap())
        .collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/content", "/content/fields/item/0", "/content/name"]);
    let statuses = [nul, nul_in_key, deep, large, list, unknown, many].map(|answer| answer.status.as_u16());
    assert_eq!(statuses, [400, 400, 422, 422, 400, 400, 400]);
    assert_eq!(stage.here.get(&at("bodies/one")).await.unwrap().status, 404);
}

async fn who_may_not_is_refused_before_anything_is_read(stack: Stack) {
    let stage = Stage::new(stack).await;
    let body = json!({"content": preset("Board", &[])});
    stage.system.put(&at("bodies/one"), body.clone()).await.unwrap().expect(201).unwrap();

    for email in ["internal@wpp.test", "external@wpp.test"] {
        let person = stage.server.sign_in("wpp", email).await.unwrap();
        let read = person.get(&at("bodies/one")).await.unwrap().expect(200).unwrap();
        assert_eq!(read.json["permissions"], json!(["WORKSPACE_READ"]), "{email}");
        let write = person.put(&at("bodies/one"), body.clone()).await.unwrap();
        assert_eq!(
            (write.status.as_u16(), &write.json["permission"]),
            (403, &json!("PRESET_WRITE")),
            "{email}"
        );
        for end in ["layers", "history", "review"] {
            let told = person.get(&format!("{}/{end}", at("bodies/one"))).await.unwrap();
            assert_eq!(told.status, 403, "{email} {end}");
        }
    }
    let member = stage.server.sign_in("", "workspace-admin@wpp.test").await.unwrap();
    let member = member.with("guildhall-workspace", "system");
    assert_eq!(member.get(&at("bodies/one")).await.unwrap().status, 404);
}
