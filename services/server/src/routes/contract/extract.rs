//! What contract routes take out of a request: as everywhere, but for the shape of the errors.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::error::ContractError;
use crate::extract;

/// The request as the kernel takes it: somebody is signed in.
#[derive(Debug, Clone)]
pub struct Asked(pub guildhall_kernel::Request);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = ContractError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ContractError> {
        let extract::Asked(request) = extract::Asked::from_request_parts(parts, state).await?;
        Ok(Self(request))
    }
}

/// A body of JSON, held to its schema.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

impl<S, T> FromRequest<S> for Json<T>
where
    S: Send + Sync,
    T: DeserializeOwned + ToSchema + 'static,
{
    type Rejection = ContractError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ContractError> {
        let extract::Json(body) = extract::Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}

/// The parameters of the path. One that is no id of its kind names nothing.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send + 'static,
{
    type Rejection = ContractError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ContractError> {
        let extract::Path(value) = extract::Path::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}

/// The parameters after the `?`. Unknown ones are refused.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = ContractError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ContractError> {
        let extract::Query(value) = extract::Query::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}
