//! For each kind a content that it takes, and changes of it that it refuses.

use serde_json::{Value, json};

/// A content, and what is refused in it.
pub(super) struct Example {
    pub(super) kind: &'static str,
    pub(super) content: Value,
    /// A place, what is set there (`None` removes it), and where the fault is then.
    pub(super) refused: Vec<(&'static str, Option<Value>, &'static str)>,
}

const ID: &str = "0190a000-0000-7000-8000-000000000001";

pub(super) fn examples() -> Vec<Example> {
    let mut all = looks();
    all.extend(work());
    all.extend(services());
    all.extend(processes());
    all
}

fn looks() -> Vec<Example> {
    vec![
        Example {
            kind: "view_preset",
            content: json!({ "name": "Schedule", "fields": { "phase": ["due_date"], "task": [] } }),
            refused: vec![("/fields/item", Some(json!(["Due"])), "/fields/item/0"), ("/name", None, "")],
        },
        Example {
            kind: "theme",
            content: json!({
                "name": "House", "version": "1", "settings": { "fontUrl": "https://fonts.example.test/house.css" },
                "content": {
                    "light": { "primary": "#0a5cff", "radius": "calc(1px + 2px)", "button": { "text": "rgb(0 0 0 / 50%)" } },
                    "dark": { "primary": "#8ab8ff" },
                },
            }),
            refused: vec![
                ("/content/dark", None, "/content"),
                ("/content/light/primary", Some(json!("red;} body {")), "/content/light/primary"),
                ("/content/light/image", Some(json!("URL(//evil.test)")), "/content/light/image"),
                ("/content/light/button/image", Some(json!("url (x)")), "/content/light/button/image"),
                ("/settings/fontUrl", Some(json!("javascript:alert(1)")), "/settings/fontUrl"),
            ],
        },
        Example {
            kind: "navigation",
            content: json!({ "name": "Menu", "items": [
                { "id": "projects", "label": "Projects", "href": "/projects", "children": [
                    { "id": "help", "label": "Help", "href": "https://help.example.test/?a=b#c" },
                ] },
                { "id": "more", "label": "More", "href": null, "needs": "WORKSPACE_SETTINGS" },
            ] }),
            refused: vec![
                ("/items/0/href", Some(json!("//evil.test")), "/items/0/href"),
                ("/items/0/href", Some(json!("https://user@evil.test")), "/items/0/href"),
                ("/items/0/children/0/children", Some(json!([])), "/items/0/children/0"),
                ("/items/1/needs", Some(json!("admin")), "/items/1/needs"),
            ],
        },
        Example {
            kind: "setting",
            content: json!({ "name": "Rounds", "value": { "default": [1, null, "two"] } }),
            refused: vec![
                ("/value/default", Some(json!("x".repeat(10_001))), "/value/default"),
                ("/value", None, ""),
            ],
        },
        Example {
            kind: "notification_template",
            content: json!({
                "name": "Invitation", "letter": "INVITATION", "language": "pt-BR",
                "subject": "Come to {{workspace}}", "text": "{{inviter}} invites you:\n\n{{link}}\n\nuntil {{until}}",
            }),
            refused: vec![
                ("/text", Some(json!("Come to us.")), "/text"),
                ("/text", Some(json!("{{link}} {{password}}")), "/text"),
                ("/subject", Some(json!("Two\nlines")), "/subject"),
                ("/letter", Some(json!("SPAM")), "/letter"),
                ("/language", Some(json!("Portuguese")), "/language"),
            ],
        },
    ]
}

fn work() -> Vec<Example> {
    vec![
        Example {
            kind: "workflow_template",
            content: json!({
                "name": "Campaign", "description": "From brief to launch.\nTwice a year.", "category": "Launches",
                "gating": "ADVISORY",
                "phases": [
                    { "key": "plan", "name": "Plan", "objective": "Agree.", "start_day": 0, "due_day": 14, "items": [
                        { "key": "brief", "kind": "ACTIVITY", "name": "Brief", "link": "https://briefs.example.test/new",
                          "due_day": 7, "tasks": [{ "key": "ask", "title": "Ask the client", "due_day": -2 }] },
                        { "key": "reviews", "kind": "APPLICATION", "name": "Reviews",
                          "application": { "product_id": ID, "product_version_id": ID, "config": { "rounds": 2 } } },
                    ] },
                    { "key": "launch", "name": "Launch" },
                ],
            }),
            refused: vec![
                ("/phases/0/key", Some(json!("Plan it")), "/phases/0/key"),
                ("/phases/0/assignees", Some(json!([ID])), "/phases/0"),
                ("/phases/0/items/0/due_day", Some(json!("2026-01-01")), "/phases/0/items/0/due_day"),
                ("/phases/0/items/0/application", Some(json!({ "slug": "reviews" })), "/phases/0/items/0"),
                ("/phases/0/items/1/application", None, "/phases/0/items/1"),
                ("/phases/0/items/1/link", Some(json!("https://a.test")), "/phases/0/items/1/link"),
                ("/phases/0/items/1/application", Some(json!({})), "/phases/0/items/1/application"),
                ("/phases/0/items/0/tasks/0/title", Some(json!(" ")), "/phases/0/items/0/tasks/0/title"),
            ],
        },
        Example {
            kind: "calendar",
            content: json!({
                "name": "Germany", "timezone": "Europe/Berlin", "working_days": ["MONDAY", "FRIDAY"],
                "holidays": [{ "date": "2026-12-25", "name": "Christmas" }],
            }),
            refused: vec![
                ("/working_days", Some(json!(["MONDAY", "MONDAY"])), "/working_days"),
                ("/holidays/0/date", Some(json!("25.12.2026")), "/holidays/0/date"),
                ("/timezone", Some(json!("../etc/passwd")), "/timezone"),
            ],
        },
        Example {
            kind: "product",
            content: json!({
                "labels": { "name": "Reviews", "description": "Ours.", "category": "Quality" },
                "config": { ID: { "rounds": 3 } },
            }),
            refused: vec![
                ("/url", Some(json!("https://elsewhere.test")), ""),
                ("/config/latest", Some(json!({})), "/config"),
                ("/labels/name", Some(json!("")), "/labels/name"),
            ],
        },
    ]
}

