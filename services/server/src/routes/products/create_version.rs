//! Beginning a version of a product.

use axum::extract::State;
use guildhall_core::{Link, Name, ProductId};
use guildhall_kernel::Kernel;
use guildhall_products::{CreateVersion, EntryKind, Requirement, Slug};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::version_view::{ProductRolePost, ProductVersionView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// A version to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductVersionPost {
    /// What people call it.
    name: Name,
    /// How it runs.
    kind: EntryKind,
    /// The URL of its page or bundle: https, and never on the platform's own domain.
    entry_url: Link,
    /// The readable part of its route in the shell.
    slug: Slug,
    /// What must be there where it is launched: `CLIENT`, `MARKET`, `BRAND`, the name of a custom level, and `PROJECT`.
    #[serde(default)]
    #[schema(max_items = 33, required = false)]
    required_context: Vec<Requirement>,
    /// Whether it leaves it to the platform to say who may do what.
    #[serde(default = "yes")]
    #[schema(required = false, default = true)]
    uses_open_authorization: bool,
    /// The product's roles as this version knows them.
    #[serde(default)]
    #[schema(max_items = 100, required = false)]
    roles: Vec<ProductRolePost>,
    /// The JSON Schema that the configuration keeps to.
    #[schema(value_type = Option<Object>)]
    config_schema: Option<Map<String, Value>>,
    /// The custom configuration, which the product finds in its context.
    #[schema(value_type = Option<Object>)]
    config: Option<Map<String, Value>>,
}

const fn yes() -> bool {
    true
}

/// Begin a version of a product
///
/// It is a draft until it is published.
#[utoipa::path(
    post,
    path = "/products/{product_id}/versions",
    tag = "products",
    params(("product_id" = Uuid, Path)),
    request_body = ProductVersionPost,
    responses((status = 201, body = ProductVersionView), Problems)
)]
pub async fn create_product_version(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(product): Path<ProductId>,
    Json(post): Json<ProductVersionPost>,
) -> Result<Answer<ProductVersionView>, Problem> {
    let command = CreateVersion {
        name: post.name,
        kind: post.kind,
        entry_url: post.entry_url,
        slug: post.slug,
        required_context: post.required_context,
        roles: post.roles.into_iter().map(Into::into).collect(),
        uses_open_authorization: post.uses_open_authorization,
        config_schema: post.config_schema.map(Value::Object),
        config: post.config.unwrap_or_default(),
    };
    let outcome = kernel.create_product_version(&request, product, command).await?;
    let version = outcome.get().version.version;
    Ok(Answer::created(outcome.map(ProductVersionView::from)).tagged(version))
}
