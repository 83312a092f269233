//! Projects, and the directory entries that lead to their accounts.

use async_trait::async_trait;
use guildhall_core::{AccountId, NodeId, Page, PageRequest, ProjectId, RowVersion, StoreError, Text, UserId};
use guildhall_orchestration::{
    CardCounts, MemberProject, Project, ProjectAccount, ProjectFilter, ProjectMemberRepository,
    ProjectRepository, ProjectRole,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, EntityTrait as _, ExprTrait, FromQueryResult, Iterable,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement,
    sea_query::{Expr, LikeExpr, Query, UpdateStatement},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    built::Built,
    entity::{
        account_directory, item, phase,
        project::{ActiveModel, Column, Entity, Model},
        task,
    },
    error::{corrupt, store_error},
    repository::Entry,
    rows::{Only, expect_one},
};

/// All three by one statement, since every new card asks.
const COUNT_CARDS: &str = "
select (select count(*) from phase where workspace_id = $1 and project_id = $2),
    (select count(*) from item where workspace_id = $1 and project_id = $2),
    (select count(*) from task where workspace_id = $1 and project_id = $2)";

static RAISE_BOARD: Built = Built::new();

#[async_trait]
impl ProjectRepository for SeaUnitOfWork {
    async fn find(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(project).transpose()
    }

    async fn find_for_update(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid())).lock_exclusive();
        found.only(self.transaction()).await.map_err(store_error)?.map(project).transpose()
    }

    async fn list(&self, filter: &ProjectFilter, page: &PageRequest) -> Result<Page<Project>, StoreError> {
        let found = self.select::<Entity>()?.filter(held_by(filter));
        self.project_page(found, filter.order, page).await
    }

    async fn list_by_member(
        &self,
        user_id: UserId,
        role: Option<ProjectRole>,
        filter: &ProjectFilter,
        page: &PageRequest,
    ) -> Result<Page<MemberProject>, StoreError> {
        self.member_projects(user_id, role, filter, page).await
    }

    async fn list_by_ids(&self, ids: &[ProjectId]) -> Result<Vec<Project>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())));
        let rows = found.order_by_asc(Column::Id).all(self.transaction()).await.map_err(store_error)?;
        rows.into_iter().map(project).collect()
    }

    async fn list_accounts(&self) -> Result<Vec<ProjectAccount>, StoreError> {
        let all = self
            .select::<Entity>()?
            .order_by_asc(Column::Id)
            .select_only()
            .columns([Column::Id, Column::AccountId, Column::NodeId, Column::State, Column::ArchivedWith])
            .into_tuple::<AccountColumns>();
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(account).collect()
    }

    async fn count_cards(&self, id: ProjectId) -> Result<CardCounts, StoreError> {
        let values = [self.workspace()?.uuid().into(), id.uuid().into()];
        let backend = self.transaction().get_database_backend();
        let counted = Statement::from_sql_and_values(backend, COUNT_CARDS, values);
        let row = self.transaction().query_one_raw(counted).await.map_err(store_error)?;
        let row = row.ok_or_else(|| StoreError::Backend("cards were not counted".into()))?;
        let count = |column: usize| {
            let count: i64 = row.try_get_by_index(column).map_err(store_error)?;
            Ok(usize::try_from(count).unwrap_or_default())
        };
        Ok(CardCounts { phases: count(0)?, items: count(1)?, tasks: count(2)? })
    }

    async fn insert(&self, project: &Project) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        let board_version = Set(project.board_version.number());
        self.add(ActiveModel { board_version, ..row(workspace, project, project.version) }).await?;
        let entry = account_directory::ActiveModel {
            account_id: Set(project.account_id.uuid()),
            workspace_id: Set(workspace),
        };
        self.add(entry).await?;
        self.index(Entry::of_project(project)).await
    }

    async fn update(&self, project: &Project) -> Result<(), StoreError> {
        let change = self
            .update::<Entity>()?
            .set(row(self.workspace()?.uuid(), project, project.version.next()))
            .filter(Column::Id.eq(project.id.uuid()))
            .filter(Column::Version.eq(project.version.number()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)?;
        self.index(Entry::of_project(project)).await
    }

    async fn delete(&self, project: &Project) -> Result<(), StoreError> {
        let id = project.id.uuid();
        self.remove_project_from_index(id).await?;
        let tasks = self.delete::<task::Entity>()?.filter(task::Column::ProjectId.eq(id));
        tasks.exec(self.transaction()).await.map_err(store_error)?;
        let items = self.delete::<item::Entity>()?.filter(item::Column::ProjectId.eq(id));
        items.exec(self.transaction()).await.map_err(store_error)?;
        let phases = self.delete::<phase::Entity>()?.filter(phase::Column::ProjectId.eq(id));
        phases.exec(self.transaction()).await.map_err(store_error)?;
        for member in ProjectMemberRepository::list_by_project(self, project.id).await? {
            ProjectMemberRepository::delete(self, project.id, member.user_id).await?;
        }
        let gone = self.delete::<Entity>()?.filter(Column::Id.eq(id));
        expect_one(gone.exec(self.transaction()).await.map_err(store_error)?.rows_affected)?;
        let entry = account_directory::Entity::delete_by_id(project.account_id.uuid());
        entry.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    async fn update_board_version(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        // One for the update's number, and whose board it is.
        let values = vec![1_i64.into(), self.workspace()?.uuid().into(), id.uuid().into()];
        let raise = self.built(&RAISE_BOARD, values, || self.raise_board(id))?;
        let raised = self.transaction().query_one_raw(raise).await.map_err(store_error)?;
        raised.map(|row| project(Model::from_query_result(&row, "").map_err(store_error)?)).transpose()
    }
}

impl SeaUnitOfWork {
    fn raise_board(&self, id: ProjectId) -> Result<UpdateStatement, StoreError> {
        let raise = self
            .update::<Entity>()?
            .col_expr(Column::BoardVersion, Expr::col(Column::BoardVersion).add(1_i64))
            .filter(Column::Id.eq(id.uuid()));
        let columns = Column::iter().map(|column| column.select_as(column.into_expr()));
        Ok(raise.into_query().returning(Query::returning().exprs(columns)).to_owned())
    }
}

pub(super) fn held_by(filter: &ProjectFilter) -> Condition {
    let ids = filter.ids.as_ref().map(|ids| Column::Id.is_in(ids.iter().map(|id| id.uuid())));
    let nodes = filter.node_ids.as_ref().map(|ids| Column::NodeId.is_in(ids.iter().map(|id| id.uuid())));
    Condition::all()
        .add_option(ids)
        .add_option(filter.q.as_ref().map(|q| Column::NameFolded.like(containing(&folded(q.as_str())))))
        .add_option(nodes)
        .add_option(filter.state.map(|state| Column::State.eq(state.as_str())))
}

/// The text as the search compares it: the port lets `A` to `Z` match in either case.
pub(super) fn folded(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// The pattern of what contains the text, in which nothing of it stands for anything else.
pub(super) fn containing(text: &str) -> LikeExpr {
    let literal = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    LikeExpr::new(format!("%{literal}%")).escape('\\')
}

/// All but the board's version, which has an update of its own.
fn row(workspace: Uuid, project: &Project, version: RowVersion) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(workspace),
        id: Set(project.id.uuid()),
        account_id: Set(project.account_id.uuid()),
        name: Set(project.name.to_string()),
        name_folded: Set(folded(project.name.as_str())),
        description: Set(project.description.as_ref().map(Text::to_string)),
        node_id: Set(project.node_id.map(NodeId::uuid)),
        start_date: Set(project.start_date),
        due_date: Set(project.due_date),
        state: Set(project.state.as_str().to_owned()),
        gating: Set(project.gating.as_str().to_owned()),
        archived_with: Set(project.archived_with.map(NodeId::uuid)),
        created_by: Set(project.created_by.uuid()),
        created_at: Set(project.created_at),
        version: Set(version.number()),
        board_version: NotSet,
    }
}

