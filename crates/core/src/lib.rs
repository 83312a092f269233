#![doc = include_str!("../README.md")]

mod caller;
mod clock;
mod codes;
mod email;
mod enumeration;
mod error;
mod event;
mod fault;
mod generate;
mod ids;
mod link;
mod page;
mod scope;
mod secret;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod text;
mod version;
mod words;

pub use caller::{Caller, Credential, Principal};
pub use clock::{Clock, SystemClock};
pub use codes::{Level, MetaRoleCode, PermissionCode, RoleCode};
pub use email::Email;
pub use error::{StoreError, ValueError};
pub use event::{Change, EventOrigin, EventRecord, EventSubject};
pub use fault::Fault;
pub use generate::{IdGenerator, SystemIds};
pub use ids::{
    AccountId, ApiKeyId, ArtifactVersionId, EventId, GrantId, GroupId, InvitationId, ItemId, LaunchId,
    MailId, MetaRoleId, NodeId, PackageVersionId, PhaseId, ProductId, ProductVersionId, ProjectId, RequestId,
    RoleId, ServiceAccountId, SessionId, SigningKeyId, TaskId, UserId, WorkspaceId,
};
pub use link::Link;
pub use page::{Page, PageRequest};
pub use scope::{Access, Scope};
pub use secret::{Secret, SecretHash};
pub use text::{Name, Text};
pub use version::RowVersion;
pub use words::{has_words, words};
