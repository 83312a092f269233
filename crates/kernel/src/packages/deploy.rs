//! Deploying.

use guildhall_artifacts::{Deployment, Package, PackageVersion, Plan};
use guildhall_core::{PackageVersionId, Scope, WorkspaceId};
use serde::Serialize;

use super::plan::scope_of;
use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, work::Work};

/// What is to be deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployPackage {
    /// The uploaded package.
    pub id: PackageVersionId,
    /// The workspace, where System deploys into one; else the caller's space.
    pub target: Option<WorkspaceId>,
    /// The hash of the plan that the caller has seen.
    pub plan_hash: String,
    /// Whether overrides of what changes are put away, so that every workspace has the new content at once. From System
    /// into System alone.
    pub security_update: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageDeployed {
    /// The deployment as it stands.
    pub deployment: Deployment,
    /// What was done; `None` where this very version was deployed already.
    pub plan: Option<Plan>,
    /// How many overrides were put away.
    pub archived: usize,
}

/// What the log says about a deployment.
#[derive(Serialize)]
struct Told {
    version: String,
    digest: String,
    security_update: bool,
}

impl Kernel {
    /// Deploys a package, if the world is still the one that the plan was made for: all of it in one generation, or nothing.
    /// Deploying the version that is deployed changes nothing.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PACKAGE_DEPLOY`; [`KernelError::NotFound`]; [`KernelError::Artifacts`] where the
    /// plan is stale, requirements are not met, or the package can't be deployed there or is not delegated.
    pub async fn deploy_package(
        &self,
        request: &Request,
        command: DeployPackage,
    ) -> Result<Outcome<PackageDeployed>, KernelError> {
        // A key that was used for another request is refused before anything is looked up.
        if request.idempotency_key.is_some() {
            drop(self.begin(request).await?);
        }
        let (version, package) = self.find_package_content(request, command.id).await?;
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                let deployed = self.deployed_before(request, &version, command.target).await?;
                return Ok(Outcome::Replayed(deployed));
            }
        };
        work.authorize_package(version.id).await?;
        work.expect_delegated(&version.manifest.id).await?;
        let scope = scope_of(&work, command.target)?;
        let home = Scope::of(work.space()?);
        if command.security_update && scope != Scope::System {
            let detail =
                "overrides are put away where System deploys into System: leave `security_update` out";
            return Err(KernelError::Refused { code: "not_in_system", detail: detail.to_owned() });
        }
        let work = work.toward(command.target).await?;
        let (work, deployed) = self.deploy_at(work, scope, &version, &package, &command).await?;
        finish(work, (home, scope), "package.deployed", &version, command.security_update).await?;
        Ok(Outcome::Done(deployed))
    }

    /// Deploys into the space that the work is in.
    pub(super) async fn deploy_at<'k>(
        &self,
        work: Work<'k>,
        scope: Scope,
        version: &PackageVersion,
        package: &Package,
        command: &DeployPackage,
    ) -> Result<(Work<'k>, PackageDeployed), KernelError> {
        let id = &package.manifest.id;
        let (work, elsewhere) = work.look_elsewhere(scope, id, Some(package)).await?;
        let done =
            work.kernel().artifacts(&work).deploy(version, package, &command.plan_hash, elsewhere).await?;
        let (work, archived) = match &done.plan {
            Some(plan) if command.security_update => {
                let changed: Vec<_> = plan.added.iter().chain(&plan.changed).cloned().collect();
                work.force(package, &changed).await?
            }
            // It was deployed before, without being forced.
            None if command.security_update => {
                let all: Vec<_> = package.artifacts.iter().map(|artifact| artifact.key.clone()).collect();
                work.force(package, &all).await?
            }
            _ => (work, 0),
        };
        Ok((work, PackageDeployed { deployment: done.deployment, plan: done.plan, archived }))
    }

    async fn deployed_before(
        &self,
        request: &Request,
        version: &PackageVersion,
        target: Option<WorkspaceId>,
    ) -> Result<PackageDeployed, KernelError> {
        let work = self.read(request).await?.toward(target).await?;
        let space = work.artifact_spaces().find().await?.id;
        let all = work.package_deployments().list().await?;
        let found =
            all.into_iter().find(|(home, it)| *home == space && it.manifest.id == version.manifest.id);
        let (_, deployment) = found.ok_or(KernelError::NotFound)?;
        Ok(PackageDeployed { deployment, plan: None, archived: 0 })
    }
}

/// Tells the log of the space that was changed, and System's where it acted upon a workspace, and commits.
pub(super) async fn finish(
    work: Work<'_>,
    (home, scope): (Scope, Scope),
    kind: &'static str,
    version: &PackageVersion,
    security_update: bool,
) -> Result<(), KernelError> {
    let told = Told {
        version: version.manifest.version.to_string(),
        digest: version.manifest.digest.to_string(),
        security_update,
    };
    let event = Event::new(kind, version.id.uuid(), version.manifest.id.to_string()).creating(&told);
    if home == scope {
        return work.finish(event).await;
    }
    work.record(event.clone()).await?;
    work.rebind(home).await?.finish(event).await
}
