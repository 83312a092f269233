//! The log as JSON Lines.

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use futures::stream;
use guildhall_core::PageRequest;
use guildhall_kernel::{EventFilter, Kernel, KernelError, Request};
use tokio::sync::mpsc;

use super::view::AuditEventView;
use crate::problem::Problem;

/// The media type of one JSON value on each line.
pub const JSON_LINES: &str = "application/jsonl";

/// How many pages wait for a slow reader.
const AHEAD: usize = 2;

/// Records the export, and answers everything that the filter lets through. The pages are read in a task of their own: the
/// answer's body is polled where a client who hangs up would interrupt it.
pub async fn export(
    kernel: Kernel,
    request: Request,
    filter: EventFilter,
    after: Option<String>,
) -> Result<Response, Problem> {
    kernel.begin_export(&request).await?;
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        if let Err(error) = send(&kernel, &request, &filter, after, &sender).await {
            tracing::warn!(%error, "an export of the log broke off");
            drop(sender.send(Err(std::io::Error::other("the export broke off"))).await);
        }
    });
    let lines = stream::unfold(receiver, |mut receiver| async move {
        let page = receiver.recv().await?;
        Some((page, receiver))
    });
    let mut response = Body::from_stream(lines).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON_LINES));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Page after page, each decided anew: an export ends where the right to it ends.
async fn send(
    kernel: &Kernel,
    request: &Request,
    filter: &EventFilter,
    mut after: Option<String>,
    sender: &mpsc::Sender<Result<Bytes, std::io::Error>>,
) -> Result<(), KernelError> {
    loop {
        let page = PageRequest { limit: PageRequest::MAX_LIMIT, after: after.take() };
        let found = kernel.list_events(request, filter, &page).await?;
        let mut lines = Vec::new();
        for event in found.items {
            let line = serde_json::to_vec(&AuditEventView::from(event));
            lines.extend(line.map_err(|error| KernelError::Internal(error.to_string()))?);
            lines.push(b'\n');
        }
        let gone = sender.send(Ok(lines.into())).await.is_err();
        after = found.next;
        if gone || after.is_none() {
            return Ok(());
        }
    }
}
