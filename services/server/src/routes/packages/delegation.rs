//! Saying which packages a workspace may deploy by itself.

use axum::extract::State;
use guildhall_artifacts::{Delegation, PackageId};
use guildhall_core::WorkspaceId;
use guildhall_kernel::Kernel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Fault, Problem, Problems},
};

/// How much is delegated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DelegationKind {
    /// Every package.
    Full,
    /// The packages of a list, which may be empty.
    List,
}

/// Which packages a workspace's admins may upload and deploy there.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageDelegationBody {
    /// All, or a list.
    delegated: DelegationKind,
    /// The packages of a `LIST`.
    #[serde(default)]
    #[schema(max_items = 1000)]
    packages: Vec<PackageId>,
}

impl From<Delegation> for PackageDelegationBody {
    fn from(delegation: Delegation) -> Self {
        match delegation {
            Delegation::Full => Self { delegated: DelegationKind::Full, packages: Vec::new() },
            Delegation::List(packages) => {
                Self { delegated: DelegationKind::List, packages: packages.into_iter().collect() }
            }
        }
    }
}

impl TryFrom<PackageDelegationBody> for Delegation {
    type Error = Problem;

    fn try_from(body: PackageDelegationBody) -> Result<Self, Problem> {
        match body.delegated {
            DelegationKind::List => Ok(Self::List(body.packages.into_iter().collect())),
            DelegationKind::Full if body.packages.is_empty() => Ok(Self::Full),
            DelegationKind::Full => {
                let detail = "is left out with `FULL`".to_owned();
                Err(Problem::invalid_request(vec![Fault { pointer: "/packages".to_owned(), detail }]))
            }
        }
    }
}

/// Show which packages a workspace may deploy by itself
#[utoipa::path(
    get,
    path = "/workspaces/{workspace_id}/package-delegation",
    tag = "packages",
    params(("workspace_id" = Uuid, Path)),
    responses((status = 200, body = PackageDelegationBody), Problems)
)]
pub async fn find_package_delegation(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<WorkspaceId>,
) -> Result<Answer<PackageDelegationBody>, Problem> {
    Ok(Answer::of(kernel.find_package_delegation(&request, id).await?.into()))
}

/// Say which packages a workspace may deploy by itself
///
/// Its admins may then upload versions of them and deploy them there, System's and their own. None, as long as nothing is said.
#[utoipa::path(
    put,
    path = "/workspaces/{workspace_id}/package-delegation",
    tag = "packages",
    params(("workspace_id" = Uuid, Path)),
    request_body = PackageDelegationBody,
    responses((status = 200, body = PackageDelegationBody), Problems)
)]
pub async fn replace_package_delegation(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<WorkspaceId>,
    Json(body): Json<PackageDelegationBody>,
) -> Result<Answer<PackageDelegationBody>, Problem> {
    let outcome = kernel.replace_package_delegation(&request, id, body.try_into()?).await?;
    Ok(Answer::done(outcome.map(PackageDelegationBody::from)))
}
