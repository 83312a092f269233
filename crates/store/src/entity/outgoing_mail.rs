//! Letters that go out by mail.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Option<Uuid>,
    pub kind: String,
    pub recipient: String,
    pub secret_hash: Option<Vec<u8>>,
    pub sealed: Option<Vec<u8>>,
    pub state: String,
    pub attempts: i64,
    pub fault: Option<String>,
    pub created_at: ChronoDateTimeUtc,
    pub due_at: ChronoDateTimeUtc,
    pub ended_at: Option<ChronoDateTimeUtc>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
