//! A person on the command line.

use std::io::Read as _;

use anyhow::Context as _;
use clap::Args;
use guildhall_core::{Email, Name};
use guildhall_identity::Password;
use guildhall_kernel::NewAdmin;

/// Who is to be put in charge. His password is read from standard input.
#[derive(Debug, Args)]
pub(super) struct Person {
    /// His address. One that has an account keeps its names and its password.
    #[arg(long)]
    email: Email,
    /// Given name.
    #[arg(long)]
    firstname: Name,
    /// Family name.
    #[arg(long)]
    lastname: Name,
}

impl Person {
    /// The person with the password that standard input gives.
    pub(super) fn with_password(self) -> anyhow::Result<NewAdmin> {
        let password = read_password()?;
        Ok(NewAdmin { email: self.email, firstname: self.firstname, lastname: self.lastname, password })
    }
}

/// The password that standard input gives.
pub(super) fn read_password() -> anyhow::Result<Password> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("write the password to standard input")?;
    text.trim_end_matches(['\n', '\r']).parse().context("the password")
}
