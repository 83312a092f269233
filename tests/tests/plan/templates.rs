//! Templates and view presets.

use super::{Call, call};

pub const CALLS: &[Call] = &[
    call(
        "POST /api/v1/projects/{project_id}/save-as-template",
        "/api/v1/projects/$project/save-as-template",
        r#"{"name": "Saved by the plan", "category": "Plans"}"#,
    ),
    call("GET /api/v1/templates", "/api/v1/templates?q=brief&category=Campaign&limit=5", ""),
    call("GET /api/v1/templates/{template_id}", "/api/v1/templates/$template", ""),
    call("GET /api/v1/templates/{template_id}", "/api/v1/templates/guildhall.base:pitch", ""),
    call("PATCH /api/v1/templates/{template_id}", "/api/v1/templates/$template", r#"{"category": "Ours"}"#),
    call(
        "PATCH /api/v1/templates/{template_id}",
        "/api/v1/templates/guildhall.base:pitch",
        r#"{"name": "Our pitch", "phases": [{"key": "all", "name": "All", "items": [{"key": "review", "kind": "APPLICATION", "name": "Review", "application": {"product_id": "$product", "product_version_id": "$version"}}]}]}"#,
    ),
    call(
        "POST /api/v1/projects",
        "/api/v1/projects",
        r#"{"name": "From a template", "node_id": "$brand", "template_id": "$template", "start_date": "2027-01-31"}"#,
    ),
    call("DELETE /api/v1/templates/{template_id}", "/api/v1/templates/$template", ""),
    call("GET /api/v1/view-presets", "/api/v1/view-presets?q=own&limit=5", ""),
    call(
        "POST /api/v1/view-presets",
        "/api/v1/view-presets",
        r#"{"name": "Planned view", "fields": {"phase": ["state"], "item": ["status", "tasks"]}}"#,
    ),
    call("GET /api/v1/view-presets/{preset_id}", "/api/v1/view-presets/$view", ""),
    call(
        "PATCH /api/v1/view-presets/{preset_id}",
        "/api/v1/view-presets/$view",
        r#"{"fields": {"item": ["due_date"]}}"#,
    ),
    call("GET /api/v1/projects/{project_id}/canvas", "/api/v1/projects/$project/canvas?preset=$view", ""),
    call(
        "GET /api/v1/projects/{project_id}/canvas",
        "/api/v1/projects/$project/canvas?fields=phase.state,task.status",
        "",
    ),
    call(
        "PUT /api/v1/projects/{project_id}/view-preset",
        "/api/v1/projects/$project/view-preset",
        r#"{"preset_id": "$view"}"#,
    ),
    call("GET /api/v1/projects/{project_id}/view-preset", "/api/v1/projects/$project/view-preset", ""),
    call("DELETE /api/v1/view-presets/{preset_id}", "/api/v1/view-presets/$view", ""),
];
