//! Items.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub phase_id: Uuid,
    pub kind: String,
    pub name: String,
    pub description: Option<String>,
    pub link: Option<String>,
    pub product_workspace_id: Option<Uuid>,
    pub product_id: Option<Uuid>,
    pub product_version_id: Option<Uuid>,
    pub config: Option<Json>,
    pub status: String,
    pub restored_status: Option<String>,
    pub due_date: Option<ChronoDate>,
    pub position: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::project::Entity",
        from = "(Column::WorkspaceId, Column::ProjectId)",
        to = "(super::project::Column::WorkspaceId, super::project::Column::Id)"
    )]
    Project,
    #[sea_orm(
        belongs_to = "super::phase::Entity",
        from = "(Column::WorkspaceId, Column::PhaseId)",
        to = "(super::phase::Column::WorkspaceId, super::phase::Column::Id)"
    )]
    Phase,
}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}
