//! Random steps of packages.

use std::collections::BTreeSet;

use guildhall_artifacts::{Delegation, DeployableIn, PackageOffer, UndeployMode};
use guildhall_kernel::{DeployPackage, UndeployPackage};
use guildhall_testkit::Dice;

use super::{
    acts::Done,
    contents::{SHIPMENTS, Shipment, packed},
    model::{Offer, Place, SYSTEM},
    stage::{Release, Stage, WORKSPACES, refusal},
    steps::Step,
};

impl Stage {
    pub async fn ship(&mut self, place: Place, dice: &mut Dice) -> Step {
        let told = |what, place, done: Done| Step { what, place, key: None, done };
        match dice.below(10) {
            0 | 1 => told("deploy", SYSTEM, self.deploy(SYSTEM, SYSTEM, dice).await),
            2 => told("deploy", place, self.deploy(SYSTEM, place, dice).await),
            3 | 4 => told("deploy", place, self.deploy(place, place, dice).await),
            5 => told("undeploy", place, self.undeploy(place, place, dice).await),
            6 => told("undeploy", place, self.undeploy(SYSTEM, place, dice).await),
            7 => told("offer", SYSTEM, self.offer(dice).await),
            8 => {
                let delegation = match dice.below(5) {
                    0 => Delegation::List([self.release(SYSTEM, dice).package.manifest.id].into()),
                    1 => Delegation::List(BTreeSet::new()),
                    _ => Delegation::Full,
                };
                let place = if place == SYSTEM { 1 + dice.below(WORKSPACES) } else { place };
                self.delegate(place, delegation).await;
                told("delegate", SYSTEM, Ok(()))
            }
            _ => told("upload", place, self.upload_own(place, dice).await),
        }
    }

    fn covers(&self, place: Place, release: &Release) -> bool {
        let delegated = self.model.delegated.get(&place);
        delegated.is_some_and(|delegated| delegated.covers(&release.package.manifest.id))
    }

    /// What keeps somebody in a space from a package.
    fn admits(&self, from: Place, release: &Release) -> Done {
        if from == SYSTEM {
            return if release.home == SYSTEM { Ok(()) } else { Err("NotFound") };
        }
        let deployable = release.package.manifest.deployable_in.contains(&DeployableIn::Workspace);
        match (release.home == from, self.covers(from, release)) {
            (true, true) => Ok(()),
            (true, false) => Err("NotDelegated"),
            (false, covered) if covered && deployable && release.home == SYSTEM => Ok(()),
            (false, _) => Err("NotFound"),
        }
    }

    fn release(&self, from: Place, dice: &mut Dice) -> Release {
        let near: Vec<_> = self.releases.iter().filter(|it| [SYSTEM, from].contains(&it.home)).collect();
        if dice.often(20) {
            return self.releases[dice.below(self.releases.len())].clone();
        }
        near[dice.below(near.len())].clone()
    }

    async fn deploy(&mut self, from: Place, place: Place, dice: &mut Dice) -> Done {
        let release = self.release(from, dice);
        self.deploy_release(&release, (from, place), dice).await
    }

    pub async fn deploy_release(
        &mut self,
        release: &Release,
        (from, place): (Place, Place),
        dice: &mut Dice,
    ) -> Done {
        let target = (from != place).then(|| self.spaces[place].0);
        let admitted = self.admits(from, release);
        let planned = self.kernel.plan_package(&self.ask(from), release.id, target).await;
        let expected = admitted.and_then(|()| self.model.plan(place, &release.package));
        let plan_hash = match planned {
            Ok(plan) => {
                assert_eq!(expected, Ok(()), "plan");
                plan.hash
            }
            Err(error) => {
                assert_eq!(Err(refusal(&error).as_str()), expected, "plan");
                return expected;
            }
        };
        let stale = !self.model.places[SYSTEM].deployed.is_empty() && dice.often(8);
        if stale {
            // Nothing else changes by it, but the world is another one.
            self.offer_again(release).await;
        }
        let security_update = from == SYSTEM && place == SYSTEM && dice.often(4);
        let command = DeployPackage { id: release.id, target, plan_hash, security_update };
        let deployed = self.kernel.deploy_package(&self.ask(from), command).await;
        let done = self.model.deploy(place, &release.package, stale, security_update);
        let answered = deployed.map(drop).map_err(|error| refusal(&error));
        assert_eq!(answered.as_ref().map_err(String::as_str), done.as_ref().map_err(|name| *name), "deploy");
        done
    }

