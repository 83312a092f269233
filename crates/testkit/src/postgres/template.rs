//! The migrated database that tests copy.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::{fs, io};

use anyhow::Context as _;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, PgConnection, raw_sql};

use super::cluster::{Cluster, PASSWORD};
use super::{OWNER_ROLE, SERVICE_ROLE};

/// One process at a time builds a template; the number is arbitrary.
const BUILD_LOCK: i64 = 7_114_003;

/// The name of the template with this key, built by `migrate` if nobody has.
pub(super) async fn find_or_build(
    cluster: &Cluster,
    key: &str,
    migrate: impl AsyncFnOnce(&str, &str) -> anyhow::Result<()>,
) -> anyhow::Result<String> {
    let name = format!("guildhall_template_{:016x}", hash(key));
    let mut connection = cluster.connect().await?;
    if !is_finished(&mut connection, &name).await? {
        // Held by this connection: freed even if the process dies.
        sqlx::query("SELECT pg_advisory_lock($1)").bind(BUILD_LOCK).execute(&mut connection).await?;
        if !is_finished(&mut connection, &name).await? {
            build(cluster, &mut connection, &name, migrate)
                .await
                .context("building the template database")?;
        }
    }
    connection.close().await?;
    Ok(name)
}

/// Whether the template is complete: it is marked as its last step.
async fn is_finished(connection: &mut PgConnection, name: &str) -> anyhow::Result<bool> {
    let found = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate")
        .bind(name)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

async fn build(
    cluster: &Cluster,
    connection: &mut PgConnection,
    name: &str,
    migrate: impl AsyncFnOnce(&str, &str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for role in [OWNER_ROLE, SERVICE_ROLE] {
        run(connection, &create_role(role)).await?;
    }
    // What an earlier process left unfinished.
    run(connection, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    run(connection, &format!("CREATE DATABASE {name} OWNER {OWNER_ROLE}")).await?;

    migrate(cluster.url(OWNER_ROLE, name)?.as_str(), SERVICE_ROLE).await?;

    // A database is copied only while nobody is connected to it, so nobody may be.
    let end_connections = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
    run(connection, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await?;
    sqlx::query(end_connections).bind(name).execute(&mut *connection).await?;
    run(connection, &format!("ALTER DATABASE {name} IS_TEMPLATE true")).await
}

/// Roles belong to the whole cluster, so another checkout may have made them.
fn create_role(role: &str) -> String {
    format!(
        "DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
                CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'
                    NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
            END IF;
        END $$"
    )
}

async fn run(connection: &mut PgConnection, statement: &str) -> anyhow::Result<()> {
    raw_sql(AssertSqlSafe(statement)).execute(connection).await?;
    Ok(())
}

pub(super) fn key_of_folder(folder: &Path) -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    hash_folder(folder, &mut hasher).with_context(|| format!("reading {}", folder.display()))?;
    Ok(format!("{:016x}", hasher.finish()))
}

fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        path.hash(hasher);
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
