#![doc = include_str!("../README.md")]

mod activity;
mod api_keys;
mod artifacts;
mod audit;
mod authorized;
mod board;
pub mod builtin;
mod consistency;
mod contract;
mod cursor;
mod email_change;
mod enter;
mod entrance;
mod error;
mod event;
mod explain;
mod facts;
mod follow;
mod followed;
mod granting;
mod grants;
mod groups;
mod hierarchy;
mod invitations;
mod items;
mod kernel;
mod known;
mod launches;
mod levels;
mod limit;
mod mail;
mod me;
mod members;
mod meta_roles;
mod my_work;
mod operator;
mod packages;
mod paging;
mod password;
mod passwords;
mod permissions;
mod phases;
mod place;
mod platform;
mod ports;
mod presets;
mod products;
mod project_members;
mod projects;
mod remembered;
mod request;
mod rights;
mod roles;
mod search;
mod service_accounts;
mod sessions;
mod shelf;
mod sign_in;
mod streams;
mod tasks;
mod templates;
mod token;
mod unit;
mod view;
mod work;
mod workspace;

pub use activity::{ActivityQuery, ActivityShown};
pub use api_keys::{ApiKeyMade, CreateApiKey};
pub use artifacts::{
    ArtifactShown, ArtifactWritten, AuthorShown, DraftShown, KindShown, LayersShown, ListedShown,
    RecordedShown, ReviewShown,
};
pub use authorized::Authorized;
pub use board::{
    ApplicationRow, ApplicationShown, BoardChange, BoardChanged, BoardHeading, BoardReader, BoardRows,
    BoardStamp, Canvas, CanvasQuery, CanvasShown, CanvasState, MOST_CHANGES, Mentioned, PersonShown,
};
pub use builtin::{BuiltinRole, META_ROLES, code};
pub use consistency::{Consistency, Written};
pub use contract::{
    Ancestor, Changes, CreateOrganizationUnit, GroupPlace, GroupRole, OrganizationUnitMade, PeopleFound,
    PeopleQuery, TreeNode, WorkspaceTree,
};
pub use email_change::AskEmailChange;
pub use enter::{Bearer, Entry};
pub use entrance::{Entrance, NamedSession};
pub use error::{KernelError, Unauthenticated, UnusableItem};
pub(crate) use event::Event;
pub use explain::{ExplainPermission, ExplanationShown, ReasonShown, SourceShown, StepShown};
pub use grants::{GrantQuery, GrantShown};
pub use groups::{CreateGroup, GroupMemberShown, GroupShown};
pub use hierarchy::{Branch, Imported, MoveNode, MovePlan, MovedAccount, NodeShown, PlanHash, RightsChange};
pub use invitations::{AcceptInvitation, InvitationShown, InviteMember, InvitedShown, Joined};
pub use items::{AddItem, ItemChange, ItemShown, NewContent, UseProduct};
pub use kernel::{Kernel, Settings};
pub use launches::{LaunchProduct, Launched, Redeemed};
pub use limit::SignInLimits;
pub use mail::{Mail, MailError, MailKind, MailState, Mailer, OutboxRepository, OutgoingMail};
pub use me::MyWorkspace;
pub use members::{ChangeMember, MemberShown};
pub use meta_roles::MetaRoleShown;
pub use my_work::MyWork;
pub use operator::{NewAdmin, NewWorkspaceByOperator};
pub use packages::{
    DeployPackage, OfferShown, OperatorTarget, PackageDeployed, PackageShown, UndeployPackage,
};
pub use password::Argon2Hasher;
pub use passwords::ChangePassword;
pub use permissions::{AskedUser, HeldPermissions, PermissionQuery, PermissionsFound};
pub use phases::{PhaseChange, PhaseShown};
pub use platform::{
    AdminNamed, MakeWorkspace, NameAdmin, PlatformWorkspace, RenameWorkspace, UserShown, WorkspaceMade,
};
pub use ports::{
    ClaimedKey, Committed, Database, Directory, EntryFilter, EventFilter, EventRepository, EventStub,
    FoundEntry, Heard, IdempotencyKeyRepository, KeyClaim, Listener, NextEvent, RecordStore, SearchIndex,
    UnitOfWork,
};
pub use presets::{CreatePreset, PresetPatch, PresetShown, ViewChosen};
pub use products::{
    AvailabilityShown, CompatibleProduct, MappingShown, ProductShown, RoleMapping, SetAvailability,
    VersionShown,
};
pub use project_members::{
    AddProjectMember, AddedToProject, ChangeProjectMember, NamedPerson, ProjectMemberShown, Standing,
};
pub use projects::{CreateProject, ProjectQuery, ProjectShown};
pub(crate) use request::Begun;
pub use request::{IdempotencyKey, Outcome, Request};
pub use roles::{ChangeRole, CreateRole, RoleShown};
pub use search::{FoundShown, SearchQuery};
pub use service_accounts::{CreateServiceAccount, ServiceAccountMade, ServiceAccountShown};
pub use sessions::SwitchIn;
pub use shelf::ShelfQuery;
pub use sign_in::{NOTICE, SignIn, SignedIn};
pub use streams::{After, Subscription, Told};
pub use tasks::{TaskChange, TaskShown};
pub use templates::{SaveTemplate, TemplatePatch, TemplateShown};
pub use token::{API_AUDIENCE, AccessToken, Claims, Jwk, KeyRing, MasterKey, TOKEN_LIFETIME};
pub use view::ViewCounts;
pub use workspace::{ChangeTheme, ChangeWorkspace, WorkspaceShown};
