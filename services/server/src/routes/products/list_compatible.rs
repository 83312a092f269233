//! Listing which products fit a project.

use axum::extract::State;
use guildhall_core::{Name, ProductId, ProductVersionId, ProjectId};
use guildhall_kernel::{CompatibleProduct, Kernel};
use guildhall_products::Requirement;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    answer::Answer,
    extract::{Asked, Path, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the products.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CompatibleProductsQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A product, and whether it can be added to the project.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CompatibleProductView {
    /// The version that would be added: the newest published one.
    pub product_version_id: ProductVersionId,
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub product_name: Name,
    /// The version's name.
    pub version_name: Name,
    /// Whether it can be added.
    pub compatible: bool,
    /// What the version requires and the project lacks.
    pub missing: Vec<Requirement>,
}

impl From<CompatibleProduct> for CompatibleProductView {
    fn from(product: CompatibleProduct) -> Self {
        Self {
            compatible: product.is_compatible(),
            product_version_id: product.version.id,
            product_id: product.product.id,
            product_name: product.product.name,
            version_name: product.version.name,
            missing: product.missing,
        }
    }
}

/// List the products that fit a project
///
/// Every product that is available here, by name, with what the project lacks for it.
#[utoipa::path(
    get,
    path = "/projects/{project_id}/compatible-products",
    tag = "products",
    params(("project_id" = Uuid, Path), CompatibleProductsQuery),
    responses((status = 200, body = PageView<CompatibleProductView>), Problems)
)]
pub async fn list_compatible_products(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Query(query): Query<CompatibleProductsQuery>,
) -> Result<Answer<PageView<CompatibleProductView>>, Problem> {
    let filter = project.to_string();
    let asked = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), &filter)?;
    let found = kernel.list_compatible_products(&request, project, &asked).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
