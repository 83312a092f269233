//! Nodes, and the directory entries of their accounts.

use async_trait::async_trait;
use guildhall_core::{Level, NodeId, RowVersion, StoreError, ValueError};
use guildhall_tenancy::{HierarchyRepository, Node};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::{
        account_directory,
        node::{ActiveModel, Column, Entity, Model},
    },
    error::{corrupt, store_error},
    rows::{Only, expect_one, from_json, to_json},
};

/// How many rows one statement adds: databases bound its parameters.
const MOST_ROWS: usize = 500;

#[async_trait]
impl HierarchyRepository for SeaUnitOfWork {
    async fn find(&self, id: NodeId) -> Result<Option<Node>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)?.map(node).transpose()
    }

    async fn list(&self) -> Result<Vec<Node>, StoreError> {
        let all = self.select::<Entity>()?.order_by_asc(Column::Id);
        all.all(self.transaction()).await.map_err(store_error)?.into_iter().map(node).collect()
    }

    async fn insert(&self, node: &Node) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add(row(workspace, node, node.version)?).await?;
        let account_id = node.id.account().uuid();
        self.add(account_directory::ActiveModel { account_id: Set(account_id), workspace_id: Set(workspace) })
            .await
    }

    async fn insert_all(&self, nodes: &[Node]) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        for some in nodes.chunks(MOST_ROWS) {
            let rows = some.iter().map(|node| row(workspace, node, node.version));
            self.add_all(rows.collect::<Result<Vec<_>, _>>()?).await?;
            let entries = some.iter().map(|node| account_directory::ActiveModel {
                account_id: Set(node.id.account().uuid()),
                workspace_id: Set(workspace),
            });
            self.add_all(entries.collect()).await?;
        }
        Ok(())
    }

    async fn update(&self, node: &Node) -> Result<(), StoreError> {
        let change = self
            .update::<Entity>()?
            .set(row(self.workspace()?.uuid(), node, node.version.next())?)
            .filter(Column::Id.eq(node.id.uuid()))
            .filter(Column::Version.eq(node.version.number()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

fn row(workspace: Uuid, node: &Node, version: RowVersion) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        workspace_id: Set(workspace),
        id: Set(node.id.uuid()),
        parent_id: Set(node.parent_id.map(NodeId::uuid)),
        level: Set(node.level.kind().to_owned()),
        custom_level_name: Set(node.level.custom_name().map(ToString::to_string)),
        name: Set(node.name.to_string()),
        md_id: Set(node.md_id.as_ref().map(ToString::to_string)),
        categories: Set(to_json(&node.categories)?),
        state: Set(node.state.as_str().to_owned()),
        archived_with: Set(node.archived_with.map(NodeId::uuid)),
        created_at: Set(node.created_at),
        version: Set(version.number()),
    })
}

fn node(row: Model) -> Result<Node, StoreError> {
    Ok(Node {
        id: NodeId::new(row.id),
        parent_id: row.parent_id.map(NodeId::new),
        level: level(&row.level, row.custom_level_name).map_err(corrupt("node.level"))?,
        name: row.name.parse().map_err(corrupt("node.name"))?,
        md_id: row.md_id.map(|id| id.parse()).transpose().map_err(corrupt("node.md_id"))?,
        categories: from_json("node.categories", row.categories)?,
        state: row.state.parse().map_err(corrupt("node.state"))?,
        archived_with: row.archived_with.map(NodeId::new),
        created_at: row.created_at,
        version: RowVersion::new(row.version),
    })
}

fn level(kind: &str, custom_name: Option<String>) -> Result<Level, ValueError> {
    let plain = [Level::Client, Level::Market, Level::Brand].into_iter().find(|level| level.kind() == kind);
    match (plain, custom_name) {
        (Some(level), None) => Ok(level),
        (None, Some(name)) if kind == "CUSTOM" => Ok(Level::Custom(name.parse()?)),
        _ => Err(ValueError::new("is no level")),
    }
}
