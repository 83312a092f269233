//! Searching the index.

use async_trait::async_trait;
use guildhall_core::{ItemId, Page, PageRequest, ProjectId, StoreError};
use guildhall_kernel::{EntryFilter, FoundEntry, SearchIndex};
use guildhall_orchestration::Searched;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Order, SimpleExpr},
};
use uuid::Uuid;

use super::search_entries::mark;
use crate::{
    SeaUnitOfWork,
    entity::search_entry::{Column, Entity},
    error::{corrupt, store_error},
};

/// How many ids one statement names.
const IDS_AT_ONCE: usize = 500;

/// Kind, id, title, project, item, and whether all words are in the title.
type Row = (String, Uuid, String, Uuid, Option<Uuid>, bool);

#[async_trait]
impl SearchIndex for SeaUnitOfWork {
    async fn list_titles(&self, ids: &[Uuid]) -> Result<Vec<(Uuid, Searched, String)>, StoreError> {
        let mut titles = Vec::new();
        for some in ids.chunks(IDS_AT_ONCE) {
            let found = self
                .select::<Entity>()?
                .filter(Column::Id.is_in(some.iter().copied()))
                .select_only()
                .columns([Column::Id, Column::Kind, Column::Title])
                .into_tuple::<(Uuid, String, String)>();
            let rows = found.all(self.transaction()).await.map_err(store_error)?;
            for (id, kind, title) in rows {
                titles.push((id, kind.parse().map_err(corrupt("search_entry.kind"))?, title));
            }
        }
        Ok(titles)
    }

    async fn list(&self, filter: &EntryFilter, page: &PageRequest) -> Result<Page<FoundEntry>, StoreError> {
        if filter.words.is_empty() || filter.projects.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Page { items: Vec::new(), next: None });
        }
        let mark = mark(self.workspace()?.uuid());
        let words: Vec<String> = filter.words.iter().map(|word| format!("{mark}{word}")).collect();
        let in_title = || self.has(&words, true);
        let mut wanted = Condition::all()
            .add(self.has(&words, false))
            .add(Column::Kind.is_in(filter.kinds.iter().map(|kind| kind.as_str())))
            .add_option(
                filter.projects.as_ref().map(|ids| Column::ProjectId.is_in(ids.iter().map(|id| id.uuid()))),
            );
        if !filter.archived {
            wanted = wanted.add(Column::Archived.eq(false)).add(Expr::cust(UNDER_ARCHIVED).not());
        }
        if let Some((titled, id)) = page.after.as_deref().and_then(position) {
            let rest = Column::Id.lt(id).and(if titled { in_title() } else { in_title().not() });
            wanted = wanted.add(if titled { rest.or(in_title().not()) } else { rest });
        }
        let found = self
            .select::<Entity>()?
            .filter(wanted)
            .select_only()
            .columns([Column::Kind, Column::Id, Column::Title, Column::ProjectId, Column::ItemId])
            .expr_as(in_title(), "in_title")
            .order_by(in_title(), Order::Desc)
            .order_by_desc(Column::Id)
            .limit(page.limit as u64 + 1)
            .into_tuple::<Row>();
        let mut rows = found.all(self.transaction()).await.map_err(store_error)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|last| format!("{}:{}", u8::from(last.5), last.1));
        let items = rows.into_iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }
}

/// The thing lies in a project, or in an item, that is archived.
const UNDER_ARCHIVED: &str = r#"exists (select 1 from "search_entry" as "above"
    where "above"."workspace_id" = "search_entry"."workspace_id"
    and ("above"."id" = "search_entry"."project_id" or "above"."id" = "search_entry"."item_id")
    and "above"."archived")"#;

impl SeaUnitOfWork {
    /// All words are there, the last one as a beginning. Words are letters and digits, so that nothing in them means anything to
    /// either database.
    fn has(&self, words: &[String], in_title: bool) -> SimpleExpr {
        let last = words.len().saturating_sub(1);
        match self.transaction().get_database_backend() {
            DbBackend::Postgres => {
                let all = words.iter().enumerate().map(|(at, word)| match at == last {
                    true => format!("'{word}':*"),
                    false => format!("'{word}'"),
                });
                let query = all.collect::<Vec<_>>().join(" & ");
                let vector = if in_title { "title_vector" } else { "vector" };
                Expr::cust_with_values(format!("({vector} @@ $1::tsquery)"), [query])
            }
            _ => {
                let all = words.iter().enumerate().map(|(at, word)| match at == last {
                    true => format!("\"{word}\" *"),
                    false => format!("\"{word}\""),
                });
                let query = all.collect::<Vec<_>>().join(" AND ");
                let query = if in_title { format!("{{title_words}} : ({query})") } else { query };
                let number = "(number in (select rowid from search_word where search_word match ?))";
                Expr::cust_with_values(number, [query])
            }
        }
    }
}

fn position(text: &str) -> Option<(bool, Uuid)> {
    let (titled, id) = text.split_once(':')?;
    Some((titled == "1", id.parse().ok()?))
}

fn entry((kind, id, title, project, item, _): Row) -> Result<FoundEntry, StoreError> {
    Ok(FoundEntry {
        kind: kind.parse().map_err(corrupt("search_entry.kind"))?,
        id,
        title,
        project_id: ProjectId::new(project),
        item_id: item.map(ItemId::new),
    })
}