fn services() -> Vec<Example> {
    vec![
        Example {
            kind: "service",
            content: json!({
                "name": "Mail", "timeout_ms": 10_000, "retry": { "attempts": 3 }, "routing": "PREFER_LOCAL", "spill": false,
                "operations": [{
                    "name": "send", "idempotent": true, "reads": ["projects"], "timeout_ms": 5_000,
                    "input": {
                        "type": "object", "required": ["to"], "additionalProperties": false,
                        "properties": { "to": { "type": "array", "maxItems": 9, "items": { "type": ["string", "null"] } } },
                    },
                    "output": { "type": "object", "properties": { "state": { "enum": ["SENT", "LOST"] } } },
                }],
            }),
            refused: vec![
                ("/operations", Some(json!([])), "/operations"),
                ("/operations/0/input/pattern", Some(json!("(a+)+$")), "/operations/0/input"),
                (
                    "/operations/0/input/properties/to/$ref",
                    Some(json!("https://a.test")),
                    "/operations/0/input/properties/to",
                ),
                ("/operations/0/timeout_ms", Some(json!(0)), "/operations/0/timeout_ms"),
                ("/routing", Some(json!("ANYWHERE")), "/routing"),
            ],
        },
        Example {
            kind: "service_binding",
            content: json!({
                "service": "guildhall.base:mail", "operations": ["send"], "by": "WEBHOOK",
                "webhook": { "url": "https://hooks.example.test/mail", "secret": "sixteen letters!" },
            }),
            refused: vec![
                ("/webhook/url", Some(json!("http://hooks.example.test")), "/webhook/url"),
                ("/webhook/url", Some(json!("http://localhost.evil.test/")), "/webhook/url"),
                ("/webhook/secret", Some(json!("short")), "/webhook/secret"),
                ("/webhook", None, ""),
                ("/by", Some(json!("CONTAINER")), "/webhook"),
                ("/group", Some(json!("mailers")), "/group"),
                ("/service", Some(json!("Mail")), "/service"),
            ],
        },
        Example {
            kind: "access_list",
            content: json!({ "entries": [
                { "key": "all", "effect": "ALLOW", "who": { "everybody": true }, "what": { "service": "mail" } },
                { "key": "one", "effect": "DENY", "mandatory": true, "loosenable": true,
                  "who": { "user_id": ID }, "what": { "service": "mail", "operation": "send" } },
                { "key": "viewers", "effect": "DENY", "who": { "role": "VIEWER" }, "what": { "group": "mailers" } },
            ] }),
            refused: vec![
                ("/entries/0/effect", Some(json!("MAYBE")), "/entries/0/effect"),
                ("/entries/1/who/role", Some(json!("VIEWER")), "/entries/1/who"),
                ("/entries/0/who", Some(json!({ "everybody": false })), "/entries/0/who/everybody"),
                ("/entries/2/what/service", Some(json!("mail")), "/entries/2/what/service"),
                ("/entries/0/what", Some(json!({})), "/entries/0/what"),
            ],
        },
    ]
}

fn processes() -> Vec<Example> {
    vec![
        Example {
            kind: "process",
            content: json!({
                "name": "Approve", "input": { "type": "object" },
                "steps": [
                    { "key": "ask", "name": "Ask", "task": { "title": "Approve it", "role": "PROJECT_OWNER", "due_days": 3 } },
                    { "key": "tell", "name": "Tell", "call": {
                        "service": "guildhall.base:mail", "operation": "send", "input": { "to": ["a"] }, "on_failure": "SKIP",
                    } },
                ],
            }),
            refused: vec![
                ("/steps/0/call", Some(json!({ "service": "mail", "operation": "send" })), "/steps/0/task"),
                ("/steps/1/call", None, "/steps/1"),
                ("/steps/1/call/operation", Some(json!("Send!")), "/steps/1/call/operation"),
            ],
        },
        Example {
            kind: "process_settings",
            content: json!({
                "process": "approve", "monitoring": { "level": "FAILURES", "keep_days": 30 },
                "recovery": { "after_crash": "RESUME", "attempts": 3 }, "priority": 5,
            }),
            refused: vec![("/priority", Some(json!(10)), "/priority"), ("/process", None, "")],
        },
        Example {
            kind: "schedule",
            content: json!({
                "name": "Nightly", "enabled": true, "cron": "0 3 * * MON-FRI", "timezone": "Europe/Berlin",
                "process": "approve", "input": { "all": true },
            }),
            refused: vec![
                ("/cron", Some(json!("every night")), "/cron"),
                ("/operation", Some(json!("send")), "/operation"),
                ("/process", None, ""),
            ],
        },
    ]
}
