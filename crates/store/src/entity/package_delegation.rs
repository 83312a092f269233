//! Packages that a workspace may deploy itself.

use sea_orm::entity::prelude::*;

use crate::rows::{Naming, Scoped};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "package_delegation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub named_workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub package: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    const WORKSPACE: Self::Column = Column::WorkspaceId;
}

impl Naming for Entity {
    const NAMED: Self::Column = Column::NamedWorkspaceId;
}
