//! Boards, read whole. These statements cross the tables of several domains, so they are written out; each names the workspace in
//! each of its parts.

use std::sync::LazyLock;

use async_trait::async_trait;
use guildhall_core::{ProjectId, RowVersion, StoreError, UserId};
use guildhall_kernel::{BoardHeading, BoardReader, BoardRows, BoardStamp};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{
    board_rows::{add_card, add_head},
    cards::users_sql,
    projects::project,
};
use crate::{
    SeaUnitOfWork,
    entity::project::Model,
    error::{corrupt, store_error},
};

/// The project, and what its board's answer follows from.
const HEADING: &str = "
select p.*,
    (select m.role from project_member m
        where m.workspace_id = $1 and m.project_id = $2 and m.user_id = $3) as own_role,
    (select cast(coalesce(sum(u.version), 0) as bigint)
        from project_member m join app_user u on u.id = m.user_id
        where m.workspace_id = $1 and m.project_id = $2) as people,
    (select cast(coalesce(sum(p.version + v.version), 0) as bigint)
        from (select distinct i.product_workspace_id, i.product_id, i.product_version_id from item i
            where i.workspace_id = $1 and i.project_id = $2 and i.product_id is not null
                and i.status <> 'ARCHIVED') used
        join product p on p.workspace_id = used.product_workspace_id and p.id = used.product_id
        join product_version v on v.workspace_id = used.product_workspace_id
            and v.product_id = used.product_id and v.id = used.product_version_id) as products,
    (select g.generation from artifact_generation g where g.workspace_id = $1) as overlays
from project p where p.workspace_id = $1 and p.id = $2";

/// All that is little: people, phases, and the products that items use.
const HEAD: &str = "
select 'PERSON' as what, u.id as id, cast(null as {uuid}) as of_id,
    u.firstname as one, u.lastname as two, u.email as three,
    cast(null as {date}) as start_date, cast(null as {date}) as due_date,
    cast(null as text) as place, cast(null as text) as users,
    cast(null as {uuid}) as home, cast(null as {uuid}) as product
from project_member m join app_user u on u.id = m.user_id
where m.workspace_id = $1 and m.project_id = $2
union all
select 'PHASE', p.id, null, p.name, p.objective, p.deliverables, p.start_date, p.due_date, p.position,
    (select {users} from phase_assignee a where a.workspace_id = $1 and a.phase_id = p.id), null, null
from phase p where p.workspace_id = $1 and p.project_id = $2
union all
select 'APPLICATION', i.id, i.product_version_id, p.name, v.slug, cast(i.config as text), null, null, null, null,
    i.product_workspace_id, i.product_id
from item i
join product p on p.workspace_id = i.product_workspace_id and p.id = i.product_id
join product_version v on v.workspace_id = i.product_workspace_id and v.product_id = i.product_id
    and v.id = i.product_version_id
where i.workspace_id = $1 and i.project_id = $2 and i.product_id is not null and i.status <> 'ARCHIVED'";

/// All that is much: items and, without a kind, tasks. Their assignees come as one text, which costs less than rows of their own.
const CARDS: &str = "
select i.id as id, i.phase_id as of_id, i.kind as kind, i.name as name, i.description as description, i.link as link,
    i.status as status, i.due_date as due_date, i.position as place, a.users as users
from item i
left join (select item_id, {users} as users from item_assignee a
    where a.workspace_id = $1 and a.project_id = $2 group by item_id) a on a.item_id = i.id
where i.workspace_id = $1 and i.project_id = $2 and i.status <> 'ARCHIVED'
union all
select t.id, t.item_id, null, t.title, t.description, null, t.status, t.due_date, t.position, a.users
from task t
left join (select task_id, {users} as users from task_assignee a
    where a.workspace_id = $1 and a.project_id = $2 group by task_id) a on a.task_id = t.id
where t.workspace_id = $1 and t.project_id = $2 and t.status <> 'ARCHIVED'";

/// One text for each database.
struct Spelled {
    sqlite: String,
    postgres: String,
}

impl Spelled {
    fn new(sql: &str) -> Self {
        let spell = |names: [(&str, &str); 3]| {
            names.iter().fold(sql.to_owned(), |sql, (name, own)| sql.replace(name, own))
        };
        Self {
            sqlite: spell([
                ("{uuid}", "blob"),
                ("{date}", "text"),
                ("{users}", users_sql(DbBackend::Sqlite)),
            ]),
            postgres: spell([
                ("{uuid}", "uuid"),
                ("{date}", "date"),
                ("{users}", users_sql(DbBackend::Postgres)),
            ]),
        }
    }

    fn of(&self, backend: DbBackend) -> &str {
        if backend == DbBackend::Postgres { &self.postgres } else { &self.sqlite }
    }
}

static SPELLED_HEAD: LazyLock<Spelled> = LazyLock::new(|| Spelled::new(HEAD));
static SPELLED_CARDS: LazyLock<Spelled> = LazyLock::new(|| Spelled::new(CARDS));

#[async_trait]
impl BoardReader for SeaUnitOfWork {
    async fn find_heading(
        &self,
        project: ProjectId,
        user: Option<UserId>,
    ) -> Result<Option<BoardHeading>, StoreError> {
        let user = user.map_or(Uuid::nil(), UserId::uuid);
        let values = [self.workspace()?.uuid().into(), project.uuid().into(), user.into()];
        let rows = self.read_board(HEADING, values).await?;
        rows.first().map(heading).transpose()
    }

    async fn list_rows(&self, project: ProjectId) -> Result<BoardRows, StoreError> {
        let backend = self.transaction().get_database_backend();
        let values = || Ok([self.workspace()?.uuid().into(), project.uuid().into()]);
        let mut board = BoardRows::default();
        let mut uses =
            add_head(project, &mut board, &self.read_board(SPELLED_HEAD.of(backend), values()?).await?)?;
        for row in self.read_board(SPELLED_CARDS.of(backend), values()?).await? {
            add_card(project, &mut board, &mut uses, &row)?;
        }
        Ok(board)
    }
}

impl SeaUnitOfWork {
    async fn read_board<const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Vec<QueryResult>, StoreError> {
        let backend = self.transaction().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        self.transaction().query_all_raw(statement).await.map_err(store_error)
    }
}

fn heading(row: &QueryResult) -> Result<BoardHeading, StoreError> {
    let project = project(Model::from_query_result(row, "").map_err(store_error)?)?;
    let number = |column: &str| row.try_get::<Option<i64>>("", column).map_err(store_error);
    let role: Option<String> = row.try_get("", "own_role").map_err(store_error)?;
    let stamp = BoardStamp {
        project: project.version,
        board: RowVersion::new(project.board_version.number()),
        people: number("people")?.unwrap_or_default(),
        products: number("products")?.unwrap_or_default(),
        overlays: number("overlays")?.unwrap_or_default(),
    };
    let role = role.map(|role| role.parse().map_err(corrupt("project_member.role"))).transpose()?;
    Ok(BoardHeading { project, role, stamp })
}
