//! Artifacts as they come out of the database: lists of arrays in JSON, whose order of fields is that of the structs here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use guildhall_artifacts::{
    ArtifactKey, ArtifactName, Base, Content, ContentHash, Document, Generations, Head, KindName, Layer,
    Origin, PackageId, Pattern, Placed, Space, Stack, Stretch, What,
};
use guildhall_core::{ArtifactVersionId, StoreError, WorkspaceId};
use sea_orm::QueryResult;
use serde::{Deserialize, de::DeserializeOwned};
use uuid::Uuid;

use super::artifact_rows::{layer, read};
use crate::error::{corrupt, store_error};

/// What versions say.
type Documents = BTreeMap<ArtifactVersionId, Document>;

/// A package that the space or System has deployed; numbers stand for yes and no.
#[derive(Deserialize)]
struct DeployedRow {
    package: PackageId,
    systems: u8,
    withheld: u8,
}

/// What stands somewhere. Ids and hashes are hexadecimal digits, of which there are none where there is nothing.
#[derive(Deserialize)]
struct PlacedRow<'t> {
    package: &'t str,
    path: &'t str,
    layer: i16,
    generation: i64,
    state: &'t str,
    id: Option<&'t str>,
    number: Option<i64>,
    hash: Option<&'t str>,
    title: Option<String>,
    enabled: Option<u8>,
    origin: Option<Origin>,
    at: Option<DateTime<Utc>>,
    base_home: Option<&'t str>,
    base_id: Option<&'t str>,
    base_hash: Option<&'t str>,
}

/// What a version says; nothing where none stands.
#[derive(Deserialize)]
struct DocumentRow<'t> {
    id: Option<&'t str>,
    content: Option<String>,
    locked: Option<String>,
    schema_version: Option<u32>,
}

/// The space.
pub(super) fn space(id: WorkspaceId, row: &QueryResult) -> Result<Space, StoreError> {
    let generation = |column: &str| row.try_get::<Option<i64>>("", column).map_err(store_error);
    let generations = Generations {
        own: generation("own")?.unwrap_or_default(),
        system: generation("system")?.unwrap_or_default(),
    };
    let (mut deployed, mut offered) = (BTreeSet::new(), BTreeMap::new());
    for DeployedRow { package, systems, withheld } in list(row, "packages")? {
        if systems == 0 || id.is_system() {
            deployed.insert(package.clone());
        }
        if systems == 1 {
            offered.insert(package, withheld == 0);
        }
    }
    Ok(Space { id, generations, deployed, offered })
}

/// What stands at names.
pub(super) fn placed(row: &QueryResult, column: &str) -> Result<Vec<(ArtifactName, Placed)>, StoreError> {
    let text = text(row, column)?;
    parsed::<Vec<PlacedRow<'_>>>(column, &text)?.into_iter().map(placed_at).collect()
}

/// What versions say.
pub(super) fn documents(row: &QueryResult) -> Result<Documents, StoreError> {
    let text = text(row, "documents")?;
    let rows = parsed::<Vec<DocumentRow<'_>>>("documents", &text)?.into_iter();
    rows.filter_map(|row| document(row).transpose()).collect()
}

/// What stands at a key, with what its versions say.
pub(super) fn stack(row: &QueryResult) -> Result<Stack, StoreError> {
    let text = text(row, "placed")?;
    let mut stack = Stack::default();
    for (placed, said) in parsed::<Vec<(PlacedRow<'_>, DocumentRow<'_>)>>("placed", &text)? {
        stack.placed.push(placed_at(placed)?.1);
        stack.documents.extend(document(said)?);
    }
    Ok(stack)
}

fn document(row: DocumentRow<'_>) -> Result<Option<(ArtifactVersionId, Document)>, StoreError> {
    let Some(id) = id_of(row.id)? else { return Ok(None) };
    let (Some(content), Some(locked), Some(schema_version)) = (row.content, row.locked, row.schema_version)
    else {
        return Err(StoreError::Corrupt("a version of an artifact says nothing".into()));
    };
    let content = Content::from_text(&content).map_err(corrupt("content"))?;
    let locked = parsed("locked", &locked)?;
    Ok(Some((ArtifactVersionId::new(id), Document { content, locked, schema_version })))
}

/// Everything by name, with documents: a version's stands where the version does.
pub(super) fn own(row: &QueryResult) -> Result<Vec<(ArtifactName, Stack)>, StoreError> {
    let mut said = documents(row)?;
    let mut stack = |placed: Vec<Placed>| {
        let heads = placed.iter().filter_map(|placed| placed.what.head());
        let ids = heads.flat_map(|head| [Some(head.id), head.base.map(|base| base.id)]).flatten();
        let documents = ids.filter_map(|id| said.remove_entry(&id)).collect();
        Stack { placed, documents }
    };
    let names = by_name(placed(row, "placed")?).into_iter();
    Ok(names.map(|(name, placed)| (name, stack(placed))).collect())
}

