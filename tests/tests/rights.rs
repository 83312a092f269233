//! Who may call what: every operation by everybody, as one reviewed snapshot.
//!
//! Each row is an operation of the plan, each column somebody; a cell is the status that he gets. A change of the snapshot is a change
//! of rights: read it as such before you accept it.

use std::fmt::Write as _;

use guildhall_testkit::{Client, Stack, TestServer};
use serde_json::json;

use crate::{
    plan::{By, calls, request::send},
    world::{self, Ids},
};

/// Everybody, by the column's title.
const PEOPLE: &[&str] = &[
    "platform admin",
    "workspace admin",
    "owner",
    "contributor",
    "viewer",
    "internal",
    "external",
    "back end",
    "stranger",
    "nobody",
];

/// A server of his own for each, since what he may do changes it.
async fn column(title: &str) -> anyhow::Result<Vec<String>> {
    let server = TestServer::start(Stack::Sqlite).await?;
    let ids = world::build(&server, "wpp").await?;
    let client = client(&server, &ids, title).await?;
    let on_platform = on_platform(&server, &client, title).await?;
    let in_system = on_platform.with("guildhall-workspace", "system");
    let mut cells = Vec::new();
    for call in calls() {
        let client = match call.by {
            By::Platform => &on_platform,
            By::System => &in_system,
            By::Admin | By::Back | By::Visitor => &client,
        };
        cells.push(send(client, call, &ids, None).await?.status.as_u16().to_string());
    }
    Ok(cells)
}

async fn client(server: &TestServer, ids: &Ids, title: &str) -> anyhow::Result<Client> {
    match title {
        "platform admin" => server.sign_in("wpp", "platform-admin@demo.test").await,
        "workspace admin" => server.sign_in("wpp", "workspace-admin@wpp.test").await,
        "owner" => member(server, ids, "OWNER").await,
        "contributor" => member(server, ids, "CONTRIBUTOR").await,
        "viewer" => member(server, ids, "VIEWER").await,
        "internal" => server.sign_in("wpp", "internal@wpp.test").await,
        "external" => {
            let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await?;
            let place = format!("/api/v1/projects/{}/members/{}", ids.of("project"), ids.of("external"));
            admin.delete(&place).await?.expect(204)?;
            server.sign_in("wpp", "external@wpp.test").await
        }
        "back end" => world::back_end(server, "wpp", ids).await,
        // A token of another workspace opens nothing here, so he comes with one that is bound to none.
        "stranger" => {
            let token =
                server.visitor("").password_token("internal@choreograph.test", "guildhall-demo").await?;
            Ok(server.visitor("wpp").with("authorization", &format!("Bearer {token}")))
        }
        _ => Ok(server.visitor("wpp")),
    }
}

/// The same person on the base domain, with a token that is bound to no workspace.
async fn on_platform(server: &TestServer, inside: &Client, title: &str) -> anyhow::Result<Client> {
    let email = match title {
        "platform admin" => "platform-admin@demo.test",
        "workspace admin" => "workspace-admin@wpp.test",
        "external" => "external@wpp.test",
        "stranger" => "internal@choreograph.test",
        "back end" | "nobody" => return Ok(inside.at("localhost")),
        _ => "internal@wpp.test",
    };
    server.sign_in("", email).await
}

/// `internal@wpp.test` as a member of both projects.
async fn member(server: &TestServer, ids: &Ids, role: &str) -> anyhow::Result<Client> {
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await?;
    for project in ["project", "spare_project"] {
        let body = json!({"user_id": ids.of("internal"), "role": role});
        admin.post(&format!("/api/v1/projects/{}/members", ids.of(project)), body).await?.expect(201)?;
    }
    server.sign_in("wpp", "internal@wpp.test").await
}

#[tokio::test]
async fn everybody_may_do_what_the_snapshot_says() {
    let mut columns = Vec::new();
    for title in PEOPLE {
        columns.push(column(title).await.unwrap());
    }

    let mut table = format!("{:<75} {}\n", "", PEOPLE.join(" | "));
    for (row, call) in calls().enumerate() {
        let cells = columns
            .iter()
            .zip(PEOPLE)
            .map(|(column, title)| format!("{:<width$}", column[row], width = title.len()));
        writeln!(table, "{:<75} {}", call.operation, cells.collect::<Vec<_>>().join(" | ").trim_end())
            .unwrap();
    }

    assert!(!table.contains("500"), "{table}");
    insta::assert_snapshot!(table);
}
