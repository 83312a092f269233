//! Taking packages away.

use guildhall_artifacts::{UndeployMode, UndeployPlan};
use guildhall_core::{PackageVersionId, Scope, WorkspaceId};

use super::{deploy::finish, plan::scope_of};
use crate::{Begun, Kernel, KernelError, Outcome, Request, work::Work};

/// What is to be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndeployPackage {
    /// An uploaded version of the package; whichever one is deployed is taken away.
    pub id: PackageVersionId,
    /// The workspace, where System acts on one; else the caller's space.
    pub target: Option<WorkspaceId>,
    /// What is done about what still uses it.
    pub mode: UndeployMode,
}

impl Kernel {
    /// Takes a package away, and answers what that did; `None` for a repeated request.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PACKAGE_DEPLOY`; [`KernelError::NotFound`]; [`KernelError::Artifacts`] where it is
    /// not deployed, or in use.
    pub async fn undeploy_package(
        &self,
        request: &Request,
        command: UndeployPackage,
    ) -> Result<Outcome<Option<UndeployPlan>>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(None)),
        };
        let version = work.authorize_package(command.id).await?;
        work.expect_delegated(&version.manifest.id).await?;
        let (home, scope) = (Scope::of(work.space()?), scope_of(&work, command.target)?);
        let work = work.toward(command.target).await?;
        let (work, plan) = self.undeploy_at(work, scope, &version.manifest.id, command.mode).await?;
        finish(work, (home, scope), "package.undeployed", &version, false).await?;
        Ok(Outcome::Done(Some(plan)))
    }

    /// Takes a package away from the space that the work is in.
    pub(super) async fn undeploy_at<'k>(
        &self,
        work: Work<'k>,
        scope: Scope,
        package: &guildhall_artifacts::PackageId,
        mode: UndeployMode,
    ) -> Result<(Work<'k>, UndeployPlan), KernelError> {
        // Before it is asked what uses the package: else somebody who begins to at the same moment is overlooked.
        work.artifact_spaces().find_locked().await?;
        let (work, elsewhere) = work.look_elsewhere(scope, package, None).await?;
        let plan = work.kernel().artifacts(&work).undeploy(package, mode, elsewhere).await?;
        if mode != UndeployMode::Archive {
            return Ok((work, plan));
        }
        if scope == Scope::System {
            let (work, _) = work.archive_everywhere(package, &plan.removed, None).await?;
            return Ok((work, plan));
        }
        work.archive_here(&plan.removed).await?;
        Ok((work, plan))
    }
}
