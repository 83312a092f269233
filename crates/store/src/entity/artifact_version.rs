//! Versions of artifacts.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "artifact_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub package: String,
    pub path: String,
    pub number: i64,
    pub content: String,
    pub content_hash: Vec<u8>,
    pub locked: String,
    pub schema_version: i64,
    pub title: String,
    pub enabled: bool,
    pub base_home: Option<Uuid>,
    pub base_version_id: Option<Uuid>,
    pub base_hash: Option<Vec<u8>>,
    pub origin: String,
    pub package_version_id: Option<Uuid>,
    pub author_kind: String,
    pub author_id: Uuid,
    pub way_in: String,
    pub author_workspace_id: Option<Uuid>,
    pub at: ChronoDateTimeUtc,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}
