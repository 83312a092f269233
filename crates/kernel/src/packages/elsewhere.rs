//! Overrides that workspaces have on what System ships. A directory says which workspaces have any; each is then looked at in its
//! own scope, one after the other.

use guildhall_artifacts::{ArtifactKey, Package, PackageId, PackageOffer, PlannedOverride};
use guildhall_core::{Scope, WorkspaceId};

use crate::{KernelError, work::Work};

impl Work<'_> {
    /// The overrides of all workspaces on a package that is deployed into System, and how they would stand with `next`; none
    /// where the work is in a workspace. A workspace that has deployed a version of its own is not concerned.
    pub(super) async fn overrides_elsewhere(
        self,
        scope: Scope,
        package: &PackageId,
        next: Option<&Package>,
    ) -> Result<(Self, Vec<PlannedOverride>), KernelError> {
        if scope != Scope::System {
            return Ok((self, Vec::new()));
        }
        let keys = self.package_keys(package, next).await?;
        let workspaces = self.list_following(package, &keys).await?;
        let keys = keys.into_iter().collect();
        let (mut work, mut found) = (self, Vec::new());
        for workspace in workspaces {
            work = work.rebind(Scope::Workspace(workspace)).await?;
            let space = work.artifact_spaces().find().await?;
            if !space.deployed.contains(package) {
                found.extend(work.kernel().artifacts(&work).overrides(package, &keys, next, &space).await?);
            }
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
