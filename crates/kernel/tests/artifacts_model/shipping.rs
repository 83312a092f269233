//! What the model does where packages come and go.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_artifacts::{
    ArtifactKey, DeployableIn, Layer, Package, PackageArtifact, PackageId, UndeployMode,
};

use super::{
    acts::Done,
    model::{Model, Place, SYSTEM, Said, Slot},
};

/// Versions, compared where their type has no name here.
macro_rules! version_in {
    ($model:expr, $place:expr, $package:expr) => {
        match $model.places[$place].deployed.get($package) {
            Some(own) => Some(own.manifest.version.clone()),
            None if $place != SYSTEM && $model.is_offered($package, $place) => {
                $model.places[SYSTEM].deployed.get($package).map(|it| it.manifest.version.clone())
            }
            None => None,
        }
    };
}

fn shipped(place: Place) -> Layer {
    if place == SYSTEM { Layer::System } else { Layer::Package }
}

impl Model {
    /// What a space has of a package.
    fn lies(&self, place: Place, package: &PackageId) -> BTreeSet<ArtifactKey> {
        let keys = self.places[place].slots.keys().filter(|key| key.name.package.as_ref() == Some(package));
        let live = |key: &&ArtifactKey| matches!(self.slot(place, key, shipped(place)), Some(Slot::Live(_)));
        keys.filter(live).cloned().collect()
    }

    /// What keeps a package from being planned.
    pub fn plan(&self, place: Place, package: &Package) -> Done {
        let here = if place == SYSTEM { DeployableIn::System } else { DeployableIn::Workspace };
        if !package.manifest.deployable_in.contains(&here) {
            return Err("Package");
        }
        match self.places[place].deployed.get(&package.manifest.id) {
            Some(now) if now.manifest.version == package.manifest.version => {
                if now.manifest.digest == package.manifest.digest { Ok(()) } else { Err("Package") }
            }
            _ => Ok(()),
        }
    }

    pub fn is_deployed(&self, place: Place, package: &Package) -> bool {
        let now = self.places[place].deployed.get(&package.manifest.id);
        now.is_some_and(|now| now.manifest.digest == package.manifest.digest)
    }

    fn is_met(&self, place: Place, package: &Package) -> bool {
        let found = package.manifest.requires.iter().all(|need| {
            version_in!(self, place, &need.id).is_some_and(|version| need.version.matches(&version))
        });
        found && !self.breaks(place, &package.manifest.id, Some(package))
    }

    /// Whether what is deployed here would miss what it has now.
    fn breaks(&self, place: Place, id: &PackageId, next: Option<&Package>) -> bool {
        let now = version_in!(self, place, id);
        let systems =
            self.places[SYSTEM].deployed.get(id).filter(|_| place != SYSTEM && self.is_offered(id, place));
        let next = next.or(systems).map(|next| &next.manifest.version);
        let mut places = vec![place];
        if place == SYSTEM {
            places.extend(self.followers(id));
        }
        let others = places.into_iter().flat_map(|place| self.places[place].deployed.values());
        let others = others.filter(|other| other.manifest.id != *id);
        let mut needs = others.flat_map(|other| &other.manifest.requires).filter(|need| need.id == *id);
        needs.any(|need| {
            now.as_ref().is_some_and(|now| need.version.matches(now))
                && !next.is_some_and(|next| need.version.matches(next))
        })
    }

    pub fn deploy(&mut self, place: Place, package: &Package, stale: bool, security: bool) -> Done {
        if self.is_deployed(place, package) {
            let keys = package.artifacts.iter().map(|artifact| artifact.key.clone()).collect();
            let concerned = if security { self.followers(&package.manifest.id) } else { Vec::new() };
            concerned.into_iter().for_each(|place| self.archive(place, &keys));
            return Ok(());
        }
        self.plan(place, package)?;
        if stale {
            return Err("PlanStale");
        }
        if !self.is_met(place, package) {
            return Err("DependencyUnmet");
        }
        let (id, layer) = (&package.manifest.id, shipped(place));
        let next: BTreeMap<&ArtifactKey, &PackageArtifact> =
            package.artifacts.iter().map(|artifact| (&artifact.key, artifact)).collect();
        for key in self.lies(place, id).iter().filter(|key| !next.contains_key(key)) {
            let last = self.slot(place, key, layer).and_then(|slot| slot.said().cloned());
            self.put(place, key, layer, Slot::Gone(last));
        }
        let mut moved = BTreeSet::new();
        for (key, artifact) in next {
            let same = match self.slot(place, key, layer) {
                Some(Slot::Live(said)) => {
                    said.content == *artifact.content.value() && said.locked == artifact.locked
                }
                _ => false,
            };
            if !same {
                let said = self.say(artifact.content.value().clone(), artifact.locked.clone(), None);
                self.put(place, key, layer, Slot::Live(Said { shipped: true, ..said }));
                moved.insert(key.clone());
            }
        }
        self.places[place].deployed.insert(id.clone(), package.clone());
        if security {
            for place in self.followers(id) {
                self.archive(place, &moved);
            }
        }
        Ok(())
    }

    /// The workspaces for which System's artifacts of a package are there, or would be.
    fn followers(&self, package: &PackageId) -> Vec<Place> {
        let follows = |place: &Place| {
            !self.places[*place].deployed.contains_key(package) && self.is_offered(package, *place)
        };
        (1..self.places.len()).filter(follows).collect()
    }

    fn overrides(&self, place: Place, key: &ArtifactKey) -> Vec<Layer> {
        let layers = [Layer::Published, Layer::Customization].into_iter();
        layers.filter(|layer| matches!(self.slot(place, key, *layer), Some(Slot::Live(_)))).collect()
    }

    /// Puts overrides away.
    fn archive(&mut self, place: Place, keys: &BTreeSet<ArtifactKey>) {
        for key in keys {
            for layer in self.overrides(place, key) {
                let last = self.slot(place, key, layer).and_then(|slot| slot.said().cloned());
                self.put(place, key, layer, Slot::Gone(last));
            }
        }
    }

    pub fn undeploy(&mut self, place: Place, package: &PackageId, mode: UndeployMode) -> Done {
        if !self.places[place].deployed.contains_key(package) {
            return Err("NotDeployed");
        }
        let lies = self.lies(place, package);
        let concerned = if place == SYSTEM { self.followers(package) } else { vec![place] };
        let overridden =
            concerned.iter().any(|place| lies.iter().any(|key| !self.overrides(*place, key).is_empty()));
        let broken = self.breaks(place, package, None);
        match mode {
            UndeployMode::Block if broken || overridden => return Err("InUse"),
            UndeployMode::Archive if broken => return Err("InUse"),
            _ => {}
        }
        for key in &lies {
            let last = self.slot(place, key, shipped(place)).and_then(|slot| slot.said().cloned());
            self.put(place, key, shipped(place), Slot::Gone(last));
        }
        self.places[place].deployed.remove(package);
        if mode == UndeployMode::Archive {
            for place in concerned {
                self.archive(place, &lies);
            }
        }
        Ok(())
    }
}
