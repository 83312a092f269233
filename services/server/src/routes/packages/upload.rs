//! Uploading a package.

use axum::extract::State;
use guildhall_kernel::{Kernel, Outcome};

use super::view::PackageView;
use crate::{
    answer::Answer,
    extract::{Archive, Asked},
    problem::{Problem, Problems},
};

/// Upload a package
///
/// An archive as `guildhall package build` makes it, at most 16 MiB. Everything that is wrong with it is listed, with the file and
/// the place in it; then nothing is kept. The same archive again answers 200 with what is there.
#[utoipa::path(
    post,
    path = "/packages",
    tag = "packages",
    request_body(content = Vec<u8>, content_type = "application/gzip"),
    responses((status = 201, body = PackageView), (status = 200, body = PackageView), Problems)
)]
pub async fn upload_package(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Archive(archive): Archive,
) -> Result<Answer<PackageView>, Problem> {
    Ok(match kernel.upload_package(&request, archive.to_vec()).await? {
        Outcome::Done(shown) => Answer::created(Outcome::Done(shown.into())),
        Outcome::Replayed(shown) if request.idempotency_key.is_some() => {
            Answer::created(Outcome::Replayed(shown.into()))
        }
        Outcome::Replayed(shown) => Answer::of(shown.into()),
    })
}
