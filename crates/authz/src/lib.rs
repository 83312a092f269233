#![doc = include_str!("../README.md")]

mod account;
mod change;
mod commands;
mod epoch;
mod error;
mod explanation;
mod facts;
mod grant;
mod group;
mod holder;
mod meta_role;
mod own_role;
mod ports;
mod role;
mod service;
mod snapshot;
mod spelled;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use account::{Account, AccountKind};
pub use change::Change;
pub use commands::{
    GrantFilter, GroupPatch, MetaRolePatch, NewGrant, NewGroup, NewMetaRole, NewRole, RolePatch,
};
pub use epoch::{Epoch, EpochScope, Epochs, Raised};
pub use error::AuthzError;
pub use explanation::{Explanation, Reason, Source};
pub use facts::{Facts, GroupMember, Mapping, ProductInUse, ProjectMember};
pub use grant::{Grant, StoredGrant};
pub use group::{Group, GroupMembership};
pub use holder::Holder;
pub use meta_role::{GivenBy, MetaRole};
pub use own_role::OwnRole;
pub use ports::{
    AuthzStore, EpochRepository, GrantRepository, GroupMemberRepository, GroupRepository, MetaRoleRepository,
    OwnRoleRepository,
};
pub use role::{Owner, Permission, Role};
pub use service::Authz;
pub use snapshot::{AccountSet, ListQuery, Listed, Owners, Snapshot, SnapshotBuilder};
pub use spelled::SpelledPermission;
