//! Live pointers of artifacts.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use guildhall_artifacts::{
    ArtifactKey, ArtifactName, ArtifactRepository, KindName, Layer, PackageId, Pattern, Placed, Stack,
    Stretch, StretchQuery, What,
};
use guildhall_core::{ArtifactVersionId, StoreError, WorkspaceId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{
        Alias, Asterisk, CommonTableExpression, Expr, Func, OnConflict, Order, Query, SelectStatement,
        SimpleExpr, UnionType, WithClause, WithQuery,
    },
};

use super::{
    artifact_rows::{AT_ONCE, key as key_of, layer_column, name, package_column, placed, row},
    artifact_versions::{document, locks},
};
use crate::{
    SeaUnitOfWork,
    entity::{
        artifact::{Column, Entity, Model},
        artifact_version as version, override_directory as directory,
    },
    error::store_error,
};

/// The layers of a workspace that may stand at one key.
const LAYERS: usize = 3;

#[async_trait]
impl ArtifactRepository for SeaUnitOfWork {
    async fn find(&self, key: &ArtifactKey) -> Result<Stack, StoreError> {
        let query = with_documents(self.select_shared::<Entity>()?.filter(at_key(key)));
        let mut stack = Stack::default();
        for row in self.transaction().query_all(&query).await.map_err(store_error)? {
            let model = Model::from_query_result(&row, "").map_err(store_error)?;
            pile(&mut stack, &row, &model)?;
        }
        Ok(stack)
    }

    async fn list(&self, query: &StretchQuery) -> Result<Stretch, StoreError> {
        let own_limit = query.limit.saturating_mul(LAYERS).saturating_add(1);
        let system_limit = query.limit.saturating_add(1);
        let is_system = self.workspace()?.is_system();
        let rows = if is_system {
            let own = stretch(self.select::<Entity>()?, query, system_limit);
            self.transaction().query_all(&own).await
        } else {
            let system = self
                .select_shared::<Entity>()?
                .filter(Column::WorkspaceId.eq(WorkspaceId::SYSTEM.uuid()))
                .filter(Column::Package.is_not_in(query.unseen.iter().map(PackageId::as_str)));
            let own = stretch(self.select::<Entity>()?.filter(before_edge()), query, own_limit);
            let both = beside(stretch(system, query, system_limit), system_limit, own);
            self.transaction().query_all(&both).await
        };
        let rows = rows.map_err(store_error)?;
        let rows = rows.iter().map(|row| Model::from_query_result(row, ""));
        let rows = rows.collect::<Result<Vec<_>, _>>().map_err(store_error)?;
        gathered(&rows, (own_limit, system_limit), is_system)
    }

    async fn list_own(&self, kind: &KindName) -> Result<Vec<(ArtifactName, Stack)>, StoreError> {
        let rows = self.select::<Entity>()?;
        let rows = rows.filter(Column::Kind.eq(kind.as_str())).filter(Column::State.ne("GONE"));
        let mut found = BTreeMap::<ArtifactName, Stack>::new();
        for row in self.transaction().query_all(&with_documents(rows)).await.map_err(store_error)? {
            let model = Model::from_query_result(&row, "").map_err(store_error)?;
            pile(found.entry(name(&model.package, &model.path)?).or_default(), &row, &model)?;
        }
        Ok(found.into_iter().collect())
    }

    async fn list_by_package(
        &self,
        package: &PackageId,
        layer: Layer,
    ) -> Result<Vec<(ArtifactKey, Placed, Vec<Pattern>)>, StoreError> {
        let rows = self
            .select::<Entity>()?
            .filter(Column::Package.eq(package.as_str()))
            .filter(Column::Layer.eq(layer_column(layer)))
            .filter(Column::State.ne("GONE"))
            .order_by_asc(Column::Kind)
            .order_by_asc(Column::Path);
        let mut query = rows.into_query();
        let (id, home) = (version::Column::Id, version::Column::WorkspaceId);
        let same = Expr::col((version::Entity, home))
            .equals((Entity, Column::WorkspaceId))
            .and(Expr::col((version::Entity, id)).equals((Entity, Column::VersionId)));
        query.join(JoinType::LeftJoin, version::Entity, same);
        query.expr_as(Expr::col((version::Entity, version::Column::Locked)), Alias::new("locked"));
        let mut found = Vec::new();
        for row in self.transaction().query_all(&query).await.map_err(store_error)? {
            let model = Model::from_query_result(&row, "").map_err(store_error)?;
            let locked: Option<String> = row.try_get("", "locked").map_err(store_error)?;
            let key = key_of(&model.kind, &model.package, &model.path)?;
            found.push((key, placed(&model)?, locked.map_or(Ok(Vec::new()), |text| locks(&text))?));
        }
        Ok(found)
    }

