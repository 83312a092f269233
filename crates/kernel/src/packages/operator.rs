//! Packages from the command line, on the database itself. Nobody's leave is asked: it is for whoever holds the database.

use guildhall_artifacts::{
    ArtifactsError, Package, PackageId, PackageVersion, Plan, UndeployMode, UndeployPlan,
};
use guildhall_core::{Access, RequestId, Scope, WorkspaceId};

use super::{DeployPackage, PackageDeployed, deploy::finish};
use crate::{Kernel, KernelError, Request, operator::operator, work::Work};

/// Where the operator acts: in System, or in one workspace.
pub type OperatorTarget = Option<WorkspaceId>;

impl Kernel {
    /// What deploying an archive would do.
    ///
    /// # Errors
    /// [`KernelError::Artifacts`] with everything that is wrong with the archive, or where it can't be deployed there.
    pub async fn plan_package_by_operator(
        &self,
        archive: Vec<u8>,
        target: OperatorTarget,
    ) -> Result<Plan, KernelError> {
        let (package, _) = self.read_package(archive).await?;
        let request = self.operator_request(target);
        let work = Work::open_operator(self, &request, scope(target), Access::Read).await?;
        let (_, plan) = self.plan_at(work, scope(target), &package).await?;
        Ok(plan)
    }

    /// Uploads an archive to System and deploys it there, or in one workspace.
    ///
    /// # Errors
    /// Those of [`Self::plan_package_by_operator`]; [`KernelError::Artifacts`] where the plan is stale, or requirements are
    /// not met.
    pub async fn deploy_package_by_operator(
        &self,
        archive: Vec<u8>,
        target: OperatorTarget,
        plan_hash: String,
        security_update: bool,
    ) -> Result<PackageDeployed, KernelError> {
        let (package, archive) = self.read_package(archive).await?;
        let version = self.upload_by_operator(&package, &archive).await?;
        let (request, scope) = (self.operator_request(target), scope(target));
        let command = DeployPackage { id: version.id, target, plan_hash, security_update };
        let work = Work::open_operator(self, &request, scope, Access::Write).await?;
        let (work, deployed) = self.deploy_at(work, scope, &version, &package, &command).await?;
        finish(work, (Scope::System, scope), "package.deployed", &version, security_update).await?;
        Ok(deployed)
    }

    /// Deploys a package that comes with the program into System, unless that version or a later one is there. Any number
    /// of nodes may do so at once. Answers whether it was deployed.
    ///
    /// # Errors
    /// Those of [`Self::deploy_package_by_operator`].
    pub async fn ship_package(&self, package: &Package, archive: &[u8]) -> Result<bool, KernelError> {
        loop {
            let request = self.operator_request(None);
            let work = Work::open_operator(self, &request, Scope::System, Access::Read).await?;
            let all = work.package_deployments().list().await?;
            let there =
                all.iter().find(|(home, it)| home.is_system() && it.manifest.id == package.manifest.id);
            if there.is_some_and(|(_, it)| it.manifest.version >= package.manifest.version) {
                return Ok(false);
            }
            let (work, plan) = self.plan_at(work, Scope::System, package).await?;
            drop(work);
            match self.deploy_package_by_operator(archive.to_vec(), None, plan.hash, false).await {
                Err(KernelError::Artifacts(ArtifactsError::PlanStale)) => {}
                other => return other.map(|deployed| deployed.plan.is_some()),
            }
        }
    }

    async fn upload_by_operator(
        &self,
        package: &Package,
        archive: &[u8],
    ) -> Result<PackageVersion, KernelError> {
        let request = self.operator_request(None);
        let work = Work::open_operator(self, &request, Scope::System, Access::Write).await?;
        let (version, new) = self.artifacts(&work).upload(package, archive).await?;
        let name = format!("{} {}", version.manifest.id, version.manifest.version);
        if new {
            work.finish(crate::Event::new("package.uploaded", version.id.uuid(), name)).await?;
        }
        Ok(version)
    }

    /// Takes a package away from System, or from one workspace.
    ///
    /// # Errors
    /// [`KernelError::Artifacts`] where it is not deployed, or in use.
    pub async fn undeploy_package_by_operator(
        &self,
        package: &PackageId,
        target: OperatorTarget,
        mode: UndeployMode,
    ) -> Result<UndeployPlan, KernelError> {
        let (request, scope) = (self.operator_request(target), scope(target));
        let work = Work::open_operator(self, &request, scope, Access::Write).await?;
        let all = work.package_deployments().list().await?;
        let home = scope.workspace();
        let found = all.into_iter().find(|(space, it)| Some(*space) == home && it.manifest.id == *package);
        let (_, deployment) = found.ok_or(ArtifactsError::NotDeployed)?;
        let version = work.packages().find(deployment.version_id).await?.ok_or(ArtifactsError::NoPackage)?;
        let (work, plan) = self.undeploy_at(work, scope, package, mode).await?;
        finish(work, (Scope::System, scope), "package.undeployed", &version, false).await?;
        Ok(plan)
    }

    fn operator_request(&self, target: OperatorTarget) -> Request {
        let caller = operator(target.unwrap_or(WorkspaceId::SYSTEM));
        Request::embedded(caller, RequestId::new(self.ids().uuid()))
    }
}

fn scope(target: OperatorTarget) -> Scope {
    target.map_or(Scope::System, Scope::of)
}
