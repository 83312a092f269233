//! The `guildhall` program.

use clap::Parser as _;
use guildhall_server::command::Arguments;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    Arguments::parse().run().await
}
