//! Explanations on the wire.

use chrono::{DateTime, Utc};
use guildhall_authz::AccountKind;
use guildhall_core::{AccountId, GrantId, GroupId, MetaRoleCode, Name, ProductId, RoleCode, RoleId};
use guildhall_kernel::{ExplanationShown, ReasonShown, SourceShown, StepShown};
use serde::Serialize;
use utoipa::ToSchema;

/// Why somebody has a permission, or why not.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExplanationView {
    /// Whether it holds.
    pub allowed: bool,
    /// The account and all above it, up to the root; empty where there is nothing to tell.
    pub path: Vec<StepView>,
    /// Why it holds, the nearest account first.
    pub reasons: Vec<ReasonView>,
    /// What would give it, had it not expired.
    pub expired: Vec<ReasonView>,
}

/// One account on the way up to the root.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StepView {
    /// Whether the asker may not know of it; then all else is `null`.
    pub hidden: bool,
    /// The account.
    pub account_id: Option<AccountId>,
    /// What it is the account of.
    pub kind: Option<AccountKind>,
    /// What people call that.
    pub name: Option<Name>,
}

/// One way in which he has a role that holds the permission.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReasonView {
    /// Where the role begins to hold; `null` where that is hidden.
    pub account_id: Option<AccountId>,
    /// The role.
    pub role: ReasonRoleView,
    /// What gives it.
    pub source: ReasonSource,
    /// The grant, where the asker may know of it.
    pub grant_id: Option<GrantId>,
    /// The group that it was granted to, where the asker may know of it.
    pub group: Option<ReasonGroupView>,
    /// The product whose mapping gives it.
    pub product_id: Option<ProductId>,
    /// The meta role that the mapping gives it by.
    pub meta_role: Option<MetaRoleCode>,
    /// From when on it holds no more; `null` for no end.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A role that holds the permission.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReasonRoleView {
    /// The role's id.
    pub id: RoleId,
    /// How its owner spells it.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
}

/// A group that holds the role.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReasonGroupView {
    /// The group's id.
    pub id: GroupId,
    /// What people call it.
    pub name: Name,
}

/// What gives a role to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReasonSource {
    /// A grant to him.
    Grant,
    /// A grant to a group that he is in.
    Group,
    /// A membership of the workspace or of a project, or what he is on the platform.
    Membership,
    /// The mapping of a product that the project uses.
    AutoRole,
}

impl From<ExplanationShown> for ExplanationView {
    fn from(shown: ExplanationShown) -> Self {
        let ExplanationShown { allowed, path, reasons, expired } = shown;
        let [reasons, expired] = [reasons, expired].map(|all| all.into_iter().map(Into::into).collect());
        Self { allowed, path: path.into_iter().map(Into::into).collect(), reasons, expired }
    }
}

impl From<StepShown> for StepView {
    fn from(step: StepShown) -> Self {
        match step {
            StepShown::Known { id, kind, name } => {
                Self { hidden: false, account_id: Some(id), kind: Some(kind), name }
            }
            StepShown::Hidden => Self { hidden: true, account_id: None, kind: None, name: None },
        }
    }
}

impl From<ReasonShown> for ReasonView {
    fn from(shown: ReasonShown) -> Self {
        let ReasonShown { account, role, group, source, expires_at } = shown;
        let (source, grant_id, product_id, meta_role) = match source {
            SourceShown::Grant(id) => (ReasonSource::Grant, id, None, None),
            SourceShown::Group(id) => (ReasonSource::Group, id, None, None),
            SourceShown::Membership => (ReasonSource::Membership, None, None, None),
            SourceShown::AutoRole(product, meta_role) => {
                (ReasonSource::AutoRole, None, Some(product), Some(meta_role))
            }
        };
        Self {
            account_id: account,
            role: ReasonRoleView { id: role.id, code: role.code, name: role.name },
            source,
            grant_id,
            group: group.map(|(id, name)| ReasonGroupView { id, name }),
            product_id,
            meta_role,
            expires_at,
        }
    }
}
