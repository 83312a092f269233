#![doc = include_str!("../README.md")]

mod account;
mod epoch;
mod error;
mod explanation;
mod facts;
mod grant;
mod holder;
mod ports;
mod role;
mod service;
mod snapshot;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use account::{Account, AccountKind};
pub use epoch::{Epoch, EpochScope, Epochs, Raised};
pub use error::AuthzError;
pub use explanation::{Explanation, Reason, Source};
pub use facts::{Facts, GroupMember, Mapping, ProductInUse, ProjectMember};
pub use grant::{Grant, StoredGrant};
pub use holder::Holder;
pub use ports::{AuthzStore, EpochRepository, GrantRepository};
pub use role::{Owner, Permission, Role};
pub use service::Authz;
pub use snapshot::{ListQuery, Owners, Snapshot, SnapshotBuilder};
