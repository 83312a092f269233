//! Boards, read whole. These statements cross the tables of several domains, so they are written out; each names the workspace in
//! each of its parts.

use std::sync::LazyLock;

use async_trait::async_trait;
use guildhall_core::{ProjectId, RowVersion, StoreError, UserId};
use guildhall_kernel::{BoardHeading, BoardReader, BoardRows, BoardStamp};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{board_rows::board, projects::project};
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

/// Everything on the board, as one row: each column is a list of arrays in JSON, whose order of fields `board_rows` reads. A row
/// for each card would cost more than the cards, since each is handed from thread to thread by itself.
const ROWS: &str = "
select
(select cast({list}({row}({id}(u.id), u.firstname, u.lastname, u.email)) as text)
    from project_member m join app_user u on u.id = m.user_id
    where m.workspace_id = $1 and m.project_id = $2) as people,
(select cast({list}({row}({id}(a.card_id), {id}(a.user_id))) as text)
    from (select phase_id as card_id, user_id from phase_assignee where workspace_id = $1 and project_id = $2
        union all select item_id, user_id from item_assignee where workspace_id = $1 and project_id = $2
        union all select task_id, user_id from task_assignee where workspace_id = $1 and project_id = $2) a) as assigned,
(select cast({list}({row}({id}(p.id), p.name, p.objective, p.deliverables, p.start_date, p.due_date, p.position)) as text)
    from phase p where p.workspace_id = $1 and p.project_id = $2) as phases,
(select cast({list}({row}({id}(v.id), {id}(p.id), p.name, v.slug)) as text)
    from (select distinct i.product_workspace_id, i.product_id, i.product_version_id from item i
        where i.workspace_id = $1 and i.project_id = $2 and i.product_id is not null and i.status <> 'ARCHIVED') used
    join product p on p.workspace_id = used.product_workspace_id and p.id = used.product_id
    join product_version v on v.workspace_id = used.product_workspace_id and v.product_id = used.product_id
        and v.id = used.product_version_id) as applications,
(select cast({list}({row}({id}(i.id), {id}(i.product_workspace_id), {id}(i.product_id), {id}(i.product_version_id),
        cast(i.config as text))) as text)
    from item i
    where i.workspace_id = $1 and i.project_id = $2 and i.product_id is not null and i.status <> 'ARCHIVED') as uses,
(select cast({list}({row}({id}(i.id), {id}(i.phase_id), i.kind, i.name, i.description, i.link, i.status, i.due_date,
        i.position)) as text)
    from item i where i.workspace_id = $1 and i.project_id = $2 and i.status <> 'ARCHIVED') as items,
(select cast({list}({row}({id}(t.id), {id}(t.item_id), t.title, t.description, t.status, t.due_date, t.position)) as text)
    from task t where t.workspace_id = $1 and t.project_id = $2 and t.status <> 'ARCHIVED') as tasks";

/// How JSON is made, which SQLite and PostgreSQL spell each in its own way; and ids, which are bytes on SQLite.
static ROWS_ON_SQLITE: LazyLock<String> =
    LazyLock::new(|| spelled([("{list}", "json_group_array"), ("{row}", "json_array"), ("{id}", "hex")]));
static ROWS_ON_POSTGRES: LazyLock<String> =
    LazyLock::new(|| spelled([("{list}", "json_agg"), ("{row}", "json_build_array"), ("{id}", "")]));

fn spelled(names: [(&str, &str); 3]) -> String {
    names.iter().fold(ROWS.to_owned(), |sql, (name, own)| sql.replace(name, own))
}

#[async_trait]
impl BoardReader for SeaUnitOfWork {
    async fn find_heading(
        &self,
        project: ProjectId,
        user: Option<UserId>,
    ) -> Result<Option<BoardHeading>, StoreError> {
        let user = user.map_or(Uuid::nil(), UserId::uuid);
        let values = [self.workspace()?.uuid().into(), project.uuid().into(), user.into()];
        let row = self.read_board(HEADING, values).await?;
        row.as_ref().map(heading).transpose()
    }

    async fn list_rows(&self, project: ProjectId) -> Result<BoardRows, StoreError> {
        let sql = match self.transaction().get_database_backend() {
            DbBackend::Postgres => &ROWS_ON_POSTGRES,
            _ => &ROWS_ON_SQLITE,
        };
        let values = [self.workspace()?.uuid().into(), project.uuid().into()];
        let row = self.read_board(sql, values).await?;
        row.map_or_else(|| Ok(BoardRows::default()), |row| board(project, &row))
    }
}

impl SeaUnitOfWork {
    async fn read_board<const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Option<QueryResult>, StoreError> {
        let backend = self.transaction().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        self.transaction().query_one_raw(statement).await.map_err(store_error)
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
