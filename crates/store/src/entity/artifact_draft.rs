//! Drafts of what is to be published.

use sea_orm::entity::prelude::*;

use crate::rows::Scoped;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "artifact_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub package: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    pub act: String,
    pub content: Option<String>,
    pub base_home: Option<Uuid>,
    pub base_version_id: Option<Uuid>,
    pub base_hash: Option<Vec<u8>>,
    pub published_at: i64,
    pub version: i64,
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
