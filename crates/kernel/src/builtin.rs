//! The platform's own codes and roles, as data.
//!
//! The table is the one of docs/authorization.md; a test reads it there and compares. What is in no row is denied.

use guildhall_core::{MetaRoleCode, PermissionCode, ProductId, RoleCode, RoleId, ServiceAccountId};
use uuid::Uuid;

/// The platform's permission codes.
pub mod code {
    use guildhall_core::PermissionCode;

    macro_rules! codes {
        ($($name:ident: $about:literal;)+) => {
            $(#[doc = $about] pub const $name: PermissionCode = PermissionCode::fixed(stringify!($name));)+

            /// All of them, in the table's order.
            pub const ALL: &[PermissionCode] = &[$($name),+];
        };
    }

    codes! {
        PLATFORM_MANAGE: "Run the platform.";
        WORKSPACE_MANAGE: "Create and suspend workspaces, and name their admins.";
        WORKSPACE_READ: "See the workspace.";
        WORKSPACE_SETTINGS: "Change the workspace's name and settings.";
        WEBHOOK_MANAGE: "Manage webhooks.";
        SERVICE_ACCOUNT_MANAGE: "Manage service accounts.";
        NODE_READ: "See a node of the hierarchy.";
        NODE_MANAGE: "Change the hierarchy.";
        GROUP_MANAGE: "Manage groups.";
        ROLE_GRANT: "Grant roles.";
        ROLE_READ: "See roles and grants.";
        ROLE_MANAGE: "Manage the workspace's own roles.";
        MEMBER_MANAGE: "Manage members and their assignments.";
        MEMBER_READ: "See the directory of members.";
        MEMBER_INVITE: "Invite people as external members.";
        PERMISSIONS_QUERY: "Ask what others may do.";
        PRODUCT_READ: "See products.";
        PRODUCT_LAUNCH: "Launch products.";
        PRODUCT_PUBLISH: "Register and publish products.";
        PRODUCT_AVAILABILITY: "Say where products are available.";
        LAUNCH_REDEEM: "Redeem launch codes.";
        PROJECT_CREATE: "Create projects.";
        PROJECT_READ: "See a project: board, feed, members and events.";
        PROJECT_EDIT: "Change a project's name, description and dates.";
        PROJECT_LINK: "Link a project to a node.";
        PROJECT_ARCHIVE: "Archive and restore a project.";
        PROJECT_MEMBERS: "Manage a project's members.";
        WORKFLOW_EDIT: "Change a workflow's phases and items.";
        WORKFLOW_ASSIGN: "Assign anybody to anything of a workflow.";
        PROJECT_TEMPLATE: "Save a project as a template.";
        ITEM_EDIT: "Change items.";
        TASK_EDIT: "Change tasks.";
        PROJECT_PURGE: "Remove an archived project for good.";
        TEMPLATE_READ: "See templates.";
        TEMPLATE_WRITE: "Change templates.";
        PRESET_WRITE: "Change view presets.";
        ARTIFACT_MANAGE: "Change artifacts.";
        PACKAGE_DEPLOY: "Deploy packages.";
        CONTAINER_MANAGE: "Manage containers.";
        SCHEDULE_MANAGE: "Manage schedules.";
        CALL_READ: "See the calls of others.";
        AUDIT_READ: "Read the audit log.";
        API_KEY_CREATE: "Create API keys of one's own.";
    }
}

/// The meta roles that every platform has.
pub const META_ROLES: [MetaRoleCode; 3] = [
    MetaRoleCode::fixed("PROJECT_OWNER"),
    MetaRoleCode::fixed("PROJECT_CONTRIBUTOR"),
    MetaRoleCode::fixed("PROJECT_VIEWER"),
];

/// A role of the platform's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuiltinRole {
    /// Administers workspaces; given on the platform's account.
    PlatformAdmin,
    /// Keeps the System space; given with [`Self::PlatformAdmin`], on the System account.
    SystemAdmin,
    /// What a platform admin may do besides where he is a member.
    PlatformAdminMember,
    /// Administers a workspace.
    WorkspaceAdmin,
    /// Works for the agency.
    Internal,
    /// May invite; internal members hold it unless the workspace's settings say otherwise.
    Inviter,
    /// Works with the agency.
    External,
    /// Sees a node and those below.
    Assigned,
    /// Owns a project.
    Owner,
    /// Works in a project.
    Contributor,
    /// Looks at a project.
    Viewer,
    /// What the service accounts of a product hold where the product is available.
    ProductAccount,
}

