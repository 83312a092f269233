//! `guildhall admin`.

use clap::Subcommand;
use guildhall_core::Email;

use super::{
    open,
    people::{Person, read_password},
    serve::announce,
};
use crate::config::Configuration;

/// Platform admins.
#[derive(Debug, Subcommand)]
pub(super) enum Admin {
    /// Make a platform admin. The password is read from standard input.
    Create(Person),
    /// Give somebody a new password, which is read from standard input; or print a link by which he sets it himself, once.
    Reset {
        /// His address.
        #[arg(long)]
        email: Email,
        /// Print a link in the place of reading a password.
        #[arg(long)]
        link: bool,
    },
    /// Print the addresses of the platform admins.
    List,
}

impl Admin {
    pub(super) async fn run(self, configuration: &Configuration) -> anyhow::Result<()> {
        let url = open::database_url(configuration, "guildhall.db")?;
        let kernel =
            open::kernel(configuration, open::database(&url).await?, &url, configuration.mails()).await?;
        match self {
            Self::Create(person) => {
                let user = kernel.create_platform_admin(person.with_password()?).await?;
                announce(&format!("{} is a platform admin", user.email))
            }
            Self::Reset { email, link: true } => {
                let link = kernel.reset_link_by_operator(&email).await?;
                announce(&format!("good once, for an hour: {link}"))
            }
            Self::Reset { email, link: false } => {
                let user = kernel.reset_by_operator(&email, &read_password()?).await?;
                announce(&format!("{} has a new password, and all his sessions have ended", user.email))
            }
            Self::List => {
                for user in kernel.list_platform_admins().await? {
                    let state = if user.active { "" } else { " (disabled)" };
                    announce(&format!("{}{state}", user.email))?;
                }
                Ok(())
            }
        }
    }
}
