//! The package that comes with the program.

use guildhall_artifacts::{ArtifactsError, base_package};
use guildhall_kernel::{Kernel, KernelError};

/// Deploys the base package into System, unless that version or a later one is there.
///
/// # Errors
/// [`KernelError`] where the database refuses.
pub async fn ship(kernel: &Kernel) -> Result<(), KernelError> {
    let packed =
        base_package(&kernel.settings().kinds).map_err(|faults| ArtifactsError::InvalidPackage { faults })?;
    if kernel.ship_package(&packed.package, &packed.bytes).await? {
        let manifest = &packed.package.manifest;
        tracing::info!(package = %manifest.id, version = %manifest.version, "shipped the base package");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use guildhall_artifacts::Kinds;
    use guildhall_context::Theme;
    use serde_json::Value;

    use super::*;

    #[test]
    fn its_theme_looks_as_products_do_without_one() {
        let packed = base_package(&Kinds::built_in().unwrap()).unwrap();

        let theme = packed.package.artifacts.iter().find(|artifact| artifact.key.kind.as_str() == "theme");

        let shipped = theme.unwrap().content.value();
        let Value::Object(plain) = serde_json::to_value(Theme::default()).unwrap() else {
            panic!("no object")
        };
        for (field, value) in plain {
            assert_eq!(shipped[&field], value, "{field}");
        }
    }
}
