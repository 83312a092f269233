//! Reading server-sent events.

use std::time::Duration;

use anyhow::ensure;
use reqwest::{Response, StatusCode};
use serde_json::Value;
use tokio::time::timeout;

/// How long the beginning of a stream is waited for that is read like any other answer.
const BEGINNING: Duration = Duration::from_millis(300);

/// A stream of events that somebody reads. Dropping it hangs up.
#[derive(Debug)]
pub struct Listening {
    response: Response,
    unread: String,
}

/// One message of a stream that says something.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Its type, where it has one.
    pub event: Option<String>,
    /// What it says.
    pub data: Value,
}

impl Listening {
    /// Reads an answer as it comes.
    ///
    /// # Errors
    /// Where it is no stream.
    pub fn of(response: Response) -> anyhow::Result<Self> {
        ensure!(response.status() == StatusCode::OK && is_stream(&response), "no stream: {response:?}");
        Ok(Self { response, unread: String::new() })
    }

    /// The next message that says something; `None` where the stream has ended.
    ///
    /// # Errors
    /// Where nothing comes for five seconds.
    pub async fn next(&mut self) -> anyhow::Result<Option<Message>> {
        loop {
            while let Some((block, rest)) = self.unread.split_once("\n\n") {
                let (message, rest) = (message(block), rest.to_owned());
                self.unread = rest;
                if message.is_some() {
                    return Ok(message);
                }
            }
            match timeout(Duration::from_secs(5), self.response.chunk()).await? {
                Ok(Some(bytes)) => self.unread.push_str(&String::from_utf8_lossy(&bytes)),
                Ok(None) | Err(_) => return Ok(None),
            }
        }
    }

    /// Whether nothing is said for a while.
    pub async fn is_silent_for(&mut self, while_: Duration) -> bool {
        timeout(while_, self.next()).await.is_err()
    }

    /// The kinds of the next so many events.
    ///
    /// # Errors
    /// Where they do not come.
    pub async fn kinds(&mut self, count: usize) -> anyhow::Result<Vec<String>> {
        let mut kinds = Vec::new();
        while kinds.len() < count {
            let message = self.next().await?;
            let kind = message.as_ref().and_then(|message| message.data.get("kind")?.as_str());
            kinds.push(kind.unwrap_or("nothing").to_owned());
        }
        Ok(kinds)
    }
}

/// Whether an answer has no end.
pub(crate) fn is_stream(response: &Response) -> bool {
    response.headers().get("content-type").is_some_and(|value| value == "text/event-stream")
}

/// The beginning of an answer that has no end: what comes until nothing comes for a while.
pub(crate) async fn beginning(mut response: Response) -> anyhow::Result<String> {
    let mut text = String::new();
    while let Ok(chunk) = timeout(BEGINNING, response.chunk()).await {
        match chunk? {
            Some(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
            None => break,
        }
    }
    Ok(text)
}

fn message(block: &str) -> Option<Message> {
    let field = |name: &str| {
        block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(ToOwned::to_owned))
    };
    let data = field("data")?;
    Some(Message {
        id: field("id").unwrap_or_default(),
        event: field("event"),
        data: serde_json::from_str(&data).unwrap_or(Value::Null),
    })
}
