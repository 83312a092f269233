//! Whether a database is a demo's. `demo` touches no other, and `serve` refuses one.

use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{
    SeaDatabase,
    entity::{app_user, platform_mark},
};

/// The mark's name.
const DEMO: &str = "demo";

/// Whether `demo` made this database.
///
/// # Errors
/// [`DbErr`] where the database does not say.
pub async fn is_demo(database: &SeaDatabase) -> Result<bool, DbErr> {
    let found = platform_mark::Entity::find().filter(platform_mark::Column::Name.eq(DEMO));
    Ok(found.one(database.connection()).await?.is_some())
}

/// Whether nobody has used this database yet.
///
/// # Errors
/// [`DbErr`] where the database does not say.
pub async fn is_empty(database: &SeaDatabase) -> Result<bool, DbErr> {
    Ok(app_user::Entity::find().count(database.connection()).await? == 0)
}

/// Marks this database as a demo's.
///
/// # Errors
/// [`DbErr`] where it can't be written.
pub async fn mark_as_demo(database: &SeaDatabase) -> Result<(), DbErr> {
    let mark = platform_mark::ActiveModel { name: Set(DEMO.to_owned()) };
    platform_mark::Entity::insert(mark).exec_without_returning(database.connection()).await?;
    Ok(())
}
