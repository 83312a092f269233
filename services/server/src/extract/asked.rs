//! Who asks, and under which conditions.

use std::net::IpAddr;

use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
};
use guildhall_core::{Caller, RequestId, RowVersion, WorkspaceId};
use guildhall_kernel::{IdempotencyKey, Request};
use sha2::{Digest as _, Sha256};

use crate::{
    layer::{admit::Admitted, proxy::ClientAddress, request_id::OwnId},
    problem::Problem,
};

/// The header of a POST that may be sent twice.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Routes whose answer may hold a secret, which is shown once: they can't be replayed, so they refuse a key.
const SECRET_ROUTES: &[&str] = &[
    "/api/v1/me/email",
    "/api/v1/sessions",
    "/api/v1/members",
    "/api/v1/projects/{project_id}/members",
    "/api/v1/invitations",
    "/api/v1/service-accounts",
    "/api/v1/api-keys",
    "/api/v1/password-resets",
    "/api/v1/launches",
];

/// The request as the kernel takes it: somebody is signed in.
#[derive(Debug, Clone)]
pub struct Asked(pub Request);

/// A request that needs nobody to be signed in.
#[derive(Debug, Clone, Copy)]
pub struct Visitor {
    /// The workspace that host or header name.
    pub workspace: Option<WorkspaceId>,
    /// Who is signed in, where somebody is.
    pub caller: Option<Caller>,
    /// The address that the request came from, as far as it is known.
    pub address: Option<IpAddr>,
    /// The request's id.
    pub request_id: RequestId,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let admitted = admitted(parts)?;
        let caller = admitted.entry.caller.map_err(|why| Problem::unauthenticated(why.to_string()))?;
        let path = route(parts);
        let idempotency_key = idempotency_key(&parts.headers, &parts.method, path)?;
        let body_hash =
            idempotency_key.as_ref().map_or([0; 32], |_| body_hash(parts.uri.path(), &admitted.body));
        Ok(Self(Request {
            caller,
            id: own_id(parts)?,
            route: format!("{} {path}", parts.method),
            idempotency_key,
            body_hash,
            if_match: if_match(&parts.headers)?,
        }))
    }
}

/// A request that names the version that it changes; one that does not is 428 (RFC 6585, 3). For what several people change at
/// a time, such as settings.
#[derive(Debug, Clone, Copy)]
pub struct Conditional;

impl<S: Send + Sync> FromRequestParts<S> for Conditional {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        if parts.headers.contains_key(header::IF_MATCH) {
            return Ok(Self);
        }
        let detail = "send the `ETag` of what you have read as `If-Match`";
        Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "precondition_required", detail))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        refuse_key(&parts.headers, route(parts))?;
        let entry = admitted(parts)?.entry;
        let (address, request_id) = (address(parts), own_id(parts)?);
        Ok(Self { workspace: entry.workspace, caller: entry.caller.ok(), address, request_id })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self(address(parts)))
    }
}

fn address(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ClientAddress>().and_then(|client| client.0)
}

fn admitted(parts: &Parts) -> Result<&Admitted, Problem> {
    parts.extensions.get().ok_or_else(|| Problem::internal(&"a route stands outside of the admission"))
}

fn own_id(parts: &Parts) -> Result<RequestId, Problem> {
    let own = parts.extensions.get::<OwnId>().ok_or_else(|| Problem::internal(&"a request has no id"))?;
    Ok(own.0)
}

/// The path as the router knows it, its parameters not filled in.
fn route(parts: &Parts) -> &str {
    parts.extensions.get::<MatchedPath>().map_or_else(|| parts.uri.path(), MatchedPath::as_str)
}

/// What a key may be sent with again: the same path and the same body.
fn body_hash(path: &str, body: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(path).chain_update([0]).chain_update(body).finalize().into()
}

fn refuse_key(headers: &HeaderMap, path: &str) -> Result<(), Problem> {
    let secret = SECRET_ROUTES.iter().any(|route| path == *route || path.starts_with(&format!("{route}/")));
    if secret && headers.contains_key(IDEMPOTENCY_KEY) {
        return Err(Problem::bad_request(
            "this route's answer may hold a secret, so it takes no `Idempotency-Key`",
        ));
    }
    Ok(())
}

fn idempotency_key(
    headers: &HeaderMap,
    method: &Method,
    path: &str,
) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY).filter(|_| method == Method::POST) else {
        return Ok(None);
    };
    refuse_key(headers, path)?;
    let key = value.to_str().ok().and_then(|text| text.parse().ok());
    key.map(Some)
        .ok_or_else(|| Problem::bad_request("`Idempotency-Key` must have 1 to 255 visible ASCII characters"))
}

/// `If-Match: "<version>.<hash>"`; the first part is what is compared. `*` takes any version.
pub(super) fn if_match(headers: &HeaderMap) -> Result<Option<RowVersion>, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let tag = text.trim_start_matches("W/").strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let version = tag.and_then(|tag| tag.split('.').next()).and_then(|version| version.parse().ok());
    version
        .map(|version| Some(RowVersion::new(version)))
        .ok_or_else(|| Problem::bad_request("`If-Match` must be the `ETag` of an answer"))
}
