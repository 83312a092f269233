//! Deploying packages and taking them away: in one generation, so that nobody sees a part of it.

use std::collections::BTreeMap;

use guildhall_core::{ArtifactVersionId, PackageVersionId};

use super::{
    Artifacts, NewVersion, Opened,
    packages::{World, package_layer},
};
use crate::{
    Act, ArtifactChange, ArtifactKey, ArtifactVersion, ArtifactsError, Deployment, Elsewhere, Layer, Origin,
    Package, PackageArtifact, PackageId, PackageOffer, PackageVersion, Placed, Plan, UndeployMode,
    UndeployPlan, What, plan_undeploy,
};

/// What came of deploying a package.
#[derive(Debug, Clone, PartialEq)]
pub struct DeployDone {
    /// The deployment as it stands.
    pub deployment: Deployment,
    /// What was done; `None` where this very version was deployed already.
    pub plan: Option<Plan>,
}

/// The rows that a deploy writes.
#[derive(Default)]
struct Rows {
    versions: Vec<ArtifactVersion>,
    placed: Vec<(ArtifactKey, Placed)>,
    changes: Vec<ArtifactChange>,
}

impl Artifacts<'_> {
    /// Deploys a package into this space, if the world is still the one that the plan was made for. To deploy what is
    /// deployed already changes nothing.
    ///
    /// # Errors
    /// [`ArtifactsError::PlanStale`]; [`ArtifactsError::DependencyUnmet`]; [`ArtifactsError::Package`].
    pub async fn deploy(
        &self,
        version: &PackageVersion,
        package: &Package,
        plan_hash: &str,
        elsewhere: Elsewhere,
    ) -> Result<DeployDone, ArtifactsError> {
        let mut space = self.store.artifact_spaces().find_locked().await?;
        let world = self.world(&package.manifest.id, Some(package), space.clone(), elsewhere).await?;
        if let Some(deployment) = world.own.get(&package.manifest.id)
            && deployment.manifest.version == package.manifest.version
            && deployment.manifest.digest == package.manifest.digest
        {
            return Ok(DeployDone { deployment: deployment.clone(), plan: None });
        }
        let plan = self.plan_in(&world, package).await?;
        if plan.hash != plan_hash {
            return Err(ArtifactsError::PlanStale);
        }
        if !plan.is_met() {
            return Err(ArtifactsError::DependencyUnmet { unmet: missing(&plan) });
        }
        space.generations.own = self.store.artifact_spaces().raise().await?;
        let generation = space.generations.own;
        self.insert(self.brought(&world, package, &plan, version.id, generation)?).await?;
        let deployment = Deployment {
            home: version.home,
            version_id: version.id,
            manifest: package.manifest.clone(),
            generation,
            at: self.clock.now(),
        };
        self.store.package_deployments().replace(&deployment).await?;
        Ok(DeployDone { deployment, plan: Some(plan) })
    }

    /// What deploying writes.
    fn brought(
        &self,
        world: &World,
        package: &Package,
        plan: &Plan,
        id: PackageVersionId,
        generation: i64,
    ) -> Result<Rows, ArtifactsError> {
        let layer = package_layer(world.space.id);
        let lies: BTreeMap<&ArtifactKey, &Placed> =
            world.lies.iter().map(|(key, placed, _)| (key, placed)).collect();
        let brought: BTreeMap<&ArtifactKey, &PackageArtifact> =
            package.artifacts.iter().map(|artifact| (&artifact.key, artifact)).collect();
        let mut rows = Rows::default();
        for key in plan.added.iter().chain(&plan.changed) {
            let Some(artifact) = brought.get(key) else { continue };
            let new = NewVersion {
                content: artifact.content.clone(),
                locked: artifact.locked.clone(),
                base: None,
                origin: Origin::Package,
            };
            let version = ArtifactVersion {
                package_version: Some(id),
                ..self.version(self.kind(key)?, key, generation, new)
            };
            rows.placed.push((key.clone(), Placed { layer, generation, what: What::Live(version.head()) }));
            let before = lies.get(key).and_then(|placed| placed.what.head()).map(|head| head.id);
            rows.changes.push(self.change(
                key,
                (generation, layer),
                Act::Deployed,
                (before, Some(version.id)),
            ));
            rows.versions.push(version);
        }
        for key in &plan.removed {
            self.take(&mut rows, key, lies.get(key).copied(), (generation, layer));
        }
        Ok(rows)
    }

    /// Takes what a package had brought away.
    fn take(&self, rows: &mut Rows, key: &ArtifactKey, lies: Option<&Placed>, at: (i64, Layer)) {
        let last = lies.and_then(|placed| placed.what.head().cloned());
        let before = last.as_ref().map(|head| head.id);
        let (generation, layer) = at;
        rows.placed.push((key.clone(), Placed { layer, generation, what: What::Gone { last } }));
        rows.changes.push(self.change(key, at, Act::Undeployed, (before, None)));
    }

    fn change(
        &self,
        key: &ArtifactKey,
        (generation, layer): (i64, Layer),
        act: Act,
        (before, after): (Option<ArtifactVersionId>, Option<ArtifactVersionId>),
    ) -> ArtifactChange {
        ArtifactChange {
            key: key.clone(),
            generation,
            layer,
            act,
            before,
            after,
            author: self.author.clone(),
            at: self.clock.now(),
        }
    }

    async fn insert(&self, rows: Rows) -> Result<(), ArtifactsError> {
        self.store.artifact_versions().insert(&rows.versions).await?;
        self.store.artifacts().replace(&rows.placed).await?;
        Ok(self.store.artifact_changes().insert(&rows.changes).await?)
    }

    /// What taking a package away would do. `elsewhere` is what other spaces have that lies on it.
    ///
    /// # Errors
    /// [`ArtifactsError::NotDeployed`].
    pub async fn plan_undeploy(
        &self,
        package: &PackageId,
        elsewhere: Elsewhere,
    ) -> Result<UndeployPlan, ArtifactsError> {
        let space = self.store.artifact_spaces().find().await?;
        let world = self.world(package, None, space, elsewhere).await?;
        self.undeploy_plan_in(&world, package).await
    }

    async fn undeploy_plan_in(
        &self,
        world: &World,
        package: &PackageId,
    ) -> Result<UndeployPlan, ArtifactsError> {
        let now = world.deployed(package).ok_or(ArtifactsError::NotDeployed)?;
        let shows = self.shows(world, package).await?;
        Ok(plan_undeploy(&now, shows.as_ref(), &world.around(), &world.uses))
    }

    /// The version of System's that a workspace would see without its own.
    async fn shows(
        &self,
        world: &World,
        package: &PackageId,
    ) -> Result<Option<semver::Version>, ArtifactsError> {
        let entitled = world.space.offered.get(package).copied().unwrap_or(false);
        if world.space.id.is_system() || !entitled {
            return Ok(None);
        }
        let all = self.store.package_deployments().list().await?;
        let systems = all.into_iter().find(|(home, it)| home.is_system() && it.manifest.id == *package);
        Ok(systems.map(|(_, deployment)| deployment.manifest.version))
    }

    /// Takes a package away from this space.
    ///
    /// # Errors
    /// [`ArtifactsError::NotDeployed`]; [`ArtifactsError::InUse`] with what the mode does not pass over.
    pub async fn undeploy(
        &self,
        package: &PackageId,
        mode: UndeployMode,
        elsewhere: Elsewhere,
    ) -> Result<UndeployPlan, ArtifactsError> {
        let space = self.store.artifact_spaces().find_locked().await?;
        let world = self.world(package, None, space, elsewhere).await?;
        let plan = self.undeploy_plan_in(&world, package).await?;
        if !plan.allows(mode) {
            return Err(ArtifactsError::InUse { uses: plan.block() });
        }
        let generation = self.store.artifact_spaces().raise().await?;
        let (at, mut rows) = ((generation, package_layer(world.space.id)), Rows::default());
        for (key, placed, _) in &world.lies {
            self.take(&mut rows, key, Some(placed), at);
        }
        self.insert(rows).await?;
        self.store.package_deployments().delete(package).await?;
        Ok(plan)
    }

    /// Puts the workspace's overrides of these artifacts away, so that what lies below them comes up, or would. They stay in
    /// the history. Answers what was done.
    ///
    /// # Errors
    /// [`ArtifactsError::Store`].
    pub async fn archive_overrides(
        &self,
        keys: &[ArtifactKey],
    ) -> Result<Vec<ArtifactChange>, ArtifactsError> {
        let generation = self.store.artifact_spaces().raise().await?;
        let mut archived = Vec::new();
        for key in keys {
            let (kind, (space, stack)) = (self.kind(key)?, self.stack(key).await?);
            let opened = Opened { kind, key: key.clone(), space, stack, generation };
            // From above, so that what is told to come up is what does.
            for layer in [Layer::Customization, Layer::Published] {
                if let Some(Placed { what: What::Live(head), .. }) = opened.at(layer) {
                    let gone = What::Gone { last: Some(head.clone()) };
                    archived.push(self.put(&opened, layer, gone, Act::Archived).await?);
                }
            }
        }
        Ok(archived)
    }

    /// Says which workspaces are entitled to what System has of a package.
    ///
    /// # Errors
    /// [`ArtifactsError::Store`].
    pub async fn offer(&self, package: &PackageId, offer: &PackageOffer) -> Result<(), ArtifactsError> {
        self.store.artifact_spaces().raise().await?;
        Ok(self.store.package_offers().replace(package, offer).await?)
    }
}

fn missing(plan: &Plan) -> Vec<String> {
    let unmet = plan.unmet.iter().map(|need| match &need.deployed {
        Some(there) => format!("`{}` {}, but {there} is deployed", need.id, need.version),
        None => format!("`{}` {}, which is not deployed", need.id, need.version),
    });
    let broken =
        plan.broken.iter().map(|by| format!("package `{}` needs `{}` {}", by.id, plan.package, by.version));
    unmet.chain(broken).collect()
}
