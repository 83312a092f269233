//! Planning.

use guildhall_artifacts::{Package, Plan, UndeployPlan};
use guildhall_core::{PackageVersionId, Scope, WorkspaceId};

use crate::{Kernel, KernelError, Request, work::Work};

impl Kernel {
    /// What deploying a package would do: in the caller's space, or from System in one workspace.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PACKAGE_DEPLOY`; [`KernelError::NotFound`]; [`KernelError::Artifacts`] where it
    /// can't be deployed there at all.
    pub async fn plan_package(
        &self,
        request: &Request,
        id: PackageVersionId,
        target: Option<WorkspaceId>,
    ) -> Result<Plan, KernelError> {
        let (version, package) = self.find_package_content(request, id).await?;
        let work = self.read(request).await?;
        work.authorize_package(version.id).await?;
        work.expect_delegated(&version.manifest.id).await?;
        let scope = scope_of(&work, target)?;
        let (_, plan) = self.plan_at(work.toward(target).await?, scope, &package).await?;
        Ok(plan)
    }

    /// The plan for the space that the work is in.
    pub(super) async fn plan_at<'k>(
        &self,
        work: Work<'k>,
        scope: Scope,
        package: &Package,
    ) -> Result<(Work<'k>, Plan), KernelError> {
        let id = &package.manifest.id;
        let (work, elsewhere) = work.look_elsewhere(scope, id, Some(package)).await?;
        let plan = work.kernel().artifacts(&work).plan(package, elsewhere).await?;
        Ok((work, plan))
    }

    /// What taking a package away would do.
    ///
    /// # Errors
    /// Those of [`Self::plan_package`]; [`KernelError::Artifacts`] where it is not deployed there.
    pub async fn plan_undeploy_package(
        &self,
        request: &Request,
        id: PackageVersionId,
        target: Option<WorkspaceId>,
    ) -> Result<UndeployPlan, KernelError> {
        let work = self.read(request).await?;
        let package = work.authorize_package(id).await?.manifest.id;
        work.expect_delegated(&package).await?;
        let scope = scope_of(&work, target)?;
        let work = work.toward(target).await?;
        let (work, elsewhere) = work.look_elsewhere(scope, &package, None).await?;
        Ok(self.artifacts(&work).plan_undeploy(&package, elsewhere).await?)
    }
}

/// The scope that is planned for.
pub(super) fn scope_of(work: &Work<'_>, target: Option<WorkspaceId>) -> Result<Scope, KernelError> {
    Ok(Scope::of(target.unwrap_or(work.space()?)))
}
