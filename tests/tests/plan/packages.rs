//! Packages.

use super::{By, Call, call, on_platform};

/// What only System says, so that it is refused from here.
const fn in_system(operation: &'static str, path: &'static str, body: &'static str) -> Call {
    Call { operation, by: By::Admin, path, body, refused: true }
}

pub const CALLS: &[Call] = &[
    call("POST /api/v1/packages", "/api/v1/packages", super::ARCHIVE),
    call("GET /api/v1/packages", "/api/v1/packages?limit=10", ""),
    call("GET /api/v1/packages/{package_id}", "/api/v1/packages/$package", ""),
    call(
        "POST /api/v1/packages/{package_id}/plan",
        "/api/v1/packages/$package/plan",
        r#"{"workspace_id": "$workspace"}"#,
    ),
    call(
        "POST /api/v1/packages/{package_id}/deploy",
        "/api/v1/packages/$package/deploy",
        r#"{"workspace_id": "$workspace", "plan_hash": ""}"#,
    ),
    call(
        "POST /api/v1/packages/{package_id}/undeploy",
        "/api/v1/packages/$package/undeploy?dry_run=true",
        r#"{"workspace_id": "$workspace"}"#,
    ),
    call(
        "POST /api/v1/packages/{package_id}/undeploy",
        "/api/v1/packages/$package/undeploy",
        r#"{"workspace_id": "$workspace", "mode": "ARCHIVE"}"#,
    ),
    in_system("GET /api/v1/packages/{package_id}/entitlement", "/api/v1/packages/$package/entitlement", ""),
    in_system(
        "PUT /api/v1/packages/{package_id}/entitlement",
        "/api/v1/packages/$package/entitlement",
        r#"{"offer": "LIST", "workspace_ids": ["$workspace"]}"#,
    ),
    on_platform(
        "GET /api/v1/workspaces/{workspace_id}/package-delegation",
        "/api/v1/workspaces/$workspace/package-delegation",
        "",
    ),
    on_platform(
        "PUT /api/v1/workspaces/{workspace_id}/package-delegation",
        "/api/v1/workspaces/$workspace/package-delegation",
        r#"{"delegated": "FULL"}"#,
    ),
];