/// What a package brought, by key, each with what is locked in it.
pub(super) fn of_package(row: &QueryResult) -> Result<Vec<(ArtifactKey, Placed, Vec<Pattern>)>, StoreError> {
    let mut locks: BTreeMap<Uuid, String> = list(row, "locks")?.into_iter().collect();
    let text = text(row, "placed")?;
    let mut found = Vec::new();
    for (kind, row) in parsed::<Vec<(KindName, PlacedRow<'_>)>>("placed", &text)? {
        let (name, placed) = placed_at(row)?;
        let locked = placed.what.head().and_then(|head| locks.remove(&head.id.uuid()));
        let locked = locked.map(|locked| parsed("locked", &locked)).transpose()?.unwrap_or_default();
        found.push((ArtifactKey { kind, name }, placed, locked));
    }
    found.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    Ok(found)
}

/// Rows by name. They come as parts that are in order.
pub(super) fn by_name(mut rows: Vec<(ArtifactName, Placed)>) -> Vec<(ArtifactName, Vec<Placed>)> {
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut names = Vec::<(ArtifactName, Vec<Placed>)>::with_capacity(rows.len());
    for (name, placed) in rows {
        match names.last_mut() {
            Some((last, all)) if *last == name => all.push(placed),
            _ => names.push((name, vec![placed])),
        }
    }
    names
}

/// Ends a part before the last key of the space's own, where those reached their limit: not all of it may be there, and nothing
/// is known of what lies behind.
pub(super) fn cut(stretch: &mut Stretch) {
    let is_own = |placed: &Placed| placed.layer != Layer::System;
    let last = stretch.keys.iter().rposition(|(_, placed)| placed.iter().any(is_own));
    stretch.keys.truncate(last.unwrap_or_default());
    stretch.more = true;
}

fn placed_at(row: PlacedRow<'_>) -> Result<(ArtifactName, Placed), StoreError> {
    let package = if row.package.is_empty() { None } else { Some(read("package", row.package)?) };
    let name = ArtifactName { package, path: read("path", row.path)? };
    let (state, generation, layer) = (row.state, row.generation, layer(row.layer)?);
    let what = match (state, head(row)?) {
        ("LIVE", Some(head)) => What::Live(head),
        ("HIDDEN", covers) => What::Hidden { covers },
        ("GONE", last) => What::Gone { last },
        (other, _) => return Err(StoreError::Corrupt(format!("state of an artifact: {other}"))),
    };
    Ok((name, Placed { layer, generation, what }))
}

fn head(row: PlacedRow<'_>) -> Result<Option<Head>, StoreError> {
    let Some(id) = id_of(row.id)? else { return Ok(None) };
    let missing = || StoreError::Corrupt("an artifact lacks what its version says".into());
    let base = match (id_of(row.base_home)?, id_of(row.base_id)?, row.base_hash) {
        (Some(home), Some(id), Some(stored)) => {
            Some(Base { space: WorkspaceId::new(home), id: ArtifactVersionId::new(id), hash: hash(stored)? })
        }
        _ => None,
    };
    Ok(Some(Head {
        id: ArtifactVersionId::new(id),
        number: row.number.ok_or_else(missing)?,
        hash: hash(row.hash.ok_or_else(missing)?)?,
        title: row.title.ok_or_else(missing)?,
        enabled: row.enabled.ok_or_else(missing)? == 1,
        base,
        origin: row.origin.ok_or_else(missing)?,
        at: row.at.ok_or_else(missing)?,
    }))
}

/// An id from its digits.
fn id_of(digits: Option<&str>) -> Result<Option<Uuid>, StoreError> {
    let Some(digits) = digits.filter(|digits| !digits.is_empty()) else { return Ok(None) };
    let id = Uuid::try_parse(digits).map_err(|error| StoreError::Corrupt(format!("an id: {error}")))?;
    Ok(Some(id))
}

/// A hash from its digits.
fn hash(digits: &str) -> Result<ContentHash, StoreError> {
    let corrupt = || StoreError::Corrupt("a hash has not 64 hexadecimal digits".into());
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = [0; 32];
    if digits.len() != 64 {
        return Err(corrupt());
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        let [high, low] = pair else { return Err(corrupt()) };
        *byte = digit(high).ok_or_else(corrupt)? << 4 | digit(low).ok_or_else(corrupt)?;
    }
    Ok(ContentHash::new(bytes))
}

fn list<T: DeserializeOwned>(row: &QueryResult, column: &str) -> Result<Vec<T>, StoreError> {
    parsed(column, &text(row, column)?)
}

/// A list. PostgreSQL has none where there are no rows.
fn text(row: &QueryResult, column: &str) -> Result<String, StoreError> {
    let text: Option<String> = row.try_get("", column).map_err(store_error)?;
    Ok(text.unwrap_or_else(|| "[]".to_owned()))
}

fn parsed<'t, T: Deserialize<'t>>(column: &str, text: &'t str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("{column}: {error}")))
}
