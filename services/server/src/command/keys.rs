//! `guildhall keys`.

use clap::Subcommand;

use super::{open, serve::announce};
use crate::config::Configuration;

/// Signing keys.
#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Sign with a new key from now on. Tokens of the old one stay good until they end.
    Rotate,
}

impl Keys {
    pub(super) async fn run(self, configuration: &Configuration) -> anyhow::Result<()> {
        let Self::Rotate = self;
        let url = open::database_url(configuration, "guildhall.db")?;
        let kernel =
            open::kernel(configuration, open::database(&url).await?, &url, configuration.mails()).await?;
        let id = kernel.rotate_keys().await?;
        announce(&format!("tokens are signed with the key {id}; every node knows it within a minute"))
    }
}
