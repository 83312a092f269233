//! `guildhall admin`.

use clap::Subcommand;

use super::{open, people::Person, serve::announce};
use crate::config::Configuration;

/// Platform admins.
#[derive(Debug, Subcommand)]
pub(super) enum Admin {
    /// Make a platform admin. The password is read from standard input.
    Create(Person),
}

impl Admin {
    pub(super) async fn run(self, configuration: &Configuration) -> anyhow::Result<()> {
        let Self::Create(person) = self;
        let command = person.with_password()?;
        let url = open::database_url(configuration, "guildhall.db")?;
        let kernel = open::kernel(configuration, open::database(&url).await?, &url).await?;
        let user = kernel.create_platform_admin(command).await?;
        announce(&format!("{} is a platform admin", user.email))
    }
}
