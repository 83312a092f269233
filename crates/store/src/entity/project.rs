//! Projects.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub name: String,
    pub name_folded: String,
    pub description: Option<String>,
    pub node_id: Option<Uuid>,
    pub start_date: Option<ChronoDate>,
    pub due_date: Option<ChronoDate>,
    pub state: String,
    pub archived_with: Option<Uuid>,
    pub gating: String,
    pub created_by: Uuid,
    pub created_at: ChronoDateTimeUtc,
    pub version: i64,
    pub board_version: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}
