//! Copies on a board, and many changes at once.

use super::{Call, call};

pub const CALLS: &[Call] = &[
    call(
        "POST /api/v1/projects/{project_id}/phases/{phase_id}/duplicate",
        "/api/v1/projects/$project/phases/$phase/duplicate",
        "",
    ),
    call(
        "POST /api/v1/projects/{project_id}/items/{item_id}/duplicate",
        "/api/v1/projects/$project/items/$item/duplicate",
        "",
    ),
    call(
        "POST /api/v1/projects/{project_id}/tasks/{task_id}/duplicate",
        "/api/v1/projects/$project/tasks/$task/duplicate",
        "",
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"create_phase": {"name": "F", "assignee_ids": ["$external"], "after_id": "$phase"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"create_item": {"phase_id": "$phase", "item": {"kind": "APPLICATION", "product_version_id": "$version", "assignee_ids": ["$external"], "after_id": "$item"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"create_task": {"item_id": "$item", "task": {"title": "T", "assignee_ids": ["$external"], "after_id": "$task"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"update_phase": {"phase_id": "$phase", "patch": {"assignee_ids": ["$external"]}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"update_item": {"item_id": "$item", "patch": {"assignee_ids": ["$external"]}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"update_task": {"task_id": "$task", "patch": {"assignee_ids": ["$external"]}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"update_item": {"item_id": "$item", "patch": {"status": "COMPLETED"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"move_phase": {"phase_id": "$phase", "to": {"after_id": "$other_phase"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"move_phase": {"phase_id": "$phase", "to": {"before_id": "$other_phase"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"move_item": {"item_id": "$item", "to": {"phase_id": "$phase", "after_id": "$other_item"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"move_item": {"item_id": "$item", "to": {"phase_id": "$phase", "before_id": "$other_item"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"move_task": {"task_id": "$task", "to": {"item_id": "$item", "after_id": "$other_task"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"move_task": {"task_id": "$task", "to": {"item_id": "$item", "before_id": "$other_task"}}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"duplicate_phase": {"phase_id": "$phase"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"duplicate_item": {"item_id": "$item"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"duplicate_task": {"task_id": "$task"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"archive_item": {"item_id": "$item"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"restore_item": {"item_id": "$item"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"archive_task": {"task_id": "$task"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"restore_task": {"task_id": "$task"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"delete_task": {"task_id": "$other_task"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"delete_item": {"item_id": "$other_item"}}]}"#,
    ),
    call(
        "POST /api/v1/projects/{project_id}/changes",
        "/api/v1/projects/$project/changes",
        r#"{"changes": [{"delete_phase": {"phase_id": "$other_phase"}}]}"#,
    ),
];
