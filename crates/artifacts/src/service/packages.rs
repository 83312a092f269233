//! Uploading packages, and planning what deploying them would do.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use guildhall_core::{ArtifactVersionId, PackageVersionId, WorkspaceId};
use semver::Version;

use super::Artifacts;
use crate::{
    ArtifactKey, ArtifactsError, Below, Deployed, DeployedArtifact, Deployment, Document, Elsewhere, Head,
    InterfaceBreak, Layer, OverrideState, Package, PackageArtifact, PackageId, PackageUse, PackageVersion,
    Pattern, Placed, Plan, PlannedOverride, Requirement, Space, Surroundings, What, breaks, check_digest,
    find_cycle, override_state, plan,
};

/// The world that a plan is made in.
pub(super) struct World {
    pub(super) space: Space,
    pub(super) generations: Vec<(WorkspaceId, i64)>,
    pub(super) own: BTreeMap<PackageId, Deployment>,
    pub(super) versions: BTreeMap<PackageId, Version>,
    pub(super) requirements: Vec<(PackageId, Vec<Requirement>)>,
    pub(super) overrides: Vec<PlannedOverride>,
    pub(super) uses: Vec<PackageUse>,
    pub(super) lies: Vec<(ArtifactKey, Placed, Vec<Pattern>)>,
}

impl World {
    pub(super) fn around(&self) -> Surroundings<'_> {
        Surroundings {
            space: self.space.id,
            generations: &self.generations,
            versions: &self.versions,
            requirements: &self.requirements,
            overrides: &self.overrides,
        }
    }

    /// What lies in the space of one package.
    pub(super) fn deployed(&self, package: &PackageId) -> Option<Deployed> {
        let deployment = self.own.get(package)?;
        let lies = self.lies.iter().filter_map(|(key, placed, locked)| match &placed.what {
            What::Live(head) => {
                Some((key.clone(), DeployedArtifact { hash: head.hash, locked: locked.clone() }))
            }
            What::Hidden { .. } | What::Gone { .. } => None,
        });
        Some(Deployed {
            id: package.clone(),
            version: deployment.manifest.version.clone(),
            digest: deployment.manifest.digest,
            artifacts: lies.collect(),
        })
    }
}

/// The layer that packages bring their artifacts to.
pub(super) fn package_layer(space: WorkspaceId) -> Layer {
    if space.is_system() { Layer::System } else { Layer::Package }
}