impl BuiltinRole {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::PlatformAdmin,
        Self::SystemAdmin,
        Self::PlatformAdminMember,
        Self::WorkspaceAdmin,
        Self::Internal,
        Self::Inviter,
        Self::External,
        Self::Assigned,
        Self::Owner,
        Self::Contributor,
        Self::Viewer,
        Self::ProductAccount,
    ];

    /// The role's id, the same on every platform.
    pub const fn id(self) -> RoleId {
        RoleId::new(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0100 + self as u128))
    }

    /// The role's code.
    pub const fn code(self) -> RoleCode {
        RoleCode::fixed(match self {
            Self::PlatformAdmin => "PLATFORM_ADMIN",
            Self::SystemAdmin => "SYSTEM_ADMIN",
            Self::PlatformAdminMember => "PLATFORM_ADMIN_MEMBER",
            Self::WorkspaceAdmin => "WORKSPACE_ADMIN",
            Self::Internal => "INTERNAL",
            Self::Inviter => "INVITER",
            Self::External => "EXTERNAL",
            Self::Assigned => "ASSIGNED",
            Self::Owner => "OWNER",
            Self::Contributor => "CONTRIBUTOR",
            Self::Viewer => "VIEWER",
            Self::ProductAccount => "PRODUCT_ACCOUNT",
        })
    }

    /// The role with that id, where it is one of the platform's.
    pub fn of(id: RoleId) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }

    /// Whether people of a workspace meet the role: not what the platform gives its admins, or makes for itself.
    pub const fn is_for_people_here(self) -> bool {
        !matches!(
            self,
            Self::PlatformAdmin
                | Self::SystemAdmin
                | Self::PlatformAdminMember
                | Self::Inviter
                | Self::ProductAccount
        )
    }

    /// Whether it follows from membership of a project.
    pub const fn is_of_project(self) -> bool {
        matches!(self, Self::Owner | Self::Contributor | Self::Viewer)
    }

    /// Whether it can be granted at all: on nodes, to see them or the projects below.
    pub const fn is_granted(self) -> bool {
        self.is_of_project() || matches!(self, Self::Assigned)
    }

    /// What the role holds.
    pub fn permissions(self) -> impl Iterator<Item = PermissionCode> {
        TABLE.iter().filter(move |row| row.held_by.contains(&self)).map(|row| row.code.clone())
    }
}

/// Who stands for all service accounts of a product: they hold the same, so the engine knows them by their product.
pub const fn product_account(product: ProductId) -> ServiceAccountId {
    ServiceAccountId::new(product.uuid())
}

/// Whether a workspace may put the code into a role of its own.
pub fn is_delegable(code: &PermissionCode) -> bool {
    TABLE.iter().any(|row| row.delegable && row.code == *code)
}

/// One code, whether it may be put into a workspace's own role, and the roles that hold it.
struct Row {
    code: PermissionCode,
    delegable: bool,
    held_by: &'static [BuiltinRole],
}

const fn row(code: PermissionCode, held_by: &'static [BuiltinRole]) -> Row {
    Row { code, delegable: false, held_by }
}

/// A row whose code may be put into a workspace's own role: *d* in the document.
const fn delegable(code: PermissionCode, held_by: &'static [BuiltinRole]) -> Row {
    Row { code, delegable: true, held_by }
}

use BuiltinRole::{
    Assigned, Contributor, External, Internal, Inviter, Owner, PlatformAdmin, PlatformAdminMember,
    ProductAccount, SystemAdmin, Viewer, WorkspaceAdmin,
};

