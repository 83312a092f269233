//! How the path of an artifact may be spelled.

use std::io::{Read as _, Write as _};

use guildhall_testkit::{Stack, TestServer};
use serde_json::json;

use super::{
    on_both,
    stage::{KIND, Stage, get, preset, put},
};

on_both!(a_path_may_be_sent_with_slashes_or_without, what_is_no_path_is_not_there);

async fn a_path_may_be_sent_with_slashes_or_without(stack: Stack) {
    let stage = Stage::new(stack).await;
    put(&stage.system, "a/b/c", preset("Board", &["status"])).await;
    let raw = format!("{KIND}/a/b/c");

    let read = stage.here.get(&raw).await.unwrap().expect(200).unwrap();
    let any = stage.here.with("if-match", "*");
    let written = any.put(&raw, json!({"content": preset("Ours", &[])})).await.unwrap();
    let layers = stage.here.get(&format!("{raw}/layers")).await.unwrap();
    let history = stage.here.get(&format!("{raw}/history?limit=1")).await.unwrap();
    let review = stage.here.get(&format!("{raw}/review")).await.unwrap();
    let resolve = stage.here.post(&format!("{raw}/review/resolve"), json!({})).await.unwrap();
    let reverted = stage.here.post(&format!("{raw}/revert"), json!({})).await.unwrap();
    let draft =
        stage.here.put("/api/v1/artifact-drafts/view_preset/a/b/c", json!({"act": "HIDE"})).await.unwrap();

    assert_eq!(read.json["path"], "a/b/c");
    let statuses = [&written, &layers, &history, &review, &resolve, &reverted, &draft]
        .map(|answer| answer.status.as_u16());
    assert_eq!(statuses, [200, 200, 200, 409, 400, 200, 200]);
    assert_eq!(get(&stage.here, "a/b/c").await.json["layer"], "SYSTEM");
    for name in ["review", "layers", "a.b/review.x"] {
        put(&stage.here, name, preset(name, &[])).await;
        let read = stage.here.get(&format!("{KIND}/{name}")).await.unwrap().expect(200).unwrap();
        assert_eq!(read.json["path"], name);
    }
}

/// Sends a path as it is: clients resolve dots and encode what they think wrong.
fn raw(server: &TestServer, token: &str, path: &str) -> u16 {
    let mut stream = std::net::TcpStream::connect(server.address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: wpp.localhost\r\nauthorization: {token}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

async fn what_is_no_path_is_not_there(stack: Stack) {
    let stage = Stage::new(stack).await;
    let token =
        stage.server.visitor("wpp").password_token("workspace-admin@wpp.test", "guildhall-demo").await;
    let token = format!("Bearer {}", token.unwrap());
    put(&stage.system, "a/b", preset("Board", &[])).await;
    let long = "a".repeat(300);
    let parts = [
        "a/../b",
        "..",
        "../a",
        "a/..",
        "a/%2e%2e/b",
        "%2e%2e",
        "%2e%2e%2fa",
        "a//b",
        "a%2F%2Fb",
        "a/",
        "a%2F",
        "/a",
        "%2Fa",
        "a/./b",
        "a%00b",
        "a/%00",
        "a%2Freview",
        "a/drafts",
        "A",
        "a%20b",
        "%ff",
        ":a",
        "a:",
        "a:b:c",
        &long,
        "a/b%2f",
        "",
        "a/layers/layers",
        "a/b/resolve",
    ];

    tokio::task::block_in_place(|| {
        for part in parts {
            let path = format!("{KIND}/{part}");
            assert_eq!(raw(&stage.server, &token, &path), 404, "{path:.80}");
            let path = format!("/api/v1/artifact-drafts/view_preset/{part}");
            assert_eq!(raw(&stage.server, &token, &path), 404, "{path:.80}");
        }
        for kind in ["nothing", "..", "%2e%2e", "%00", "View_preset", ""] {
            let path = format!("/api/v1/artifacts/{kind}/a");
            assert_eq!(raw(&stage.server, &token, &path), 404, "{path:.80}");
        }
        assert_eq!(raw(&stage.server, &token, &format!("{KIND}/a/b")), 200);
        assert_eq!(raw(&stage.server, &token, &format!("{KIND}/a%2fb")), 200);
    });
}