    async fn offer_again(&self, release: &Release) {
        let any = self.releases.iter().find(|it| it.home == SYSTEM).unwrap();
        let of_same = self
            .releases
            .iter()
            .find(|it| it.home == SYSTEM && it.package.manifest.id == release.package.manifest.id)
            .unwrap_or(any);
        let shown = self.kernel.find_package_offer(&self.ask(SYSTEM), of_same.id).await.unwrap();
        self.kernel.replace_package_offer(&self.ask(SYSTEM), of_same.id, shown.offer).await.unwrap();
    }

    async fn undeploy(&mut self, from: Place, place: Place, dice: &mut Dice) -> Done {
        let mut release = self.release(from, dice);
        let deployed: Vec<_> = self.model.places[place].deployed.keys().cloned().collect();
        if !deployed.is_empty() && !dice.often(6) {
            let package = &deployed[dice.below(deployed.len())];
            let of_it = self
                .releases
                .iter()
                .find(|it| it.package.manifest.id == *package && self.admits(from, it).is_ok());
            release = of_it.cloned().unwrap_or(release);
        }
        let mode = dice.of(&[UndeployMode::Block, UndeployMode::Archive, UndeployMode::Force]);
        let target = (from != place).then(|| self.spaces[place].0);
        let command = UndeployPackage { id: release.id, target, mode };
        let undeployed = self.kernel.undeploy_package(&self.ask(from), command).await;
        let done = self
            .admits(from, &release)
            .and_then(|()| self.model.undeploy(place, &release.package.manifest.id, mode));
        let answered = undeployed.map(drop).map_err(|error| refusal(&error));
        assert_eq!(
            answered.as_ref().map_err(String::as_str),
            done.as_ref().map_err(|name| *name),
            "undeploy"
        );
        done
    }

    async fn offer(&mut self, dice: &mut Dice) -> Done {
        let release = self.release(SYSTEM, dice);
        let some: BTreeSet<Place> = (0..25).map(|_| 1 + dice.below(WORKSPACES)).collect();
        let (offer, given) = match dice.below(4) {
            0 => (Offer::None, PackageOffer::None),
            1 => {
                let ids = some.iter().map(|place| self.spaces[*place].0).collect();
                (Offer::List(some), PackageOffer::List(ids))
            }
            _ => (Offer::All, PackageOffer::All),
        };
        let done = self.admits(SYSTEM, &release);
        let replaced = self.kernel.replace_package_offer(&self.ask(SYSTEM), release.id, given).await;
        let answered = replaced.map(drop).map_err(|error| refusal(&error));
        assert_eq!(answered.as_ref().map_err(String::as_str), done.as_ref().map_err(|name| *name), "offer");
        if done.is_ok() {
            self.model.offers.insert(release.package.manifest.id, offer);
        }
        done
    }

    pub async fn delegate(&mut self, place: Place, delegation: Delegation) {
        let ask = self.world.ask_platform(&self.world.platform_admin);
        let space = self.spaces[place].0;
        self.kernel.replace_package_delegation(&ask, space, delegation.clone()).await.unwrap();
        self.model.delegated.insert(place, delegation);
    }

    /// A workspace uploads what it has made itself, under a version that may be known elsewhere with another content.
    async fn upload_own(&mut self, place: Place, dice: &mut Dice) -> Done {
        let known = &SHIPMENTS[dice.below(5)];
        let version = dice.of(&[known.version, "1.2.0", "3.0.0"]);
        let packed = packed(&Shipment { version, ..*known }, dice, &self.model.kinds);
        let manifest = packed.package.manifest.clone();
        let own = Release { id: self.releases[0].id, home: place, package: packed.package.clone() };
        let differs = self.releases.iter().any(|it| {
            it.home == place
                && it.package.manifest.id == manifest.id
                && it.package.manifest.version == manifest.version
                && it.package.manifest.digest != manifest.digest
        });
        let done = match self.admits(place, &own) {
            Ok(()) if differs => Err("Package"),
            other => other,
        };
        let uploaded = self.upload(place, packed.bytes, packed.package).await;
        let answered = uploaded.map_err(|error| refusal(&error));
        assert_eq!(answered.as_ref().map_err(String::as_str), done.as_ref().map_err(|name| *name), "upload");
        done
    }
}