const TABLE: &[Row] = &[
    row(code::PLATFORM_MANAGE, &[PlatformAdmin]),
    row(code::WORKSPACE_MANAGE, &[PlatformAdmin]),
    row(code::WORKSPACE_READ, &[PlatformAdmin, WorkspaceAdmin, Internal, External, ProductAccount]),
    row(code::WORKSPACE_SETTINGS, &[SystemAdmin, WorkspaceAdmin]),
    row(code::WEBHOOK_MANAGE, &[SystemAdmin, WorkspaceAdmin]),
    row(code::SERVICE_ACCOUNT_MANAGE, &[SystemAdmin, WorkspaceAdmin]),
    row(code::NODE_READ, &[PlatformAdmin, WorkspaceAdmin, Assigned]),
    delegable(code::NODE_MANAGE, &[WorkspaceAdmin]),
    delegable(code::GROUP_MANAGE, &[WorkspaceAdmin]),
    delegable(code::ROLE_GRANT, &[WorkspaceAdmin]),
    delegable(code::ROLE_READ, &[WorkspaceAdmin]),
    row(code::ROLE_MANAGE, &[SystemAdmin, WorkspaceAdmin]),
    row(code::MEMBER_MANAGE, &[WorkspaceAdmin]),
    row(code::MEMBER_READ, &[PlatformAdmin, WorkspaceAdmin, Internal, Owner, Contributor, Viewer]),
    delegable(code::MEMBER_INVITE, &[WorkspaceAdmin, Inviter]),
    row(code::PERMISSIONS_QUERY, &[WorkspaceAdmin, Owner, ProductAccount]),
    row(code::PRODUCT_READ, &[PlatformAdmin, WorkspaceAdmin, Internal, ProductAccount]),
    row(code::PRODUCT_LAUNCH, &[PlatformAdmin, WorkspaceAdmin, Internal, Owner, Contributor, Viewer]),
    delegable(code::PRODUCT_PUBLISH, &[SystemAdmin, WorkspaceAdmin]),
    row(code::PRODUCT_AVAILABILITY, &[SystemAdmin, WorkspaceAdmin]),
    row(code::LAUNCH_REDEEM, &[ProductAccount]),
    row(code::PROJECT_CREATE, &[PlatformAdminMember, WorkspaceAdmin, Internal]),
    row(code::PROJECT_READ, &[WorkspaceAdmin, Owner, Contributor, Viewer]),
    row(code::PROJECT_EDIT, &[WorkspaceAdmin, Owner]),
    row(code::PROJECT_LINK, &[WorkspaceAdmin, Owner]),
    row(code::PROJECT_ARCHIVE, &[WorkspaceAdmin, Owner]),
    row(code::PROJECT_MEMBERS, &[WorkspaceAdmin, Owner]),
    row(code::WORKFLOW_EDIT, &[WorkspaceAdmin, Owner]),
    row(code::WORKFLOW_ASSIGN, &[WorkspaceAdmin, Owner]),
    row(code::PROJECT_TEMPLATE, &[WorkspaceAdmin, Owner]),
    row(code::ITEM_EDIT, &[WorkspaceAdmin, Owner, Contributor]),
    row(code::TASK_EDIT, &[WorkspaceAdmin, Owner, Contributor]),
    row(code::PROJECT_PURGE, &[WorkspaceAdmin]),
    row(code::TEMPLATE_READ, &[PlatformAdmin, WorkspaceAdmin, Internal]),
    delegable(code::TEMPLATE_WRITE, &[SystemAdmin, WorkspaceAdmin, Internal]),
    delegable(code::PRESET_WRITE, &[SystemAdmin, WorkspaceAdmin]),
    delegable(code::ARTIFACT_MANAGE, &[SystemAdmin, WorkspaceAdmin]),
    row(code::PACKAGE_DEPLOY, &[SystemAdmin, WorkspaceAdmin]),
    row(code::CONTAINER_MANAGE, &[SystemAdmin, WorkspaceAdmin]),
    delegable(code::SCHEDULE_MANAGE, &[SystemAdmin, WorkspaceAdmin]),
    row(code::CALL_READ, &[SystemAdmin, WorkspaceAdmin]),
    delegable(code::AUDIT_READ, &[SystemAdmin, WorkspaceAdmin]),
    row(code::API_KEY_CREATE, &[PlatformAdminMember, WorkspaceAdmin, Internal]),
];

#[cfg(test)]
mod tests;
