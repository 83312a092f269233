//! `guildhall demo`.

use anyhow::{Context as _, bail, ensure};
use guildhall_store::{is_demo, is_empty, mark_as_demo, migrate};
use secrecy::ExposeSecret as _;

use super::{
    open,
    serve::{announce, serve},
};
use crate::{config::Configuration, demo};

pub(super) async fn run(configuration: Configuration) -> anyhow::Result<()> {
    ensure!(
        configuration.listen.ip().is_loopback(),
        "the demo's passwords are known to everybody: it listens on loopback alone"
    );
    let url = open::database_url(&configuration, "demo.db")?;
    if let Some(owner) = &configuration.migrate_database_url {
        let role = configuration.service_role.as_deref().context("name the role by `--service-role`")?;
        migrate(owner.expose_secret(), Some(role)).await?;
    } else if !open::is_sqlite(&url) {
        bail!("on PostgreSQL the demo needs `--migrate-database-url` and `--service-role` too");
    }
    let database = open::database(&url).await?;
    let fresh = is_empty(&database).await?;
    ensure!(
        fresh || is_demo(&database).await?,
        "this database was not made by `guildhall demo`, which touches no other"
    );
    if fresh {
        mark_as_demo(&database).await?;
    }
    // Nobody is written to: its addresses are nobody's.
    let kernel = open::kernel(&configuration, database, &url, false).await?;
    match demo::fill(&kernel).await {
        // Whoever plays with the demo may change it so that it can't be completed any more.
        Err(error) if !fresh => tracing::warn!(%error, "the demo content is not complete"),
        filled => filled.context("the demo content can't be made")?,
    }
    let listen = configuration.listen;
    serve(kernel, listen, configuration.proxies()?, None, |address| {
        announce(&demo::welcome(&configuration.base_domain, address))
    })
    .await
}
