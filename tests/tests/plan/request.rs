//! A call of the plan as a request: ids in the places of their names.

use guildhall_core::{IdGenerator as _, SystemIds};
use guildhall_testkit::{Answer, Client};
use reqwest::Method;
use serde_json::{Value, json};

use super::{ARCHIVE, Call};
use crate::{
    document::Slot,
    world::{self, Ids},
};

/// How a body begins that is a table.
pub const TABLE: &str = "level,";

/// The places of a call that take an id.
pub fn slots_of(call: &Call) -> Vec<Slot> {
    let (path, query) = call.path.split_once('?').unwrap_or((call.path, ""));
    let named =
        template(call.operation).split('/').zip(path.split('/')).filter(|(_, given)| given.starts_with('$'));
    let mut slots: Vec<Slot> =
        named.map(|(name, _)| Slot::Path(name.trim_matches(['{', '}']).to_owned())).collect();
    let given = query.split('&').filter_map(|pair| pair.split_once('='));
    slots.extend(
        given.filter(|(_, value)| value.starts_with('$')).map(|(name, _)| Slot::Query(name.to_owned())),
    );
    if let Ok(body) = serde_json::from_str::<Value>(call.body) {
        places(&body, "", &mut slots);
    }
    slots
}

fn places(body: &Value, place: &str, slots: &mut Vec<Slot>) {
    match body {
        Value::String(text) if text.starts_with('$') => slots.push(Slot::Body(place.to_owned())),
        Value::Array(all) => all.iter().for_each(|one| places(one, place, slots)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| places(field, &format!("{place}/{name}"), slots));
        }
        _ => {}
    }
}

/// The name of the id that a call has in a place.
pub fn name_in(call: &Call, slot: &Slot) -> String {
    let text = match slot {
        Slot::Path(name) => {
            let at =
                template(call.operation).split('/').position(|part| part.trim_matches(['{', '}']) == name);
            let path = call.path.split('?').next().unwrap_or_default();
            at.and_then(|at| path.split('/').nth(at)).map(ToOwned::to_owned)
        }
        Slot::Query(name) => {
            let query = call.path.split_once('?').map_or("", |(_, query)| query);
            query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).map(ToOwned::to_owned)
        }
        Slot::Body(place) => {
            let body: Value = serde_json::from_str(call.body).unwrap_or_default();
            let fields = place.split('/').filter(|field| !field.is_empty());
            let found = fields.fold(&body, |found, field| &first(found)[field]);
            first(found).as_str().map(ToOwned::to_owned)
        }
    };
    text.unwrap_or_default().trim_start_matches('$').to_owned()
}

/// Sends the call with its own ids, but for one place.
pub async fn send(
    client: &Client,
    call: &Call,
    own: &Ids,
    other: Option<(&Slot, &str)>,
) -> anyhow::Result<Answer> {
    let target = target(call, own, other);
    let client = &seen(client, call.operation, &target).await?;
    if call.body.starts_with(TABLE) {
        return client.send_raw(method(call.operation)?, &target, call.body, "text/csv").await;
    }
    if call.body == ARCHIVE {
        let archive = world::archive("test.uploaded", "1.0.0", "Uploaded");
        return client.send_raw(method(call.operation)?, &target, archive, "application/gzip").await;
    }
    if call.operation.ends_with("/deploy") {
        return deploy(client, call, &target, body(call, own, other)).await;
    }
    client.send(method(call.operation)?, &target, body(call, own, other)).await
}

/// Deploys by the plan of this moment.
async fn deploy(client: &Client, call: &Call, target: &str, body: Option<Value>) -> anyhow::Result<Answer> {
    let planned = client.post(&target.replace("/deploy", "/plan"), json!({})).await?;
    let mut body = body.unwrap_or_default();
    body["plan_hash"] = planned.json["hash"].as_str().unwrap_or("none").into();
    client.send(method(call.operation)?, target, Some(body)).await
}

/// The method of an operation.
pub fn method(operation: &str) -> anyhow::Result<Method> {
    let (method, _) = operation.split_once(' ').unwrap_or(("GET", ""));
    Ok(Method::from_bytes(method.as_bytes())?)
}

/// The path of an operation, its parameters in braces.
pub fn template(operation: &str) -> &str {
    operation.split_once(' ').map_or("", |(_, path)| path)
}

/// The path and the query of a call, with its own ids but for one place.
pub fn target(call: &Call, own: &Ids, other: Option<(&Slot, &str)>) -> String {
    let (path, query) = call.path.split_once('?').unwrap_or((call.path, ""));
    let parts = template(call.operation).split('/').zip(path.split('/')).map(|(name, given)| {
        let slot = Slot::Path(name.trim_matches(['{', '}']).to_owned());
        filled(given, &slot, own, other)
    });
    let path = parts.collect::<Vec<_>>().join("/");
    let pairs = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| format!("{name}={}", filled(value, &Slot::Query(name.to_owned()), own, other)));
    let query = pairs.collect::<Vec<_>>().join("&");
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The body of a call, with its own ids but for one place.
pub fn body(call: &Call, own: &Ids, other: Option<(&Slot, &str)>) -> Option<Value> {
    let mut body = serde_json::from_str::<Value>(call.body).ok()?;
    fill(&mut body, "", own, other);
    Some(body)
}

fn fill(body: &mut Value, place: &str, own: &Ids, other: Option<(&Slot, &str)>) {
    match body {
        Value::String(text) => *text = filled(text, &Slot::Body(place.to_owned()), own, other),
        Value::Array(all) => all.iter_mut().for_each(|one| fill(one, place, own, other)),
        Value::Object(fields) => {
            fields.iter_mut().for_each(|(name, field)| fill(field, &format!("{place}/{name}"), own, other));
        }
        _ => {}
    }
}

fn filled(text: &str, slot: &Slot, own: &Ids, other: Option<(&Slot, &str)>) -> String {
    match (text.strip_prefix('$'), other) {
        (Some(_), Some((place, id))) if place == slot => id.to_owned(),
        (Some("nothing"), _) => SystemIds.secret().reveal(),
        (Some(name), _) => own.of(name),
        (None, _) => text.to_owned(),
    }
}

/// What several people change, changes for those alone who say which state they have seen.
const CONDITIONAL: &[&str] = &[
    "PATCH /api/v1/workspace",
    "PATCH /api/v1/roles/{role_id}",
    "DELETE /api/v1/roles/{role_id}",
    "DELETE /api/v1/artifacts/{kind}/{path}",
    "PATCH /api/v1/templates/{template_id}",
    "DELETE /api/v1/templates/{template_id}",
    "PATCH /api/v1/view-presets/{preset_id}",
    "DELETE /api/v1/view-presets/{preset_id}",
];

/// The same where what changes can't be read by all who may try.
const UNREAD: &[&str] =
    &["POST /api/v1/artifacts/{kind}/{path}/restore", "DELETE /api/v1/artifact-drafts/{kind}/{path}"];

async fn seen(client: &Client, operation: &str, target: &str) -> anyhow::Result<Client> {
    if UNREAD.contains(&operation) {
        return Ok(client.with("if-match", "*"));
    }
    if !CONDITIONAL.contains(&operation) {
        return Ok(client.clone());
    }
    let read = client.get(target).await?;
    let tag = read.headers.get("etag").and_then(|tag| tag.to_str().ok());
    Ok(tag.map_or_else(|| client.clone(), |tag| client.with("if-match", tag)))
}

/// A list stands for its first entry.
fn first(found: &Value) -> &Value {
    found.get(0).unwrap_or(found)
}
