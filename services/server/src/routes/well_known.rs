//! Discovery: where tokens come from, and the keys that verify them.

use axum::{Json, extract::State};
use guildhall_kernel::{Jwk, Kernel};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::problem::PublicProblems;

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(discovery)).routes(routes!(keys))
}

/// What a client must know to get and verify tokens (OpenID Connect Discovery 1.0, 3).
#[derive(Debug, Serialize, ToSchema)]
pub struct DiscoveryView {
    issuer: String,
    token_endpoint: String,
    jwks_uri: String,
    grant_types_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: Vec<&'static str>,
    id_token_signing_alg_values_supported: Vec<&'static str>,
    response_types_supported: Vec<&'static str>,
    subject_types_supported: Vec<&'static str>,
}

/// A set of public keys (RFC 7517, 5).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeysView {
    keys: Vec<KeyView>,
}

/// A public key (RFC 7517, 4).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyView {
    kty: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    alg: &'static str,
    kid: String,
    n: String,
    e: String,
}

impl From<Jwk> for KeyView {
    fn from(key: Jwk) -> Self {
        let Jwk { kty, usage, alg, kid, n, e } = key;
        Self { kty, usage, alg, kid, n, e }
    }
}

/// Discover the token endpoint
#[utoipa::path(
    get,
    path = "/.well-known/openid-configuration",
    tag = "tokens",
    security(()),
    responses((status = 200, body = DiscoveryView), PublicProblems)
)]
async fn discovery(State(kernel): State<Kernel>) -> Json<DiscoveryView> {
    let issuer = kernel.issuer();
    let mut grants = vec!["client_credentials"];
    if kernel.settings().password_grant {
        grants.push("password");
    }
    Json(DiscoveryView {
        token_endpoint: format!("{issuer}/oauth/token"),
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        issuer,
        grant_types_supported: grants,
        token_endpoint_auth_methods_supported: vec!["client_secret_basic", "client_secret_post"],
        id_token_signing_alg_values_supported: vec!["RS256"],
        response_types_supported: vec!["token"],
        subject_types_supported: vec!["public"],
    })
}

/// The keys that verify tokens
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    tag = "tokens",
    security(()),
    responses((status = 200, body = KeysView), PublicProblems)
)]
async fn keys(State(kernel): State<Kernel>) -> Json<KeysView> {
    Json(KeysView { keys: kernel.public_keys().into_iter().map(Into::into).collect() })
}
