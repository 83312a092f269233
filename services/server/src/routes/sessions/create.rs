//! Signing in.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use guildhall_core::Email;
use guildhall_identity::Password;
use guildhall_kernel::{Kernel, Outcome, SignIn, SwitchIn};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::SessionView;
use crate::{
    answer::Answer,
    cookie,
    extract::{Json, Visitor},
    problem::{Fault, Limited, Problem, Problems},
};

/// An address and a password, or the code of a switch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionPost {
    /// The address.
    email: Option<Email>,
    /// The password.
    password: Option<Password>,
    /// The code of a switch from another workspace, in the place of both.
    #[schema(max_length = 200)]
    switch_code: Option<String>,
}

/// What of the body is there.
enum Way {
    Password(Email, Password),
    Switch(String),
}

impl SessionPost {
    fn way(self) -> Result<Way, Problem> {
        let missing = |pointer: &str| Fault { pointer: pointer.to_owned(), detail: "is required".to_owned() };
        match (self.email, self.password, self.switch_code) {
            (Some(email), Some(password), None) => Ok(Way::Password(email, password)),
            (None, None, Some(code)) => Ok(Way::Switch(code)),
            (_, _, Some(_)) => {
                let detail = "stands alone, without address and password".to_owned();
                Err(Problem::invalid_request(vec![Fault { pointer: "/switch_code".to_owned(), detail }]))
            }
            (email, password, None) => {
                let faults = [("/email", email.is_none()), ("/password", password.is_none())];
                let faults = faults.into_iter().filter(|(_, lacks)| *lacks);
                Err(Problem::invalid_request(faults.map(|(pointer, _)| missing(pointer)).collect()))
            }
        }
    }
}

/// Sign in
///
/// Opens a session behind a cookie, bound to the workspace that host or header name. Somebody who is no member of it is
/// answered like a wrong password. The code of a switch opens the workspace that it was made for, once.
#[utoipa::path(
    post,
    path = "/sessions",
    tag = "sessions",
    security(()),
    request_body = SessionPost,
    responses(
        (status = 201, body = SessionView),
        Limited,
        Problems
    )
)]
pub async fn create_session(
    State(kernel): State<Kernel>,
    visitor: Visitor,
    Json(post): Json<SessionPost>,
) -> Result<Response, Problem> {
    let Visitor { workspace, caller: _, address, request_id } = visitor;
    let signed_in = match post.way()? {
        Way::Password(email, password) => {
            kernel.sign_in(SignIn { email, password, workspace, address, request_id }).await?
        }
        Way::Switch(code) => {
            kernel.sign_in_by_switch(SwitchIn { code, workspace, address, request_id }).await?
        }
    };
    let mut response = Answer::created(Outcome::Done(SessionView::from(signed_in.session))).into_response();
    if let Some(cookie) = cookie::set(&kernel.settings().public_url, &signed_in.secret.reveal()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
