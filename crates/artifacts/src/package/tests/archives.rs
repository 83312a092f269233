//! Archives, well made and otherwise.

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use rstest::rstest;
use tar::{EntryType, Header};

use super::*;
use crate::package::archive;

/// The tar inside an archive.
fn tar_of(bytes: &[u8]) -> Vec<u8> {
    let mut tar = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut tar).unwrap();
    tar
}

fn compressed(tar: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(tar).unwrap();
    encoder.finish().unwrap()
}

/// The files of an archive.
fn files_of(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut faults = faults::Faults::default();
    let mut files = Vec::new();
    archive::read(bytes, &mut faults, |_, name, bytes| files.push((name.to_owned(), bytes.to_vec())))
        .unwrap();
    files
}

fn archive_of(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    archive::write(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))).unwrap()
}

/// What is said of the archive of the two notes, after a change to its files.
fn after(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<Fault> {
    let mut files = files_of(&packed().bytes);
    change(&mut files);
    unpack(&archive_of(&files), &kinds()).unwrap_err()
}

/// The archive of the two notes with one more entry, under a name that is not looked at.
fn with_entry(name: &[u8], entry_type: EntryType, data: &[u8]) -> Vec<u8> {
    let mut header = Header::new_ustar();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name);
    header.set_entry_type(entry_type);
    header.set_size(data.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    let mut tar = tar_of(&packed().bytes);
    tar.truncate(tar.len() - 1024);
    tar.extend(header.as_bytes());
    tar.extend(data);
    tar.resize(tar.len().next_multiple_of(512) + 1024, 0);
    compressed(&tar)
}

#[test]
fn an_archive_holds_plain_files_without_time_or_owner_and_the_manifest_first() {
    let tar = tar_of(&packed().bytes);
    let mut archive = tar::Archive::new(tar.as_slice());

    let headers: Vec<_> = archive.entries().unwrap().map(|entry| entry.unwrap().header().clone()).collect();

    let names: Vec<_> = headers.iter().map(|header| header.path().unwrap().display().to_string()).collect();
    assert_eq!(names, ["manifest.json", "artifacts/note/first.json", "artifacts/note/second.json"]);
    for header in headers {
        assert_eq!(header.entry_type(), EntryType::Regular);
        assert_eq!((header.mtime().unwrap(), header.mode().unwrap()), (0, 0o644));
        assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
    }
}

#[test]
fn an_archive_reads_back() {
    let packed = packed();

    assert_eq!(unpack(&packed.bytes, &kinds()).unwrap(), packed.package);
}

#[test]
fn a_changed_file_is_found_by_its_digest() {
    let faults = after(|files| files[1].1 = note("Other").to_string().into_bytes());

    assert_faults(&faults, &[("manifest.json#/artifacts/0/digest", "but the file's is")]);
}

#[test]
fn a_changed_manifest_is_found_by_its_digest() {
    let faults = after(|files| {
        let text = String::from_utf8(files[0].1.clone()).unwrap();
        files[0].1 = text.replace("Notes for tests.", "Notes for nobody.").into_bytes();
    });

    assert_faults(&faults, &[("manifest.json#/digest", "but the package's is")]);
}

#[test]
fn files_and_listing_are_the_same() {
    let faults = after(|files| files[1].0 = "artifacts/note/third.json".to_owned());

    assert_faults(
        &faults,
        &[
            ("manifest.json#/artifacts/0", "`artifacts/note/first.json`, which is not there"),
            ("artifacts/note/third.json", "is not listed"),
        ],
    );
}

#[test]
fn an_entry_is_listed_once() {
    let faults = after(|files| {
        let mut manifest: Value = serde_json::from_slice(&files[0].1).unwrap();
        let first = manifest["artifacts"][0].clone();
        manifest["artifacts"].as_array_mut().unwrap().push(first);
        files[0].1 = manifest.to_string().into_bytes();
    });

    assert!(
        lines(&faults).contains(&"manifest.json#/artifacts/2 stands there twice".to_owned()),
        "{faults:?}"
    );
}

#[test]
fn a_manifest_in_an_archive_lists_and_has_a_digest() {
    let faults = after(|files| files[0].1 = source().to_string().into_bytes());

    assert!(lines(&faults).contains(&"manifest.json#/artifacts is missing".to_owned()), "{faults:?}");
    assert!(lines(&faults).contains(&"manifest.json#/digest is missing".to_owned()), "{faults:?}");
}

#[test]
fn the_manifest_comes_first() {
    assert_faults(&after(|files| files.swap(0, 1)), &[("archive", "must begin with `manifest.json`")]);
}

#[rstest]
#[case(b"artifacts/note/link.json", EntryType::Symlink, "a symbolic link")]
#[case(b"artifacts/note/link.json", EntryType::Link, "a hard link")]
#[case(b"artifacts/note/device.json", EntryType::Char, "a device")]
#[case(b"artifacts/note/device.json", EntryType::Block, "a device")]
#[case(b"artifacts/note/pipe.json", EntryType::Fifo, "a pipe")]
#[case(b"artifacts/note/", EntryType::Directory, "a folder")]
#[case(b"artifacts/note/sparse.json", EntryType::GNUSparse, "an unknown type")]
#[case(b"pax", EntryType::XHeader, "pax")]
#[case(b"pax", EntryType::XGlobalHeader, "pax")]
#[case(b"././@LongLink", EntryType::GNULongName, "a long name")]
#[case(b"../../etc/passwd", EntryType::Regular, "leads out")]
#[case(b"/etc/passwd", EntryType::Regular, "leads out")]
#[case(b"artifacts\\note\\a.json", EntryType::Regular, "leads out")]
#[case(b"artifacts/note/../../a.json", EntryType::Regular, "leads out")]
#[case(b"artifacts/note/\xff.json", EntryType::Regular, "has no path")]
#[case(b"artifacts/note/first.json", EntryType::Regular, "stands in the archive twice")]
#[case(b"manifest.json", EntryType::Regular, "stands in the archive twice")]
#[case(b"notes.txt", EntryType::Regular, "is neither")]
fn an_entry_that_is_no_file_of_a_package_is_refused(
    #[case] name: &[u8],
    #[case] entry_type: EntryType,
    #[case] says: &str,
) {
    let faults =
        unpack(&with_entry(name, entry_type, b"27 path=artifacts/a/b.json\n"), &kinds()).unwrap_err();

    assert_faults(&faults, &[(&String::from_utf8_lossy(name), says)]);
}

#[test]
fn a_torn_archive_is_refused_wherever_it_is_torn() {
    let bytes = packed().bytes;

    for length in 0..bytes.len() {
        assert!(unpack(&bytes[..length], &kinds()).is_err(), "{length} of {}", bytes.len());
    }
}

#[test]
fn a_flipped_bit_is_never_taken_for_something_else() {
    let packed = packed();

    for index in 0..packed.bytes.len() {
        let mut bytes = packed.bytes.clone();
        bytes[index] ^= 1;
        if let Ok(package) = unpack(&bytes, &kinds()) {
            assert_eq!(package, packed.package, "byte {index}");
        }
    }
}

#[rstest]
#[case(b"")]
#[case(b"PK\x03\x04 this is no gzip")]
fn what_is_no_archive_is_refused(#[case] bytes: &[u8]) {
    let faults = unpack(bytes, &kinds()).unwrap_err();

    assert_eq!(faults[0].pointer, "archive");
}

#[test]
fn nothing_hides_behind_the_end() {
    let bytes = packed().bytes;
    let mut appended = bytes.clone();
    appended.push(0);
    let mut behind = tar_of(&bytes);
    behind.extend([1; 512]);

    for hidden in [appended, compressed(&behind), [bytes.clone(), bytes].concat()] {
        assert_faults(&unpack(&hidden, &kinds()).unwrap_err(), &[("archive", "behind its end")]);
    }
}

#[test]
fn an_archive_filled_up_by_tar_is_taken() {
    let mut tar = tar_of(&packed().bytes);
    tar.resize(tar.len().next_multiple_of(10_240), 0);

    assert_eq!(unpack(&compressed(&tar), &kinds()), Ok(packed().package));
}
