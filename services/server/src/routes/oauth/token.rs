//! Access tokens, for a password or a client's credentials.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use guildhall_core::{Secret, ServiceAccountId};
use guildhall_kernel::{AccessToken, Kernel, SignIn, TOKEN_LIFETIME};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{TokenError, TokenErrorBody};
use crate::extract::Visitor;

/// A request for a token. Unknown parameters are ignored (RFC 6749, 3.2).
#[derive(Debug, Deserialize, ToSchema)]
pub struct TokenForm {
    /// `password` or `client_credentials`.
    #[schema(example = "password")]
    grant_type: Option<String>,
    /// The user's address.
    username: Option<String>,
    /// The user's password.
    password: Option<String>,
    /// The client's id, where it is not in the `Authorization: Basic` header.
    client_id: Option<String>,
    /// The client's secret, likewise.
    client_secret: Option<String>,
}

/// An access token.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenView {
    /// The token, an RS256 JWT.
    access_token: String,
    /// `Bearer`.
    token_type: &'static str,
    /// How many seconds it lives.
    expires_in: i64,
}

/// Get an access token
///
/// `password` for first-party clients, `client_credentials` for service accounts. Minted under a workspace's host or
/// header, a user's token acts there alone.
#[utoipa::path(
    post,
    path = "/oauth/token",
    tag = "tokens",
    security(()),
    request_body(content = TokenForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, body = TokenView),
        (status = 400, body = TokenErrorBody),
        (status = 401, body = TokenErrorBody),
        (status = 404, body = TokenErrorBody),
        (status = 408, body = TokenErrorBody),
        (status = 413, body = TokenErrorBody),
        (status = 429, body = TokenErrorBody),
        (status = 503, body = TokenErrorBody)
    )
)]
pub async fn create_token(
    State(kernel): State<Kernel>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, TokenError> {
    let form = read(&headers, &body)?;
    let token = match form.grant_type.as_deref() {
        Some("password") => password(&kernel, visitor, form).await?,
        Some("client_credentials") => client(&kernel, &headers, form).await?,
        Some(_) => {
            let description = "`grant_type` must be `password` or `client_credentials`";
            return Err(TokenError::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", description));
        }
        None => return Err(TokenError::invalid_request("`grant_type` is missing")),
    };
    let expires_in = TOKEN_LIFETIME.num_seconds();
    let view = TokenView { access_token: token.text, token_type: "Bearer", expires_in };
    let mut response = Json(view).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<TokenForm, TokenError> {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !named.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(TokenError::invalid_request("send the body as `application/x-www-form-urlencoded`"));
    }
    let mut form =
        TokenForm { grant_type: None, username: None, password: None, client_id: None, client_secret: None };
    for (name, value) in url::form_urlencoded::parse(body) {
        let field = match name.as_ref() {
            "grant_type" => &mut form.grant_type,
            "username" => &mut form.username,
            "password" => &mut form.password,
            "client_id" => &mut form.client_id,
            "client_secret" => &mut form.client_secret,
            _ => continue,
        };
        if field.replace(value.into_owned()).is_some() {
            return Err(TokenError::invalid_request(format!("`{name}` is there twice")));
        }
    }
    Ok(form)
}

async fn password(kernel: &Kernel, visitor: Visitor, form: TokenForm) -> Result<AccessToken, TokenError> {
    let (Some(username), Some(password)) = (form.username, form.password) else {
        return Err(TokenError::invalid_request("`username` and `password` are required"));
    };
    let wrong = || TokenError::of_user(guildhall_kernel::Unauthenticated::WrongCredentials.into());
    let command = SignIn {
        email: username.parse().map_err(|_| wrong())?,
        password: password.parse().map_err(|_| wrong())?,
        workspace: visitor.workspace,
        address: visitor.address,
        request_id: visitor.request_id,
    };
    kernel.password_token(command).await.map_err(TokenError::of_user)
}

async fn client(kernel: &Kernel, headers: &HeaderMap, form: TokenForm) -> Result<AccessToken, TokenError> {
    let wrong = || TokenError::of_client(guildhall_kernel::Unauthenticated::WrongCredentials.into());
    let (id, secret) = match (basic(headers), form.client_id, form.client_secret) {
        (Some(_), _, Some(_)) => {
            return Err(TokenError::invalid_request(
                "send the client's secret in the form or by Basic, not both",
            ));
        }
        (Some(pair), _, None) => pair,
        (None, Some(id), Some(secret)) => (id, secret),
        (None, _, _) => {
            return Err(TokenError::invalid_request("`client_id` and `client_secret` are required"));
        }
    };
    let id: ServiceAccountId = id.parse().map_err(|_| wrong())?;
    let secret: Secret = secret.parse().map_err(|_| wrong())?;
    kernel.client_token(id, &secret).await.map_err(TokenError::of_client)
}

/// Id and secret of an `Authorization: Basic` header.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = text.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    decoded.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}
