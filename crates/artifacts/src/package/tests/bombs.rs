//! Archives that are made to take memory and time.

use std::{
    fs,
    hint::black_box,
    io::Write as _,
    sync::{Mutex, PoisonError},
};

use flate2::{Compression, write::GzEncoder};

use super::*;

const MIB: usize = 1 << 20;

/// How much more memory the process held at its peak, in bytes, than it did before. Linux alone says so.
fn growth(act: impl FnOnce()) -> usize {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let status = |field: &str| {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with(field)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1_024
    };
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS");
    act();
    status("VmHWM").saturating_sub(before)
}

/// What a refusal says, having taken no more memory than this.
#[track_caller]
fn refusal(bytes: &[u8], most: usize) -> String {
    let kinds = kinds();
    let mut faults = Vec::new();
    let grown = growth(|| faults = unpack(bytes, &kinds).unwrap_err());
    assert!(grown < most, "{} KiB", grown / 1_024);
    lines(&faults).join("\n")
}

/// An archive of these headers, each with these bytes behind it.
fn archive(files: impl Iterator<Item = (String, u64)>, behind: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for (name, size) in files {
        let mut header = tar::Header::new_ustar();
        header.set_path(name).unwrap();
        header.set_size(size);
        header.set_cksum();
        encoder.write_all(header.as_bytes()).unwrap();
        encoder.write_all(behind).unwrap();
    }
    encoder.finish().unwrap()
}

fn notes(count: usize, size: usize) -> impl Iterator<Item = (String, u64)> {
    (0..count).map(move |number| (format!("artifacts/note/{number}.json"), size as u64))
}

#[test]
fn growth_is_seen() {
    let grown = growth(|| drop(black_box(vec![1; 64 * MIB])));

    assert!(grown > 60 * MIB, "{grown}");
}

#[test]
fn a_hundred_megabytes_are_refused_by_their_length() {
    let bytes = vec![0x1f; 100_000_000];

    let says = refusal(&bytes, 8 * MIB);

    assert_eq!(says, "archive has 100000000 bytes, at most 16777216 are allowed");
}

#[test]
fn a_file_that_unpacks_to_too_much_is_never_held() {
    let manifest = ("manifest.json".to_owned(), 100 * MIB as u64);
    let bytes = archive(std::iter::once(manifest), &vec![b' '; 100 * MIB]);

    let says = refusal(&bytes, 16 * MIB);

    assert!(bytes.len() < MIB);
    assert!(says.contains("manifest.json has 104857600 bytes, at most 4194304 are allowed"), "{says}");
    assert!(says.contains("archive unpacks to more than 67108864 bytes"), "{says}");
}

#[test]
fn many_files_that_together_unpack_to_too_much_are_left_early() {
    let size = MIB / 4;
    let mut file = b"{\"content\":{\"name\":\"n\"}}".to_vec();
    file.resize(size, b' ');

    let says = refusal(&archive(notes(300, size), &file), 16 * MIB);

    assert!(says.contains("archive unpacks to more than 67108864 bytes"), "{says}");
}

/// A value takes many times the memory of its text.
#[test]
fn files_that_hold_very_many_values_are_left_early() {
    let mut file =
        format!("{{\"content\":{{\"name\":\"n\",\"any\":[{}0]}}}}", "0,".repeat(100_000)).into_bytes();
    let size = file.len();
    file.resize(size.next_multiple_of(512), 0);

    let says = refusal(&archive(notes(200, size), &file), 96 * MIB);

    assert!(says.contains("holds too many values"), "{says}");
}

#[test]
fn very_many_files_are_left_early() {
    let says = refusal(&archive(notes(MAX_PACKAGE_ARTIFACTS + 2, 0), b""), 16 * MIB);

    assert_eq!(says.lines().count(), MAX_PACKAGE_FAULTS);
}

#[test]
fn padding_is_bounded() {
    let bytes = archive(std::iter::empty(), b"");
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&vec![0; 80 * MIB]).unwrap();
    let padded = encoder.finish().unwrap();

    assert_eq!(refusal(&padded, 8 * MIB), "archive holds something behind its end");
    assert_eq!(refusal(&bytes, 8 * MIB), "manifest.json is missing");
}
