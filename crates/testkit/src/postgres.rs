//! A PostgreSQL database for one test.
//!
//! `GUILDHALL_TEST_POSTGRES_URL` names a throwaway cluster by a superuser's URL; `scripts/test` sets it. Without it the
//! cluster of this checkout is used (`scripts/postgres`), which all test processes share and which ends itself when
//! idle. Each database is a copy of a template that is migrated once.

mod cluster;
mod template;

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context as _;
use guildhall_core::{IdGenerator as _, SystemIds};

use cluster::Cluster;

/// The role that owns the tables: no superuser, bound by forced row level security like everybody else.
pub const OWNER_ROLE: &str = "guildhall_owner";

/// The role that the service signs in with: it owns nothing and bypasses nothing.
pub const SERVICE_ROLE: &str = "guildhall_service";

/// A migrated database of its own for one test; dropping it drops the database, as far as that works.
#[derive(Debug)]
pub struct TestDatabase {
    /// The database's name in the cluster.
    pub name: String,
    /// Signs in as [`OWNER_ROLE`]: for migrations, and for tests of what the owner must not do.
    pub owner_url: String,
    /// Signs in as [`SERVICE_ROLE`]: what the service is given.
    pub service_url: String,
    /// Signs in as superuser: for looking past row level security, and for breaking things on purpose.
    pub admin_url: String,
    cluster: Cluster,
}

/// A database with the tables of the store, to which the service role has been granted.
///
/// # Errors
/// As [`database_from`].
pub async fn database() -> anyhow::Result<TestDatabase> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/src");
    let migrate = async |owner_url: &str, service_role: &str| {
        Ok(guildhall_store::migrate(owner_url, Some(service_role)).await?)
    };
    database_from(&key_of_folder(&source)?, migrate).await
}

/// A copy of the template that `migrate` fills, made when no template with this `key` exists yet.
///
/// `migrate` receives the template's URL as [`OWNER_ROLE`] and the name of [`SERVICE_ROLE`], to whom it grants. The key
/// changes with what `migrate` does: [`key_of_folder`] makes one from its source.
///
/// # Errors
/// Without PostgreSQL, with a word about what to install; and where the cluster or `migrate` fails.
pub async fn database_from(
    key: &str,
    migrate: impl AsyncFnOnce(&str, &str) -> anyhow::Result<()>,
) -> anyhow::Result<TestDatabase> {
    let cluster = Cluster::find().await?;
    let template = template::find_or_build(&cluster, key, migrate).await?;
    let name = unique_name();
    cluster
        .execute(&format!("CREATE DATABASE {name} OWNER {OWNER_ROLE} TEMPLATE {template}"))
        .await
        .with_context(|| format!("copying the template {template}"))?;
    Ok(TestDatabase {
        owner_url: cluster.url(OWNER_ROLE, &name)?.into(),
        service_url: cluster.url(SERVICE_ROLE, &name)?.into(),
        admin_url: cluster.admin_url(&name).into(),
        name,
        cluster,
    })
}

/// A key that changes with the content of any file in or below the folder.
///
/// # Errors
/// Where a file cannot be read.
pub fn key_of_folder(folder: &Path) -> anyhow::Result<String> {
    template::key_of_folder(folder)
}

impl Drop for TestDatabase {
    /// Other connections are ended: a test may drop the database before the server that uses it.
    fn drop(&mut self) {
        self.cluster.drop_database(&self.name);
    }
}

/// Unique among the processes of one machine and all that they make.
fn unique_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let made = MADE.fetch_add(1, Ordering::Relaxed);
    format!("guildhall_test_{}_{made}_{}", std::process::id(), SystemIds.uuid().simple())
}

#[cfg(test)]
mod tests;
