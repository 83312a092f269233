//! A package for people to read.

use std::fmt::{self, Display, Write as _};

use guildhall_artifacts::{DeployableIn, Package};

/// What is in a package, one thing a line.
pub(super) fn of(package: &Package) -> String {
    let mut text = String::new();
    // Writing to a text never fails.
    let _written = write(&mut text, package);
    text
}

fn write(text: &mut String, package: &Package) -> fmt::Result {
    let manifest = &package.manifest;
    writeln!(text, "{} {}: {}", manifest.id, manifest.version, manifest.name)?;
    if let Some(description) = &manifest.description {
        writeln!(text, "{description}")?;
    }
    writeln!(text, "digest         {}", manifest.digest)?;
    writeln!(
        text,
        "deployable in  {}",
        joined(manifest.deployable_in.iter().map(|place| DeployableIn::as_str(*place)))
    )?;
    if !manifest.requires.is_empty() {
        let requires = manifest.requires.iter().map(|need| format!("{} {}", need.id, need.version));
        writeln!(text, "requires       {}", joined(requires))?;
    }
    if !manifest.permissions.is_empty() {
        writeln!(text, "permissions    {}", joined(&manifest.permissions))?;
    }
    for role in &manifest.roles {
        writeln!(text, "role           {} ({}): {}", role.code, role.name, joined(&role.permissions))?;
    }
    let width = package.artifacts.iter().map(|artifact| artifact.key.kind.as_str().len()).max().unwrap_or(0);
    writeln!(text, "artifacts      {}", package.artifacts.len())?;
    for artifact in &package.artifacts {
        let bytes = artifact.content.text().len();
        let (kind, path) = (artifact.key.kind.as_str(), &artifact.key.name.path);
        write!(text, "  {kind:width$}  {path}  {bytes} bytes")?;
        if !artifact.locked.is_empty() {
            write!(text, ", locked: {}", joined(&artifact.locked))?;
        }
        writeln!(text)?;
    }
    Ok(())
}

fn joined(parts: impl IntoIterator<Item = impl Display>) -> String {
    parts.into_iter().map(|part| part.to_string()).collect::<Vec<_>>().join(", ")
}
