//! Calls every operation with another workspace's id and with an absent one in each place, and compares.

use guildhall_core::{IdGenerator as _, SystemIds, WorkspaceId};
use guildhall_testkit::{Answer, TestServer, rows_of};

use crate::{
    document::Slot,
    plan::{
        By, Call,
        callers::Callers,
        calls,
        request::{name_in, send, slots_of},
    },
    world::{self, Ids},
};

/// What another workspace's ids could be told apart by, or did.
pub async fn run(server: &TestServer) -> anyhow::Result<Vec<String>> {
    let (own, foreign) = (world::build(server, "wpp").await?, world::build(server, "choreograph").await?);
    let other = workspace(server, "choreograph").await?;
    let before = rows_of(&server.inspector, other).await?;
    let callers = Callers::of_wpp(server, &own).await?;
    let mut found = Vec::new();
    for call in calls() {
        // Who administers the platform's workspaces and users sees all of them.
        for slot in slots_of(call).into_iter().filter(|_| call.by != By::Platform) {
            found.extend(compare(&callers, call, &slot, &own, &foreign).await?);
        }
        found.extend(succeed(&callers, call, &own, &foreign).await?);
    }
    let after = rows_of(&server.inspector, other).await?;
    found.extend(
        after
            .iter()
            .filter(|(table, rows)| before.get(*table) != Some(rows))
            .map(|(table, _)| format!("rows of `{table}` in the other workspace have changed")),
    );
    Ok(found)
}

async fn workspace(server: &TestServer, prefix: &str) -> anyhow::Result<WorkspaceId> {
    let admin = server.sign_in(prefix, &format!("workspace-admin@{prefix}.test")).await?;
    Ok(admin.get("/api/v1/workspace").await?.expect(200)?.text_at("/id")?.parse()?)
}

async fn compare(
    callers: &Callers,
    call: &Call,
    slot: &Slot,
    own: &Ids,
    foreign: &Ids,
) -> anyhow::Result<Option<String>> {
    let name = name_in(call, slot);
    let (theirs, nobodys) = (foreign_id(foreign, &name), SystemIds.uuid().to_string());
    let their_answer = send(callers.of(call.by), call, own, Some((slot, &theirs))).await?;
    let nobodys_answer = send(callers.of(call.by), call, own, Some((slot, &nobodys))).await?;
    let (seen, expected) = (masked(&their_answer, &theirs), masked(&nobodys_answer, &nobodys));
    let place = format!("{} {slot:?}", call.operation);
    if their_answer.status != nobodys_answer.status || seen != expected {
        return Ok(Some(format!(
            "{place}: {} {seen} is not {} {expected}",
            their_answer.status, nobodys_answer.status
        )));
    }
    if let Some(id) = foreign.all().find(|id| seen.contains(id.as_str())) {
        return Ok(Some(format!("{place}: the answer tells of {id}: {seen}")));
    }
    let empty = call.operation.contains("/api/v20/")
        || [
            "GET /api/v1/projects",
            "GET /api/v1/grants",
            "GET /api/v1/audit",
            "POST /api/v1/permissions/explain",
        ]
        .iter()
        .any(|list| call.operation.starts_with(list));
    if their_answer.status.is_server_error() || (their_answer.status.is_success() && !empty) {
        return Ok(Some(format!("{place}: {} {seen}", their_answer.status)));
    }
    Ok(None)
}

/// An id of that name in the other workspace; what is no id there is no id here either.
fn foreign_id(foreign: &Ids, name: &str) -> String {
    if name == "nothing" { SystemIds.secret().reveal() } else { foreign.of(name) }
}

fn masked(answer: &Answer, id: &str) -> String {
    answer.without_request_id().replace(id, "<id>")
}

/// With everything in its place the call succeeds, or the comparison before it has shown nothing.
///
/// Of an answer that has no end the beginning is read.
async fn succeed(callers: &Callers, call: &Call, own: &Ids, foreign: &Ids) -> anyhow::Result<Option<String>> {
    if call.refused {
        return Ok(None);
    }
    let answer = send(callers.of(call.by), call, own, None).await?;
    let is_stream = answer.headers.get("content-type").is_some_and(|value| value == "text/event-stream");
    if let Some(id) = foreign.all().filter(|_| is_stream).find(|id| answer.text.contains(id.as_str())) {
        return Ok(Some(format!("{}: the stream tells of {id}: {}", call.operation, answer.text)));
    }
    let told = || format!("{} with its own ids: {} {}", call.operation, answer.status, answer.text);
    Ok((!answer.status.is_success()).then(told))
}
