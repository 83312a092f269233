//! Listing invitations.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::InvitationView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the invitations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InvitationsQuery {
    /// How many at most: 1 to 200, 50 when it is absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the invitations that nobody has taken yet
///
/// Admins see all of them, others those that they sent.
#[utoipa::path(
    get,
    path = "/invitations",
    tag = "invitations",
    params(InvitationsQuery),
    responses((status = 200, body = PageView<InvitationView>), Problems)
)]
pub async fn list_invitations(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<InvitationsQuery>,
) -> Result<Answer<PageView<InvitationView>>, Problem> {
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let invitations = kernel.list_invitations(&request, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", invitations)?))
}
