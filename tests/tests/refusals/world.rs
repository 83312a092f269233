//! A server with one of everything, and its rows as they were.

use std::{collections::BTreeMap, sync::Mutex};

use guildhall_core::WorkspaceId;
use guildhall_testkit::{Answer, Client, Stack, TestServer, rows_of};
use serde_json::{Value, json};

use crate::{
    document::api,
    plan::{
        ARCHIVE, Call,
        callers::Callers,
        request::{TABLE, body, method, target},
    },
    world::{self, Ids},
};

/// A server that refuses, with what it must not change.
pub struct Refuser {
    pub server: TestServer,
    pub document: Value,
    pub ids: Ids,
    pub callers: Callers,
    /// Somebody of another workspace, with a token for that.
    pub stranger: Client,
    /// The admin's token.
    pub token: String,
    workspace: WorkspaceId,
    rows: Mutex<BTreeMap<String, String>>,
    plan_hash: Mutex<Option<String>>,
}

impl Refuser {
    pub async fn start(stack: Stack) -> anyhow::Result<Self> {
        let server = TestServer::start(stack).await?;
        let ids = world::build(&server, "wpp").await?;
        let callers = Callers::of_wpp(&server, &ids).await?;
        let stranger = server.sign_in("choreograph", "both@demo.test").await?.at("wpp.localhost");
        let token = callers.visitor.password_token("workspace-admin@wpp.test", "guildhall-demo").await?;
        let workspace = ids.of("workspace").parse()?;
        let rows = Mutex::new(rows_of(&server.inspector, workspace).await?);
        Ok(Self {
            server,
            document: api(),
            ids,
            callers,
            stranger,
            token,
            workspace,
            rows,
            plan_hash: Mutex::default(),
        })
    }

    /// The one who makes the call rightly. He always has seen the present state.
    pub fn caller(&self, call: &Call) -> Client {
        self.callers.of(call.by).with("if-match", "*")
    }

    /// Makes the call as it is, but for who makes it.
    pub async fn send(&self, client: &Client, call: &Call) -> anyhow::Result<Answer> {
        let target = target(call, &self.ids, None);
        if call.body == ARCHIVE {
            let archive = world::archive("test.uploaded", "1.0.0", "Uploaded");
            return client.send_raw(method(call.operation)?, &target, archive, "application/gzip").await;
        }
        if call.operation.ends_with("/deploy") {
            return self.deploy(client, call, &target).await;
        }
        if call.body.starts_with(TABLE) {
            return client.send_raw(method(call.operation)?, &target, call.body, "text/csv").await;
        }
        client.send(method(call.operation)?, &target, body(call, &self.ids, None)).await
    }

    /// Deploys by the plan of the first time, so that a repetition is one.
    async fn deploy(&self, client: &Client, call: &Call, target: &str) -> anyhow::Result<Answer> {
        let mut body = body(call, &self.ids, None).unwrap_or_default();
        let known = self.plan_hash.lock().unwrap().clone();
        let hash = match known {
            Some(hash) => hash,
            None => {
                let planner = self.callers.of(call.by);
                let planned = planner.post(&target.replace("/deploy", "/plan"), json!({})).await?;
                planned.json["hash"].as_str().unwrap_or("none").to_owned()
            }
        };
        body["plan_hash"] = hash.as_str().into();
        *self.plan_hash.lock().unwrap() = Some(hash);
        client.send(method(call.operation)?, target, Some(body)).await
    }

    /// The tables that have changed since the last look.
    pub async fn changed(&self) -> anyhow::Result<impl Iterator<Item = String> + use<>> {
        let now = rows_of(&self.server.inspector, self.workspace).await?;
        let before = std::mem::replace(&mut *self.rows.lock().unwrap(), now.clone());
        let changed = now.into_iter().filter(move |(table, rows)| before.get(table) != Some(rows));
        Ok(changed.map(|(table, _)| format!("rows of `{table}` have changed")))
    }
}
