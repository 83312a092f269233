//! Stored grants.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub holder_kind: String,
    pub holder_id: Uuid,
    pub role_id: Uuid,
    pub account_id: Uuid,
    pub expires_at: Option<ChronoDateTimeUtc>,
    pub version: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}
