//! A source folder's files.

use std::{fs, path::Path};

use anyhow::{Context as _, bail, ensure};
use guildhall_artifacts::{MAX_PACKAGE_ARTIFACTS, MAX_UNPACKED_BYTES};
use guildhall_core::Fault;

/// The files of a package, each with its path in the folder.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// Reads `manifest.json` and everything in `artifacts`, and lists what is no plain file there. Nothing is followed out of
/// the folder.
pub(super) fn read(folder: &Path) -> anyhow::Result<(Files, Vec<Fault>)> {
    let mut reading = Reading { files: Vec::new(), faults: Vec::new(), left: MAX_UNPACKED_BYTES };
    ensure!(folder.is_dir(), "`{}` is no folder", folder.display());
    for name in ["manifest.json", "artifacts"] {
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() {
            reading.entry(&path, name)?;
        }
    }
    Ok((reading.files, reading.faults))
}

struct Reading {
    files: Files,
    faults: Vec<Fault>,
    left: u64,
}

impl Reading {
    fn entry(&mut self, path: &Path, name: &str) -> anyhow::Result<()> {
        let metadata = path.symlink_metadata().with_context(|| format!("`{name}` can't be read"))?;
        if metadata.is_dir() {
            return self.folder(path, name);
        }
        if !metadata.is_file() {
            self.faults.push(Fault::new(name, "is no regular file"));
            return Ok(());
        }
        let Some(left) = self.left.checked_sub(metadata.len()) else {
            bail!("the folder holds more than {MAX_UNPACKED_BYTES} bytes");
        };
        self.left = left;
        ensure!(
            self.files.len() <= MAX_PACKAGE_ARTIFACTS,
            "the folder holds more than {MAX_PACKAGE_ARTIFACTS} artifacts"
        );
        let bytes = fs::read(path).with_context(|| format!("`{name}` can't be read"))?;
        self.files.push((name.to_owned(), bytes));
        Ok(())
    }

    fn folder(&mut self, path: &Path, name: &str) -> anyhow::Result<()> {
        for entry in fs::read_dir(path).with_context(|| format!("`{name}` can't be read"))? {
            let entry = entry?;
            let below = format!("{name}/{}", entry.file_name().to_string_lossy());
            self.entry(&entry.path(), &below)?;
        }
        Ok(())
    }
}
