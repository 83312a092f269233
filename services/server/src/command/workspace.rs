//! `guildhall workspace`.

use clap::Subcommand;
use guildhall_core::Name;
use guildhall_kernel::NewWorkspaceByOperator;
use guildhall_tenancy::WorkspacePrefix;

use super::{open, people::Person, serve::announce};
use crate::config::Configuration;

/// Workspaces.
#[derive(Debug, Subcommand)]
pub(super) enum WorkspaceCommand {
    /// Make a workspace with its first admin. The admin's password is read from standard input.
    Create {
        /// The label of its host name.
        #[arg(long)]
        prefix: WorkspacePrefix,
        /// Its name for people.
        #[arg(long)]
        name: Name,
        /// Who runs it.
        #[command(flatten)]
        admin: Person,
    },
}

impl WorkspaceCommand {
    pub(super) async fn run(self, configuration: &Configuration) -> anyhow::Result<()> {
        let Self::Create { prefix, name, admin } = self;
        let command = NewWorkspaceByOperator { prefix, name, admin: admin.with_password()? };
        let url = open::database_url(configuration, "guildhall.db")?;
        let kernel =
            open::kernel(configuration, open::database(&url).await?, &url, configuration.mails()).await?;
        let workspace = kernel.create_workspace(command).await?;
        let host = kernel.settings().base_domain.host_of(&workspace.prefix);
        announce(&format!("the workspace `{}` is at {host}", workspace.name))
    }
}
