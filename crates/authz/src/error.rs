//! What can go wrong with authorization's own facts. A denial is no error.

use guildhall_core::{AccountId, GrantId, MetaRoleCode, Name, RoleCode, RoleId, StoreError};
use thiserror::Error;

use crate::Permission;

/// Why facts make no snapshot, or a grant could not be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AuthzError {
    /// Two accounts have one id.
    #[error("the account `{account}` is there twice")]
    DuplicateAccount {
        /// The account.
        account: AccountId,
    },
    /// An account hangs under one that is not among the facts.
    #[error("the account `{account}` hangs under `{parent}`, which is not there")]
    UnknownParent {
        /// The account.
        account: AccountId,
        /// The parent that it names.
        parent: AccountId,
    },
    /// An account hangs, through its parents, under itself.
    #[error("the account `{account}` is above itself, or below an account that is")]
    Cycle {
        /// The account with the smallest id that no root is above.
        account: AccountId,
    },
    /// A grant, a membership or a product in use names an account that is not among the facts.
    #[error("the account `{account}` is not there")]
    UnknownAccount {
        /// The account.
        account: AccountId,
    },
    /// A membership or a product in use names an account that is no project's.
    #[error("the account `{account}` is no project's")]
    NotAProject {
        /// The account.
        account: AccountId,
    },
    /// Two roles have one id.
    #[error("the role `{role}` is there twice")]
    DuplicateRole {
        /// The role.
        role: RoleId,
    },
    /// A grant or a mapping names a role that is not among the facts.
    #[error("the role `{role}` is not there")]
    UnknownRole {
        /// The role.
        role: RoleId,
    },
    /// A role holds a permission that is not its owner's to give.
    #[error("the role `{role}` may not hold `{permission}`")]
    ForeignPermission {
        /// The role.
        role: RoleId,
        /// The permission.
        permission: Permission,
    },
    /// Another group of the workspace is called so.
    #[error("another group is called `{name}`")]
    GroupNameTaken {
        /// The name.
        name: Name,
    },
    /// Another role of the workspace, or one that every workspace has, is spelled so.
    #[error("another role is spelled `{code}`")]
    RoleCodeTaken {
        /// The code.
        code: RoleCode,
    },
    /// The role can't go while somebody holds it.
    #[error("the role is granted {grants} times; end these grants first")]
    RoleInUse {
        /// How many grants of it hold.
        grants: usize,
    },
    /// The holder has the role on the account already.
    #[error("the role is granted to him there already")]
    GrantExists {
        /// The grant.
        id: GrantId,
    },
    /// A grant can't end before it begins, nor in a year that can't be written (RFC 3339 has four digits).
    #[error("a grant must end in the future, and before the year 10000")]
    GrantEndRefused,
    /// Another meta role is spelled so.
    #[error("another meta role is spelled `{code}`")]
    MetaRoleCodeTaken {
        /// The code.
        code: MetaRoleCode,
    },
    /// It follows from a role of projects, on every platform.
    #[error("every platform has this meta role: it neither changes nor goes")]
    MetaRoleBuiltIn,
    /// Somebody refers to it.
    #[error("a product's mapping or a member of a project has this meta role")]
    MetaRoleInUse,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
