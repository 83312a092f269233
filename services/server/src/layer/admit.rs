//! Reads the body, and decides which workspace a request is for and who sends it.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use guildhall_artifacts::MAX_ARCHIVE_BYTES;
use guildhall_core::Credential;
use guildhall_kernel::{Bearer, Entry, Kernel, KernelError};
use guildhall_tenancy::{Requested, ResolutionError, WORKSPACE_HEADER};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::sync::Semaphore;

use crate::{cookie, problem::Problem};

/// The largest body, in bytes.
pub const LARGEST_BODY: usize = 1024 * 1024;
/// How long a body may take to arrive: 10 seconds. The request holds its place meanwhile.
const SLOWEST_BODY: Duration = Duration::from_secs(10);

/// What may be sent, and how long that may take.
#[derive(Debug, Clone, Copy)]
struct Room {
    bytes: usize,
    time: Duration,
}

/// What everybody may send.
const SMALL: Room = Room { bytes: LARGEST_BODY, time: SLOWEST_BODY };
/// What somebody who may deploy packages may send where archives are taken.
const ARCHIVE: Room = Room { bytes: MAX_ARCHIVE_BYTES, time: Duration::from_secs(60) };
/// Where archives are taken.
const UPLOADS: &str = "/api/v1/packages";
/// How many archives may be under way at once, so that they do not fill the memory.
static UPLOADING: Semaphore = Semaphore::const_new(4);

/// What is known of a request before its handler runs.
#[derive(Debug, Clone)]
pub struct Admitted {
    /// Where it goes and who sends it.
    pub entry: Entry,
    /// What it was sent with.
    pub body: Bytes,
}

/// Whether it may be taken from memory who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// It is read again for each request.
    None,
    /// It may have been read less than a second ago: for permission queries alone.
    Lately,
}

/// Admits the request, or answers why not.
pub async fn layer(State(kernel): State<Kernel>, request: Request, next: Next) -> Response {
    match admit(&kernel, request, Memory::None).await {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

/// Reads the body and proves the caller; both then stand in the request.
///
/// # Errors
/// The problem to answer where the request goes nowhere or can't be read.
pub async fn admit(kernel: &Kernel, request: Request, memory: Memory) -> Result<Request, Problem> {
    let (mut parts, body) = request.into_parts();
    let (requested, from_cookie) =
        (resolve(kernel, &parts)?, cookie::read(&kernel.settings().public_url, &parts.headers));
    let token = bearer(&parts.headers)?;
    let bearer = match (token, &from_cookie) {
        (Some(token), _) => Some(Bearer::Token(token)),
        (None, Some(secret)) => Some(Bearer::Cookie(secret)),
        (None, None) => None,
    };
    let by_cookie = matches!(bearer, Some(Bearer::Cookie(_)));
    let requested = if by_cookie { requested.with_cookie() } else { requested };
    let entry = match memory {
        // Boxed, so that those who need no database do not carry what looking things up there takes.
        Memory::None => Box::pin(kernel.enter(&requested, bearer)).await?,
        Memory::Lately => kernel.enter_lately(&requested, bearer).await?,
    };
    if by_cookie && entry.caller.is_ok_and(|caller| matches!(caller.credential(), Credential::Session(_))) {
        own_origin(&parts)?;
    }
    let body = if uploads(kernel, &parts, &entry).await? {
        let place = UPLOADING.try_acquire().map_err(|_| Problem::unavailable(&"too many uploads"))?;
        parts.extensions.insert(Arc::new(place));
        read(body, ARCHIVE).await?
    } else {
        read(body, SMALL).await?
    };
    parts.extensions.insert(Admitted { entry, body: body.clone() });
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Whether an archive may come: there, from somebody who may deploy it.
async fn uploads(kernel: &Kernel, parts: &Parts, entry: &Entry) -> Result<bool, Problem> {
    let Ok(caller) = &entry.caller else { return Ok(false) };
    let there = parts.method == Method::POST && parts.uri.path() == UPLOADS;
    Ok(there && kernel.may_send_packages(caller).await?)
}

fn resolve(kernel: &Kernel, parts: &Parts) -> Result<Requested, Problem> {
    let authority = parts.uri.authority().map(|authority| authority.as_str().as_bytes());
    let hosts = parts.headers.get_all(header::HOST).iter().map(HeaderValue::as_bytes).chain(authority);
    let headers = parts.headers.get_all(WORKSPACE_HEADER).iter().map(HeaderValue::as_bytes);
    Requested::resolve(&kernel.settings().base_domain, hosts, headers).map_err(|error| match error {
        ResolutionError::NoWorkspace => Problem::not_found(),
        ResolutionError::Conflict | ResolutionError::Malformed => Problem::bad_request(error.to_string()),
        ResolutionError::TokenElsewhere => KernelError::NotFound.into(),
    })
}

/// The token of an `Authorization: Bearer` header. Another scheme is no token; two headers are refused.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let Some(first) = all.next() else { return Ok(None) };
    if all.next().is_some() {
        return Err(Problem::bad_request("there is more than one `Authorization` header"));
    }
    let Ok(text) = first.to_str() else {
        return Err(Problem::unauthenticated("the token is not valid here"));
    };
    Ok(text
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim()))
}

/// A cookie travels by itself, so what changes something must show that a page of our own sent it.
fn own_origin(parts: &Parts) -> Result<(), Problem> {
    if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = parts.headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let origin_host = origin.and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    if host.is_some() && host == origin_host {
        Ok(())
    } else {
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "foreign_origin",
            "a cookie changes nothing but from our own pages",
        ))
    }
}

/// The whole body. No unit of work is open here, so that giving the body up spoils no connection to the database.
async fn read(body: Body, room: Room) -> Result<Bytes, Problem> {
    let Ok(read) = tokio::time::timeout(room.time, Limited::new(body, room.bytes).collect()).await else {
        let detail = format!("the body did not arrive within {} seconds", room.time.as_secs());
        return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", detail));
    };
    match read {
        Ok(read) => Ok(read.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            let detail = format!("a body has at most {} MiB here", room.bytes / (1024 * 1024));
            Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail))
        }
        Err(_) => Err(Problem::bad_request("the body broke off")),
    }
}

#[cfg(test)]
mod tests {
    use futures::{StreamExt as _, stream};

    use super::*;

    const LIMIT: Room = Room { bytes: 100, time: Duration::from_millis(20) };

    #[tokio::test]
    async fn a_body_that_arrives_is_read() {
        assert_eq!(read(Body::from("{}"), LIMIT).await.unwrap(), "{}");
    }

    #[tokio::test]
    async fn a_body_that_stops_in_the_middle_is_given_up() {
        let half = stream::iter([Ok::<_, std::io::Error>("{")]).chain(stream::pending());

        let refused = read(Body::from_stream(half), LIMIT).await.unwrap_err();

        assert_eq!(refused.status(), StatusCode::REQUEST_TIMEOUT);
    }
}
