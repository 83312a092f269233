//! From a source folder to an archive, and from an archive to a package.

use guildhall_core::Fault;

use super::{
    Package, archive,
    faults::Faults,
    names::{MANIFEST, artifact_in, file_of},
    reading::{Reading, file_text},
};
use crate::Kinds;

/// An archive, and what is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Packed {
    /// The archive's bytes.
    pub bytes: Vec<u8>,
    /// The package that [`unpack`] finds in them.
    pub package: Package,
}

/// Packs a source folder's files, each with its path in the folder: `manifest.json`, and `artifacts/<kind>/<path>.json`.
/// The same files make the same bytes.
///
/// # Errors
/// Everything that is wrong with them, at most [`MAX_PACKAGE_FAULTS`](super::MAX_PACKAGE_FAULTS), each with its file.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the files of a large package need not stay beside what was read"
)]
pub fn pack(files: Vec<(String, Vec<u8>)>, kinds: &Kinds) -> Result<Packed, Vec<Fault>> {
    let mut faults = Faults::default();
    let mut reading = Reading::new(kinds, false);
    let mut names = std::collections::BTreeSet::new();
    for (name, bytes) in &files {
        if !names.insert(name) {
            faults.of_file(name, "stands in the folder twice");
        } else if artifact_in(name).is_ok() && archive::header(name, bytes).is_err() {
            faults.of_file(
                name,
                "has a name that fits into no archive; no part of it may be longer than 100 characters",
            );
        }
        reading.file(&mut faults, name, bytes);
    }
    let package = reading.finish(faults)?;
    let bytes = written(&package).map_err(|error| vec![Fault::new("archive", error.to_string())])?;
    // What was made is what will be read: this also holds it to the bounds of an archive.
    let package = unpack(&bytes, kinds)?;
    Ok(Packed { bytes, package })
}

fn written(package: &Package) -> std::io::Result<Vec<u8>> {
    let mut files = vec![(MANIFEST.to_owned(), package.manifest.text())];
    files.extend(package.artifacts.iter().map(|artifact| {
        let name = file_of(&artifact.key.kind, &artifact.key.name.path);
        (name, file_text(&artifact.content, &artifact.locked))
    }));
    if let Some(artifacts) = files.get_mut(1..) {
        artifacts.sort();
    }
    archive::write(files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())))
}

/// Reads an archive. It is read whole or not at all.
///
/// # Errors
/// Everything that is wrong with it, at most [`MAX_PACKAGE_FAULTS`](super::MAX_PACKAGE_FAULTS), each with its file; of an
/// archive that is too large or damaged, what was found until then.
pub fn unpack(bytes: &[u8], kinds: &Kinds) -> Result<Package, Vec<Fault>> {
    let mut faults = Faults::default();
    let mut reading = Reading::new(kinds, true);
    if archive::read(bytes, &mut faults, |faults, name, bytes| reading.file(faults, name, bytes)).is_err() {
        return faults.or(None);
    }
    reading.finish(faults)
}
