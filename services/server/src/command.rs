//! The command line.

mod admin;
mod demo;
mod keys;
mod log;
mod migrate;
mod open;
mod openapi;
mod package;
mod people;
mod serve;
mod workspace;

use clap::{Parser, Subcommand};

use crate::config::{Configuration, Options};

/// Guildhall, an open, multitenant work platform.
#[derive(Debug, Parser)]
#[command(name = "guildhall", version, about, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    command: Command,
    /// Options of all commands.
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve requests. On SQLite it migrates first; on PostgreSQL it refuses until `migrate` has run.
    Serve(serve::Serve),
    /// Bring the database to the newest form, as the owner of its tables.
    Migrate,
    /// Serve a platform with demo content, on a database of its own, on this machine alone.
    Demo,
    /// Platform admins.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Workspaces.
    #[command(subcommand)]
    Workspace(workspace::WorkspaceCommand),
    /// Signing keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Packages of artifacts.
    #[command(subcommand)]
    Package(package::PackageCommand),
    /// Print the API's document (OpenAPI 3.1).
    Openapi,
}

impl Arguments {
    /// Does what the command line says. It starts the runtime itself, so that the compiler makes the code of every use case
    /// once, in this crate, and not again in the program.
    ///
    /// # Errors
    /// A message for whoever typed it.
    #[tokio::main]
    pub async fn run(self) -> anyhow::Result<()> {
        let configuration = Configuration::read(&self.options)?;
        log::start(&configuration);
        match self.command {
            Command::Serve(serve) => serve.run(configuration).await,
            Command::Migrate => migrate::run(&configuration).await,
            Command::Demo => demo::run(configuration).await,
            Command::Admin(admin) => admin.run(&configuration).await,
            Command::Workspace(workspace) => workspace.run(&configuration).await,
            Command::Keys(keys) => keys.run(&configuration).await,
            Command::Package(package) => package.run(&configuration).await,
            Command::Openapi => openapi::run(),
        }
    }
}
