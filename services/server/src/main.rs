//! The `guildhall` program.

use clap::Parser as _;
use guildhall_server::command::Arguments;
use mimalloc::MiMalloc;

/// Gives the 19 MiB of each password's hash back to the system (docs/adr/0011-allocator.md).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> anyhow::Result<()> {
    Arguments::parse().run()
}
