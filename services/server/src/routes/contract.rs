//! The routes that products of Open OS call, in the shapes that they know (docs/open-os-contract.md).
//!
//! They have their own errors, answer pages of any origin and take bearer tokens alone.

mod change_group_members;
mod change_group_roles;
mod create_group;
mod create_organization_unit;
mod error;
mod extract;
mod find_ancestors;
mod find_me;
mod find_tree;
mod layer;
mod list_groups;
mod list_users;
mod paging;
mod query_permissions;
mod view;

use axum::{
    Router,
    http::{Method, StatusCode, header},
    middleware,
};
use guildhall_kernel::Kernel;
use tower_http::cors::{Any, CorsLayer};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use error::ContractErrorBody;

use crate::layer::admit::Memory;
use error::ContractError;

/// The documented routes.
pub fn router() -> OpenApiRouter<Kernel> {
    platform().merge(queries())
}

fn platform() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(find_me::find_launching_user))
        .routes(routes!(list_users::list_users))
        .routes(routes!(find_ancestors::find_ancestors))
        .routes(routes!(find_tree::find_hierarchy_tree))
        .routes(routes!(create_organization_unit::create_organization_unit))
        .routes(routes!(list_groups::list_groups))
        .routes(routes!(create_group::create_group))
        .routes(routes!(change_group_members::change_group_members))
        .routes(routes!(change_group_roles::change_group_roles))
}

/// What products ask before each thing that they do, so often that it is answered from memory.
fn queries() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(query_permissions::query_permissions))
        .routes(routes!(query_permissions::query_users))
}

/// The routes with what stands around them.
pub fn layered(kernel: &Kernel) -> Router<Kernel> {
    let anybody = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PATCH])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE]);
    admitted(platform(), kernel, Memory::None)
        .merge(admitted(queries(), kernel, Memory::Lately))
        .layer(anybody)
}

fn admitted(routes: OpenApiRouter<Kernel>, kernel: &Kernel, memory: Memory) -> Router<Kernel> {
    routes
        .split_for_parts()
        .0
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state((kernel.clone(), memory), layer::admit))
}

async fn method_not_allowed() -> ContractError {
    ContractError::new(StatusCode::METHOD_NOT_ALLOWED, "this path does not take that method")
}
