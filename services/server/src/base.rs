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
