//! Lists the files in `kinds/`, so that a kind is added by one file.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by the environment where things are"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("kinds");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name =
            entry?.file_name().into_string().map_err(|name| format!("{} is not UTF-8", name.display()))?;
        if name.ends_with(".json") {
            files.push(name);
        }
    }
    files.sort();
    let mut list = String::from("const FILES: &[(&str, &str)] = &[\n");
    for file in files {
        writeln!(list, "    ({file:?}, include_str!({:?})),", folder.join(&file))?;
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("kinds.rs"), list)?;
    println!("cargo::rerun-if-changed=kinds");
    Ok(())
}
