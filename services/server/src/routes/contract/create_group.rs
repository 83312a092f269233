//! Making a group.

use axum::{Json, extract::State, http::StatusCode};
use guildhall_core::{AccountId, GroupId, Name, Text};
use guildhall_kernel::{CreateGroup, Kernel};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{
    error::{ContractError, ContractErrorBody, ContractErrors},
    extract::{self, Asked},
};

/// A group to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractGroupPost {
    /// The account that it belongs to.
    account_uid: AccountId,
    /// What people call it.
    name: Name,
    /// What it is for.
    description: Option<Text>,
    /// Taken and not kept.
    #[serde(rename = "custom_data")]
    #[schema(value_type = Option<Object>)]
    _custom_data: Option<Map<String, Value>>,
}

/// A group that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedGroupView {
    /// The group's id.
    uid: GroupId,
    /// The account that it belongs to.
    account_uid: AccountId,
    /// What people call it.
    name: Name,
    /// What it is for.
    description: Option<Text>,
}

/// Make a group
#[utoipa::path(
    post,
    path = "/api/az/groups",
    tag = "open os contract",
    request_body = ContractGroupPost,
    responses(
        (status = 201, body = CreatedGroupView),
        (status = 409, description = "Another group is called so", body = ContractErrorBody),
        (status = 422, description = "It can't belong there", body = ContractErrorBody),
        ContractErrors
    )
)]
pub async fn create_group(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    extract::Json(post): extract::Json<ContractGroupPost>,
) -> Result<(StatusCode, Json<CreatedGroupView>), ContractError> {
    let account = post.account_uid;
    let command = CreateGroup { name: post.name, description: post.description, account_id: Some(account) };
    let group = kernel.create_group_on(&request, account, command).await?.group;
    let view = CreatedGroupView {
        uid: group.id,
        account_uid: group.account,
        name: group.name,
        description: group.description,
    };
    Ok((StatusCode::CREATED, Json(view)))
}
