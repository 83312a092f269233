//! Why somebody may do something, or why not.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, GrantId, GroupId, MetaRoleCode, ProductId, RoleId};

/// Everything that a decision about one permission on one account follows from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// The account and all above it, up to the root: where reasons were looked for. Empty where there is no such account.
    pub path: Vec<AccountId>,
    /// The roles that hold the permission, whoever has them, by id. Empty where nobody can have it.
    pub roles: Vec<RoleId>,
    /// Every reason why the permission holds now, those on the nearest account first. Empty where it does not hold.
    pub reasons: Vec<Reason>,
    /// What would give the permission, had it not expired, in the same order.
    pub expired: Vec<Reason>,
}

impl Explanation {
    /// Whether the permission holds.
    pub fn allowed(&self) -> bool {
        !self.reasons.is_empty()
    }
}

/// One way in which somebody has one role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// The account on which the role begins to hold: one of the path.
    pub account: AccountId,
    /// The role.
    pub role: RoleId,
    /// The group that holds the role; `None` where he holds it himself.
    pub group: Option<GroupId>,
    /// What the role comes from.
    pub source: Source,
    /// From when on it holds no more; `None` for no end.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What gives a role to somebody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A stored grant.
    Grant(GrantId),
    /// A grant that follows from another fact, such as a membership of the workspace or of the project.
    Derived,
    /// An auto role: he is a member of the project with this meta role, and this product, which the project uses, maps the
    /// role to it.
    AutoRole {
        /// The product.
        product: ProductId,
        /// The meta role.
        meta_role: MetaRoleCode,
    },
}
