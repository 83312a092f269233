//! Which table is whose. A test holds the database's catalogue to these lists.

/// Tables of the platform, without row level security: what exists before anybody is in a workspace, and the directories,
/// which map one exact key to a workspace.
pub const PLATFORM_TABLES: &[&str] = &[
    "account_directory",
    "api_key_directory",
    "app_user",
    "authz_change",
    "client_directory",
    "credential",
    "epoch",
    "invitation_directory",
    "launch_directory",
    "member_directory",
    "meta_role",
    "outgoing_mail",
    "platform_admin",
    "platform_mark",
    "released_prefix",
    "session",
    "signing_key",
    "user_token",
    "workspace",
];

/// Tables whose System rows every workspace may read, or those that the rows name. Each row belongs to one workspace all
/// the same.
pub const SHARED_TABLES: &[&str] = &[
    "product",
    "product_mapping",
    "product_offer",
    "product_offer_workspace",
    "product_role",
    "product_version",
];

/// Tables of a workspace: `workspace_id` stands first in their keys, and row level security is forced.
pub const WORKSPACE_TABLES: &[&str] = &[
    "api_key",
    "event",
    "event_counter",
    "event_name",
    "group_member",
    "idempotency_key",
    "invitation",
    "item",
    "item_assignee",
    "launch",
    "node",
    "own_role",
    "phase",
    "phase_assignee",
    "product_mapping_meta_role",
    "product_switch",
    "project",
    "project_member",
    "project_member_meta_role",
    "role_grant",
    "service_account",
    "task",
    "task_assignee",
    "user_group",
    "workspace_member",
];
