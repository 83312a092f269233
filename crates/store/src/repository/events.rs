//! A workspace's log. Names stand apart, so that they can be erased.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{
    EventId, EventOrigin, EventRecord, EventSubject, Page, PageRequest, ProjectId, StoreError, UserId,
    WorkspaceId,
};
use guildhall_identity::display_name;
use guildhall_kernel::{EventFilter, EventRepository, EventStub, NextEvent};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, InsertStatement, OnConflict, Query, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    built::Built,
    entity::{
        app_user,
        event::{ActiveModel, Column, Entity, Model},
        event_counter, event_name,
    },
    error::store_error,
    rows::Only,
};

/// The two names that an event keeps.
const ACTOR: &str = "actor";
const SUBJECT: &str = "subject";

static TAKE_NUMBER: Built = Built::new();

#[async_trait]
impl EventRepository for SeaUnitOfWork {
    async fn next(&self, actor: Option<UserId>) -> Result<NextEvent, StoreError> {
        // Nobody has the nil id, and so no name.
        let user = actor.map_or(Uuid::nil(), UserId::uuid);
        let workspace = self.workspace()?.uuid();
        let values = vec![workspace.into(), 1_i64.into(), 1_i64.into(), user.into(), user.into()];
        let take = self.built(&TAKE_NUMBER, values, || Ok(take_number(workspace, user)))?;
        let row = self.transaction().query_one_raw(take).await.map_err(store_error)?;
        let row = row.ok_or_else(|| StoreError::Backend("the log gave no number".into()))?;
        self.note_grown(self.workspace()?);
        let seq = row.try_get_by_index(0).map_err(store_error)?;
        let name = |column| row.try_get_by_index::<Option<String>>(column).map_err(store_error);
        let actor_name = name(1)?.zip(name(2)?).map(|(first, last)| display_name(&first, &last));
        Ok(NextEvent { seq, actor_name })
    }

    async fn find_head(&self) -> Result<i64, StoreError> {
        let counter = self.select::<event_counter::Entity>()?.only(self.transaction()).await;
        Ok(counter.map_err(store_error)?.map_or(0, |counter| counter.seq))
    }

    async fn list_after(&self, seq: i64, limit: usize) -> Result<Vec<EventStub>, StoreError> {
        let after = self.select::<Entity>()?.filter(Column::Seq.gt(seq)).select_only().columns([
            Column::Id,
            Column::Seq,
            Column::Kind,
            Column::At,
            Column::SubjectKind,
            Column::SubjectId,
            Column::ProjectId,
        ]);
        let oldest_first = after.order_by_asc(Column::Seq).limit(limit as u64).into_tuple::<StubRow>();
        let rows = oldest_first.all(self.transaction()).await.map_err(store_error)?;
        Ok(rows.into_iter().map(stub).collect())
    }

    async fn insert(&self, event: &EventRecord) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add(row(workspace, event)?).await?;
        let names = [(ACTOR, &event.actor.name), (SUBJECT, &event.subject.name)];
        let names = names.into_iter().filter_map(|(part, name)| {
            Some(event_name::ActiveModel {
                workspace_id: Set(workspace),
                event_id: Set(event.id.uuid()),
                part: Set(part.to_owned()),
                name: Set(name.clone()?),
            })
        });
        self.add_all(names.collect()).await
    }

    async fn list(&self, filter: &EventFilter, page: &PageRequest) -> Result<Page<EventRecord>, StoreError> {
        let wanted = Condition::all()
            .add_option(filter.kind.as_ref().map(|kind| Column::Kind.eq(kind.as_str())))
            .add_option(filter.actor_id.map(|actor| Column::ActorId.eq(actor)))
            .add_option(filter.since.map(|since| Column::At.gte(since)))
            .add_option(filter.project_id.map(|project| Column::ProjectId.eq(project.uuid())))
            .add_option(filter.subject_id.map(|subject| Column::SubjectId.eq(subject)));
        self.newest_first(self.select::<Entity>()?.filter(wanted), page).await
    }

    async fn list_until(&self, last: EventId, count: usize) -> Result<Vec<EventRecord>, StoreError> {
        let last = self.select::<Entity>()?.filter(Column::Id.eq(last.uuid()));
        let last = last.select_only().column(Column::Seq).into_tuple::<i64>();
        let Some(last) = last.only(self.transaction()).await.map_err(store_error)? else {
            return Ok(Vec::new());
        };
        let until = self.select::<Entity>()?.filter(Column::Seq.lte(last));
        let page = PageRequest { limit: count, after: None };
        let mut found = self.newest_first(until, &page).await?.items;
        found.reverse();
        Ok(found)
    }
}

