//! Changing a version of a product.

use axum::extract::State;
use guildhall_core::{Link, Name, ProductId, ProductVersionId};
use guildhall_kernel::Kernel;
use guildhall_products::{EntryKind, Requirement, Slug, UpdateVersion};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::version_view::{ProductRolePost, ProductVersionView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::{nullable, present},
    problem::{Problem, Problems},
};

/// What changes of a version. A published one keeps all but its name and its configuration.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductVersionPatch {
    /// What people call it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// How it runs.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = EntryKind, required = false)]
    kind: Option<EntryKind>,
    /// The URL of its page or bundle: https, and never on the platform's own domain.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Link, required = false)]
    entry_url: Option<Link>,
    /// The readable part of its route in the shell.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Slug, required = false)]
    slug: Option<Slug>,
    /// What must be there where it is launched, in place of all before.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Vec<Requirement>, max_items = 33, required = false)]
    required_context: Option<Vec<Requirement>>,
    /// Whether it leaves it to the platform to say who may do what.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = bool, required = false)]
    uses_open_authorization: Option<bool>,
    /// The product's roles, in place of all before.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Vec<ProductRolePost>, max_items = 100, required = false)]
    roles: Option<Vec<ProductRolePost>>,
    /// A merge patch of the configuration's JSON Schema; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Object>)]
    config_schema: Option<Option<Map<String, Value>>>,
    /// A merge patch of the configuration; `null` for an empty one.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Object>)]
    config: Option<Option<Map<String, Value>>>,
}

/// Change a version of a product
///
/// In the space that the product lives in.
#[utoipa::path(
    patch,
    path = "/products/{product_id}/versions/{version_id}",
    tag = "products",
    params(("product_id" = Uuid, Path), ("version_id" = Uuid, Path)),
    request_body = ProductVersionPatch,
    responses((status = 200, body = ProductVersionView), Problems)
)]
pub async fn update_product_version(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((product, id)): Path<(ProductId, ProductVersionId)>,
    Json(patch): Json<ProductVersionPatch>,
) -> Result<Answer<ProductVersionView>, Problem> {
    let patch = UpdateVersion {
        name: patch.name,
        kind: patch.kind,
        entry_url: patch.entry_url,
        slug: patch.slug,
        required_context: patch.required_context,
        roles: patch.roles.map(|roles| roles.into_iter().map(Into::into).collect()),
        uses_open_authorization: patch.uses_open_authorization,
        config_schema: patch.config_schema.map(|schema| schema.map(Value::Object)),
        config: patch.config,
    };
    let outcome = kernel.update_product_version(&request, product, id, patch).await?;
    let version = outcome.get().version.version;
    Ok(Answer::done(outcome.map(ProductVersionView::from)).tagged(version))
}