pub(super) fn project(row: Model) -> Result<Project, StoreError> {
    Ok(Project {
        id: ProjectId::new(row.id),
        account_id: AccountId::new(row.account_id),
        name: row.name.parse().map_err(corrupt("project.name"))?,
        description: row
            .description
            .map(|text| text.parse())
            .transpose()
            .map_err(corrupt("project.description"))?,
        node_id: row.node_id.map(NodeId::new),
        start_date: row.start_date,
        due_date: row.due_date,
        state: row.state.parse().map_err(corrupt("project.state"))?,
        gating: row.gating.parse().map_err(corrupt("project.gating"))?,
        archived_with: row.archived_with.map(NodeId::new),
        created_by: UserId::new(row.created_by),
        created_at: row.created_at,
        version: RowVersion::new(row.version),
        board_version: RowVersion::new(row.board_version),
    })
}

/// A project's id, account, node, state, and the node that it was archived with.
type AccountColumns = (Uuid, Uuid, Option<Uuid>, String, Option<Uuid>);

fn account(columns: AccountColumns) -> Result<ProjectAccount, StoreError> {
    let (project, account, node, state, archived_with) = columns;
    Ok(ProjectAccount {
        project_id: ProjectId::new(project),
        account_id: AccountId::new(account),
        node_id: node.map(NodeId::new),
        state: state.parse().map_err(corrupt("project.state"))?,
        archived_with: archived_with.map(NodeId::new),
    })
}
