//! The archive's form: a tar of regular files, compressed with gzip.

use std::{
    collections::BTreeSet,
    io::{self, Read},
};

use flate2::{Compression, GzBuilder, bufread::GzDecoder};
use tar::{Archive, Entry, EntryType, Header};

use super::{faults::Faults, names::max_bytes};

/// The largest archive, in bytes.
pub const MAX_ARCHIVE_BYTES: usize = 16 * 1024 * 1024;

/// The most that an archive unpacks to, in bytes.
pub const MAX_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;

/// How many artifacts a package may have.
pub const MAX_PACKAGE_ARTIFACTS: usize = 10_000;

/// How many zeros may stand behind the last file: what `tar` fills its last record up with, and more.
const MAX_PADDING: usize = 64 * 1024;

/// Writes files in the given order. The same files make the same bytes: no time, no owner, one mode.
///
/// # Errors
/// Where a name does not fit: a part of it with more than 100 bytes, for one.
pub(super) fn write<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> io::Result<Vec<u8>> {
    let compressed = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let mut archive = tar::Builder::new(compressed);
    for (name, bytes) in files {
        archive.append(&header(name, bytes)?, bytes)?;
    }
    archive.into_inner()?.finish()
}

/// The header of a file. The form is `ustar`, so that names need no entries of their own.
pub(super) fn header(name: &str, bytes: &[u8]) -> io::Result<Header> {
    let mut header = Header::new_ustar();
    header.set_path(name)?;
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    Ok(header)
}

/// Hands out every file, in the archive's order, and notes what is wrong with the archive itself. At no time is more than
/// one file held, and an archive that unpacks to too much is left as soon as that shows.
///
/// # Errors
/// Where it could not be read to its end, which is noted too.
pub(super) fn read(
    bytes: &[u8],
    faults: &mut Faults,
    mut file: impl FnMut(&mut Faults, &str, &[u8]),
) -> Result<(), Broken> {
    if bytes.len() > MAX_ARCHIVE_BYTES {
        let size = bytes.len();
        faults.of_archive(format!("has {size} bytes, at most {MAX_ARCHIVE_BYTES} are allowed"));
        return Err(Broken);
    }
    let unpacked = Bounded { inner: GzDecoder::new(bytes), left: MAX_UNPACKED_BYTES };
    let mut archive = Archive::new(unpacked);
    let read = match archive.entries() {
        Ok(entries) => entries.raw(true).try_fold(BTreeSet::new(), |mut names, entry| {
            one(entry?, &mut names, faults, &mut file).map(|()| names)
        }),
        Err(error) => Err(error),
    };
    read.and_then(|_| nothing_behind(archive.into_inner())).map_err(|error| {
        faults.of_archive(error.to_string());
        Broken
    })
}

/// An archive could not be read to its end.
#[derive(Debug)]
pub(super) struct Broken;

/// # Errors
/// Where there is no use in reading on.
fn one(
    mut entry: Entry<'_, impl Read>,
    names: &mut BTreeSet<String>,
    faults: &mut Faults,
    file: &mut impl FnMut(&mut Faults, &str, &[u8]),
) -> io::Result<()> {
    if names.len() > MAX_PACKAGE_ARTIFACTS {
        return Err(io::Error::other(format!("holds more than {MAX_PACKAGE_ARTIFACTS} artifacts")));
    }
    if faults.is_full() {
        return Err(io::Error::other("is not read further"));
    }
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let first = names.is_empty();
    let twice = !names.insert(name.clone());
    if let Some(what) = other_than_file(entry.header().entry_type()) {
        faults.of_file(&name, format!("is {what}; an archive holds regular files alone"));
        return Ok(());
    }
    if twice {
        faults.of_file(&name, "stands in the archive twice");
        return Ok(());
    }
    if first != (name == "manifest.json") {
        faults.of_archive("must begin with `manifest.json`");
    }
    let size = entry.size();
    if size > max_bytes(&name) {
        faults.of_file(&name, format!("has {size} bytes, at most {} are allowed", max_bytes(&name)));
        return Ok(());
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(damaged)?;
    if bytes.len() as u64 != size {
        return Err(io::Error::other(format!("ends within `{name}`")));
    }
    file(faults, &name, &bytes);
    Ok(())
}

/// What an entry is, where it is not a regular file.
fn other_than_file(entry_type: EntryType) -> Option<&'static str> {
    Some(match entry_type {
        EntryType::Regular => return None,
        EntryType::Link => "a hard link",
        EntryType::Symlink => "a symbolic link",
        EntryType::Char | EntryType::Block => "a device",
        EntryType::Fifo => "a pipe",
        EntryType::Directory => "a folder",
        EntryType::XHeader | EntryType::XGlobalHeader => {
            "an extended header (pax), which could rename a file"
        }
        EntryType::GNULongName | EntryType::GNULongLink => "a long name, which could rename a file",
        _ => "of an unknown type",
    })
}

/// Reads to the end, which also compares the checksum.
fn nothing_behind(mut unpacked: Bounded<GzDecoder<&[u8]>>) -> io::Result<()> {
    let mut padding = Vec::new();
    unpacked.by_ref().take(MAX_PADDING as u64 + 1).read_to_end(&mut padding).map_err(damaged)?;
    let compressed = unpacked.inner.into_inner();
    if padding.len() > MAX_PADDING || padding.iter().any(|byte| *byte != 0) || !compressed.is_empty() {
        return Err(io::Error::other("holds something behind its end"));
    }
    Ok(())
}

fn damaged(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::FileTooLarge => error,
        _ => io::Error::other(format!("is damaged: {error}")),
    }
}

/// A reader that fails once it has handed out what it may.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let detail = format!("unpacks to more than {MAX_UNPACKED_BYTES} bytes");
            io::Error::new(io::ErrorKind::FileTooLarge, detail)
        })?;
        Ok(read)
    }
}
