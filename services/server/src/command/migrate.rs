//! `guildhall migrate`.

use anyhow::ensure;
use guildhall_store::migrate;
use secrecy::ExposeSecret as _;

use super::{open, serve::announce};
use crate::config::Configuration;

pub(super) async fn run(configuration: &Configuration) -> anyhow::Result<()> {
    let url = match &configuration.migrate_database_url {
        Some(url) => url.expose_secret().to_owned(),
        None => open::database_url(configuration, "guildhall.db")?,
    };
    let role = configuration.service_role.as_deref();
    ensure!(
        open::is_sqlite(&url) || role.is_some(),
        "name the role that `serve` connects as by `--service-role`; create it first: \
         CREATE ROLE guildhall_service LOGIN PASSWORD '...' NOBYPASSRLS;"
    );
    migrate(&url, role).await?;
    announce("the database has the newest form")
}
