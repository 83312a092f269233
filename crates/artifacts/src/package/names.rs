//! What the files of a package are called.

use crate::{ArtifactPath, KindName};

/// The largest manifest, in bytes; it names every artifact.
const MAX_MANIFEST_BYTES: u64 = 4 * 1024 * 1024;

/// The largest other file, in bytes: a content is half as large at most, but may be written with white space.
const MAX_FILE_BYTES: u64 = 512 * 1024;

/// The manifest's file.
pub(super) const MANIFEST: &str = "manifest.json";

/// How large a file may be.
pub(super) fn max_bytes(name: &str) -> u64 {
    if name == MANIFEST { MAX_MANIFEST_BYTES } else { MAX_FILE_BYTES }
}

/// The file of an artifact.
pub(super) fn file_of(kind: &KindName, path: &ArtifactPath) -> String {
    format!("artifacts/{kind}/{path}.json")
}

/// The artifact that a file holds.
///
/// # Errors
/// A plain sentence.
pub(super) fn artifact_in(file: &str) -> Result<(KindName, ArtifactPath), String> {
    if file.starts_with('/') || file.contains(['\\', '\0']) || file.split('/').any(|part| part == "..") {
        return Err("leads out of the package".to_owned());
    }
    let named = file.strip_prefix("artifacts/").and_then(|rest| rest.strip_suffix(".json"));
    let Some((kind, path)) = named.and_then(|rest| rest.split_once('/')) else {
        return Err("is neither `manifest.json` nor `artifacts/<kind>/<path>.json`".to_owned());
    };
    let kind = kind.parse().map_err(|error| format!("has no kind: the folder's name {error}"))?;
    let path = path.parse().map_err(|error| format!("has no path: what stands before `.json` {error}"))?;
    Ok((kind, path))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn an_artifact_is_found_by_the_name_of_its_file() {
        let (kind, path) = artifact_in("artifacts/view_preset/boards/wide.v2.json").unwrap();

        assert_eq!((kind.as_str(), path.as_str()), ("view_preset", "boards/wide.v2"));
        assert_eq!(file_of(&kind, &path), "artifacts/view_preset/boards/wide.v2.json");
    }

    #[rstest]
    #[case("../manifest.json", "leads out")]
    #[case("artifacts/view_preset/../../x.json", "leads out")]
    #[case("/artifacts/view_preset/x.json", "leads out")]
    #[case("artifacts\\view_preset\\x.json", "leads out")]
    #[case("artifacts/view_preset/x.json\0", "leads out")]
    #[case("./artifacts/view_preset/x.json", "is neither")]
    #[case("README.md", "is neither")]
    #[case("artifacts/x.json", "is neither")]
    #[case("artifacts/view_preset/x.yaml", "is neither")]
    #[case("artifacts/View/x.json", "has no kind")]
    #[case("artifacts/view_preset/X.json", "has no path")]
    #[case("artifacts/view_preset/a//b.json", "has no path")]
    #[case("artifacts/view_preset/a/review.json", "has no path")]
    #[case("C:/x.json", "is neither")]
    fn any_other_name_is_refused(#[case] file: &str, #[case] says: &str) {
        let error = artifact_in(file).unwrap_err();

        assert!(error.starts_with(says), "{error}");
    }
}
