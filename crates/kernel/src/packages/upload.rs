//! Uploading a package.

use super::PackageShown;
use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, code};
use guildhall_core::PackageVersionId;

impl Kernel {
    /// Keeps a package in the caller's space. The same archive again is the same package.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PACKAGE_DEPLOY`; [`KernelError::Artifacts`] with everything that is wrong with the
    /// archive, where the package is not delegated to the workspace, or where the same version is known with another
    /// content.
    pub async fn upload_package(
        &self,
        request: &Request,
        archive: Vec<u8>,
    ) -> Result<Outcome<PackageShown>, KernelError> {
        let work = self.read(request).await?;
        work.authorize_workspace(&code::PACKAGE_DEPLOY)?;
        work.expect_some_delegated().await?;
        drop(work);
        let (package, archive) = self.read_package(archive).await?;
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_package(request, PackageVersionId::new(id)).await?));
            }
        };
        work.authorize_workspace(&code::PACKAGE_DEPLOY)?;
        work.expect_delegated(&package.manifest.id).await?;
        let (version, new) = self.artifacts(&work).upload(&package, &archive).await?;
        let id = version.id;
        if new {
            let name = format!("{} {}", version.manifest.id, version.manifest.version);
            work.finish(Event::new("package.uploaded", id.uuid(), name)).await?;
        } else {
            work.finish_unchanged(id.uuid()).await?;
        }
        let shown = self.find_package(request, id).await?;
        Ok(if new { Outcome::Done(shown) } else { Outcome::Replayed(shown) })
    }
}
