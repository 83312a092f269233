//! Reading one's own profile.

use axum::extract::State;
use guildhall_kernel::Kernel;

use super::view::MeView;
use crate::{
    answer::Answer,
    extract::Asked,
    problem::{Problem, Problems},
};

/// Read one's own profile
#[utoipa::path(get, path = "/me", tag = "me", responses((status = 200, body = MeView), Problems))]
pub async fn find_me(State(kernel): State<Kernel>, Asked(request): Asked) -> Result<Answer<MeView>, Problem> {
    let user = kernel.find_me(&request).await?;
    let version = user.version;
    Ok(Answer::of(MeView::from(user)).tagged(version))
}
