//! Changing one's own profile.

use axum::extract::State;
use guildhall_core::Name;
use guildhall_identity::ProfilePatch;
use guildhall_kernel::{Kernel, Outcome};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::MeView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of one's own profile; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MePatch {
    /// Given name.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    firstname: Option<Name>,
    /// Family name.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    lastname: Option<Name>,
    /// The agency that he works for.
    #[serde(default, deserialize_with = "nullable")]
    agency: Option<Option<Name>>,
    /// The country that he works in.
    #[serde(default, deserialize_with = "nullable")]
    country: Option<Option<Name>>,
    /// His department.
    #[serde(default, deserialize_with = "nullable")]
    department: Option<Option<Name>>,
    /// His job title.
    #[serde(default, deserialize_with = "nullable")]
    job_title: Option<Option<Name>>,
    /// Where his desk is.
    #[serde(default, deserialize_with = "nullable")]
    office_location: Option<Option<Name>>,
    /// The language that he reads, as a BCP 47 tag.
    #[serde(default, deserialize_with = "nullable")]
    display_language: Option<Option<Name>>,
}

/// Change one's own profile
#[utoipa::path(
    patch,
    path = "/me",
    tag = "me",
    request_body = MePatch,
    responses((status = 200, body = MeView), Problems)
)]
pub async fn update_me(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(patch): Json<MePatch>,
) -> Result<Answer<MeView>, Problem> {
    let patch = ProfilePatch {
        firstname: patch.firstname,
        lastname: patch.lastname,
        agency: patch.agency,
        country: patch.country,
        department: patch.department,
        job_title: patch.job_title,
        office_location: patch.office_location,
        display_language: patch.display_language,
    };
    let user = kernel.update_me(&request, patch).await?;
    let version = user.version;
    Ok(Answer::done(Outcome::Done(MeView::from(user))).tagged(version))
}
