//! Signing in.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use guildhall_core::Email;
use guildhall_identity::Password;
use guildhall_kernel::{Kernel, Outcome, SignIn};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::SessionView;
use crate::{
    answer::Answer,
    cookie,
    extract::{Json, Visitor},
    problem::{Problem, Problems},
};

/// An address and a password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionPost {
    /// The address.
    email: Email,
    /// The password.
    password: Password,
}

/// Sign in
///
/// Opens a session behind a cookie, bound to the workspace that host or header name. Somebody who is no member of it is
/// answered like a wrong password.
#[utoipa::path(
    post,
    path = "/sessions",
    tag = "sessions",
    security(()),
    request_body = SessionPost,
    responses((status = 201, body = SessionView), Problems)
)]
pub async fn create_session(
    State(kernel): State<Kernel>,
    visitor: Visitor,
    Json(post): Json<SessionPost>,
) -> Result<Response, Problem> {
    let command = SignIn {
        email: post.email,
        password: post.password,
        workspace: visitor.workspace,
        request_id: visitor.request_id,
    };
    let signed_in = kernel.sign_in(command).await?;
    let mut response = Answer::created(Outcome::Done(SessionView::from(signed_in.session))).into_response();
    if let Some(cookie) = cookie::set(&kernel.settings().public_url, &signed_in.secret.reveal()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
