//! The activity feed of a project.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::{Change, EventRecord, EventSubject, Name, NodeId, Page, PageRequest, ProjectId, UserId};
use guildhall_identity::User;
use serde_json::Value;
use uuid::Uuid;

use crate::{EventFilter, Kernel, KernelError, Request, code, hierarchy::Seen, work::Work};

/// The fields of a project's events that name nodes.
const NODE_FIELDS: [&str; 2] = ["node_id", "archived_with"];
/// Those that name people.
const USER_FIELDS: [&str; 3] = ["assignees", "user_id", "created_by"];
/// Those that name cards.
const CARD_FIELDS: [&str; 5] =
    ["phase_id", "item_id", "unassigned_phases", "unassigned_items", "unassigned_tasks"];

/// Which part of a feed is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ActivityQuery {
    /// Only what happened in this way, such as `item.moved`.
    pub kind: Option<Name>,
    /// Only what happened to this.
    pub subject_id: Option<Uuid>,
}

/// Something that happened in a project, so that a person can read it.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityShown {
    /// The event.
    pub event: EventRecord,
    /// The people, nodes and cards that its changed fields name, as they are called now; without a name what is gone,
    /// and who has left the workspace.
    pub mentioned: Vec<EventSubject>,
}

impl Kernel {
    /// A page of what happened in a project, newest first. Nodes that the caller does not know of are left out.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project.
    pub async fn list_activity(
        &self,
        request: &Request,
        project: ProjectId,
        query: &ActivityQuery,
        page: &PageRequest,
    ) -> Result<Page<ActivityShown>, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(project, &code::PROJECT_READ).await?;
        let ActivityQuery { kind, subject_id } = query.clone();
        let filter = EventFilter { kind, subject_id, project_id: Some(project.id), ..EventFilter::default() };
        let mut found = work.events().list(&filter, page).await?;
        let seen = work.nodes_seen_by(work.principal());
        for event in &mut found.items {
            event.changes.retain_mut(|change| veil(change, &seen));
        }
        let names = Names::of(&work, &found.items).await?;
        Ok(found.map(|event| ActivityShown { mentioned: names.mentioned_by(&event), event }))
    }
}

/// What is called how, by id.
struct Names(BTreeMap<Uuid, (&'static str, String)>);

impl Names {
    /// The names of all that the events' changes name, each kind at once.
    async fn of(work: &Work<'_>, events: &[EventRecord]) -> Result<Self, KernelError> {
        let named = |fields: &[&str]| -> BTreeSet<Uuid> {
            let changes = events.iter().flat_map(|event| &event.changes);
            changes.filter(|change| fields.contains(&change.field.as_str())).flat_map(ids).collect()
        };
        let mut names = BTreeMap::new();
        let users: Vec<_> = named(&USER_FIELDS).into_iter().map(UserId::new).collect();
        if !users.is_empty() {
            let users = members_among(work, &users).await?.into_iter();
            names.extend(users.map(|user| (user.id.uuid(), ("user", user.display_name()))));
        }
        let cards: Vec<_> = named(&CARD_FIELDS).into_iter().collect();
        if !cards.is_empty() {
            let cards = work.search_index().list_titles(&cards).await?.into_iter();
            names.extend(cards.map(|(id, kind, title)| (id, (word(kind), title))));
        }
        for node in named(&NODE_FIELDS) {
            if let Some(node) = work.hierarchy().find(NodeId::new(node)).await? {
                names.insert(node.id.uuid(), ("node", node.name.to_string()));
            }
        }
        Ok(Self(names))
    }

    fn mentioned_by(&self, event: &EventRecord) -> Vec<EventSubject> {
        let mut mentioned = BTreeMap::new();
        for change in &event.changes {
            let Some(kind) = kind_of(&change.field) else { continue };
            for id in ids(change) {
                let (kind, name) = match self.0.get(&id) {
                    Some((kind, name)) => (*kind, Some(name.clone())),
                    None => (kind, None),
                };
                mentioned.insert(id, EventSubject { kind: kind.to_owned(), id, name });
            }
        }
        mentioned.into_values().collect()
    }
}

/// Those of the people who are in the workspace. What the others are called now is not told here.
async fn members_among(work: &Work<'_>, named: &[UserId]) -> Result<Vec<User>, KernelError> {
    let members = work.workspace_members().list_by_users(named).await?;
    let members: Vec<_> = members.into_iter().map(|member| member.user_id).collect();
    Ok(work.users().list_by_ids(&members).await?)
}

/// The word for what a field names.
fn kind_of(field: &str) -> Option<&'static str> {
    match field {
        "phase_id" | "unassigned_phases" => Some("phase"),
        "item_id" | "unassigned_items" => Some("item"),
        "unassigned_tasks" => Some("task"),
        _ if USER_FIELDS.contains(&field) => Some("user"),
        _ if NODE_FIELDS.contains(&field) => Some("node"),
        _ => None,
    }
}

const fn word(kind: guildhall_orchestration::Searched) -> &'static str {
    use guildhall_orchestration::Searched;
    match kind {
        Searched::Project => "project",
        Searched::Phase => "phase",
        Searched::Item => "item",
        Searched::Task => "task",
        Searched::Template => "template",
    }
}

/// The ids in a field, before and after.
fn ids(change: &Change) -> Vec<Uuid> {
    let values = [&change.before, &change.after].into_iter().flatten();
    let values = values.filter_map(|text| serde_json::from_str::<Value>(text).ok());
    let texts = values.flat_map(|value| match value {
        Value::Array(all) => all,
        one => vec![one],
    });
    texts.filter_map(|text| text.as_str()?.parse().ok()).collect()
}

/// Takes out of a change the nodes that its reader does not know of; answers whether anything is left of it.
fn veil(change: &mut Change, seen: &Seen) -> bool {
    if !NODE_FIELDS.contains(&change.field.as_str()) {
        return true;
    }
    let known = |text: &String| {
        let node = serde_json::from_str::<NodeId>(text);
        node.is_ok_and(|node| seen.of(node).is_some())
    };
    change.before = change.before.take().filter(known);
    change.after = change.after.take().filter(known);
    change.before.is_some() || change.after.is_some()
}
