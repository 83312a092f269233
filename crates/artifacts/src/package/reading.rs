//! From files to a package: the same for a source folder and for an archive.

use std::collections::BTreeMap;

use guildhall_core::Fault;
use serde_json::Value;

use super::{
    Digest, Manifest, ManifestEntry, Package, PackageArtifact,
    draft::Draft,
    faults::Faults,
    form::Form,
    json,
    names::{MANIFEST, artifact_in, file_of, max_bytes},
};
use crate::{
    ArtifactKey, ArtifactName, ArtifactPath, Content, Kind, KindName, Kinds, Pattern, check_merge_keys,
};

/// How many JSON values all files of a package may hold together, which bounds the memory that reading takes.
const MAX_VALUES: usize = 1_000_000;

/// How many places an artifact may lock.
const MAX_LOCKED: usize = 100;

/// A package of which some files have been read.
pub(super) struct Reading<'k> {
    kinds: &'k Kinds,
    built: bool,
    left: usize,
    manifest: Option<Draft>,
    artifacts: BTreeMap<(KindName, ArtifactPath), Read>,
}

/// An artifact that was read.
struct Read {
    digest: Digest,
    /// Nothing where something is wrong with it.
    says: Option<(Content, Vec<Pattern>)>,
}

impl<'k> Reading<'k> {
    /// Nothing read yet, of an archive (`built`) or of a source folder.
    pub(super) fn new(kinds: &'k Kinds, built: bool) -> Self {
        Self { kinds, built, left: MAX_VALUES, manifest: None, artifacts: BTreeMap::new() }
    }

    /// Reads one file.
    pub(super) fn file(&mut self, faults: &mut Faults, name: &str, bytes: &[u8]) {
        if name == MANIFEST {
            self.manifest = Some(match self.document(faults, name, bytes) {
                Some(document) => Draft::read(&document, self.built, faults),
                None => Draft::default(),
            });
            return;
        }
        match artifact_in(name) {
            Ok(key) => {
                let digest = Digest::of(bytes);
                let says = self.artifact(faults, name, bytes, &key.0);
                self.artifacts.insert(key, Read { digest, says });
            }
            Err(detail) => faults.of_file(name, detail),
        }
    }

    fn document(&mut self, faults: &mut Faults, name: &str, bytes: &[u8]) -> Option<Value> {
        let size = bytes.len() as u64;
        if size > max_bytes(name) {
            faults.of_file(name, format!("has {size} bytes, at most {} are allowed", max_bytes(name)));
            return None;
        }
        json::read(bytes, &mut self.left).map_err(|found| faults.add_all(name, "", found)).ok()
    }

    fn artifact(
        &mut self,
        faults: &mut Faults,
        name: &str,
        bytes: &[u8],
        kind: &KindName,
    ) -> Option<(Content, Vec<Pattern>)> {
        let document = self.document(faults, name, bytes);
        let found = self.kinds.find(kind);
        if found.is_none() {
            faults.of_file(name, format!("is of the kind `{kind}`, which there is not"));
        }
        let document = document?;
        let mut form = Form { file: name, faults };
        let fields = form.object(&document, "", &["content", "locked"])?;
        let locked = locked(&mut form, fields);
        let content: Value = form.required(fields, "", "content")?;
        if let Some(kind) = found {
            faults.add_all(name, "/content", refused(kind, &content));
        }
        match Content::new(content) {
            Ok(content) => Some((content, locked)),
            Err(found) => {
                faults.add_all(name, "/content", found);
                None
            }
        }
    }

    /// The package, where nothing at all was wrong.
    ///
    /// # Errors
    /// Everything that was, at most a hundred faults.
    pub(super) fn finish(mut self, mut faults: Faults) -> Result<Package, Vec<Fault>> {
        let Some(mut draft) = self.manifest.take() else {
            faults.of_file(MANIFEST, "is missing");
            return faults.or(None);
        };
        self.check_places(&draft, &mut faults);
        if self.built {
            self.check_listing(&draft, &mut faults);
        } else {
            draft.artifacts = self.listing();
        }
        let whole = draft.whole().map(|(manifest, listed)| {
            match listed {
                Some(listed) if self.built && listed != manifest.digest => faults.add(
                    MANIFEST,
                    "/digest",
                    format!("is `{listed}`, but the package's is `{}`", manifest.digest),
                ),
                _ => {}
            }
            self.package(manifest)
        });
        faults.or(whole)
    }

