//! Putting people into groups, and taking them out.

use axum::{Json, extract::State};
use guildhall_core::GroupId;
use guildhall_kernel::{Changes, GroupPlace, Kernel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    error::{ContractError, ContractErrorBody, ContractErrors},
    extract::{self, Asked},
    query_permissions::AskedUserText,
};

/// Who is to be in which groups, and who no more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupMembersPatch {
    /// To be put in.
    #[schema(max_items = 100)]
    create: Option<Vec<GroupPlaceEntry>>,
    /// To be taken out.
    #[schema(max_items = 100)]
    delete: Option<Vec<GroupPlaceEntry>>,
}

/// Somebody's place in a group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GroupPlaceEntry {
    /// The group.
    group_id: GroupId,
    /// The person, by UUID or e-mail address.
    user_id: AskedUserText,
}

/// Nothing more to say.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedView {}

/// Change who is in groups
///
/// All of it or nothing. The workspace is the request's.
#[utoipa::path(
    patch,
    path = "/api/az/groups/users",
    tag = "open os contract",
    request_body = GroupMembersPatch,
    responses(
        (status = 200, body = ChangedView),
        (status = 412, description = "It has no versions to match", body = ContractErrorBody),
        (status = 422, description = "Somebody is no member", body = ContractErrorBody),
        ContractErrors
    )
)]
pub async fn change_group_members(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    extract::Json(patch): extract::Json<GroupMembersPatch>,
) -> Result<Json<ChangedView>, ContractError> {
    let places = |entries: Option<Vec<GroupPlaceEntry>>| {
        let entries = entries.unwrap_or_default().into_iter();
        entries.map(|entry| GroupPlace { group: entry.group_id, person: entry.user_id.into() }).collect()
    };
    let changes = Changes { create: places(patch.create), delete: places(patch.delete) };
    kernel.change_group_members(&request, &changes).await?;
    Ok(Json(ChangedView {}))
}
