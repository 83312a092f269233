//! Making a node by its master data.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use guildhall_core::{AccountId, Level, Name, WorkspaceId};
use guildhall_kernel::{CreateOrganizationUnit, Kernel, OrganizationUnitMade};
use guildhall_tenancy::NodeState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    error::{ContractError, ContractErrorBody, ContractErrors},
    extract::{self, Asked, Path},
};

/// A node to make by its master data.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OrganizationUnitPost {
    /// Which kind of unit: one of the levels that every workspace has.
    #[serde(rename = "type")]
    _kind: UnitType,
    /// The account that it stands under: a node's or the tenant's; directly under the tenant when absent.
    parent_id: Option<AccountId>,
    /// What the unit is (one of `CLIENT`, `MARKET` and `BRAND`), and the words that it is filed under.
    #[schema(min_items = 1, max_items = 50)]
    categories: Vec<Name>,
    /// What the master data says.
    data: UnitData,
}

/// Which kind of unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitType {
    /// One of the levels that every workspace has.
    Predefined,
}

/// What the master data says of a unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct UnitData {
    /// What the master data calls it; its name too.
    md_id: Name,
}

/// A node that was made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationUnitView {
    /// The node's account.
    az_id: AccountId,
    /// Always `LIVE`.
    status: NodeState,
}

impl TryFrom<OrganizationUnitPost> for CreateOrganizationUnit {
    type Error = ContractError;

    fn try_from(post: OrganizationUnitPost) -> Result<Self, ContractError> {
        let (levels, categories): (Vec<_>, Vec<_>) =
            post.categories.into_iter().partition(|word| level(word).is_some());
        match levels.as_slice() {
            [word] => Ok(Self {
                parent_id: post.parent_id,
                level: level(word).unwrap_or(Level::Client),
                md_id: post.data.md_id,
                categories,
            }),
            _ => {
                let message = "/categories must name one of CLIENT, MARKET and BRAND, and no second one";
                Err(ContractError::new(StatusCode::BAD_REQUEST, message))
            }
        }
    }
}

fn level(word: &Name) -> Option<Level> {
    match word.as_str() {
        "CLIENT" => Some(Level::Client),
        "MARKET" => Some(Level::Market),
        "BRAND" => Some(Level::Brand),
        _ => None,
    }
}

/// Make a node by its master data
#[utoipa::path(
    post,
    path = "/_apps/os-workspaces/api/tenants/{workspace_id}/organization-units",
    tag = "open os contract",
    params(("workspace_id" = Uuid, Path, description = "The tenant's id, which is the workspace's")),
    request_body = OrganizationUnitPost,
    responses(
        (status = 201, body = OrganizationUnitView),
        (status = 409, description = "It stands there already", body = ContractErrorBody),
        (status = 422, description = "It can't stand there", body = ContractErrorBody),
        ContractErrors
    )
)]
pub async fn create_organization_unit(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(workspace): Path<WorkspaceId>,
    extract::Json(post): extract::Json<OrganizationUnitPost>,
) -> Result<Response, ContractError> {
    match kernel.create_organization_unit(&request, workspace, post.try_into()?).await? {
        OrganizationUnitMade::New(id) => {
            let view = OrganizationUnitView { az_id: id.account(), status: NodeState::Live };
            Ok((StatusCode::CREATED, Json(view)).into_response())
        }
        OrganizationUnitMade::Exists => {
            Err(ContractError::new(StatusCode::CONFLICT, "a unit with this mdId stands there already"))
        }
    }
}
