//! JSON bodies, held to the schema that the API's document shows.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::schema;
use crate::problem::{Fault, Problem};

/// A body of JSON. Unknown fields, wrong types, texts that are too long and the like are answered all at once.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

impl<S, T> FromRequest<S> for Json<T>
where
    S: Send + Sync,
    T: DeserializeOwned + ToSchema + 'static,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        expect_json(request.headers())?;
        let bytes = Bytes::from_request(request, state).await;
        parse(&bytes.map_err(|_| Problem::bad_request("the body broke off"))?).map(Self)
    }
}

fn expect_json(headers: &HeaderMap) -> Result<(), Problem> {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if matches!(media.as_str(), "application/json" | "application/merge-patch+json") {
        Ok(())
    } else {
        let detail = "send the body as `Content-Type: application/json`";
        Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail))
    }
}

/// Twice: once as any JSON against the schema, which finds every fault; once typed, which finds what a schema can't say.
pub(super) fn parse<T: DeserializeOwned + ToSchema + 'static>(bytes: &[u8]) -> Result<T, Problem> {
    let any = serde_json::from_slice(bytes)
        .map_err(|error| Problem::bad_request(format!("the body is not JSON: {error}")))?;
    let faults = schema::faults::<T>(&any)?;
    if !faults.is_empty() {
        return Err(Problem::invalid_request(faults));
    }
    serde_json::from_slice(bytes).map_err(|_| placed::<T>(bytes))
}

/// What a schema can't say is wrong with the body, and where: parsed once more, since minding the place costs time.
fn placed<T: DeserializeOwned>(bytes: &[u8]) -> Problem {
    let mut typed = serde_json::Deserializer::from_slice(bytes);
    match serde_path_to_error::deserialize::<_, T>(&mut typed) {
        Ok(_) => Problem::bad_request("the body is not one JSON value"),
        Err(error) => {
            let pointer = pointer(error.path());
            Problem::invalid_request(vec![Fault { pointer, detail: plain(&error.inner().to_string()) }])
        }
    }
}

/// The place without the line and column that the parser adds.
fn plain(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(said, _)| said).to_owned()
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => pointer,
    })
}

#[cfg(test)]
mod tests;
