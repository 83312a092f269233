//! A server with somebody who ships in System, and admins of two workspaces.

use guildhall_testkit::{Answer, Client, Stack, TestServer};
use serde_json::{Value, json};

pub const KIND: &str = "/api/v1/artifacts/view_preset";

pub struct Stage {
    pub server: TestServer,
    /// The platform's admin in the System space.
    pub system: Client,
    /// An admin of `wpp`.
    pub here: Client,
    /// An admin of `choreograph`.
    pub there: Client,
}

impl Stage {
    pub async fn new(stack: Stack) -> Self {
        let server = TestServer::start(stack).await.unwrap();
        let platform = server.sign_in("", "platform-admin@demo.test").await.unwrap();
        Self {
            system: platform.with("guildhall-workspace", "system"),
            here: server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap(),
            there: server.sign_in("choreograph", "workspace-admin@choreograph.test").await.unwrap(),
            server,
        }
    }
}

/// A preset's content.
pub fn preset(name: &str, item: &[&str]) -> Value {
    json!({"name": name, "fields": {"item": item}})
}

/// The address of a preset.
pub fn at(path: &str) -> String {
    format!("{KIND}/{}", path.replace('/', "%2F"))
}

/// The entity tag of an answer.
pub fn tag(answer: &Answer) -> String {
    answer.headers["etag"].to_str().unwrap().to_owned()
}

/// Writes a preset in place of whatever is there.
pub async fn put(client: &Client, path: &str, content: Value) -> Answer {
    let found = client.get(&at(path)).await.unwrap();
    let client = if found.status == 200 { client.with("if-match", &tag(&found)) } else { client.clone() };
    let answer = client.put(&at(path), json!({"content": content})).await.unwrap();
    assert!(answer.status.is_success(), "{}", answer.text);
    answer
}

/// A preset as somebody sees it.
pub async fn get(client: &Client, path: &str) -> Answer {
    client.get(&at(path)).await.unwrap().expect(200).unwrap()
}

/// A list's rows by path.
pub async fn rows(client: &Client, query: &str) -> Vec<(String, Value)> {
    let list = client.get(&format!("{KIND}{query}")).await.unwrap().expect(200).unwrap();
    let rows = list.json["items"].as_array().unwrap().iter();
    rows.map(|row| (row["path"].as_str().unwrap().to_owned(), row.clone())).collect()
}

/// The row of one preset.
pub async fn row(client: &Client, path: &str) -> Value {
    let rows = rows(client, &format!("?limit=200&q={path}")).await;
    rows.into_iter().find(|(name, _)| name == path).unwrap_or_else(|| panic!("no `{path}` in the list")).1
}
