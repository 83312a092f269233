//! Tasks.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub item_id: Uuid,
    pub title: String,
    pub description: Option<String>,
    pub status: String,
    pub restored_status: Option<String>,
    pub due_date: Option<ChronoDate>,
    pub position: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::item::Entity",
        from = "(Column::WorkspaceId, Column::ItemId)",
        to = "(super::item::Column::WorkspaceId, super::item::Column::Id)"
    )]
    Item,
}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}
