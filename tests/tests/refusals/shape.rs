//! What a refusal looks like.

use guildhall_testkit::Answer;
use serde_json::Value;

use crate::plan::request::template;

/// Words of databases and source code, which are nobody's business.
const INSIDES: &[&str] =
    &["sqlite", "postgres", "sqlx", "sea_orm", "SELECT ", "INSERT ", "constraint", ".rs:"];

/// What is wrong with the refusal of an operation: its status, or the shape of its answer.
pub fn fault(document: &Value, operation: &str, answer: &Answer, status: u16) -> Option<String> {
    let wrong = if answer.status.as_u16() != status {
        format!("is not {status}")
    } else if let Some(wrong) = misshapen(operation, answer) {
        wrong
    } else if let Some(wrong) = undocumented(document, operation, answer) {
        wrong
    } else {
        let word = INSIDES.iter().find(|word| answer.text.contains(**word))?;
        format!("tells of {word}")
    };
    let said: String = answer.text.chars().take(300).collect();
    Some(format!("{} {said} {wrong}", answer.status))
}

/// Whether the answer is an error as that operation spells errors.
fn misshapen(operation: &str, answer: &Answer) -> Option<String> {
    let path = template(operation);
    if path == "/oauth/token" {
        return lacking(answer, "application/json", &["error", "error_description"]);
    }
    if is_contract(path) {
        return lacking(answer, "application/json", &["message"]);
    }
    let members = ["type", "title", "detail", "code", "request_id"];
    if let Some(wrong) = lacking(answer, "application/problem+json", &members) {
        return Some(wrong);
    }
    if answer.json["status"] != answer.status.as_u16() {
        return Some("says another status in its body".to_owned());
    }
    let id = answer.headers.get("x-request-id").and_then(|id| id.to_str().ok());
    (answer.json["request_id"].as_str() != id).then(|| format!("has another id in its header, {id:?}"))
}

/// Whether products of Open OS call the path, whose errors have a shape of their own.
fn is_contract(path: &str) -> bool {
    !path.starts_with("/api/v1/") && (path.starts_with("/api/") || path.starts_with("/_apps/"))
}

fn lacking(answer: &Answer, media: &str, members: &[&str]) -> Option<String> {
    if content_type(answer) != media {
        return Some(format!("is {} instead of {media}", content_type(answer)));
    }
    let empty = |name: &&&str| answer.json[**name].as_str().is_none_or(str::is_empty);
    members.iter().find(empty).map(|name| format!("has no `{name}`"))
}

/// A method that a path does not take is no operation, so no document can tell of its refusal.
fn undocumented(document: &Value, operation: &str, answer: &Answer) -> Option<String> {
    if answer.status == 405 {
        return None;
    }
    let method = operation.split(' ').next().unwrap_or_default().to_lowercase();
    let response = &document["paths"][template(operation)][method]["responses"][answer.status.as_str()];
    let documented = response["content"].get(content_type(answer)).is_some();
    (!documented).then(|| "is not in the document".to_owned())
}

fn content_type(answer: &Answer) -> &str {
    answer.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default()
}
