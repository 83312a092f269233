//! The path of an artifact is one parameter, although it has slashes: whoever sends them as they are is understood too.

use axum::{
    extract::Request,
    http::{Uri, uri::PathAndQuery},
    middleware::Next,
    response::Response,
};

/// Where a path of an artifact stands in a path of the API: behind one of these and a kind.
const BEFORE: [&str; 2] = ["/api/v1/artifacts/", "/api/v1/artifact-drafts/"];

/// What may stand behind an artifact's path; see [`guildhall_artifacts::ArtifactPath`], which never ends in one of these.
const ACTS: [&str; 6] = ["layers", "history", "revert", "reapply", "restore", "review"];

/// Writes the slashes inside an artifact's path as `%2F`, so that the router sees one parameter.
pub async fn layer(mut request: Request, next: Next) -> Response {
    if let Some(uri) = rewritten(request.uri()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

/// The address with the slashes of an artifact's path encoded, where it has any.
fn rewritten(uri: &Uri) -> Option<Uri> {
    let before = BEFORE.into_iter().find(|before| uri.path().starts_with(before))?;
    let (kind, tail) = uri.path().strip_prefix(before)?.split_once('/')?;
    let has_acts = before == BEFORE[0];
    let (path, act) = split(tail, has_acts);
    if !path.contains('/') {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let encoded = format!("{before}{kind}/{}{act}{query}", path.replace('/', "%2F"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(encoded).ok()?);
    Uri::from_parts(parts).ok()
}

/// An artifact's path, and behind it what is to be done with it, with its slash.
fn split(tail: &str, has_acts: bool) -> (&str, &str) {
    let acts = ACTS.iter().map(|act| format!("/{act}")).chain(["/review/resolve".to_owned()]);
    let act =
        acts.filter(|act| has_acts && tail.len() > act.len() && tail.ends_with(act)).max_by_key(String::len);
    tail.split_at(tail.len() - act.map_or(0, |act| act.len()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/api/v1/artifacts/theme/a", None)]
    #[case("/api/v1/artifacts/theme/a%2Fb", None)]
    #[case("/api/v1/artifacts/theme/a/layers", None)]
    #[case("/api/v1/artifacts/theme/review", None)]
    #[case("/api/v1/artifacts/theme/review/review", None)]
    #[case("/api/v1/artifacts/theme/a/review/resolve", None)]
    #[case("/api/v1/artifacts/theme/a/b", Some("/api/v1/artifacts/theme/a%2Fb"))]
    #[case("/api/v1/artifacts/theme/a/b?q=c/d", Some("/api/v1/artifacts/theme/a%2Fb?q=c/d"))]
    #[case("/api/v1/artifacts/theme/p.q:a/b/history", Some("/api/v1/artifacts/theme/p.q:a%2Fb/history"))]
    #[case(
        "/api/v1/artifacts/theme/a/b/review/resolve",
        Some("/api/v1/artifacts/theme/a%2Fb/review/resolve")
    )]
    #[case("/api/v1/artifacts/theme/a/resolve", Some("/api/v1/artifacts/theme/a%2Fresolve"))]
    #[case("/api/v1/artifacts/theme/a//b", Some("/api/v1/artifacts/theme/a%2F%2Fb"))]
    #[case("/api/v1/artifacts/theme/../b", Some("/api/v1/artifacts/theme/..%2Fb"))]
    #[case("/api/v1/artifact-drafts/theme/a/b", Some("/api/v1/artifact-drafts/theme/a%2Fb"))]
    #[case("/api/v1/artifact-drafts/theme/a/layers", Some("/api/v1/artifact-drafts/theme/a%2Flayers"))]
    #[case("/api/v1/projects/a/b/c", None)]
    fn inner_slashes_become_part_of_the_path(#[case] uri: Uri, #[case] expected: Option<&str>) {
        assert_eq!(rewritten(&uri).map(|uri| uri.to_string()).as_deref(), expected);
    }
}
