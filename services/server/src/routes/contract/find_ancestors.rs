//! A node with everything above it.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Name};
use guildhall_kernel::{Ancestor, Kernel};
use guildhall_tenancy::NodeState;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    error::{ContractError, ContractErrors},
    extract::{Asked, Path},
};

/// A node and what is above it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AncestorsView {
    /// One entry, for the node that was asked about.
    data: Vec<AncestryView>,
}

/// A node, and the one above it with what is above that.
#[derive(Debug, Serialize, ToSchema)]
pub struct AncestryView {
    /// The node.
    workspace: ContractNodeView,
    /// The one above it; none above the workspace.
    #[schema(no_recursion)]
    ancestors: Vec<AncestryView>,
}

/// A node, in the spelling of the Open OS contract.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractNodeView {
    /// The node's account.
    id: AccountId,
    /// What people call it.
    name: Name,
    /// `CLIENT`, `MARKET`, `BRAND`, a custom level's name, or `TENANT` for the workspace.
    #[serde(rename = "type")]
    level: String,
    /// Always null: nodes have none.
    description: Option<String>,
    /// Whether it is in use; null where the reader sees its name alone.
    status: Option<NodeState>,
    /// The account above; null for the workspace.
    parent_id: Option<AccountId>,
    /// The words that it is filed under.
    categories: Vec<Name>,
    /// Always empty: nodes have none.
    countries: Vec<String>,
    /// Always null: nodes have none.
    logo_url: Option<String>,
    /// When it was made; null where the reader sees its name alone.
    created_at: Option<DateTime<Utc>>,
    /// Always null: it is not kept.
    updated_at: Option<DateTime<Utc>>,
}

impl From<Ancestor> for ContractNodeView {
    fn from(found: Ancestor) -> Self {
        Self {
            id: found.account_id,
            name: found.name,
            level: found.level,
            description: None,
            status: found.state,
            parent_id: found.parent_id,
            categories: found.categories,
            countries: Vec::new(),
            logo_url: None,
            created_at: found.created_at,
            updated_at: None,
        }
    }
}

/// Read a node with everything above it
///
/// A node is what older products call a workspace. Above the first node stands the tenant.
#[utoipa::path(
    get,
    path = "/api/workspaces/{account_id}/ancestors",
    tag = "open os contract",
    params(("account_id" = Uuid, Path, description = "The node's account, or the tenant's")),
    responses((status = 200, body = AncestorsView), ContractErrors)
)]
pub async fn find_ancestors(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(account): Path<AccountId>,
) -> Result<Json<AncestorsView>, ContractError> {
    let found = kernel.find_ancestors(&request, account).await?;
    let nested = found
        .into_iter()
        .rev()
        .fold(Vec::new(), |ancestors, one| vec![AncestryView { workspace: one.into(), ancestors }]);
    Ok(Json(AncestorsView { data: nested }))
}
