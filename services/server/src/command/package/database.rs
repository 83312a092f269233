//! Packages on the database itself.

use std::path::Path;

use anyhow::Context as _;
use guildhall_artifacts::{ArtifactsError, PackageId, UndeployMode};
use guildhall_kernel::{Kernel, KernelError, OperatorTarget};

use super::{Deploy, Place, listed, read, report};
use crate::{
    command::{open, serve::announce},
    config::Configuration,
};

pub(super) async fn plan(
    configuration: &Configuration,
    file: &Path,
    place: &Place,
    json: bool,
) -> anyhow::Result<()> {
    let archive = read(file)?;
    let kernel = kernel(configuration).await?;
    let target = place.find(&kernel).await?;
    let plan =
        kernel.plan_package_by_operator(archive, target).await.map_err(|error| explained(file, error))?;
    if json {
        return announce(&serde_json::to_string_pretty(&plan)?);
    }
    announce(report::of_plan(&plan, &place.name()).trim_end())
}

pub(super) async fn deploy(configuration: &Configuration, deploy: Deploy) -> anyhow::Result<()> {
    let Deploy { file, place, plan_hash, security_update } = deploy;
    let archive = read(&file)?;
    let kernel = kernel(configuration).await?;
    let target = place.find(&kernel).await?;
    let hash = match plan_hash {
        Some(hash) => hash,
        None => {
            let plan = kernel.plan_package_by_operator(archive.clone(), target).await;
            plan.map_err(|error| explained(&file, error))?.hash
        }
    };
    let deployed = kernel.deploy_package_by_operator(archive, target, hash, security_update).await;
    let deployed = deployed.map_err(|error| explained(&file, error))?;
    announce(report::of_deployed(&deployed, &place.name()).trim_end())
}

pub(super) async fn undeploy(
    configuration: &Configuration,
    id: &PackageId,
    place: &Place,
    mode: UndeployMode,
) -> anyhow::Result<()> {
    let kernel = kernel(configuration).await?;
    let target = place.find(&kernel).await?;
    let plan = match kernel.undeploy_package_by_operator(id, target, mode).await {
        Err(KernelError::Artifacts(ArtifactsError::InUse { uses })) => {
            let lines: String = uses.iter().map(|using| format!("\n  {using}")).collect();
            anyhow::bail!("`{id}` is in use:{lines}");
        }
        plan => plan?,
    };
    announce(report::of_undeployed(&plan, &place.name()).trim_end())
}

async fn kernel(configuration: &Configuration) -> anyhow::Result<Kernel> {
    let url = open::database_url(configuration, "guildhall.db")?;
    open::kernel(configuration, open::database(&url).await?, &url, configuration.mails()).await
}

impl Place {
    async fn find(&self, kernel: &Kernel) -> anyhow::Result<OperatorTarget> {
        let Some(prefix) = &self.workspace else { return Ok(None) };
        let workspace = kernel.find_workspace_by_prefix(prefix).await?;
        Ok(Some(workspace.with_context(|| format!("there is no workspace `{prefix}`"))?.id))
    }

    fn name(&self) -> String {
        self.workspace.as_ref().map_or_else(|| "System".to_owned(), |prefix| format!("`{prefix}`"))
    }
}

/// What is wrong with an archive, one fault a line; anything else as it is.
fn explained(file: &Path, error: KernelError) -> anyhow::Error {
    match error {
        KernelError::Artifacts(ArtifactsError::InvalidPackage { faults }) => listed(file, &faults),
        error => error.into(),
    }
}
