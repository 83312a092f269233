//! A request, as far as the use cases need to know it.

use std::{fmt, str::FromStr};

use guildhall_core::{Caller, Credential, RequestId, RowVersion, ValueError, WorkspaceId};
use uuid::Uuid;

use crate::{KernelError, work::Work};

/// Who asks for what, under which conditions.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who asks.
    pub caller: Caller,
    /// The request's own id, for the log.
    pub id: RequestId,
    /// Method and path template, such as `POST /api/v1/projects`.
    pub route: String,
    /// The key of a POST that may be sent twice.
    pub idempotency_key: Option<IdempotencyKey>,
    /// SHA-256 of what the route was called with, its path and its body, where there is a key; else zero.
    pub body_hash: [u8; 32],
    /// The row version that the client has seen, from `If-Match`.
    pub if_match: Option<RowVersion>,
}

impl Request {
    /// A request of code that embeds the kernel: no key, no condition.
    pub fn embedded(caller: Caller, id: RequestId) -> Self {
        Self {
            caller,
            id,
            route: "embedded".to_owned(),
            idempotency_key: None,
            body_hash: [0; 32],
            if_match: None,
        }
    }

    /// The same request, made in a workspace that follows from what it asks for.
    pub(crate) fn in_workspace(&self, workspace: WorkspaceId) -> Self {
        let caller = Caller::trusted(self.caller.principal(), self.caller.credential(), Some(workspace));
        Self { caller, ..self.clone() }
    }

    /// Refuses an API key: what it made would outlive it.
    pub(crate) fn expect_no_key(&self) -> Result<(), KernelError> {
        match self.caller.credential() {
            Credential::ApiKey { .. } => Err(KernelError::KeyMakesNoCredentials),
            _ => Ok(()),
        }
    }

    /// Refuses where the client has seen another version than the stored one.
    pub(crate) fn expect_version(&self, stored: RowVersion) -> Result<(), KernelError> {
        match self.if_match {
            Some(seen) if seen != stored => Err(KernelError::Stale),
            Some(_) | None => Ok(()),
        }
    }

    /// Refuses where the client has seen any version at all: the thing has none (RFC 9110, 13.1.1).
    pub(crate) fn expect_no_version(&self) -> Result<(), KernelError> {
        if self.if_match.is_some() { Err(KernelError::Stale) } else { Ok(()) }
    }
}

/// The value of an `Idempotency-Key` header: 1 to 255 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key as the client spelled it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if (1..=255).contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ValueError::new("must have 1 to 255 visible ASCII characters"))
        }
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What `begin` finds: something to do, or something done before under the same key.
pub(crate) enum Begun<'k> {
    /// The request is new.
    Fresh(Work<'k>),
    /// The key was used before, and this is what it made.
    Replay(Uuid),
}

/// The answer of a use case that writes.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<T> {
    /// The use case did what it was asked.
    Done(T),
    /// It had done so before, under the same idempotency key; this is the thing as it stands now.
    Replayed(T),
}

impl<T> Outcome<T> {
    /// The thing, done now or before.
    pub fn into_inner(self) -> T {
        match self {
            Self::Done(thing) | Self::Replayed(thing) => thing,
        }
    }

    /// The thing, to look at.
    pub fn get(&self) -> &T {
        match self {
            Self::Done(thing) | Self::Replayed(thing) => thing,
        }
    }

    /// Whether it had been done before.
    pub fn is_replayed(&self) -> bool {
        matches!(self, Self::Replayed(_))
    }

    /// The same outcome of another thing.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Done(thing) => Outcome::Done(f(thing)),
            Self::Replayed(thing) => Outcome::Replayed(f(thing)),
        }
    }
}