/// Counts a log up, and answers the number with the names of a user.
fn take_number(workspace: Uuid, user: Uuid) -> InsertStatement {
    let seq = (event_counter::Entity, event_counter::Column::Seq);
    let raise = OnConflict::column(event_counter::Column::WorkspaceId)
        .value(event_counter::Column::Seq, Expr::col(seq).add(1_i64))
        .to_owned();
    let name = |column: app_user::Column| {
        let found = Query::select()
            .column(column)
            .from(app_user::Entity)
            .and_where(Expr::col(app_user::Column::Id).eq(user))
            .to_owned();
        SimpleExpr::SubQuery(None, Box::new(found.into()))
    };
    let answered = [
        Expr::col(event_counter::Column::Seq),
        name(app_user::Column::Firstname),
        name(app_user::Column::Lastname),
    ];
    Query::insert()
        .into_table(event_counter::Entity)
        .columns([event_counter::Column::WorkspaceId, event_counter::Column::Seq])
        .values_panic([workspace.into(), 1_i64.into()])
        .on_conflict(raise)
        .returning(Query::returning().exprs(answered))
        .to_owned()
}

/// An event's id, place, kind, moment, subject and project.
type StubRow = (Uuid, i64, String, DateTime<Utc>, String, Uuid, Option<Uuid>);

fn stub((id, seq, kind, at, subject_kind, subject_id, project): StubRow) -> EventStub {
    EventStub {
        id: EventId::new(id),
        seq,
        kind,
        at,
        subject_kind,
        subject_id,
        project_id: project.map(ProjectId::new),
    }
}

type Names = BTreeMap<(Uuid, String), String>;

impl SeaUnitOfWork {
    async fn newest_first(
        &self,
        events: Select<Entity>,
        page: &PageRequest,
    ) -> Result<Page<EventRecord>, StoreError> {
        let mut newest_first = events.order_by_desc(Column::Seq).limit(page.limit as u64 + 1);
        if let Some(before) = page.after.as_ref().and_then(|seq| seq.parse::<i64>().ok()) {
            newest_first = newest_first.filter(Column::Seq.lt(before));
        }
        let mut rows = newest_first.all(self.transaction()).await.map_err(store_error)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|last| last.seq.to_string());
        let mut names = self.names(&rows).await?;
        let items = rows.into_iter().map(|row| record(row, &mut names)).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }

    async fn names(&self, rows: &[Model]) -> Result<Names, StoreError> {
        let events = rows.iter().map(|row| row.id);
        let found = self.select::<event_name::Entity>()?.filter(event_name::Column::EventId.is_in(events));
        let found = found.all(self.transaction()).await.map_err(store_error)?;
        Ok(found.into_iter().map(|name| ((name.event_id, name.part), name.name)).collect())
    }
}

fn row(workspace: Uuid, event: &EventRecord) -> Result<ActiveModel, StoreError> {
    let changes =
        serde_json::to_value(&event.changes).map_err(|error| StoreError::Backend(error.to_string()))?;
    Ok(ActiveModel {
        workspace_id: Set(workspace),
        id: Set(event.id.uuid()),
        seq: Set(event.seq),
        kind: Set(event.kind.clone()),
        at: Set(event.at),
        actor_kind: Set(event.actor.kind.clone()),
        actor_id: Set(event.actor.id),
        origin_user_id: Set(event.origin.user_id),
        origin_workspace_id: Set(event.origin.workspace_id.map(WorkspaceId::uuid)),
        way_in: Set(event.origin.way_in.clone()),
        subject_kind: Set(event.subject.kind.clone()),
        subject_id: Set(event.subject.id),
        project_id: Set(event.project_id.map(ProjectId::uuid)),
        changes: Set(changes),
    })
}

fn record(row: Model, names: &mut Names) -> Result<EventRecord, StoreError> {
    let mut name = |part: &str| names.remove(&(row.id, part.to_owned()));
    Ok(EventRecord {
        id: EventId::new(row.id),
        seq: row.seq,
        kind: row.kind,
        at: row.at,
        actor: EventSubject { kind: row.actor_kind, id: row.actor_id, name: name(ACTOR) },
        origin: EventOrigin {
            user_id: row.origin_user_id,
            workspace_id: row.origin_workspace_id.map(WorkspaceId::new),
            way_in: row.way_in,
        },
        subject: EventSubject { kind: row.subject_kind, id: row.subject_id, name: name(SUBJECT) },
        project_id: row.project_id.map(ProjectId::new),
        changes: serde_json::from_value(row.changes)
            .map_err(|error| StoreError::Corrupt(format!("event.changes: {error}")))?,
    })
}
