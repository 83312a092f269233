//! What is shared and overridden.

use super::{By, Call, call};

const PRESET: &str = r#"{"content": {"name": "Planned", "fields": {"item": ["status"]}}}"#;

pub const CALLS: &[Call] = &[
    call("GET /api/v1/artifact-kinds", "/api/v1/artifact-kinds", ""),
    call("GET /api/v1/artifact-kinds/{kind}", "/api/v1/artifact-kinds/view_preset", ""),
    call("GET /api/v1/artifacts/{kind}", "/api/v1/artifacts/view_preset?q=own&limit=5", ""),
    call("GET /api/v1/artifacts/{kind}", "/api/v1/artifacts/view_preset?hidden=true", ""),
    call("GET /api/v1/artifacts/{kind}", "/api/v1/artifacts/workflow_template", ""),
    call("GET /api/v1/artifacts/{kind}", "/api/v1/artifacts/theme", ""),
    call("GET /api/v1/artifacts/{kind}", "/api/v1/artifacts/setting", ""),
    call("GET /api/v1/artifacts/{kind}/{path}", "/api/v1/artifacts/view_preset/$preset", ""),
    call("GET /api/v1/artifacts/{kind}/{path}/layers", "/api/v1/artifacts/view_preset/$preset/layers", ""),
    call(
        "GET /api/v1/artifacts/{kind}/{path}/history",
        "/api/v1/artifacts/view_preset/$preset/history?limit=5",
        "",
    ),
    call("PUT /api/v1/artifacts/{kind}/{path}", "/api/v1/artifacts/view_preset/planned%2Fnew", PRESET),
    call(
        "PUT /api/v1/artifacts/{kind}/{path}",
        "/api/v1/artifacts/workflow_template/planned%2Fnew",
        r#"{"content": {"name": "Planned", "phases": []}}"#,
    ),
    Call {
        operation: "PUT /api/v1/artifacts/{kind}/{path}",
        by: By::System,
        path: "/api/v1/artifacts/view_preset/planned%2Fshared",
        body: PRESET,
        refused: false,
    },
    call("GET /api/v1/artifacts/{kind}/{path}/review", "/api/v1/artifacts/view_preset/$fallen/review", ""),
    call("POST /api/v1/artifacts/{kind}/{path}/review", "/api/v1/artifacts/view_preset/$fallen/review", ""),
    call(
        "POST /api/v1/artifacts/{kind}/{path}/review/resolve",
        "/api/v1/artifacts/view_preset/$fallen/review/resolve",
        r#"{"ours": "$ours", "theirs": "$theirs", "resolution": "DEFER"}"#,
    ),
    call("POST /api/v1/artifacts/{kind}/{path}/revert", "/api/v1/artifacts/view_preset/$fallen/revert", ""),
    call(
        "POST /api/v1/artifacts/{kind}/{path}/reapply",
        "/api/v1/artifacts/view_preset/fallen-wpp/reapply",
        "",
    ),
    call("DELETE /api/v1/artifacts/{kind}/{path}", "/api/v1/artifacts/view_preset/$preset", ""),
    call(
        "POST /api/v1/artifacts/{kind}/{path}/restore",
        "/api/v1/artifacts/view_preset/hidden-wpp/restore",
        "",
    ),
    call("GET /api/v1/artifact-drafts", "/api/v1/artifact-drafts?limit=5", ""),
    call(
        "PUT /api/v1/artifact-drafts/{kind}/{path}",
        "/api/v1/artifact-drafts/view_preset/planned%2Fdraft",
        PRESET,
    ),
    call(
        "GET /api/v1/artifact-drafts/{kind}/{path}",
        "/api/v1/artifact-drafts/view_preset/$draft_preset",
        "",
    ),
    call(
        "DELETE /api/v1/artifact-drafts/{kind}/{path}",
        "/api/v1/artifact-drafts/view_preset/$spare_draft_preset",
        "",
    ),
    call(
        "POST /api/v1/artifact-drafts/check",
        "/api/v1/artifact-drafts/check",
        r#"{"items": [{"kind": "view_preset", "path": "$draft_preset"}]}"#,
    ),
    call(
        "POST /api/v1/artifact-drafts/publish",
        "/api/v1/artifact-drafts/publish",
        r#"{"items": [{"kind": "view_preset", "path": "$draft_preset"}]}"#,
    ),
];
