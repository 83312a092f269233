#![doc = include_str!("../README.md")]

mod commands;
mod error;
mod hierarchy;
mod import;
mod invitation;
mod levels;
mod member;
mod ports;
mod prefix;
mod resolution;
mod service;
mod settings;
mod spelled;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tree;
mod workspace;

pub use commands::{
    Accepted, Invited, MemberPatch, NewInvitation, NewMember, NewNode, NewWorkspace, NodePatch,
    SettingsPatch, WorkspaceFilter, WorkspacePatch,
};
pub use error::TenancyError;
pub use hierarchy::{Node, NodeState, levels_of_path};
pub use import::{
    ImportColumn, ImportFault, ImportLine, ImportParent, ImportPlan, ImportTable, PlannedNode, plan_import,
};
pub use invitation::{Invitation, InvitationState, InvitedTo};
pub use levels::{Above, LevelFault, LevelRule, Levels};
pub use member::{Member, MemberState, WorkspaceRole, assigned_accounts};
pub use ports::{
    HierarchyRepository, InvitationRepository, MembershipDirectory, TenancyStore, WorkspaceMemberRepository,
    WorkspaceRepository,
};
pub use prefix::WorkspacePrefix;
pub use resolution::{BaseDomain, NamedBy, Requested, ResolutionError, WORKSPACE_HEADER, acting_workspace};
pub use service::Tenancy;
pub use settings::{Color, Language, Theme, WorkspaceSettings};
pub use tree::{NodeChange, Tree};
pub use workspace::{Workspace, WorkspaceState};
