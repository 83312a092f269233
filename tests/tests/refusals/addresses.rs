//! Who asks, by which method, and for what: all that can be wrong before a body is read.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use super::{query, shape, tokens, world::Refuser};
use crate::{
    document::Slot,
    plan::{
        Call,
        request::{body, method, slots_of, target, template},
    },
};

/// What stands in a path for an id and is none.
const NO_IDS: &[&str] =
    &["nobody", "0", "%00", "%ff", "0192f0c1-2222-7000-8000-00000000000", "%F0%9F%8F%9B", "*"];

/// Sends everything that must be refused whatever the body says.
pub async fn run(refuser: &Refuser, call: &'static Call) -> anyhow::Result<Vec<String>> {
    let mut found = credentials(refuser, call).await?;
    found.extend(paths(refuser, call).await?);
    found.extend(queries(refuser, call).await?);
    found.extend(methods(refuser, call).await?);
    Ok(found)
}

async fn credentials(refuser: &Refuser, call: &Call) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for (what, client) in tokens::nobodies(refuser) {
        let answer = refuser.send(&client, call).await?;
        let fault = if is_public(&refuser.document, call.operation) {
            let served = answer.status.is_success() || answer.status.is_client_error();
            (!served).then(|| format!("{} {}", answer.status, answer.text))
        } else {
            shape::fault(&refuser.document, call.operation, &answer, 401)
        };
        found.extend(fault.map(|fault| format!("with {what}: {fault}")));
    }
    Ok(found)
}

/// Whether the document lets an operation be called without credentials.
fn is_public(document: &Value, operation: &str) -> bool {
    let method = operation.split(' ').next().unwrap_or_default().to_lowercase();
    let security = document["paths"][template(operation)][method]["security"].as_array();
    security.is_some_and(|all| all.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty)))
}

async fn paths(refuser: &Refuser, call: &Call) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for slot in slots_of(call).iter().filter(|slot| matches!(slot, Slot::Path(_))) {
        for id in NO_IDS.iter().map(ToString::to_string).chain(["9".repeat(4_000)]) {
            let other = Some((slot, id.as_str()));
            let (target, body) = (target(call, &refuser.ids, other), body(call, &refuser.ids, None));
            let answer = refuser.caller(call).send(method(call.operation)?, &target, body).await?;
            let fault = shape::fault(&refuser.document, call.operation, &answer, 404);
            found.extend(fault.map(|fault| format!("{slot:?} {id:.40}: {fault}")));
        }
    }
    Ok(found)
}

async fn queries(refuser: &Refuser, call: &Call) -> anyhow::Result<Vec<String>> {
    let (mut found, path) = (Vec::new(), target(call, &refuser.ids, None));
    let path = path.split('?').next().unwrap_or_default();
    for query in query::wrong(&refuser.document, call.operation) {
        let target = format!("{path}?{query}");
        let answer = refuser.caller(call).send(method(call.operation)?, &target, None).await?;
        let fault = shape::fault(&refuser.document, call.operation, &answer, 400);
        found.extend(fault.map(|fault| format!("?{query:.60}: {fault}")));
    }
    Ok(found)
}

async fn methods(refuser: &Refuser, call: &Call) -> anyhow::Result<Vec<String>> {
    let item = refuser.document["paths"][template(call.operation)].as_object();
    let mut taken: BTreeSet<String> =
        item.into_iter().flat_map(|item| item.keys()).map(|it| it.to_uppercase()).collect();
    if taken.contains("GET") {
        taken.insert("HEAD".to_owned());
    }
    let mut found = Vec::new();
    for name in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"] {
        if taken.contains(name) {
            continue;
        }
        let (target, wrong) = (target(call, &refuser.ids, None), Method::from_bytes(name.as_bytes())?);
        let answer = refuser.caller(call).send(wrong, &target, None).await?;
        if name != "HEAD" {
            let fault = shape::fault(&refuser.document, call.operation, &answer, 405);
            found.extend(fault.map(|fault| format!("{name}: {fault}")));
        }
        let allowed = answer.headers.get("allow").and_then(|allow| allow.to_str().ok()).unwrap_or_default();
        let allowed: BTreeSet<String> = allowed.split(',').map(|name| name.trim().to_owned()).collect();
        if allowed != taken {
            found.push(format!("{name}: {} allows {allowed:?} instead of {taken:?}", answer.status));
        }
    }
    Ok(found)
}
