//! Databases for whole servers, on each kind.

use std::sync::atomic::Ordering;

use anyhow::Context as _;
use guildhall_store::SeaDatabase;

use crate::{postgres, server::Stack};

/// Which walls of the isolation stand. A test that needs none of them to fall leaves both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Walls {
    /// Statements name the workspace, and PostgreSQL enforces it.
    #[default]
    Both,
    /// Statements name no workspace; row level security alone holds.
    SecurityAlone,
    /// Row level security is switched off; statements alone hold.
    FilterAlone,
}

/// What keeps a test's database alive.
#[derive(Debug)]
pub enum Kept {
    /// A folder with a SQLite file.
    Folder(tempfile::TempDir),
    /// A database of the cluster.
    Postgres(Box<postgres::TestDatabase>),
}

/// A migrated, empty database of its own.
///
/// # Errors
/// Where it can't be made.
pub async fn open_database(stack: Stack, walls: Walls) -> anyhow::Result<(SeaDatabase, Kept)> {
    let (database, kept) = match stack {
        Stack::Sqlite => {
            let folder = tempfile::tempdir()?;
            let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
            guildhall_store::migrate(&url, None).await?;
            (SeaDatabase::connect(&url).await?, Kept::Folder(folder))
        }
        Stack::Postgres => {
            let made = postgres::database().await?;
            if walls == Walls::FilterAlone {
                disable_security(&made.owner_url).await.context("switching row level security off")?;
            }
            (SeaDatabase::connect(&made.service_url).await?, Kept::Postgres(Box::new(made)))
        }
    };
    database.filter_switch().store(walls == Walls::SecurityAlone, Ordering::SeqCst);
    Ok((database, kept))
}

async fn disable_security(owner_url: &str) -> anyhow::Result<()> {
    use sea_orm::ConnectionTrait as _;
    let owner = sea_orm::Database::connect(owner_url).await?;
    for table in guildhall_store::WORKSPACE_TABLES.iter().chain(guildhall_store::SHARED_TABLES) {
        owner.execute_unprepared(&format!("alter table {table} no force row level security")).await?;
        owner.execute_unprepared(&format!("alter table {table} disable row level security")).await?;
    }
    Ok(owner.close().await?)
}
