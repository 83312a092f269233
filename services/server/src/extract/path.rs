//! Path parameters. One that is no id of its kind names nothing, so it is 404.

use axum::{
    RequestPartsExt as _,
    extract::{FromRequestParts, path},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The parameters of the path.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send + 'static,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let found: Result<path::Path<T>, _> = parts.extract().await;
        found.map(|path::Path(value)| Self(value)).map_err(|_| Problem::not_found())
    }
}