    fn check_places(&self, draft: &Draft, faults: &mut Faults) {
        for (kind, path) in self.artifacts.keys() {
            let Some(found) = self.kinds.find(kind) else { continue };
            for place in draft.deployable_in.iter().filter(|place| !found.is_deployable_in(**place)) {
                let place = place.as_str();
                faults.of_file(
                    &file_of(kind, path),
                    format!("is of the kind `{kind}`, which can't be deployed in `{place}`"),
                );
            }
        }
    }

    fn check_listing(&self, draft: &Draft, faults: &mut Faults) {
        let mut unlisted: BTreeMap<_, _> = self.artifacts.iter().collect();
        for (index, ManifestEntry { kind, path, digest }) in &draft.artifacts {
            let pointer = format!("/artifacts/{index}");
            match unlisted.remove(&(kind.clone(), path.clone())) {
                None => {
                    let file = file_of(kind, path);
                    faults.add(MANIFEST, &pointer, format!("lists `{file}`, which is not there"));
                }
                Some(read) if read.digest != *digest => faults.add(
                    MANIFEST,
                    &format!("{pointer}/digest"),
                    format!("is `{digest}`, but the file's is `{}`", read.digest),
                ),
                Some(_) => {}
            }
        }
        for (kind, path) in unlisted.into_keys() {
            faults.of_file(&file_of(kind, path), "is not listed in the manifest");
        }
    }

    /// What an archive's manifest will list: the digests are those of the canonical files.
    fn listing(&self) -> Vec<(usize, ManifestEntry)> {
        let canonical = self.artifacts.iter().filter_map(|((kind, path), read)| {
            let (content, locked) = read.says.as_ref()?;
            let digest = Digest::of(file_text(content, locked).as_bytes());
            Some(ManifestEntry { kind: kind.clone(), path: path.clone(), digest })
        });
        canonical.enumerate().collect()
    }

    fn package(self, manifest: Manifest) -> Package {
        let id = manifest.id.clone();
        let artifacts = self.artifacts.into_iter().filter_map(|((kind, path), read)| {
            let (content, locked) = read.says?;
            let name = ArtifactName { package: Some(id.clone()), path };
            Some(PackageArtifact { key: ArtifactKey { kind, name }, content, locked })
        });
        Package { artifacts: artifacts.collect(), manifest }
    }
}

fn locked(form: &mut Form<'_>, fields: &serde_json::Map<String, Value>) -> Vec<Pattern> {
    let mut seen = std::collections::BTreeSet::new();
    form.list(fields, "", "locked", MAX_LOCKED, |form, value, at| {
        let pattern: Pattern = form.value(value, at)?;
        if pattern.as_str().contains('\0') {
            form.fault(at, "must not contain NUL");
        }
        if !seen.insert(pattern.clone()) {
            form.fault(at, "stands there twice");
        }
        Some(pattern)
    })
}

/// Why a content can't be shipped as one of its kind.
fn refused(kind: &Kind, content: &Value) -> Vec<Fault> {
    let mut faults = kind.check(content);
    faults.extend(check_merge_keys(content, kind.merge_keys()));
    for secret in kind.secret() {
        for pointer in crate::secrets::held(content, secret) {
            faults.push(Fault::new(pointer, "is a secret, which no package carries"));
        }
    }
    faults
}

/// The canonical text of an artifact's file.
pub(super) fn file_text(content: &Content, locked: &[Pattern]) -> String {
    let mut fields = serde_json::Map::new();
    fields.insert("content".to_owned(), content.value().clone());
    if !locked.is_empty() {
        let patterns = locked.iter().map(|pattern| Value::from(pattern.as_str()));
        fields.insert("locked".to_owned(), patterns.collect());
    }
    Value::Object(fields).to_string()
}
