//! The cluster that holds the databases.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context as _, bail};
use sea_orm::sqlx::{AssertSqlSafe, Connection as _, PgConnection, raw_sql};
use url::Url;

/// Of the roles: a cluster that somebody else set up may ask for one.
pub(super) const PASSWORD: &str = "guildhall-test";

/// A running cluster, known by its superuser's URL.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    admin: Url,
}

impl Cluster {
    /// The cluster that the environment names, else the one of this checkout.
    pub(super) async fn find() -> anyhow::Result<Self> {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this variable")]
        let named = std::env::var("GUILDHALL_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty());
        let url = match named {
            Some(url) => url,
            None => tokio::task::spawn_blocking(start).await??,
        };
        let admin = Url::parse(&url).with_context(|| format!("GUILDHALL_TEST_POSTGRES_URL is `{url}`"))?;
        Ok(Self { admin })
    }

    /// The URL of a database for the superuser.
    pub(super) fn admin_url(&self, database: &str) -> Url {
        let mut url = self.admin.clone();
        url.set_path(database);
        url
    }

    /// The URL of a database for one of our roles.
    pub(super) fn url(&self, role: &str, database: &str) -> anyhow::Result<Url> {
        let mut url = self.admin_url(database);
        if url.set_username(role).and_then(|()| url.set_password(Some(PASSWORD))).is_err() {
            bail!("the cluster's URL `{}` has no host", self.admin);
        }
        Ok(url)
    }

    /// Runs statements as superuser, each in a transaction of its own.
    pub(super) async fn execute(&self, statement: &str) -> anyhow::Result<()> {
        let mut connection = self.connect().await?;
        raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    /// A connection as superuser, to the database that the cluster's URL names.
    pub(super) async fn connect(&self) -> anyhow::Result<PgConnection> {
        PgConnection::connect(self.admin.as_str())
            .await
            .with_context(|| format!("connecting to the test cluster {}", self.admin))
    }

    /// Drops a database and waits for it; a failure leaves it to the end of the cluster.
    ///
    /// On a thread of its own: the caller is a destructor, maybe inside a runtime, which cannot be entered twice.
    pub(super) fn drop_database(&self, name: &str) {
        let cluster = self.clone();
        let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        let dropping = thread::spawn(move || -> anyhow::Result<()> {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?
                .block_on(cluster.execute(&statement))
        });
        drop(dropping.join());
    }
}

/// Starts the cluster of this checkout, or finds it running.
fn start() -> anyhow::Result<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres");
    let output = Command::new("bash")
        .arg(&script)
        .arg("start")
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("running {}", script.display()))?;
    if !output.status.success() {
        bail!("this test needs PostgreSQL. {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
