//! Pages of projects in the order that is asked for. A page ends at a value of what the list is sorted by and an id; the
//! next one begins behind both.

use chrono::NaiveDate;
use guildhall_core::{Page, PageRequest, StoreError};
use guildhall_orchestration::{Project, ProjectKey, ProjectOrder};
use sea_orm::{
    Condition, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, Value,
    sea_query::{Expr, Func, SimpleExpr},
};
use uuid::Uuid;

use super::projects::project;
use crate::{
    SeaUnitOfWork,
    entity::project::{Column, Entity, Model},
    error::store_error,
};

impl SeaUnitOfWork {
    pub(super) async fn project_page(
        &self,
        rows: Select<Entity>,
        order: ProjectOrder,
        page: &PageRequest,
    ) -> Result<Page<Project>, StoreError> {
        let mut rows = page_of(rows, order, page).all(self.transaction()).await.map_err(store_error)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|last| end_of(last, order));
        Ok(Page { items: rows.into_iter().map(project).collect::<Result<_, _>>()?, next })
    }
}

/// The rows of a page and one more, in their order.
pub(super) fn page_of(rows: Select<Entity>, order: ProjectOrder, page: &PageRequest) -> Select<Entity> {
    let direction = if order.descending { Order::Desc } else { Order::Asc };
    let mut wanted = rows.limit(page.limit as u64 + 1);
    if let Some(key) = key(order) {
        wanted = wanted.order_by(key, direction.clone());
    }
    wanted = wanted.order_by(Column::Id, direction);
    if let Some(end) = page.after.as_deref().and_then(|after| End::parse(after, order)) {
        wanted = wanted.filter(end.behind(order));
    }
    wanted
}

/// Where a page ends whose last row this is.
pub(super) fn end_of(last: &Model, order: ProjectOrder) -> String {
    End::of(last, order).to_string()
}

/// What the list is sorted by before the id.
fn key(order: ProjectOrder) -> Option<SimpleExpr> {
    match order.by {
        ProjectKey::CreatedAt => None,
        ProjectKey::Name => Some(Expr::col((Entity, Column::NameFolded))),
        ProjectKey::DueDate => {
            let due = [Expr::col((Entity, Column::DueDate)), Expr::value(undated(order))];
            Some(Func::coalesce(due).into())
        }
    }
}

/// The date that stands for none: the last one in the order.
fn undated(order: ProjectOrder) -> NaiveDate {
    let last = if order.descending { (0, 1, 1) } else { (9999, 12, 31) };
    NaiveDate::from_ymd_opt(last.0, last.1, last.2).unwrap_or_default()
}

/// Where a page ended.
struct End {
    value: Option<String>,
    id: Uuid,
}

impl End {
    fn of(row: &Model, order: ProjectOrder) -> Self {
        let value = match order.by {
            ProjectKey::CreatedAt => None,
            ProjectKey::Name => Some(row.name_folded.clone()),
            ProjectKey::DueDate => Some(row.due_date.unwrap_or_else(|| undated(order)).to_string()),
        };
        Self { value, id: row.id }
    }

    fn parse(text: &str, order: ProjectOrder) -> Option<Self> {
        let (value, id) = match order.by {
            ProjectKey::CreatedAt => (None, text),
            ProjectKey::Name | ProjectKey::DueDate => {
                text.rsplit_once('|').map(|(value, id)| (Some(value.to_owned()), id))?
            }
        };
        Some(Self { value, id: Uuid::try_parse(id).ok()? })
    }

    fn behind(&self, order: ProjectOrder) -> Condition {
        let beyond =
            |this: SimpleExpr, end: Value| if order.descending { this.lt(end) } else { this.gt(end) };
        let by_id = beyond(Expr::col((Entity, Column::Id)), self.id.into());
        let (Some(key), Some(value)) = (key(order), self.bound(order)) else {
            return Condition::all().add(by_id);
        };
        let alike = Condition::all().add(key.clone().eq(value.clone())).add(by_id);
        Condition::any().add(beyond(key, value)).add(alike)
    }

    fn bound(&self, order: ProjectOrder) -> Option<Value> {
        let text = self.value.as_ref()?;
        match order.by {
            ProjectKey::CreatedAt => None,
            ProjectKey::Name => Some(text.as_str().into()),
            ProjectKey::DueDate => text.parse::<NaiveDate>().ok().map(Value::from),
        }
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{value}|{}", self.id),
            None => write!(f, "{}", self.id),
        }
    }
}
