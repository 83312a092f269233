//! How each operation of the API is called, with everything in its place. `$name` stands for an id of the world.

pub mod callers;
pub mod request;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The workspace's admin.
    Admin,
    /// The product's service account.
    Back,
    /// The platform's admin, on the base domain.
    Platform,
    /// Somebody who is not signed in.
    Visitor,
}

/// One way to call an operation.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// Method and path template.
    pub operation: &'static str,
    /// Who calls.
    pub by: By,
    /// The path with its query.
    pub path: &'static str,
    /// The body: JSON, or a table where it begins with the name of a column.
    pub body: &'static str,
    /// Whether it is refused even with everything in its place.
    pub refused: bool,
}

const fn call(operation: &'static str, path: &'static str, body: &'static str) -> Call {
    Call { operation, by: By::Admin, path, body, refused: false }
}

/// A table, where a body is one.
const TABLE: &str = "level,name,parent\nCLIENT,Imported,\n";

const fn on_platform(operation: &'static str, path: &'static str, body: &'static str) -> Call {
    Call { operation, by: By::Platform, path, body, refused: false }
}

/// Every operation, at least once; in an order in which each succeeds.
pub const PLAN: &[Call] = &[
    call("GET /api/v1/me", "/api/v1/me", ""),
    call("PATCH /api/v1/me", "/api/v1/me", r#"{"department": "Strategy"}"#),
    call("GET /api/v1/me/workspaces", "/api/v1/me/workspaces", ""),
    call("GET /api/v1/sessions/current", "/api/v1/sessions/current", ""),
    call("GET /api/v1/workspace", "/api/v1/workspace", ""),
    call("PATCH /api/v1/workspace", "/api/v1/workspace", r#"{"name": "Renamed"}"#),
    call("GET /api/v1/hierarchy", "/api/v1/hierarchy", ""),
    call(
        "POST /api/v1/hierarchy/nodes",
        "/api/v1/hierarchy/nodes",
        r#"{"type": "BRAND", "name": "B", "parent_id": "$market"}"#,
    ),
    call("GET /api/v1/hierarchy/nodes/{node_id}", "/api/v1/hierarchy/nodes/$market", ""),
    call("PATCH /api/v1/hierarchy/nodes/{node_id}", "/api/v1/hierarchy/nodes/$market", r#"{"name": "M"}"#),
    call("DELETE /api/v1/hierarchy/nodes/{node_id}", "/api/v1/hierarchy/nodes/$spare_node", ""),
    call("POST /api/v1/hierarchy/nodes/{node_id}/restore", "/api/v1/hierarchy/nodes/$spare_node/restore", ""),
    call(
        "POST /api/v1/hierarchy/nodes/{node_id}/move",
        "/api/v1/hierarchy/nodes/$spare_market/move",
        r#"{"parent_id": "$client"}"#,
    ),
    call(
        "POST /api/v1/hierarchy/nodes/{node_id}/move",
        "/api/v1/hierarchy/nodes/$spare_market/move?dry_run=true",
        r#"{"parent_id": "$client"}"#,
    ),
    call("POST /api/v1/hierarchy/import", "/api/v1/hierarchy/import?dry_run=true", TABLE),
    call("POST /api/v1/hierarchy/import", "/api/v1/hierarchy/import", TABLE),
    call("GET /api/v1/members", "/api/v1/members", ""),
    call(
        "POST /api/v1/members",
        "/api/v1/members",
        r#"{"email": "three@invited.test", "role": "INTERNAL", "node_ids": ["$market"]}"#,
    ),
    call("GET /api/v1/members/{user_id}", "/api/v1/members/$external", ""),
    call("PATCH /api/v1/members/{user_id}", "/api/v1/members/$external", r#"{"node_ids": ["$market"]}"#),
    call("GET /api/v1/invitations", "/api/v1/invitations", ""),
    call("POST /api/v1/invitations/{invitation_id}/resend", "/api/v1/invitations/$invitation/resend", ""),
    call("DELETE /api/v1/invitations/{invitation_id}", "/api/v1/invitations/$spare_invitation", ""),
    call("GET /api/v1/groups", "/api/v1/groups", ""),
    call("POST /api/v1/groups", "/api/v1/groups", r#"{"name": "Another", "account_id": "$market"}"#),
    call("GET /api/v1/groups/{group_id}", "/api/v1/groups/$group", ""),
    call("PATCH /api/v1/groups/{group_id}", "/api/v1/groups/$group", r#"{"name": "Renamed"}"#),
    call("PUT /api/v1/groups/{group_id}/members/{user_id}", "/api/v1/groups/$group/members/$external", ""),
    call("GET /api/v1/groups/{group_id}/members", "/api/v1/groups/$group/members", ""),
    call("DELETE /api/v1/groups/{group_id}/members/{user_id}", "/api/v1/groups/$group/members/$external", ""),
    call("DELETE /api/v1/groups/{group_id}", "/api/v1/groups/$spare_group", ""),
    call("GET /api/v1/roles", "/api/v1/roles", ""),
    call(
        "POST /api/v1/roles",
        "/api/v1/roles",
        r#"{"code": "AUDITOR", "name": "Auditor", "permissions": ["AUDIT_READ"]}"#,
    ),
    call("GET /api/v1/roles/{role_id}", "/api/v1/roles/$role", ""),
    call("PATCH /api/v1/roles/{role_id}", "/api/v1/roles/$role", r#"{"name": "Reader of roles"}"#),
    call("DELETE /api/v1/roles/{role_id}", "/api/v1/roles/$spare_role", ""),
    call("GET /api/v1/grants", "/api/v1/grants?account_id=$market&role_id=$role&group_id=$group", ""),
    call("GET /api/v1/grants", "/api/v1/grants?user_id=$external", ""),
    call(
        "POST /api/v1/grants",
        "/api/v1/grants",
        r#"{"user_id": "$colleague", "role_id": "$role", "account_id": "$market"}"#,
    ),
    call(
        "POST /api/v1/grants",
        "/api/v1/grants",
        r#"{"group_id": "$group", "role_id": "$role", "account_id": "$client"}"#,
    ),
    call(
        "POST /api/v1/grants",
        "/api/v1/grants",
        r#"{"service_account_id": "$spare_service_account", "role_id": "$role", "account_id": "$market"}"#,
    ),
    call("GET /api/v1/grants/{grant_id}", "/api/v1/grants/$grant", ""),
    call(
        "PATCH /api/v1/grants/{grant_id}",
        "/api/v1/grants/$grant",
        r#"{"expires_at": "2100-01-01T00:00:00Z"}"#,
    ),
    call("DELETE /api/v1/grants/{grant_id}", "/api/v1/grants/$spare_grant", ""),
    call(
        "POST /api/v1/permissions/explain",
        "/api/v1/permissions/explain",
        r#"{"user_id": "$external", "account_id": "$market", "permission": "NODE_READ"}"#,
    ),
    call("GET /api/v1/meta-roles", "/api/v1/meta-roles", ""),
    call(
        "GET /api/v1/meta-roles/{meta_role_id}",
        "/api/v1/meta-roles/00000000-0000-7000-8000-000000000200",
        "",
    ),
    on_platform(
        "POST /api/v1/meta-roles",
        "/api/v1/meta-roles",
        r#"{"code": "REVIEW_LEAD", "name": "Review lead", "given_by": "OWNER"}"#,
    ),
    on_platform("GET /api/v1/meta-roles/{meta_role_id}", "/api/v1/meta-roles/$meta_role", ""),
    on_platform(
        "PATCH /api/v1/meta-roles/{meta_role_id}",
        "/api/v1/meta-roles/$meta_role",
        r#"{"name": "A"}"#,
    ),
    on_platform("DELETE /api/v1/meta-roles/{meta_role_id}", "/api/v1/meta-roles/$meta_role", ""),
    call("GET /api/v1/products", "/api/v1/products", ""),
    call("POST /api/v1/products", "/api/v1/products", r#"{"name": "Another"}"#),
    call("GET /api/v1/products/{product_id}", "/api/v1/products/$product", ""),
    call("PATCH /api/v1/products/{product_id}", "/api/v1/products/$product", r#"{"name": "Review 2"}"#),
    call("GET /api/v1/products/{product_id}/versions", "/api/v1/products/$product/versions", ""),
    call(
        "POST /api/v1/products/{product_id}/versions",
        "/api/v1/products/$product/versions",
        r#"{"name": "3", "kind": "LINK", "entry_url": "https://a.example.test", "slug": "three", "required_context": [], "uses_open_authorization": false, "roles": []}"#,
    ),
    call(
        "GET /api/v1/products/{product_id}/versions/{version_id}",
        "/api/v1/products/$product/versions/$version",
        "",
    ),
    call(
        "PATCH /api/v1/products/{product_id}/versions/{version_id}",
        "/api/v1/products/$product/versions/$version",
        r#"{"name": "1.0"}"#,
    ),
    call("GET /api/v1/products/{product_id}/availability", "/api/v1/products/$product/availability", ""),
    call(
        "PUT /api/v1/products/{product_id}/availability",
        "/api/v1/products/$product/availability",
        r#"{"available": true}"#,
    ),
    // A list of workspaces is the System space's to give.
    Call {
        operation: "PUT /api/v1/products/{product_id}/availability",
        by: By::Admin,
        path: "/api/v1/products/$product/availability",
        body: r#"{"offer": "LIST", "workspace_ids": ["$workspace"]}"#,
        refused: true,
    },
    call(
        "GET /api/v1/products/{product_id}/meta-role-mapping",
        "/api/v1/products/$product/meta-role-mapping",
        "",
    ),
    call(
        "PUT /api/v1/products/{product_id}/meta-role-mapping",
        "/api/v1/products/$product/meta-role-mapping",
        r#"{"roles": [{"code": "REVIEWER", "meta_roles": ["PROJECT_CONTRIBUTOR", "PROJECT_OWNER"]}]}"#,
    ),
    call("GET /api/v1/service-accounts", "/api/v1/service-accounts", ""),
    call(
        "POST /api/v1/service-accounts",
        "/api/v1/service-accounts",
        r#"{"name": "S", "kind": "PRODUCT", "product_id": "$product"}"#,
    ),
    call(
        "POST /api/v1/service-accounts/{service_account_id}/rotate",
        "/api/v1/service-accounts/$spare_service_account/rotate",
        "",
    ),
    call(
        "DELETE /api/v1/service-accounts/{service_account_id}",
        "/api/v1/service-accounts/$spare_service_account",
        "",
    ),
    call("GET /api/v1/projects", "/api/v1/projects?node_id=$brand", ""),
    call("POST /api/v1/projects", "/api/v1/projects", r#"{"name": "P", "node_id": "$market"}"#),
    call("GET /api/v1/projects/{project_id}", "/api/v1/projects/$project", ""),
    call(
        "PATCH /api/v1/projects/{project_id}",
        "/api/v1/projects/$spare_project",
        r#"{"node_id": "$market"}"#,
    ),
    call(
        "GET /api/v1/projects/{project_id}/compatible-products",
        "/api/v1/projects/$project/compatible-products",
        "",
    ),
    call("GET /api/v1/projects/{project_id}/canvas", "/api/v1/projects/$project/canvas", ""),
    call("GET /api/v1/projects/{project_id}/activity", "/api/v1/projects/$project/activity", ""),
    call("GET /api/v1/projects/{project_id}/members", "/api/v1/projects/$project/members", ""),
    call(
        "POST /api/v1/projects/{project_id}/members",
        "/api/v1/projects/$project/members",
        r#"{"user_id": "$colleague", "role": "CONTRIBUTOR"}"#,
    ),
    call(
        "PATCH /api/v1/projects/{project_id}/members/{user_id}",
        "/api/v1/projects/$project/members/$colleague",
        r#"{"role": "VIEWER"}"#,
    ),
    call(
        "DELETE /api/v1/projects/{project_id}/members/{user_id}",
        "/api/v1/projects/$project/members/$colleague",
        "",
    ),
    call(
        "POST /api/v1/projects/{project_id}/phases",
        "/api/v1/projects/$project/phases",
        r#"{"name": "F", "assignee_ids": ["$external"], "after_id": "$phase"}"#,
    ),
    call(
        "PATCH /api/v1/projects/{project_id}/phases/{phase_id}",
        "/api/v1/projects/$project/phases/$phase",
        r#"{"assignee_ids": ["$external"]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/phases/{phase_id}/move",
        "/api/v1/projects/$project/phases/$phase/move",
        r#"{"after_id": "$other_phase"}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/phases/{phase_id}/move",
        "/api/v1/projects/$project/phases/$phase/move",
        r#"{"before_id": "$other_phase"}"#,
    ),
    call(
        "DELETE /api/v1/projects/{project_id}/phases/{phase_id}",
        "/api/v1/projects/$project/phases/$spare_phase",
        "",
    ),
    call(
        "POST /api/v1/projects/{project_id}/phases/{phase_id}/items",
        "/api/v1/projects/$project/phases/$phase/items",
        r#"{"kind": "APPLICATION", "product_version_id": "$version", "assignee_ids": ["$external"], "after_id": "$item"}"#,
    ),
    call("GET /api/v1/projects/{project_id}/items/{item_id}", "/api/v1/projects/$project/items/$item", ""),
    call(
        "PATCH /api/v1/projects/{project_id}/items/{item_id}",
        "/api/v1/projects/$project/items/$item",
        r#"{"assignee_ids": ["$external"]}"#,
    ),
    call(
        "PATCH /api/v1/projects/{project_id}/items/{item_id}",
        "/api/v1/projects/$project/items/$item",
        r#"{"status": "IN_PROGRESS"}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/items/{item_id}/move",
        "/api/v1/projects/$project/items/$item/move",
        r#"{"phase_id": "$other_phase"}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/items/{item_id}/move",
        "/api/v1/projects/$project/items/$item/move",
        r#"{"phase_id": "$phase", "after_id": "$other_item"}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/items/{item_id}/move",
        "/api/v1/projects/$project/items/$item/move",
        r#"{"phase_id": "$phase", "before_id": "$other_item"}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/items/{item_id}/archive",
        "/api/v1/projects/$project/items/$spare_item/archive",
        "",
    ),
    call(
        "POST /api/v1/projects/{project_id}/items/{item_id}/restore",
        "/api/v1/projects/$project/items/$spare_item/restore",
        "",
    ),
    call(
        "DELETE /api/v1/projects/{project_id}/items/{item_id}",
        "/api/v1/projects/$project/items/$spare_item",
        "",
    ),
    call(
        "POST /api/v1/projects/{project_id}/items/{item_id}/tasks",
        "/api/v1/projects/$project/items/$item/tasks",
        r#"{"title": "T", "assignee_ids": ["$external"], "after_id": "$task"}"#,
    ),
    call("GET /api/v1/projects/{project_id}/tasks/{task_id}", "/api/v1/projects/$project/tasks/$task", ""),
    call(
        "PATCH /api/v1/projects/{project_id}/tasks/{task_id}",
        "/api/v1/projects/$project/tasks/$task",
        r#"{"assignee_ids": ["$external"]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/tasks/{task_id}/move",
        "/api/v1/projects/$project/tasks/$task/move",
        r#"{"item_id": "$other_item"}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/tasks/{task_id}/move",
        "/api/v1/projects/$project/tasks/$task/move",
        r#"{"item_id": "$item", "after_id": "$other_task"}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/tasks/{task_id}/move",
        "/api/v1/projects/$project/tasks/$task/move",
        r#"{"item_id": "$item", "before_id": "$other_task"}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/tasks/{task_id}/archive",
        "/api/v1/projects/$project/tasks/$spare_task/archive",
        "",
    ),
    call(
        "POST /api/v1/projects/{project_id}/tasks/{task_id}/restore",
        "/api/v1/projects/$project/tasks/$spare_task/restore",
        "",
    ),
    call(
        "DELETE /api/v1/projects/{project_id}/tasks/{task_id}",
        "/api/v1/projects/$project/tasks/$spare_task",
        "",
    ),
    call(
        "POST /api/v1/launches",
        "/api/v1/launches",
        r#"{"product_version_id": "$version", "project_id": "$project", "item_id": "$application"}"#,
    ),
    call(
        "POST /api/v1/launches",
        "/api/v1/launches",
        r#"{"product_version_id": "$version", "node_id": "$brand"}"#,
    ),
    call("POST /api/v1/launches/{launch_id}/token", "/api/v1/launches/$launch/token", ""),
    Call {
        operation: "POST /api/v1/launches/redeem",
        by: By::Back,
        path: "/api/v1/launches/redeem",
        body: r#"{"launch_code": "$launch_code"}"#,
        refused: false,
    },
    call(
        "POST /api/v20/users/permissions/query",
        "/api/v20/users/permissions/query",
        r#"{"filters": {"account_id": "$project_account", "user_id": "$external", "product_id": "$product"}}"#,
    ),
    call(
        "POST /api/v20/users/query",
        "/api/v20/users/query",
        r#"{"filters": {"account_id": "$project_account", "user_id": "$external", "product_id": "$product"}}"#,
    ),
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
