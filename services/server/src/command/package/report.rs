//! What deploying would do, or has done, for people to read.

use std::fmt::{self, Write as _};

use guildhall_artifacts::{ArtifactKey, Plan, UndeployPlan};
use guildhall_kernel::PackageDeployed;

/// A plan.
pub(super) fn of_plan(plan: &Plan, place: &str) -> String {
    let mut text = format!("{} {} into {place}", plan.package, plan.version);
    // Writing to a text never fails.
    let _written = write_plan(&mut text, plan);
    text
}

/// What a deployment did.
pub(super) fn of_deployed(deployed: &PackageDeployed, place: &str) -> String {
    let manifest = &deployed.deployment.manifest;
    let Some(plan) = &deployed.plan else {
        return format!("{} {} was deployed in {place} already", manifest.id, manifest.version);
    };
    let mut text = format!("{} {} is deployed in {place}", manifest.id, manifest.version);
    let _written = write_plan(&mut text, plan).and_then(|()| match deployed.archived {
        0 => Ok(()),
        archived => writeln!(text, "overrides put away  {archived}"),
    });
    text
}

/// What taking a package away did.
pub(super) fn of_undeployed(plan: &UndeployPlan, place: &str) -> String {
    let mut text = format!("{} {} is no longer deployed in {place}\n", plan.package, plan.version);
    let _written = write_undeployed(&mut text, plan);
    text
}

fn write_plan(text: &mut String, plan: &Plan) -> fmt::Result {
    match &plan.from {
        Some(from) => writeln!(text, ", in place of {from}")?,
        None => writeln!(text)?,
    }
    writeln!(text, "digest     {}", plan.digest)?;
    write_keys(text, "added", &plan.added)?;
    write_keys(text, "changed", &plan.changed)?;
    write_keys(text, "removed", &plan.removed)?;
    writeln!(text, "unchanged  {}", plan.unchanged)?;
    for need in &plan.unmet {
        let there = need.deployed.as_ref().map_or("nothing".to_owned(), ToString::to_string);
        writeln!(text, "unmet      {} {}, but {there} is deployed", need.id, need.version)?;
    }
    for by in &plan.broken {
        writeln!(text, "broken     {} requires {} {}", by.id, plan.package, by.version)?;
    }
    for (state, overrides) in &plan.overrides {
        writeln!(text, "overrides  {} would be {state}", overrides.len())?;
    }
    for service in &plan.interface_breaks {
        writeln!(text, "breaks     {}", service.key)?;
        for fault in &service.breaks {
            writeln!(text, "  {} {}", fault.pointer, fault.detail)?;
        }
    }
    writeln!(text, "plan       {}", plan.hash)
}

fn write_undeployed(text: &mut String, plan: &UndeployPlan) -> fmt::Result {
    if let Some(shows) = &plan.shows {
        writeln!(text, "System's version {shows} is there in its place")?;
    }
    write_keys(text, "removed", &plan.removed)?;
    for using in plan.block() {
        writeln!(text, "used       {using}")?;
    }
    Ok(())
}

fn write_keys(text: &mut String, what: &str, keys: &[ArtifactKey]) -> fmt::Result {
    writeln!(text, "{what:9}  {}", keys.len())?;
    keys.iter().try_for_each(|key| writeln!(text, "  {key}"))
}
