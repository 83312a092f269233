//! What packages need of each other. All of it follows from what is handed in.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use semver::{Version, VersionReq};
use serde::Serialize;

use super::{Manifest, Requirement};
use crate::PackageId;

/// A requirement that nothing deployed meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmet {
    /// The package that is needed.
    pub id: PackageId,
    /// Which of its versions will do.
    pub version: VersionReq,
    /// Which version is there instead.
    pub deployed: Option<Version>,
}

/// A package that needs another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dependent {
    /// The package that needs.
    pub id: PackageId,
    /// Which versions of the other one it needs.
    pub version: VersionReq,
}

/// What a package needs and does not find among what is deployed, in the order of its manifest.
pub fn unmet(manifest: &Manifest, deployed: &BTreeMap<PackageId, Version>) -> Vec<Unmet> {
    let needed = manifest.requires.iter().map(|Requirement { id, version }| Unmet {
        id: id.clone(),
        version: version.clone(),
        deployed: deployed.get(id).cloned(),
    });
    needed.filter(|need| !need.deployed.as_ref().is_some_and(|found| need.version.matches(found))).collect()
}

/// The shortest way from a package over what it requires back to itself, as in `a, b, a`. `known` says what other packages
/// require; what it says of this one counts for nothing.
pub fn find_cycle(manifest: &Manifest, known: &[(PackageId, Vec<Requirement>)]) -> Option<Vec<PackageId>> {
    let requires: BTreeMap<&PackageId, &[Requirement]> =
        known.iter().map(|(id, requires)| (id, requires.as_slice())).collect();
    let start = &manifest.id;
    let mut came_from: BTreeMap<&PackageId, &PackageId> = BTreeMap::new();
    let mut ahead = VecDeque::from([(start, manifest.requires.as_slice())]);
    while let Some((id, needs)) = ahead.pop_front() {
        for Requirement { id: needed, .. } in needs {
            if needed == start {
                return Some(way(start, id, &came_from));
            }
            if !came_from.contains_key(needed) {
                came_from.insert(needed, id);
                ahead.push_back((needed, requires.get(needed).copied().unwrap_or_default()));
            }
        }
    }
    None
}

/// From the start to the last package before it comes again, and to the start.
fn way(start: &PackageId, last: &PackageId, came_from: &BTreeMap<&PackageId, &PackageId>) -> Vec<PackageId> {
    let mut way = vec![start.clone()];
    let mut at = last;
    while at != start {
        way.push(at.clone());
        at = came_from.get(at).copied().unwrap_or(start);
    }
    way.push(start.clone());
    way.reverse();
    way
}

/// Which packages find what they require in `now` and would no longer find it in `next`, by id; a `None` is a package that
/// is not there.
pub fn broken_by(
    id: &PackageId,
    now: Option<&Version>,
    next: Option<&Version>,
    others: &[(PackageId, Vec<Requirement>)],
) -> Vec<Dependent> {
    let met = |need: &VersionReq, by: Option<&Version>| by.is_some_and(|version| need.matches(version));
    let needs = required_by(id, others).into_iter();
    needs.filter(|need| met(&need.version, now) && !met(&need.version, next)).collect()
}

/// Which packages require this one, by id.
pub fn required_by(id: &PackageId, others: &[(PackageId, Vec<Requirement>)]) -> Vec<Dependent> {
    let mut seen = BTreeSet::new();
    let needs = others.iter().flat_map(|(other, requires)| requires.iter().map(move |need| (other, need)));
    let mut found: Vec<Dependent> = needs
        .filter(|(other, need)| {
            need.id == *id && *other != id && seen.insert((*other, need.version.to_string()))
        })
        .map(|(other, need)| Dependent { id: other.clone(), version: need.version.clone() })
        .collect();
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

#[cfg(test)]
mod tests;
