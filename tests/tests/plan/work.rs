//! Products, projects and launches.

use super::{By, Call, call};

pub const CALLS: &[Call] = &[
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
    call(
        "GET /api/v1/projects/{project_id}/activity",
        "/api/v1/projects/$project/activity?subject_id=$item",
        "",
    ),
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
];