impl Artifacts<'_> {
    /// Keeps an uploaded package, unless this very one is there already. Answers it, and whether it is new.
    ///
    /// # Errors
    /// [`ArtifactsError::Package`] where the same version is known with another content, or packages require each other in
    /// a circle; [`ArtifactsError::InvalidPackage`] where contents break a rule that is none of their kinds' schemas.
    pub async fn upload(
        &self,
        package: &Package,
        archive: &[u8],
    ) -> Result<(PackageVersion, bool), ArtifactsError> {
        // What is only kept changes nothing that resolves: plans stay what they are.
        let space = self.store.artifact_spaces().find_locked().await?;
        let manifest = &package.manifest;
        if let Some(known) = self.store.packages().find_version(&manifest.id, &manifest.version).await? {
            check_digest(package, &known.manifest.version, known.manifest.digest)?;
            return Ok((known, false));
        }
        self.check_package(package)?;
        let known = self.requirements_from(package).await?;
        if let Some(cycle) = find_cycle(manifest, &known) {
            return Err(crate::PackageRefusal::Cycle(cycle).into());
        }
        let version = PackageVersion {
            id: PackageVersionId::new(self.ids.uuid()),
            home: space.id,
            manifest: manifest.clone(),
            uploaded_by: self.author.id,
            uploaded_at: self.clock.now(),
        };
        self.store.packages().insert(&version, archive).await?;
        Ok((version, true))
    }

    /// What a package requires, what that requires, and so on, as far as it was uploaded: of each the newest version.
    async fn requirements_from(
        &self,
        package: &Package,
    ) -> Result<Vec<(PackageId, Vec<Requirement>)>, ArtifactsError> {
        let (mut known, mut seen) = (Vec::new(), BTreeSet::new());
        let mut ahead: VecDeque<_> = package.manifest.requires.iter().map(|need| need.id.clone()).collect();
        while let Some(id) = ahead.pop_front() {
            if !seen.insert(id.clone()) {
                continue;
            }
            let versions = self.store.packages().list_by_package(&id).await?;
            let newest =
                versions.into_iter().max_by(|one, other| one.manifest.version.cmp(&other.manifest.version));
            if let Some(newest) = newest {
                ahead.extend(newest.manifest.requires.iter().map(|need| need.id.clone()));
                known.push((id, newest.manifest.requires));
            }
        }
        Ok(known)
    }

    /// What deploying a package into this space would do. `elsewhere` is what other spaces have that lies on it.
    ///
    /// # Errors
    /// [`ArtifactsError::Package`] where it can't be deployed here at all.
    pub async fn plan(&self, package: &Package, elsewhere: Elsewhere) -> Result<Plan, ArtifactsError> {
        let space = self.store.artifact_spaces().find().await?;
        let world = self.world(&package.manifest.id, Some(package), space, elsewhere).await?;
        self.plan_in(&world, package).await
    }

    pub(super) async fn plan_in(&self, world: &World, package: &Package) -> Result<Plan, ArtifactsError> {
        let breaks = self.interface_breaks(world, package).await?;
        let now = world.deployed(&package.manifest.id);
        Ok(plan(now.as_ref(), package, &world.around(), &breaks)?)
    }

    /// The world around a package, with the overrides on it and how they would stand after `next` is deployed.
    pub(super) async fn world(
        &self,
        package: &PackageId,
        next: Option<&Package>,
        space: Space,
        elsewhere: Elsewhere,
    ) -> Result<World, ArtifactsError> {
        let Elsewhere { mut overrides, mut requirements, uses } = elsewhere;
        let (mut own, mut versions) = (BTreeMap::new(), BTreeMap::new());
        for (home, deployment) in self.store.package_deployments().list().await? {
            let manifest = &deployment.manifest;
            if home == space.id {
                requirements.push((manifest.id.clone(), manifest.requires.clone()));
                versions.insert(manifest.id.clone(), manifest.version.clone());
                own.insert(manifest.id.clone(), deployment);
            } else if space.sees(&manifest.id) {
                versions.entry(manifest.id.clone()).or_insert_with(|| manifest.version.clone());
            }
        }
        let layer = package_layer(space.id);
        let lies = self.store.artifacts().list_by_package(package, layer).await?;
        let mut keys: BTreeSet<ArtifactKey> = lies.iter().map(|(key, ..)| key.clone()).collect();
        keys.extend(next.iter().flat_map(|next| &next.artifacts).map(|artifact| artifact.key.clone()));
        overrides.extend(self.overrides(package, &keys, next, &space).await?);
        let Space { id, generations, .. } = space;
        let generations = vec![(id, generations.own), (WorkspaceId::SYSTEM, generations.system)];
        Ok(World { space, generations, own, versions, requirements, overrides, uses, lies })
    }

    /// The overrides of this workspace that lie on these artifacts of a package, and how they would stand after `next` is
    /// deployed below them; without it, after the package is taken away. What lies below them is the package where the
    /// workspace has deployed it, and System's where it has not.
    ///
    /// # Errors
    /// [`ArtifactsError::Store`].
    pub async fn overrides(
        &self,
        package: &PackageId,
        keys: &BTreeSet<ArtifactKey>,
        next: Option<&Package>,
        space: &Space,
    ) -> Result<Vec<PlannedOverride>, ArtifactsError> {
        if space.id.is_system() {
            return Ok(Vec::new());
        }
        let next: Option<BTreeMap<&ArtifactKey, &PackageArtifact>> =
            next.map(|next| next.artifacts.iter().map(|artifact| (&artifact.key, artifact)).collect());
        let mut lowest = BTreeMap::new();
        for layer in [Layer::Customization, Layer::Published] {
            for (key, placed, _) in self.store.artifacts().list_by_package(package, layer).await? {
                if let What::Live(head) = placed.what
                    && keys.contains(&key)
                {
                    lowest.insert(key, (layer, head));
                }
            }
        }
        let mut planned = Vec::with_capacity(lowest.len());
        for (key, (layer, head)) in lowest {
            let (_, stack) = self.stack(&key).await?;
            let documents = &stack.documents;
            let under = crate::below(&stack.placed, Some(package), space, layer);
            let now = under.and_then(|under| documents.get(&under.head.id));
            let after = next.as_ref().and_then(|next| next.get(&key));
            let after =
                after.map(|artifact| Below { content: artifact.content.value(), locked: &artifact.locked });
            let state = |below: Option<Below<'_>>| self.state_over(&key, &head, documents, below);
            let before = now.map(|it| Below { content: it.content.value(), locked: &it.locked });
            let (before, after) = (state(before)?, state(after)?);
            planned.push(PlannedOverride { space: space.id, key: key.clone(), layer, before, after });
        }
        Ok(planned)
    }

    fn state_over(
        &self,
        key: &ArtifactKey,
        head: &Head,
        documents: &BTreeMap<ArtifactVersionId, Document>,
        below: Option<Below<'_>>,
    ) -> Result<OverrideState, ArtifactsError> {
        let lost = || ArtifactsError::Lost(key.clone());
        let ours = documents.get(&head.id).ok_or_else(lost)?.content.value();
        let base = match head.base {
            Some(base) => Some(documents.get(&base.id).ok_or_else(lost)?.content.value()),
            None => None,
        };
        Ok(override_state(self.kind(key)?, base, ours, below))
    }

    /// What callers of the package's services would miss.
    async fn interface_breaks(
        &self,
        world: &World,
        next: &Package,
    ) -> Result<Vec<InterfaceBreak>, ArtifactsError> {
        let services = world.lies.iter().filter(|(key, ..)| key.kind.as_str() == "service");
        let before: BTreeMap<&ArtifactKey, ArtifactVersionId> =
            services.filter_map(|(key, placed, _)| Some((key, placed.what.head()?.id))).collect();
        let ids: Vec<_> = before.values().copied().collect();
        let documents = self.store.artifact_versions().list_documents(&ids).await?;
        let nothing = serde_json::json!({ "operations": [] });
        let found = before.into_iter().filter_map(|(key, id)| {
            let after = next.artifacts.iter().find(|artifact| artifact.key == *key);
            let after = after.map_or(&nothing, |artifact| artifact.content.value());
            let breaks = breaks(documents.get(&id)?.content.value(), after);
            (!breaks.is_empty()).then(|| InterfaceBreak { key: key.clone(), breaks })
        });
        Ok(found.collect())
    }
}
