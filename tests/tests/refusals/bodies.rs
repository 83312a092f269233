//! Bodies that do not fit.

use guildhall_testkit::Answer;
use serde_json::Value;

use super::{
    shape,
    world::Refuser,
    wrong::{self, Wrong},
};
use crate::{
    document::resolve,
    plan::{
        Call,
        request::{body, method, target, template},
    },
};

const JSON: &str = "application/json";
/// One byte more than a body may have.
const TOO_LARGE: usize = 1024 * 1024 + 1;

/// A body that must be refused.
struct Case {
    what: String,
    body: Vec<u8>,
    content_type: &'static str,
    status: u16,
    /// The place that the refusal must name.
    pointer: Option<String>,
}

impl Case {
    fn new(what: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { what: what.to_owned(), body: body.into(), content_type: JSON, status: 400, pointer: None }
    }
}

/// Sends everything that the operation must not take as its body.
pub async fn run(refuser: &Refuser, call: &'static Call) -> anyhow::Result<Vec<String>> {
    let Some(schema) = schema(&refuser.document, call.operation) else { return Ok(Vec::new()) };
    let right = body(call, &refuser.ids, None).unwrap_or_default();
    let mut found = wrong::unbounded(&refuser.document, schema, "");
    let wrongs = wrong::all(&refuser.document, schema, "");
    let cases = wrongs.iter().map(|wrong| misfit(&right, wrong));
    let cases = cases.chain(lacking(&refuser.document, schema, &right)).chain(any(&right));
    let (client, target) = (refuser.caller(call), target(call, &refuser.ids, None));
    for case in cases {
        let answer = client.send_raw(method(call.operation)?, &target, case.body, case.content_type).await?;
        let fault = shape::fault(&refuser.document, call.operation, &answer, case.status);
        found.extend(fault.map(|fault| format!("{}: {fault}", case.what)));
        let Some(pointer) = case.pointer else { continue };
        if !names(&answer, &pointer) {
            found.push(format!("{}: {} does not name {pointer}", case.what, answer.text));
        }
    }
    let unsaid = client.send(method(call.operation)?, &target, None).await?;
    let fault = shape::fault(&refuser.document, call.operation, &unsaid, 415);
    found.extend(fault.map(|fault| format!("no content type: {fault}")));
    Ok(found)
}

/// Whether a refusal says where in the body the fault is.
fn names(answer: &Answer, pointer: &str) -> bool {
    match answer.json["errors"].as_array() {
        Some(faults) => faults.iter().any(|fault| fault["pointer"] == pointer),
        None => answer.json["message"].as_str().is_some_and(|message| message.contains(pointer)),
    }
}

/// The schema of an operation's JSON body.
fn schema<'a>(document: &'a Value, operation: &str) -> Option<&'a Value> {
    let method = operation.split(' ').next().unwrap_or_default().to_lowercase();
    document["paths"][template(operation)][method].pointer("/requestBody/content/application~1json/schema")
}

fn misfit(right: &Value, wrong: &Wrong) -> Case {
    let body = wrong::with(right, &wrong.pointer, &wrong.value).to_string();
    let shown: String = wrong.value.to_string().chars().take(40).collect();
    let what = format!("{} at `{}`: {shown}", wrong.why, wrong.pointer);
    Case { pointer: Some(wrong.pointer.clone()), ..Case::new(&what, body) }
}

/// The body without one of the fields that must be there.
fn lacking(document: &Value, schema: &Value, right: &Value) -> Vec<Case> {
    let required = resolve(document, schema)["required"].as_array().cloned().unwrap_or_default();
    let without = |name: &str| {
        let mut fields = right.as_object().cloned().unwrap_or_default();
        fields.remove(name);
        let what = format!("without `{name}`");
        Case { pointer: Some(format!("/{name}")), ..Case::new(&what, Value::Object(fields).to_string()) }
    };
    required.iter().filter_map(Value::as_str).map(without).collect()
}

/// What no operation takes, whatever its schema.
fn any(right: &Value) -> Vec<Case> {
    let text = right.to_string();
    let of = |what: &str, content_type: &'static str| Case {
        content_type,
        status: 415,
        ..Case::new(&format!("{what} as {content_type:?}"), text.clone())
    };
    let mut padded = text.clone().into_bytes();
    padded.resize(TOO_LARGE, b' ');
    let mut cases = vec![
        Case::new("nothing", ""),
        Case::new("half an object", "{"),
        Case::new("no JSON", "name=value"),
        Case::new("two values", format!("{text} {text}")),
        Case::new("no UTF-8", b"{\"name\": \"\xff\xfe\"}"),
        Case::new("half a surrogate", r#"{"name": "\ud800"}"#),
        Case::new("a mark of byte order", format!("\u{feff}{text}")),
        Case::new("too large a number", r#"{"name": 1e999}"#),
        Case::new("no number", r#"{"name": NaN}"#),
        Case::new("deep lists", "[".repeat(100_000)),
        Case::new("deep objects", "{\"name\":".repeat(100_000)),
        Case::new("closed deep lists", format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))),
        of("the right body", "text/plain"),
        of("the right body", "application/x-www-form-urlencoded"),
        of("the right body", "application/jsonx"),
        of("the right body", "multipart/form-data; boundary=x"),
        of("the right body", ""),
        Case { status: 413, ..Case::new("over 1 MiB", padded) },
    ];
    let first = right.as_object().and_then(|fields| fields.iter().next());
    if let Some((name, value)) = first {
        let twice = format!("{{\"{name}\": {value}, {}", text.trim_start_matches('{'));
        cases.push(Case::new("a field twice", twice));
    }
    cases
}
