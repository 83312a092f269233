//! The service: routes, and the layers around them.

use axum::{Router, body::Bytes, http::header, middleware, response::IntoResponse, routing::get};
use guildhall_core::SystemIds;
use guildhall_kernel::Kernel;
use tower_http::compression::CompressionLayer;
use utoipa_swagger_ui::SwaggerUi;

use crate::{
    layer::{
        admit, conditional, consistency,
        detach::{self, Places},
        proxy::{self, Proxies},
        request_id,
    },
    problem::Problem,
    routes::{self, health::Draining},
};

/// The whole service on a kernel, with nobody in front.
pub fn app(kernel: &Kernel, draining: Draining) -> Router {
    app_behind(kernel, draining, Proxies::default())
}

/// The whole service on a kernel, behind these proxies.
pub fn app_behind(kernel: &Kernel, draining: Draining, proxies: Proxies) -> Router {
    let (api, document) = routes::api();
    let document = document.to_json().map(Bytes::from).map_err(|error| error.to_string());
    Router::new()
        .merge(api)
        .route("/openapi.json", get(move || async move { read_document(document) }))
        .merge(SwaggerUi::new("/docs").config(utoipa_swagger_ui::Config::from("/openapi.json")))
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(kernel.clone())
        .layer(middleware::from_fn(conditional::layer))
        .layer(middleware::from_fn_with_state(kernel.clone(), consistency::layer))
        .layer(middleware::from_fn_with_state(kernel.clone(), admit::layer))
        .merge(routes::tokens(kernel).with_state(kernel.clone()))
        .merge(routes::contract(kernel).with_state(kernel.clone()))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(Places::default(), detach::layer))
        .merge(routes::health::router(kernel.clone(), draining))
        .layer(middleware::from_fn_with_state(proxies, proxy::layer))
        .layer(middleware::from_fn_with_state(SystemIds, request_id::layer))
}

/// The document's bytes, which are less than what they are made from.
fn read_document(document: Result<Bytes, String>) -> Result<impl IntoResponse, Problem> {
    let bytes = document.map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes))
}

async fn method_not_allowed() -> Problem {
    let detail = "this path does not take that method; the `Allow` header names those that it takes";
    Problem::new(axum::http::StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}

/// The API's document.
pub fn document() -> utoipa::openapi::OpenApi {
    routes::document()
}
