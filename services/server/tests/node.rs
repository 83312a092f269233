//! One process that serves, and ends with the value.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, ExitStatus, Stdio},
};

use anyhow::Context as _;

/// A serving process.
pub struct Node {
    pub address: SocketAddr,
    process: Child,
}

impl Node {
    /// Serves a database that is migrated, and waits until it is ready.
    pub fn serve(database_url: &str, secret_file: &std::path::Path) -> anyhow::Result<Self> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_guildhall"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database-url", database_url])
            .arg("--secret-file")
            .arg(secret_file)
            .env_clear()
            .stdout(Stdio::piped())
            .spawn()?;
        let address = ready(&mut process);
        if address.is_err() {
            drop(process.kill());
        }
        Ok(Self { address: address?, process })
    }

    /// Tells the process to end, and waits until it has.
    pub fn end(mut self) -> anyhow::Result<ExitStatus> {
        Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status()?;
        Ok(self.process.wait()?)
    }
}

/// The address in the line that a process prints when it is ready.
fn ready(process: &mut Child) -> anyhow::Result<SocketAddr> {
    let out = process.stdout.take().context("its output is not ours")?;
    for line in BufReader::new(out).lines() {
        if let Some((_, address)) = line?.split_once(" on http://") {
            return Ok(address.trim().parse()?);
        }
    }
    anyhow::bail!("it ended before it was ready")
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
