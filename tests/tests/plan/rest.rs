//! What products of Open OS call; what ends things; and what needs nobody signed in.

use super::{By, Call, call, on_platform};

pub const CALLS: &[Call] = &[
    call("GET /api/users/me", "/api/users/me", ""),
    call("GET /api/users/", "/api/users/?filter%5Bsearch%5D=e&page=1&itemsPerPage=10", ""),
    call("GET /api/workspaces/{account_id}/ancestors", "/api/workspaces/$brand/ancestors", ""),
    call(
        "GET /api/v2/tenants/{workspace_id}/hierarchy-tree",
        "/api/v2/tenants/$workspace/hierarchy-tree",
        "",
    ),
    call(
        "GET /api/tenants/{workspace_id}/groups",
        "/api/tenants/$workspace/groups?page=1&itemsPerPage=10&sort=name&filter%5Bsearch%5D=e",
        "",
    ),
    call("POST /api/az/groups", "/api/az/groups", r#"{"account_uid": "$market", "name": "Reviewers"}"#),
    call(
        "PATCH /api/az/groups/users",
        "/api/az/groups/users",
        r#"{"create": [{"groupId": "$group", "userId": "$colleague"}]}"#,
    ),
    call(
        "PATCH /api/az/groups/users",
        "/api/az/groups/users",
        r#"{"delete": [{"groupId": "$group", "userId": "$colleague"}]}"#,
    ),
    call(
        "PATCH /api/az/groups/roles",
        "/api/az/groups/roles",
        r#"{"create": [{"group_id": "$group", "role_id": "$role", "account_id": "$brand"}]}"#,
    ),
    call(
        "PATCH /api/az/groups/roles",
        "/api/az/groups/roles",
        r#"{"delete": [{"group_id": "$group", "role_id": "$role", "account_id": "$brand"}]}"#,
    ),
    call(
        "POST /_apps/os-workspaces/api/tenants/{workspace_id}/organization-units",
        "/_apps/os-workspaces/api/tenants/$workspace/organization-units",
        r#"{"type": "predefined", "parentId": "$market", "categories": ["BRAND"], "data": {"mdId": "MD-7"}}"#,
    ),
    call(
        "POST /api/v1/products/{product_id}/versions/{version_id}/publish",
        "/api/v1/products/$product/versions/$draft/publish",
        "",
    ),
    call(
        "POST /api/v1/products/{product_id}/versions/{version_id}/retire",
        "/api/v1/products/$product/versions/$version/retire",
        "",
    ),
    call("POST /api/v1/projects/{project_id}/archive", "/api/v1/projects/$spare_project/archive", ""),
    call("POST /api/v1/projects/{project_id}/restore", "/api/v1/projects/$spare_project/restore", ""),
    call("DELETE /api/v1/members/{user_id}", "/api/v1/members/$external?transfer_to=$admin", ""),
    Call {
        operation: "POST /api/v1/invitations/accept",
        by: By::Visitor,
        path: "/api/v1/invitations/accept",
        body: r#"{"token": "$nothing"}"#,
        refused: true,
    },
    Call {
        operation: "POST /api/v1/sessions",
        by: By::Visitor,
        path: "/api/v1/sessions",
        body: r#"{"email": "internal@nowhere.test", "password": "guildhall-demo"}"#,
        refused: true,
    },
    Call { operation: "POST /oauth/token", by: By::Visitor, path: "/oauth/token", body: "", refused: true },
    Call {
        operation: "GET /.well-known/openid-configuration",
        by: By::Visitor,
        path: "/.well-known/openid-configuration",
        body: "",
        refused: false,
    },
    Call {
        operation: "GET /.well-known/jwks.json",
        by: By::Visitor,
        path: "/.well-known/jwks.json",
        body: "",
        refused: false,
    },
    call("GET /api/v1/api-keys", "/api/v1/api-keys", ""),
    call("POST /api/v1/api-keys", "/api/v1/api-keys", r#"{"name": "Nightly", "read_only": true}"#),
    call("POST /api/v1/api-keys/{api_key_id}/rotate", "/api/v1/api-keys/$api_key/rotate", ""),
    call("DELETE /api/v1/api-keys/{api_key_id}", "/api/v1/api-keys/$api_key", ""),
    call("GET /api/v1/me/sessions", "/api/v1/me/sessions", ""),
    call("DELETE /api/v1/me/sessions/{session_id}", "/api/v1/me/sessions/$spare_session", ""),
    call("POST /api/v1/sessions/switch", "/api/v1/sessions/switch", r#"{"workspace_id": "$workspace"}"#),
    Call {
        operation: "POST /api/v1/password-resets/complete",
        by: By::Visitor,
        path: "/api/v1/password-resets/complete",
        body: r#"{"token": "$nothing", "password": "guildhall-demo"}"#,
        refused: true,
    },
    call("GET /api/v1/audit", "/api/v1/audit?actor_id=$external", ""),
    on_platform("GET /api/v1/users", "/api/v1/users", ""),
    on_platform("GET /api/v1/users/{user_id}", "/api/v1/users/$external", ""),
    on_platform("PATCH /api/v1/users/{user_id}", "/api/v1/users/$external", r#"{"active": true}"#),
    on_platform("GET /api/v1/workspaces", "/api/v1/workspaces", ""),
    on_platform(
        "POST /api/v1/workspaces",
        "/api/v1/workspaces",
        r#"{"prefix": "planned", "name": "P", "admin": {"email": "internal@wpp.test", "firstname": "I", "lastname": "U"}}"#,
    ),
    on_platform("GET /api/v1/workspaces/{workspace_id}", "/api/v1/workspaces/$spare_workspace", ""),
    on_platform(
        "PATCH /api/v1/workspaces/{workspace_id}",
        "/api/v1/workspaces/$spare_workspace",
        r#"{"name": "Another"}"#,
    ),
    on_platform(
        "POST /api/v1/workspaces/{workspace_id}/admins",
        "/api/v1/workspaces/$spare_workspace/admins",
        r#"{"email": "new@nowhere.test", "firstname": "N", "lastname": "U"}"#,
    ),
    on_platform(
        "POST /api/v1/workspaces/{workspace_id}/suspend",
        "/api/v1/workspaces/$spare_workspace/suspend",
        "",
    ),
    on_platform(
        "POST /api/v1/workspaces/{workspace_id}/resume",
        "/api/v1/workspaces/$spare_workspace/resume",
        "",
    ),
    on_platform(
        "POST /api/v1/workspaces/{workspace_id}/archive",
        "/api/v1/workspaces/$spare_workspace/archive",
        "",
    ),
    // It ends all other sessions of the caller.
    call(
        "PUT /api/v1/me/password",
        "/api/v1/me/password",
        r#"{"current_password": "guildhall-demo", "new_password": "guildhall-demo-2"}"#,
    ),
    call("DELETE /api/v1/sessions/current", "/api/v1/sessions/current", ""),
];
