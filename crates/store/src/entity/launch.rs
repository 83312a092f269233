//! Launches.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "launch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code_hash: Vec<u8>,
    pub user_id: Uuid,
    pub session_id: Uuid,
    pub product_home: Uuid,
    pub product_id: Uuid,
    pub product_version_id: Uuid,
    pub project_id: Option<Uuid>,
    pub item_id: Option<Uuid>,
    pub node_id: Option<Uuid>,
    pub created_at: ChronoDateTimeUtc,
    pub expires_at: ChronoDateTimeUtc,
    pub redeemed_at: Option<ChronoDateTimeUtc>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}
