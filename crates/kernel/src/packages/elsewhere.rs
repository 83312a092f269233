//! What workspaces have that lies on what System ships. Directories say which workspaces have anything; each is then looked at in its
//! own scope, one after the other.

use std::collections::BTreeSet;

use guildhall_artifacts::{ArtifactKey, Elsewhere, Package, PackageId, PackageOffer, PackageUse};
use guildhall_core::{Scope, WorkspaceId};
use guildhall_orchestration::{Template, TemplateUse};

use crate::{KernelError, shelf::key_of, work::Work};

impl Work<'_> {
    /// What the workspaces have that lies on a package of System's: their overrides, and how they would stand with `next`,
    /// packages of theirs that require it, and projects that were made from it; where the work is in a workspace, its own such
    /// projects and nothing else. A workspace that has deployed a version of its own is not concerned.
    pub(super) async fn look_elsewhere(
        self,
        scope: Scope,
        package: &PackageId,
        next: Option<&Package>,
    ) -> Result<(Self, Elsewhere), KernelError> {
        let mut found = Elsewhere::default();
        if scope != Scope::System {
            if next.is_none() {
                let used = self.project_templates().list_by_package(package.as_str()).await?;
                let projects = used.iter().map(|it| use_of(it, "project", it.project_id.to_string()));
                found.uses = projects.collect::<Result<_, _>>()?;
            }
            return Ok((self, found));
        }
        let keys = self.package_keys(package, next).await?;
        let overriding = self.list_following(package, &keys).await?;
        let mut workspaces: BTreeSet<_> = overriding.iter().copied().collect();
        workspaces.extend(self.unit().package_deployments().list_requiring(package).await?);
        if next.is_none() {
            workspaces.extend(self.unit().project_templates().list_workspaces(package.as_str()).await?);
        }
        workspaces.remove(&WorkspaceId::SYSTEM);
        let keys = keys.into_iter().collect();
        let mut work = self;
        for workspace in workspaces {
            work = work.rebind(Scope::Workspace(workspace)).await?;
            let space = work.artifact_spaces().find().await?;
            if space.deployed.contains(package) {
                continue;
            }
            if overriding.contains(&workspace) {
                let overrides =
                    work.kernel().artifacts(&work).overrides(package, &keys, next, &space).await?;
                found.overrides.extend(overrides);
            }
            if !space.sees(package) {
                continue;
            }
            if next.is_none() {
                let used = work.project_templates().list_by_package(package.as_str()).await?;
                let uses = used.iter().map(|it| use_of(it, "workspace", workspace.to_string()));
                found.uses.extend(uses.collect::<Result<BTreeSet<_>, _>>()?);
            }
            let deployed = work.package_deployments().list().await?;
            let own = deployed.into_iter().filter(|(home, _)| *home == workspace);
            let manifests = own.map(|(_, deployment)| deployment.manifest);
            found.requirements.extend(manifests.map(|manifest| (manifest.id, manifest.requires)));
        }
        Ok((work.rebind(Scope::System).await?, found))
    }

    /// The workspaces that have an override at one of these keys and are entitled to the package, whether System has deployed
    /// it or not. Those that have deployed a version of their own are among them.
    pub(super) async fn list_following(
        &self,
        package: &PackageId,
        keys: &[ArtifactKey],
    ) -> Result<Vec<WorkspaceId>, KernelError> {
        let offer = self.unit().package_offers().find(package).await?;
        let mut workspaces = self.unit().artifacts().list_overriding(keys).await?;
        workspaces.retain(|workspace| match &offer {
            PackageOffer::All => true,
            PackageOffer::List(listed) => listed.contains(workspace),
            PackageOffer::None => false,
        });
        Ok(workspaces)
    }

    /// The keys that System has of a package, and those that `next` would bring.
    async fn package_keys(
        &self,
        package: &PackageId,
        next: Option<&Package>,
    ) -> Result<Vec<ArtifactKey>, KernelError> {
        let lies =
            self.unit().artifacts().list_by_package(package, guildhall_artifacts::Layer::System).await?;
        let mut keys: Vec<_> = lies.into_iter().map(|(key, ..)| key).collect();
        keys.extend(next.into_iter().flat_map(|next| next.artifacts.iter().map(|it| it.key.clone())));
        keys.sort();
        keys.dedup();
        Ok(keys)
    }
}

/// A template of a package that projects were made from. Of what is in other workspaces, System hears which workspace it is.
fn use_of(used: &TemplateUse, kind: &str, id: String) -> Result<PackageUse, KernelError> {
    let name = match &used.package {
        Some(package) => format!("{package}:{}", used.path),
        None => used.path.clone(),
    };
    let misspelled = |_| KernelError::Internal(format!("`{name}` names no artifact"));
    let key = key_of::<Template>(&name.parse().map_err(misspelled)?)?;
    Ok(PackageUse { key, kind: kind.to_owned(), id })
}
