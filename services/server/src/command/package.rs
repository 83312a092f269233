//! `guildhall package`.

mod database;
mod folder;
mod report;
mod table;

use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow, ensure};
use clap::{Args, Subcommand, ValueEnum};
use guildhall_artifacts::{Kinds, MAX_ARCHIVE_BYTES, PackageId, UndeployMode, pack, unpack};
use guildhall_core::Fault;
use guildhall_tenancy::WorkspacePrefix;

use super::serve::announce;
use crate::config::Configuration;

/// Packages of artifacts.
#[derive(Debug, Subcommand)]
pub(super) enum PackageCommand {
    /// Make an archive of a folder that holds `manifest.json` and `artifacts/<kind>/<path>.json`.
    Build {
        /// The folder. What else stands in it is left alone.
        folder: PathBuf,
        /// The archive. Default: `<id>-<version>.tar.gz`, here.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Check an archive and print what is in it.
    Inspect {
        /// The archive.
        file: PathBuf,
        /// Print the manifest as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print what deploying an archive would do.
    Plan {
        /// The archive.
        file: PathBuf,
        /// Where to.
        #[command(flatten)]
        place: Place,
        /// Print the plan as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Upload an archive and deploy it: all of it, or nothing.
    Deploy(Deploy),
    /// Take a package away.
    Undeploy {
        /// The package.
        id: PackageId,
        /// Where from.
        #[command(flatten)]
        place: Place,
        /// What to do about what still uses it.
        #[arg(long, value_enum, default_value_t = Mode::Block)]
        mode: Mode,
    },
}

/// Where a package is deployed, or taken away.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// The workspace, by the label of its host name. Default: the System space, for every workspace.
    #[arg(long, value_name = "PREFIX")]
    workspace: Option<WorkspacePrefix>,
}

/// `guildhall package deploy`
#[derive(Debug, Args)]
pub(super) struct Deploy {
    /// The archive.
    file: PathBuf,
    /// Where to.
    #[command(flatten)]
    place: Place,
    /// Deploy only if the plan is still this one. Default: whatever the plan is now.
    #[arg(long, value_name = "HASH")]
    plan_hash: Option<String>,
    /// Put away what workspaces have changed in it, and tell their admins. Into System alone.
    #[arg(long, conflicts_with = "workspace")]
    security_update: bool,
}

/// What is done about what still uses a package that is taken away.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Mode {
    /// Take nothing away while anything uses it.
    Block,
    /// Put overrides away with it.
    Archive,
    /// Take it away whatever uses it.
    Force,
}

impl From<Mode> for UndeployMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Block => Self::Block,
            Mode::Archive => Self::Archive,
            Mode::Force => Self::Force,
        }
    }
}

impl PackageCommand {
    pub(super) async fn run(self, configuration: &Configuration) -> anyhow::Result<()> {
        match self {
            Self::Build { folder, output } => build(&folder, output),
            Self::Inspect { file, json } => inspect(&file, json),
            Self::Plan { file, place, json } => database::plan(configuration, &file, &place, json).await,
            Self::Deploy(deploy) => database::deploy(configuration, deploy).await,
            Self::Undeploy { id, place, mode } => {
                database::undeploy(configuration, &id, &place, mode.into()).await
            }
        }
    }
}

fn build(folder: &Path, output: Option<PathBuf>) -> anyhow::Result<()> {
    let (files, mut faults) = folder::read(folder)?;
    let packed = match pack(files, &kinds()?) {
        Ok(packed) if faults.is_empty() => packed,
        Ok(_) => return Err(listed(folder, &faults)),
        Err(found) => {
            faults.extend(found);
            return Err(listed(folder, &faults));
        }
    };
    let manifest = &packed.package.manifest;
    let output = output.unwrap_or_else(|| format!("{}-{}.tar.gz", manifest.id, manifest.version).into());
    fs::write(&output, &packed.bytes).with_context(|| format!("`{}` can't be written", output.display()))?;
    announce(&format!(
        "`{}` holds {} {} with {} artifacts, {}",
        output.display(),
        manifest.id,
        manifest.version,
        manifest.artifacts.len(),
        manifest.digest
    ))
}

fn inspect(file: &Path, json: bool) -> anyhow::Result<()> {
    let package = unpack(&read(file)?, &kinds()?).map_err(|faults| listed(file, &faults))?;
    if json {
        return announce(&serde_json::to_string_pretty(&package.manifest)?);
    }
    announce(table::of(&package).trim_end())
}

/// An archive's bytes. A file that is too large is not read.
fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let opened = File::open(file).with_context(|| format!("`{}` can't be read", file.display()))?;
    let size = opened.metadata()?.len();
    ensure!(
        size <= MAX_ARCHIVE_BYTES as u64,
        "`{}` has {size} bytes, at most {MAX_ARCHIVE_BYTES} are allowed",
        file.display()
    );
    let mut bytes = Vec::new();
    let read = opened.take(MAX_ARCHIVE_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("`{}` can't be read", file.display()))?;
    Ok(bytes)
}

fn kinds() -> anyhow::Result<Kinds> {
    Kinds::built_in().map_err(|error| anyhow!(error))
}

fn listed(what: &Path, faults: &[Fault]) -> anyhow::Error {
    let lines: String =
        faults.iter().map(|fault| format!("\n  {}: {}", fault.pointer, fault.detail)).collect();
    anyhow!("`{}` is no package that could be deployed:{lines}", what.display())
}
