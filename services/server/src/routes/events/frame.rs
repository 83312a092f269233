//! What is told on a stream, as server-sent events spell it (WHATWG HTML, 9.2).

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use guildhall_core::{EventId, ProjectId};
use guildhall_kernel::{EventStub, Told};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// In how many milliseconds a client comes back whose stream has ended.
const RETRY: u64 = 2_000;

/// That something happened, and to what. What it is now, its reader asks for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StreamedEventView {
    /// The event's id.
    id: EventId,
    /// Its place in the workspace's log; also the `id` of the message.
    seq: i64,
    /// What happened, as `<thing>.<what happened>`.
    kind: String,
    /// When.
    at: DateTime<Utc>,
    /// What it happened to.
    subject: StreamedSubjectView,
    /// The project that it happened in.
    #[serde(skip_serializing_if = "Option::is_none")]
    project_id: Option<ProjectId>,
}

/// What an event happened to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StreamedSubjectView {
    /// The word of the glossary for it.
    #[serde(rename = "type")]
    kind: String,
    /// Its id.
    id: Uuid,
}

impl From<EventStub> for StreamedEventView {
    fn from(stub: EventStub) -> Self {
        let EventStub { id, seq, kind, at, subject_kind, subject_id, project_id } = stub;
        Self {
            id,
            seq,
            kind,
            at,
            subject: StreamedSubjectView { kind: subject_kind, id: subject_id },
            project_id,
        }
    }
}

/// How a stream begins.
pub fn opening() -> Bytes {
    Bytes::from(format!("retry: {RETRY}\n\n"))
}

/// One message. A message without data tells nobody anything; it only says from where to come back.
///
/// # Errors
/// Where an event can't be spelled in JSON, which can't be.
pub fn frame(told: Told) -> Result<Bytes, std::io::Error> {
    let text = match told {
        Told::Event(stub) => {
            let seq = stub.seq;
            // JSON has no line breaks outside of its texts, and spells those inside.
            let data =
                serde_json::to_string(&StreamedEventView::from(stub)).map_err(std::io::Error::other)?;
            format!("id: {seq}\ndata: {data}\n\n")
        }
        Told::Still(seq) => format!(": still there\nid: {seq}\n\n"),
        Told::Reset(seq) => format!("id: {seq}\nevent: reset\ndata: {{\"seq\":{seq}}}\n\n"),
    };
    Ok(Bytes::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(told: Told) -> String {
        String::from_utf8(frame(told).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn an_event_is_ids_and_kinds_in_one_line() {
        let stub = EventStub {
            id: EventId::new(Uuid::from_u128(1)),
            seq: 7,
            kind: "item.moved".into(),
            at: DateTime::UNIX_EPOCH,
            subject_kind: "item".into(),
            subject_id: Uuid::from_u128(2),
            project_id: Some(ProjectId::new(Uuid::from_u128(3))),
        };

        let message = spelled(Told::Event(stub));

        assert_eq!(
            message,
            "id: 7\ndata: {\"id\":\"00000000-0000-0000-0000-000000000001\",\"seq\":7,\"kind\":\"item.moved\",\
             \"at\":\"1970-01-01T00:00:00Z\",\
             \"subject\":{\"type\":\"item\",\"id\":\"00000000-0000-0000-0000-000000000002\"},\
             \"project_id\":\"00000000-0000-0000-0000-000000000003\"}\n\n"
        );
    }

    #[test]
    fn silence_says_from_where_to_come_back_and_no_more() {
        assert_eq!(spelled(Told::Still(9)), ": still there\nid: 9\n\n");
        assert_eq!(spelled(Told::Reset(9)), "id: 9\nevent: reset\ndata: {\"seq\":9}\n\n");
    }
}
