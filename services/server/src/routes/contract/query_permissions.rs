//! The permission query.

use axum::{Json, extract::State, http::StatusCode};
use guildhall_core::{AccountId, PermissionCode, ProductId, ValueError};
use guildhall_kernel::{
    AskedUser, Consistency, HeldPermissions, Kernel, NamedPerson, PermissionQuery, Request,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    error::{ContractError, ContractErrors},
    extract::{self, Asked},
};

const DEFAULT_LIMIT: u32 = 100;

/// A question about permissions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PermissionQueryPost {
    /// What is asked for.
    filters: PermissionFilters,
    /// How fresh the answer must be: at most a second old when absent.
    consistency: Option<AskedConsistency>,
    /// The `Guildhall-Consistency-Token` of a write that the answer must have seen.
    #[schema(max_length = 200)]
    at_least_as_fresh: Option<String>,
}

/// How fresh an answer must be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskedConsistency {
    /// At most a second old.
    Recent,
    /// As new as the database.
    Full,
}

impl PermissionQueryPost {
    fn consistency(&self, kernel: &Kernel) -> Result<Consistency, ContractError> {
        match (&self.consistency, &self.at_least_as_fresh) {
            (Some(AskedConsistency::Full), _) => Ok(Consistency::Full),
            (_, None) => Ok(Consistency::Recent),
            (_, Some(token)) => {
                let wrong = || {
                    let message =
                        "/at_least_as_fresh is no token of this platform: send the one of a write's answer";
                    ContractError::new(StatusCode::BAD_REQUEST, message)
                };
                kernel.open_consistency_token(token).map(Consistency::AtLeast).ok_or_else(wrong)
            }
        }
    }
}

/// What is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PermissionFilters {
    /// How many accounts to answer at most: 100 when absent.
    #[schema(minimum = 1, maximum = 1_000)]
    limit: Option<u32>,
    /// How many accounts to skip.
    #[schema(minimum = 0)]
    offset: Option<u32>,
    /// This account and all below it; the workspace of the request when absent.
    account_id: Option<AccountId>,
    /// About whom: a UUID or an e-mail address; about oneself when absent.
    user_id: Option<AskedUserText>,
    /// Which codes; all when absent or empty.
    #[schema(max_items = 100)]
    permission_codes: Option<Vec<PermissionCode>>,
    /// Of which product; of all that the asker may see when absent.
    product_id: Option<ProductId>,
}

/// A user as the contract names one: by UUID or by e-mail address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, max_length = 254)]
pub struct AskedUserText(AskedUser);

impl TryFrom<String> for AskedUserText {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse().map(Self)
    }
}

impl From<AskedUserText> for NamedPerson {
    fn from(AskedUserText(asked): AskedUserText) -> Self {
        match asked {
            AskedUser::Id(id) => Self::User(id),
            AskedUser::Email(email) => Self::Email(email),
        }
    }
}

/// What somebody may do, account by account.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionsView {
    /// How many accounts match, on all pages.
    total_count: usize,
    /// The accounts of this page: the one asked about first, then depth-first, siblings by id.
    data: Vec<AccountPermissionsView>,
    /// The limit that was asked for.
    limit: u32,
    /// The offset that was asked for.
    offset: u32,
}

/// What somebody may do on one account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountPermissionsView {
    /// The account.
    account_id: AccountId,
    /// The codes that he holds there.
    permissions: Vec<PermissionCode>,
}

impl From<HeldPermissions> for AccountPermissionsView {
    fn from(held: HeldPermissions) -> Self {
        let HeldPermissions { account_id, permissions } = held;
        Self { account_id, permissions: permissions.to_vec() }
    }
}

/// Ask what a user may do
///
/// The workspace follows from the account. An account or a user that is unknown, foreign or not the asker's to ask about
/// gives the empty answer.
#[utoipa::path(
    post,
    path = "/api/v20/users/permissions/query",
    tag = "open os contract",
    request_body = PermissionQueryPost,
    responses((status = 200, body = PermissionsView), ContractErrors)
)]
pub async fn query_permissions(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    extract::Json(post): extract::Json<PermissionQueryPost>,
) -> Result<Json<PermissionsView>, ContractError> {
    answer(&kernel, &request, post).await
}

/// Ask what a user may do, by the shorter path
#[utoipa::path(
    post,
    path = "/api/v20/users/query",
    tag = "open os contract",
    request_body = PermissionQueryPost,
    responses((status = 200, body = PermissionsView), ContractErrors)
)]
pub async fn query_users(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    extract::Json(post): extract::Json<PermissionQueryPost>,
) -> Result<Json<PermissionsView>, ContractError> {
    answer(&kernel, &request, post).await
}

async fn answer(
    kernel: &Kernel,
    request: &Request,
    post: PermissionQueryPost,
) -> Result<Json<PermissionsView>, ContractError> {
    let consistency = post.consistency(kernel)?;
    let filters = post.filters;
    let (limit, offset) = (filters.limit.unwrap_or(DEFAULT_LIMIT), filters.offset.unwrap_or(0));
    let query = PermissionQuery {
        account_id: filters.account_id,
        user: filters.user_id.map(|user| user.0),
        codes: filters.permission_codes.unwrap_or_default(),
        product_id: filters.product_id,
        limit: limit as usize,
        offset: offset as usize,
        consistency,
    };
    let found = kernel.query_permissions(request, &query).await?;
    let data = found.accounts.into_iter().map(Into::into).collect();
    Ok(Json(PermissionsView { total_count: found.total_count, data, limit, offset }))
}
