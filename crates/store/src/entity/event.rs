//! A workspace's log.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub seq: i64,
    pub kind: String,
    pub at: ChronoDateTimeUtc,
    pub actor_kind: String,
    pub actor_id: Uuid,
    pub origin_user_id: Option<Uuid>,
    pub origin_workspace_id: Option<Uuid>,
    pub way_in: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub project_id: Option<Uuid>,
    pub changes: Json,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}
