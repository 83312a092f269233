//! Changes of a state that has passed, and reads of a state that is known.

use super::{shape, world::Refuser};
use crate::plan::{By, Call, request};

/// Calls a change with a tag that nothing has, and a read with the tag that it has.
pub async fn run(refuser: &Refuser, call: &'static Call) -> anyhow::Result<Vec<String>> {
    let public = call.by == By::Visitor;
    match call.operation.split(' ').next() {
        Some("PATCH" | "PUT" | "DELETE") if !public && !call.refused => changes(refuser, call).await,
        Some("GET") => reads(refuser, call).await,
        _ => Ok(Vec::new()),
    }
}

async fn changes(refuser: &Refuser, call: &Call) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for (tag, status) in
        [("\"999999.0000000000000000\"", 412), ("W/\"999999\"", 412), ("nonsense", 400), ("\"\"", 400)]
    {
        let client = refuser.callers.of(call.by).with("if-match", tag);
        let answer = refuser.send(&client, call).await?;
        let fault = shape::fault(&refuser.document, call.operation, &answer, status);
        found.extend(fault.map(|fault| format!("if-match {tag}: {fault}")));
    }
    Ok(found)
}

async fn reads(refuser: &Refuser, call: &Call) -> anyhow::Result<Vec<String>> {
    let client = refuser.callers.of(call.by);
    let first = request::send(client, call, &refuser.ids, None).await?;
    let Some(tag) = first.headers.get("etag").and_then(|tag| tag.to_str().ok()) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    let known = [tag.to_owned(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()];
    for (known, status) in known.iter().map(|known| (known.as_str(), 304)).chain([("\"other\"", 200)]) {
        let answer = request::send(&client.with("if-none-match", known), call, &refuser.ids, None).await?;
        let same = answer.headers.get("etag") == first.headers.get("etag");
        let empty = answer.text.is_empty() == (status == 304);
        if answer.status != status || !same || !empty {
            found.push(format!("if-none-match {known}: {} {}", answer.status, answer.text));
        }
    }
    Ok(found)
}
