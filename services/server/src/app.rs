//! The service: routes, and the layers around them, the outermost first in each list.
//!
//! Layers stand around whole routers, not around each route: `Router::layer` makes each request copy all the layers of its
//! route, and each of them those inside it again.

use axum::{Router, body::Bytes, http::header, middleware, response::IntoResponse, routing::get};
use guildhall_kernel::Kernel;
use tower::Layer as _;
use tower_http::compression::{
    CompressionLayer, DefaultPredicate,
    predicate::{Predicate as _, SizeAbove},
};
use utoipa_swagger_ui::SwaggerUi;

use crate::{
    layer::{
        admit, conditional, consistency,
        detach::{self, Places},
        proxy::{self, Proxies},
        request_id, slashes,
    },
    problem::Problem,
    routes::{self, health::Draining},
};

/// Answers up to this size, in bytes, travel in one packet: to compress them saves nothing.
const ONE_PACKET: u64 = 1_200;

/// The whole service on a kernel, with nobody in front.
pub fn app(kernel: &Kernel, draining: Draining) -> Router {
    app_behind(kernel, draining, Proxies::default())
}

/// The whole service on a kernel, behind these proxies.
pub fn app_behind(kernel: &Kernel, draining: Draining, proxies: Proxies) -> Router {
    let state = || kernel.clone();
    let asked = (
        middleware::from_fn_with_state(state(), admit::layer),
        middleware::from_fn_with_state(state(), consistency::layer),
        middleware::from_fn(conditional::layer),
        middleware::from_fn(slashes::layer),
    );
    let compression =
        CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(ONE_PACKET)));
    let worked_on = (middleware::from_fn_with_state(Places::default(), detach::layer), compression);
    let received =
        (middleware::from_fn(request_id::layer), middleware::from_fn_with_state(proxies, proxy::layer));
    let own_shapes = routes::tokens(kernel).merge(routes::contract(kernel)).with_state(state());
    let all = own_shapes.fallback_service(asked.layer(platform().with_state(state())));
    let health = routes::health::router(state(), draining);
    let whole = health.fallback_service(worked_on.layer(all));
    Router::new().fallback_service(received.layer(whole))
}

/// The platform's own routes, and those that show what they are.
fn platform() -> Router<Kernel> {
    let (api, document) = routes::api();
    let document = document.to_json().map(Bytes::from).map_err(|error| error.to_string());
    Router::new()
        .merge(api)
        .route("/openapi.json", get(move || async move { read_document(document) }))
        .merge(SwaggerUi::new("/docs").config(utoipa_swagger_ui::Config::from("/openapi.json")))
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(method_not_allowed)
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
