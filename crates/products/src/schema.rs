//! JSON Schemas that come from outside, made safe to run.
//!
//! A schema is a program: it may refer to other documents, to itself, or to one part so often that a small text takes ages
//! to check. So references stay inside the document, never form a circle, and the schema is measured with every reference
//! written out.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::Fault;
use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

use crate::config::{children, escaped};

/// The drafts that are understood, without the `#` that may end them.
const DRAFTS: [&str; 3] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema",
];

/// The most values that a schema has with every reference written out.
const MAX_VALUES: usize = 10_000;

/// The most levels that it has then.
const MAX_LEVELS: usize = 48;

/// The largest compiled pattern, in bytes.
const MAX_PATTERN_BYTES: usize = 64 * 1024;

/// The schema, ready to run, and its size with every reference written out.
///
/// # Errors
///
/// Everything that keeps it from being run, with pointers that begin with `/config_schema`.
pub(crate) fn compile(schema: &Value) -> Result<(Validator, usize), Vec<Fault>> {
    if !schema.is_object() {
        return Err(vec![Fault::new("/config_schema", "must be a JSON object")]);
    }
    let mut faults = Vec::new();
    check_keywords(schema, "/config_schema", true, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let size = Expansion::measure(schema).map_err(|detail| vec![Fault::new("/config_schema", detail)])?;
    let validator = jsonschema::options()
        .offline()
        .should_validate_formats(false)
        .with_pattern_options(
            PatternOptions::regex().size_limit(MAX_PATTERN_BYTES).dfa_size_limit(MAX_PATTERN_BYTES),
        )
        .build(schema)
        .map_err(|error| {
            let detail: String = error.masked().to_string().chars().take(300).collect();
            vec![Fault::new(
                format!("/config_schema{}", error.instance_path().as_str()),
                format!("is no valid JSON Schema: {detail}"),
            )]
        })?;
    Ok((validator, size))
}

/// Finds references that leave the document or that can't be followed by pointer alone.
fn check_keywords(value: &Value, pointer: &str, is_root: bool, faults: &mut Vec<Fault>) {
    for (key, child) in children(value) {
        let place = format!("{pointer}/{}", escaped(&key));
        let refused = match (key.as_str(), child.as_str()) {
            ("$schema", Some(draft)) if !is_root || !DRAFTS.contains(&draft.trim_end_matches('#')) => {
                Some("must be draft 2020-12, 2019-09 or 7, and stand at the top alone")
            }
            ("$id", Some(_)) if !is_root => Some("may stand at the top alone"),
            ("$dynamicRef" | "$recursiveRef", Some(_)) => Some("is not supported"),
            ("$ref", Some(target)) if !is_local_pointer(target) => {
                Some("must point into this schema (`#/...`); nothing is fetched")
            }
            _ => None,
        };
        faults.extend(refused.map(|detail| Fault::new(&place, detail)));
        check_keywords(child, &place, false, faults);
    }
}

/// Whether a reference is a plain JSON pointer into the same document. One with `%` could be read in two ways.
fn is_local_pointer(target: &str) -> bool {
    target
        .strip_prefix('#')
        .is_some_and(|pointer| (pointer.is_empty() || pointer.starts_with('/')) && !pointer.contains('%'))
}

/// The measures of one part of a schema with its references written out.
#[derive(Clone, Copy)]
struct Size {
    values: usize,
    levels: usize,
}

/// Writes references out in thought, each part once.
struct Expansion<'s> {
    root: &'s Value,
    measured: BTreeMap<&'s str, Size>,
    open: BTreeSet<&'s str>,
}

impl<'s> Expansion<'s> {
    fn measure(root: &'s Value) -> Result<usize, String> {
        let mut expansion = Self { root, measured: BTreeMap::new(), open: BTreeSet::from([""]) };
        expansion.part(root, 0).map(|size| size.values)
    }

    fn part(&mut self, value: &'s Value, level: usize) -> Result<Size, String> {
        if level > MAX_LEVELS {
            return Err(too_large());
        }
        let mut size = Size { values: 1, levels: 1 };
        for (key, child) in children(value) {
            let below = match child.as_str() {
                Some(target) if key == "$ref" => self.reference(target.trim_start_matches('#'), level + 1)?,
                _ => self.part(child, level + 1)?,
            };
            size.values = size.values.saturating_add(below.values);
            size.levels = size.levels.max(below.levels + 1);
        }
        if size.values > MAX_VALUES || level + size.levels > MAX_LEVELS + 1 {
            return Err(too_large());
        }
        Ok(size)
    }

    fn reference(&mut self, pointer: &'s str, level: usize) -> Result<Size, String> {
        if let Some(size) = self.measured.get(pointer) {
            return if level + size.levels > MAX_LEVELS + 1 { Err(too_large()) } else { Ok(*size) };
        }
        let target = self
            .root
            .pointer(pointer)
            .ok_or_else(|| format!("refers to `#{pointer}`, which is not there"))?;
        if !self.open.insert(pointer) {
            return Err(format!("refers to `#{pointer}` from inside it; a schema must not contain itself"));
        }
        let size = self.part(target, level)?;
        self.open.remove(pointer);
        self.measured.insert(pointer, size);
        Ok(size)
    }
}

fn too_large() -> String {
    format!("has more than {MAX_VALUES} values or {MAX_LEVELS} levels with its references written out")
}
