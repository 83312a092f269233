//! Lists the files in `kinds/` and those of the base package, so that a kind or an artifact is added by one file.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

/// The package that every platform begins with.
const BASE: &str = "packages/guildhall.base";

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by the environment where things are"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let (here, out) = (env::var("CARGO_MANIFEST_DIR")?, env::var("OUT_DIR")?);
    for (folder, list) in [("kinds", "kinds.rs"), (BASE, "base.rs")] {
        let mut files = Vec::new();
        collect(&Path::new(&here).join(folder), "", &mut files)?;
        files.sort();
        fs::write(Path::new(&out).join(list), listed(&Path::new(&here).join(folder), &files)?)?;
        println!("cargo::rerun-if-changed={folder}");
    }
    Ok(())
}

/// The paths of all JSON files in a folder and below.
fn collect(folder: &Path, above: &str, files: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name =
            entry.file_name().into_string().map_err(|name| format!("{} is not UTF-8", name.display()))?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{above}{name}/"), files)?;
        } else if name.ends_with(".json") {
            files.push(format!("{above}{name}"));
        }
    }
    Ok(())
}

fn listed(folder: &Path, files: &[String]) -> Result<String, Box<dyn Error>> {
    let mut list = String::from("const FILES: &[(&str, &str)] = &[\n");
    for file in files {
        writeln!(list, "    ({file:?}, include_str!({:?})),", folder.join(file))?;
    }
    list.push_str("];\n");
    Ok(list)
}
