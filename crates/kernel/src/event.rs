//! Events, as use cases describe them.

use chrono::{DateTime, Utc};
use guildhall_core::{
    Access, Caller, Change, Credential, EventOrigin, EventSubject, Principal, ProjectId, Scope, UserId,
};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{Kernel, KernelError, Request, work::record};

/// What a use case says of what it did; the unit of work adds who, when and the number.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) kind: &'static str,
    pub(crate) subject: EventSubject,
    pub(crate) project_id: Option<ProjectId>,
    pub(crate) changes: Vec<Change>,
}

impl Event {
    /// Something happened to a thing. `kind` is `<thing>.<what happened>`.
    pub(crate) fn new(kind: &'static str, id: Uuid, name: impl Into<Option<String>>) -> Self {
        let thing = kind.split_once('.').map_or(kind, |(thing, _)| thing);
        let subject = EventSubject { kind: thing.to_owned(), id, name: name.into() };
        Self { kind, subject, project_id: None, changes: Vec::new() }
    }

    /// The project whose feed shows it.
    pub(crate) fn in_project(self, project: ProjectId) -> Self {
        Self { project_id: Some(project), ..self }
    }

    /// What the thing is now, all of it new.
    pub(crate) fn creating(self, after: &impl Serialize) -> Self {
        Self { changes: difference(&Map::new(), &fields(after)), ..self }
    }

    /// What the thing was and is. Fields that did not change are left out.
    pub(crate) fn changing<T: Serialize>(self, before: &T, after: &T) -> Self {
        Self { changes: difference(&fields(before), &fields(after)), ..self }
    }

    /// What the thing was, none of which is there any more.
    pub(crate) fn removing(self, before: &impl Serialize) -> Self {
        Self { changes: difference(&fields(before), &Map::new()), ..self }
    }
}

fn fields(thing: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(thing) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => Map::new(),
    }
}

fn difference(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Change> {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    names
        .filter(|name| present(before, name) != present(after, name))
        .map(|name| Change {
            field: name.clone(),
            before: present(before, name).map(ToString::to_string),
            after: present(after, name).map(ToString::to_string),
        })
        .collect()
}

fn present<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| !value.is_null())
}

/// Writes an event by itself, in the caller's workspace, where what it tells of was rolled back.
pub(crate) async fn record_alone(
    kernel: &Kernel,
    request: &Request,
    at: DateTime<Utc>,
    event: Event,
) -> Result<(), KernelError> {
    let workspace = request.caller.workspace().ok_or(KernelError::WorkspaceRequired)?;
    let unit = kernel.unit(Scope::of(workspace), Access::Write).await?;
    record(kernel, &*unit, &request.caller, at, event).await?;
    unit.commit().await
}

/// Where a caller's change comes from.
pub(crate) fn origin(caller: &Caller) -> EventOrigin {
    EventOrigin {
        user_id: caller.user().map(UserId::uuid),
        workspace_id: caller.workspace(),
        way_in: match caller.credential() {
            Credential::Password => "password",
            Credential::Session(_) => "session",
            Credential::ApiKey { .. } => "api_key",
            Credential::ProductToken { .. } => "product_token",
            Credential::ClientCredentials { .. } => "client_credentials",
            Credential::Embedded => "embedded",
        }
        .to_owned(),
    }
}

/// The word for a principal in a log.
pub(crate) fn actor_kind(principal: Principal) -> &'static str {
    match principal {
        Principal::User(_) => "user",
        Principal::ServiceAccount(_) => "service_account",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Thing {
        name: &'static str,
        note: Option<&'static str>,
    }

    #[test]
    fn an_event_names_what_changed_and_nothing_else() {
        let (before, after) = (Thing { name: "a", note: None }, Thing { name: "a", note: Some("b") });

        let event = Event::new("thing.changed", Uuid::nil(), None).changing(&before, &after);

        let change = Change { field: "note".into(), before: None, after: Some("\"b\"".into()) };
        assert_eq!(event.changes, [change]);
        assert_eq!(event.subject.kind, "thing");
    }

    #[test]
    fn what_is_made_has_no_before_and_what_is_gone_no_after() {
        let thing = Thing { name: "a", note: None };

        let made = Event::new("thing.created", Uuid::nil(), None).creating(&thing);
        let gone = Event::new("thing.removed", Uuid::nil(), None).removing(&thing);

        assert_eq!(
            made.changes,
            [Change { field: "name".into(), before: None, after: Some("\"a\"".into()) }]
        );
        assert_eq!(
            gone.changes,
            [Change { field: "name".into(), before: Some("\"a\"".into()), after: None }]
        );
    }
}
