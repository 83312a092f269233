//! Roles on the wire.

use guildhall_authz::{Owner, SpelledPermission};
use guildhall_core::{Name, PermissionCode, ProductId, RoleCode, RoleId};
use guildhall_kernel::{Outcome, RoleShown};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Answer;

/// A named set of permissions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleView {
    /// The role's id, by which it is granted.
    pub id: RoleId,
    /// How its owner spells it.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// Whose it is.
    pub owner: RoleOwnerView,
    /// What its holders may do. A product's code stands after the product's id: `<product id>/ADD_REVIEW`.
    pub permissions: Vec<SpelledPermission>,
    /// Whether it can be granted: some follow from memberships alone.
    pub grantable: bool,
    /// What the reader may do with the role.
    pub your_permissions: Vec<PermissionCode>,
}

/// Whose a role is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoleOwnerView {
    /// What the owner is.
    #[serde(rename = "type")]
    pub kind: RoleOwnerKind,
    /// Which product; `null` for the other two.
    pub product_id: Option<ProductId>,
}

/// What owns a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoleOwnerKind {
    /// Every workspace has it.
    Platform,
    /// It comes with a product.
    Product,
    /// The workspace made it.
    Workspace,
}

impl From<Owner> for RoleOwnerView {
    fn from(owner: Owner) -> Self {
        let (kind, product_id) = match owner {
            Owner::Platform => (RoleOwnerKind::Platform, None),
            Owner::Product(product) => (RoleOwnerKind::Product, Some(product)),
            Owner::Workspace(_) => (RoleOwnerKind::Workspace, None),
        };
        Self { kind, product_id }
    }
}

impl From<RoleShown> for RoleView {
    fn from(shown: RoleShown) -> Self {
        let RoleShown { role, grantable, version: _, may } = shown;
        Self {
            id: role.id,
            code: role.code,
            name: role.name,
            owner: role.owner.into(),
            permissions: role.permissions.into_iter().map(Into::into).collect(),
            grantable,
            your_permissions: may,
        }
    }
}

/// The role with its entity tag, where it is one that is changed here.
pub fn answer(shown: RoleShown) -> Answer<RoleView> {
    let version = shown.version;
    tagged(Answer::of(shown.into()), version)
}

/// The same for a role that was made.
pub fn created(outcome: Outcome<RoleShown>) -> Answer<RoleView> {
    let version = outcome.get().version;
    tagged(Answer::created(outcome.map(RoleView::from)), version)
}

fn tagged(answer: Answer<RoleView>, version: Option<guildhall_core::RowVersion>) -> Answer<RoleView> {
    match version {
        Some(version) => answer.tagged(version),
        None => answer,
    }
}
