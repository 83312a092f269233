//! `guildhall package`.

use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow, ensure};
use clap::Subcommand;
use guildhall_artifacts::{Kinds, MAX_ARCHIVE_BYTES, Package, pack, unpack};
use guildhall_core::Fault;

use super::serve::announce;

mod folder;
mod table;

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
}

impl PackageCommand {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Build { folder, output } => build(&folder, output),
            Self::Inspect { file, json: true } => {
                announce(&serde_json::to_string_pretty(&read(&file)?.manifest)?)
            }
            Self::Inspect { file, json: false } => announce(table::of(&read(&file)?).trim_end()),
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

/// The package in an archive. A file that is too large is not read.
fn read(file: &Path) -> anyhow::Result<Package> {
    let opened = File::open(file).with_context(|| format!("`{}` can't be read", file.display()))?;
    let size = opened.metadata()?.len();
    ensure!(
        size <= MAX_ARCHIVE_BYTES as u64,
        "`{}` has {size} bytes, at most {MAX_ARCHIVE_BYTES} are allowed",
        file.display()
    );
    let mut bytes = Vec::new();
    opened.take(MAX_ARCHIVE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    unpack(&bytes, &kinds()?).map_err(|faults| listed(file, &faults))
}

fn kinds() -> anyhow::Result<Kinds> {
    Kinds::built_in().map_err(|error| anyhow!(error))
}

fn listed(what: &Path, faults: &[Fault]) -> anyhow::Error {
    let lines: String =
        faults.iter().map(|fault| format!("\n  {}: {}", fault.pointer, fault.detail)).collect();
    anyhow!("`{}` is no package that could be deployed:{lines}", what.display())
}
