//! What stands at which key in which layer.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "artifact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub package: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub layer: i16,
    pub generation: i64,
    pub state: String,
    pub version_id: Option<Uuid>,
    pub number: Option<i64>,
    pub content_hash: Option<Vec<u8>>,
    pub title: Option<String>,
    pub enabled: Option<bool>,
    pub base_home: Option<Uuid>,
    pub base_version_id: Option<Uuid>,
    pub base_hash: Option<Vec<u8>>,
    pub origin: Option<String>,
    pub at: Option<ChronoDateTimeUtc>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}
