//! Hosts and headers that name no workspace, or two.

use guildhall_testkit::{Stack, TestServer};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{shape, world::Refuser};
use crate::plan::Call;

/// Hosts that are nothing of ours.
const HOSTILE: &[&str] = &[
    "",
    ".",
    " ",
    ".localhost",
    "nowhere.localhost",
    "a.wpp.localhost",
    "wpp..localhost",
    "wpp.localhost..",
    "wpp.localhost.example.test",
    "wpplocalhost",
    "wpp localhost",
    " wpp.localhost .",
    "user@wpp.localhost",
    "user:password@wpp.localhost",
    "wpp.localhost:port",
    "wpp.localhost:99999",
    "wpp.localhost/path",
    "wpp.localhost#wpp",
    "http://wpp.localhost",
    "wpp.localhost, choreograph.localhost",
    "system.localhost",
    "-.localhost",
    "wpp_.localhost",
    "w\u{fc}p.localhost",
    "127.0.0.1",
    "127.0.0.1:8080",
    "[::1]",
    "[::1]:8080",
    "2130706433",
    "%77pp.localhost",
    "example.test",
];

/// What the header may not say on the base domain.
const NO_PREFIXES: &[&str] =
    &["", "nowhere", "wpp.localhost", "../wpp", "wpp,choreograph", "w\u{fc}p", "system", "wpp\twpp"];

/// Sends the call to everything that is no workspace.
pub async fn run(refuser: &Refuser, call: &'static Call) -> anyhow::Result<Vec<String>> {
    let mut cases = Vec::new();
    let caller = refuser.caller(call);
    let longest = format!("{}.localhost", "a".repeat(4_000));
    for host in HOSTILE.iter().copied().chain([longest.as_str()]) {
        cases.push((format!("host {host:.40}"), caller.at(host), 404));
    }
    for prefix in NO_PREFIXES {
        let client = caller.at("localhost").with("guildhall-workspace", prefix);
        cases.push((format!("header {prefix:?}"), client, 404));
    }
    let both = caller.at("wpp.localhost").with("guildhall-workspace", "choreograph");
    cases.push(("host and header that differ".to_owned(), both, 400));
    let twice =
        caller.at("localhost").with("guildhall-workspace", "wpp").with("guildhall-workspace", "choreograph");
    cases.push(("two headers that differ".to_owned(), twice, 400));
    let mut found = Vec::new();
    for (what, client, status) in cases {
        let answer = refuser.send(&client, call).await?;
        let fault = shape::fault(&refuser.document, call.operation, &answer, status);
        found.extend(fault.map(|fault| format!("{what}: {fault}")));
    }
    Ok(found)
}

/// What the server says to these lines, which no client library would send.
async fn raw(server: &TestServer, lines: &[&str]) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!("{}\r\nconnection: close\r\n\r\n", lines.join("\r\n"));
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_request_has_one_host() {
    let server = TestServer::start(Stack::Sqlite).await.unwrap();
    let line = "GET /api/v1/me HTTP/1.1";

    let without = raw(&server, &[line]).await;
    let with_two = raw(&server, &[line, "host: wpp.localhost", "host: choreograph.localhost"]).await;
    let elsewhere =
        raw(&server, &["GET http://choreograph.localhost/api/v1/me HTTP/1.1", "host: wpp.localhost"]).await;

    assert!(without.starts_with("HTTP/1.1 404"), "{without}");
    assert!(with_two.starts_with("HTTP/1.1 400"), "{with_two}");
    assert!(elsewhere.starts_with("HTTP/1.1 400"), "{elsewhere}");
    assert!([without, with_two, elsewhere].iter().all(|answer| answer.contains("application/problem+json")));
}