    /// Writes the directory's rows too.
    async fn replace(&self, placed: &[(ArtifactKey, Placed)]) -> Result<(), StoreError> {
        let workspace = self.workspace()?;
        for some in placed.chunks(AT_ONCE) {
            let rows = some.iter().map(|(key, placed)| row(workspace, key, placed));
            let put = Entity::insert_many(rows).on_conflict(in_place());
            put.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        }
        for (key, placed) in placed.iter().filter(|(_, placed)| placed.layer.overrides()) {
            self.index_override(key, placed).await?;
        }
        Ok(())
    }

    async fn list_overriding(&self, keys: &[ArtifactKey]) -> Result<Vec<WorkspaceId>, StoreError> {
        let mut found = BTreeSet::new();
        for some in keys.chunks(AT_ONCE) {
            let any = some.iter().fold(Condition::any(), |any, key| any.add(indexed(key)));
            let rows = directory::Entity::find().filter(any).all(self.transaction()).await;
            found
                .extend(rows.map_err(store_error)?.into_iter().map(|row| WorkspaceId::new(row.workspace_id)));
        }
        Ok(found.into_iter().collect())
    }
}

/// The rows joined with the versions that stand there, and with those that these were made from.
fn with_documents(rows: Select<Entity>) -> SelectStatement {
    let mut query = rows.into_query();
    for (alias, home, id) in
        [("v", Column::WorkspaceId, Column::VersionId), ("b", Column::BaseHome, Column::BaseVersionId)]
    {
        let same = Expr::col((Alias::new(alias), version::Column::WorkspaceId))
            .equals((Entity, home))
            .and(Expr::col((Alias::new(alias), version::Column::Id)).equals((Entity, id)));
        query.join_as(JoinType::LeftJoin, version::Entity, Alias::new(alias), same);
        for column in [version::Column::Content, version::Column::Locked, version::Column::SchemaVersion] {
            let name = format!("{alias}_{}", sea_orm::IdenStatic::as_str(&column));
            query.expr_as(Expr::col((Alias::new(alias), column)), Alias::new(name));
        }
    }
    query
}

/// Adds such a row to what stands at its key.
fn pile(stack: &mut Stack, row: &QueryResult, model: &Model) -> Result<(), StoreError> {
    for (id, alias) in [(model.version_id, "v"), (model.base_version_id, "b")] {
        let content: Option<String> = row.try_get("", &format!("{alias}_content")).map_err(store_error)?;
        let locked: Option<String> = row.try_get("", &format!("{alias}_locked")).map_err(store_error)?;
        let schema: Option<i64> = row.try_get("", &format!("{alias}_schema_version")).map_err(store_error)?;
        if let (Some(id), Some(content), Some(locked), Some(schema)) = (id, content, locked, schema) {
            stack.documents.insert(ArtifactVersionId::new(id), document(&content, &locked, schema)?);
        }
    }
    stack.placed.push(placed(model)?);
    Ok(())
}

/// A row takes the place of the one at the same key in the same layer.
fn in_place() -> OnConflict {
    let keys = [Column::WorkspaceId, Column::Kind, Column::Package, Column::Path, Column::Layer];
    let rest = [
        Column::Generation,
        Column::State,
        Column::VersionId,
        Column::Number,
        Column::ContentHash,
        Column::Title,
        Column::Enabled,
        Column::BaseHome,
        Column::BaseVersionId,
        Column::BaseHash,
        Column::Origin,
        Column::At,
    ];
    OnConflict::columns(keys).update_columns(rest).to_owned()
}

/// A key's rows in the directory.
fn indexed(key: &ArtifactKey) -> Condition {
    Condition::all()
        .add(directory::Column::Kind.eq(key.kind.as_str()))
        .add(directory::Column::Package.eq(package_column(key.name.package.as_ref())))
        .add(directory::Column::Path.eq(key.name.path.as_str()))
}

impl SeaUnitOfWork {
    /// A workspace stays in the directory as long as anything stands in one of its layers over others.
    async fn index_override(&self, key: &ArtifactKey, placed: &Placed) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        let row = directory::ActiveModel {
            kind: Set(key.kind.to_string()),
            package: Set(package_column(key.name.package.as_ref())),
            path: Set(key.name.path.to_string()),
            workspace_id: Set(workspace),
        };
        if matches!(placed.what, What::Gone { .. }) {
            let gone = directory::Entity::delete_many().filter(indexed(key));
            let gone = gone.filter(directory::Column::WorkspaceId.eq(workspace));
            gone.exec(self.transaction()).await.map_err(store_error)?;
            if !self.has_override(key).await? {
                return Ok(());
            }
        }
        let insert = directory::Entity::insert(row).on_conflict_do_nothing();
        insert.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    async fn has_override(&self, key: &ArtifactKey) -> Result<bool, StoreError> {
        let others = self
            .select::<Entity>()?
            .filter(at_key(key))
            .filter(Column::Layer.gte(layer_column(Layer::Published)))
            .filter(Column::State.ne("GONE"));
        Ok(others.one(self.transaction()).await.map_err(store_error)?.is_some())
    }
}

fn at_key(key: &ArtifactKey) -> Condition {
    Condition::all()
        .add(Column::Kind.eq(key.kind.as_str()))
        .add(Column::Package.eq(package_column(key.name.package.as_ref())))
        .add(Column::Path.eq(key.name.path.as_str()))
}

/// One space's part of a stretch, in the order of the keys, which is that of the primary key.
fn stretch(rows: Select<Entity>, query: &StretchQuery, limit: usize) -> SelectStatement {
    let mut rows = rows.filter(Column::Kind.eq(query.kind.as_str())).filter(Column::State.ne("GONE"));
    if let Some(after) = &query.after {
        let key = Expr::tuple([Expr::col((Entity, Column::Package)), Expr::col((Entity, Column::Path))]);
        let end = [Expr::value(package_column(after.package.as_ref())), Expr::value(after.path.as_str())];
        rows = rows.filter(key.gt(Expr::tuple(end)));
    }
    let rows = rows.order_by_asc(Column::Package).order_by_asc(Column::Path).order_by_asc(Column::Layer);
    rows.limit(limit as u64).into_query()
}

/// What sorts behind every package and every path.
const END: &str = "~";

/// Not behind the last key of System's part, where that was cut off: nothing is said of what lies there.
fn before_edge() -> SimpleExpr {
    let edge = |column: Column| {
        let mut last = Query::select();
        last.column(column).from(Alias::new("edge"));
        Func::coalesce([Expr::SubQuery(None, Box::new(last.into())), Expr::value(END)]).into()
    };
    let key = Expr::tuple([Expr::col((Entity, Column::Package)), Expr::col((Entity, Column::Path))]);
    key.lte(Expr::tuple([edge(Column::Package), edge(Column::Path)]))
}

/// System's part and the own one up to where that ends.
fn beside(system: SelectStatement, limit: usize, own: SelectStatement) -> WithQuery {
    let named = |name: &'static str, query: SelectStatement| {
        CommonTableExpression::new().table_name(Alias::new(name)).query(query).to_owned()
    };
    let mut edge = Query::select();
    edge.columns([Column::Package, Column::Path]).from(Alias::new("shared"));
    edge.order_by(Column::Package, Order::Asc).order_by(Column::Path, Order::Asc);
    edge.limit(1).offset(limit.saturating_sub(1) as u64);
    let all = |name: &'static str| Query::select().column(Asterisk).from(Alias::new(name)).to_owned();
    let both = all("shared").union(UnionType::All, all("own")).to_owned();
    WithClause::new()
        .cte(named("shared", system))
        .cte(named("edge", edge))
        .cte(named("own", own))
        .to_owned()
        .query(both)
}

/// Rows by key. A part that was cut off at its limit says nothing of what lies behind its last key, and not all of that.
fn gathered(
    rows: &[Model],
    (own_limit, system_limit): (usize, usize),
    is_system: bool,
) -> Result<Stretch, StoreError> {
    let mut keys = BTreeMap::<ArtifactName, Vec<Placed>>::new();
    let (mut own, mut system) = (Vec::new(), Vec::new());
    for row in rows {
        let name = name(&row.package, &row.path)?;
        let shared = row.workspace_id == WorkspaceId::SYSTEM.uuid();
        if shared || is_system {
            system.push(name.clone());
        } else {
            own.push(name.clone());
        }
        keys.entry(name).or_default().push(placed(row)?);
    }
    let mut more = false;
    for (names, limit) in [(own, own_limit), (system, system_limit)] {
        if names.len() >= limit {
            more = true;
            if let Some(last) = names.into_iter().max() {
                keys.split_off(&last);
            }
        }
    }
    Ok(Stretch { keys: keys.into_iter().collect(), more })
}
