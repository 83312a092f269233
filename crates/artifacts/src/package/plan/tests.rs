use guildhall_core::{IdGenerator as _, testing::SequentialIds};

use super::*;
use crate::package::tests::package_of;

/// What a test says of the world; the rest is nothing.
#[derive(Default)]
struct World {
    generations: Vec<(WorkspaceId, i64)>,
    versions: BTreeMap<PackageId, Version>,
    requirements: Vec<(PackageId, Vec<Requirement>)>,
    overrides: Vec<PlannedOverride>,
}

impl World {
    /// One with what the package requires.
    fn whole() -> Self {
        let versions = BTreeMap::from([(id("other"), "1.5.0".parse().unwrap())]);
        Self { versions, generations: vec![(WorkspaceId::SYSTEM, 7)], ..Self::default() }
    }

    fn around(&self, space: WorkspaceId) -> Surroundings<'_> {
        Surroundings {
            space,
            generations: &self.generations,
            versions: &self.versions,
            requirements: &self.requirements,
            overrides: &self.overrides,
        }
    }

    fn plan(&self, now: Option<&Package>, next: &Package) -> Result<Plan, PackageRefusal> {
        plan(now.map(Deployed::of).as_ref(), next, &self.around(WorkspaceId::SYSTEM), &[])
    }

    fn undeploy(&self, now: &Package, shows: Option<&str>, uses: &[PackageUse]) -> UndeployPlan {
        let shows = shows.map(|version| version.parse().unwrap());
        plan_undeploy(&Deployed::of(now), shows.as_ref(), &self.around(workspace()), uses)
    }
}

fn id(id: &str) -> PackageId {
    id.parse().unwrap()
}

fn workspace() -> WorkspaceId {
    WorkspaceId::new(SequentialIds::default().uuid())
}

fn package(version: &str, notes: &[(&str, &str)]) -> Package {
    package_of("test.notes", version, &[("other", "^1")], notes)
}

fn needs(who: &str, what: &str, version: &str) -> (PackageId, Vec<Requirement>) {
    (id(who), vec![Requirement { id: id(what), version: version.parse().unwrap() }])
}

fn key(path: &str) -> ArtifactKey {
    let name = format!("test.notes:{path}").parse().unwrap();
    ArtifactKey { kind: "note".parse().unwrap(), name }
}

fn overridden(path: &str, after: OverrideState) -> PlannedOverride {
    let before = OverrideState::Current;
    PlannedOverride { space: workspace(), key: key(path), layer: Layer::Customization, before, after }
}

#[test]
fn a_first_deployment_adds_everything() {
    let plan = World::whole().plan(None, &package("1.0.0", &[("a", "A"), ("b", "B")])).unwrap();

    assert_eq!(plan.added, [key("a"), key("b")]);
    assert_eq!((plan.changed.len(), plan.removed.len(), plan.unchanged, plan.from.clone()), (0, 0, 0, None));
    assert!(plan.is_met() && !plan.is_empty());
    assert_eq!(plan.hash.len(), 64);
}

#[test]
fn another_version_adds_changes_and_removes() {
    let old = package("1.0.0", &[("same", "S"), ("changed", "Old"), ("gone", "G")]);
    let new = package("1.1.0", &[("same", "S"), ("changed", "New"), ("added", "A")]);

    let up = World::whole().plan(Some(&old), &new).unwrap();
    let down = World::whole().plan(Some(&new), &old).unwrap();

    assert_eq!(
        (up.added, up.changed, up.removed, up.unchanged),
        (vec![key("added")], vec![key("changed")], vec![key("gone")], 1)
    );
    assert_eq!(
        (down.added, down.changed, down.removed),
        (vec![key("gone")], vec![key("changed")], vec![key("added")])
    );
    assert_eq!(down.from, Some("1.1.0".parse().unwrap()));
}

#[test]
fn what_is_locked_otherwise_is_changed() {
    let old = package("1.0.0", &[("a", "A")]);
    let mut new = package("1.1.0", &[("a", "A")]);
    new.artifacts[0].locked = vec!["/name".parse().unwrap()];

    assert_eq!(World::whole().plan(Some(&old), &new).unwrap().changed, [key("a")]);
}

#[test]
fn deploying_what_lies_there_changes_nothing() {
    let package = package("1.0.0", &[("a", "A")]);

    assert!(World::whole().plan(Some(&package), &package).unwrap().is_empty());
}

#[test]
fn a_version_keeps_its_digest() {
    let (one, other) = (package("1.0.0", &[("a", "A")]), package("1.0.0", &[("a", "B")]));

    let refusal = World::whole().plan(Some(&one), &other).unwrap_err();

    assert!(
        matches!(refusal, PackageRefusal::DigestDiffers { version, .. } if version == one.manifest.version)
    );
    assert!(check_digest(&other, &other.manifest.version, other.manifest.digest).is_ok());
    assert!(check_digest(&other, &"2.0.0".parse().unwrap(), one.manifest.digest).is_ok());
}

#[test]
fn a_package_goes_only_where_it_is_made_for() {
    let mut package = package("1.0.0", &[]);
    package.manifest.deployable_in = vec![DeployableIn::Workspace];
    let world = World::whole();

    let refusal = world.plan(None, &package).unwrap_err();

    assert_eq!(refusal.to_string(), "`test.notes` is not made to be deployed in `SYSTEM`");
    assert!(plan(None, &package, &world.around(workspace()), &[]).is_ok());
}

#[test]
fn what_requires_itself_is_refused_with_the_way() {
    let world = World { requirements: vec![needs("other", "test.notes", "*")], ..World::whole() };

    let refusal = world.plan(None, &package("1.0.0", &[])).unwrap_err();

    assert_eq!(refusal.to_string(), "`test.notes` requires itself: test.notes, other, test.notes");
}

#[test]
fn what_packages_would_miss_is_listed() {
    let world = World { requirements: vec![needs("fan", "test.notes", "^1")], ..World::default() };

    let plan = world.plan(Some(&package("1.0.0", &[])), &package("2.0.0", &[])).unwrap();

    assert!(!plan.is_met());
    assert_eq!((plan.unmet[0].id.clone(), plan.unmet[0].deployed.clone()), (id("other"), None));
    assert_eq!(plan.broken[0].id, id("fan"));
}

#[test]
fn a_workspace_may_lose_the_version_that_it_had_from_system() {
    let mut world = World { requirements: vec![needs("fan", "test.notes", "^1")], ..World::whole() };
    world.versions.insert(id("test.notes"), "1.3.0".parse().unwrap());

    let plan = plan(None, &package("2.0.0", &[]), &world.around(workspace()), &[]).unwrap();

    assert_eq!(plan.broken[0].id, id("fan"));
}

#[test]
fn overrides_are_listed_by_how_they_would_stand() {
    let (redundant, orphaned) = (OverrideState::Redundant, OverrideState::Orphaned);
    let overrides = vec![overridden("b", redundant), overridden("c", orphaned), overridden("a", redundant)];
    let world = World { overrides, ..World::whole() };

    let plan = world.plan(None, &package("1.0.0", &[])).unwrap();

    let listed: usize = plan.overrides.values().map(Vec::len).sum();
    assert_eq!(listed, 3);
    assert_eq!(plan.overrides[redundant.as_str()][0].key, key("a"));
}

/// A change of one thing that a plan follows from: the world, what lies there, or what is deployed.
type Change = fn(&mut World, &mut Package, &mut Package);

#[test]
fn any_change_of_the_world_makes_another_hash() {
    let changes: [Change; 9] = [
        |world, _, _| world.generations[0].1 += 1,
        |world, _, _| world.generations.push((workspace(), 0)),
        |world, _, _| drop(world.versions.insert(id("new"), "1.0.0".parse().unwrap())),
        |world, _, _| world.requirements.push(needs("new", "other", "*")),
        |world, _, _| world.overrides.push(overridden("a", OverrideState::Current)),
        |world, _, _| world.overrides[0].after = OverrideState::Orphaned,
        |_, now, _| *now = package("1.0.0", &[("a", "Other")]),
        |_, now, _| *now = package("0.9.0", &[("a", "A")]),
        |_, _, next| *next = package("1.1.0", &[("a", "Other")]),
    ];
    let make = || {
        let world = World { overrides: vec![overridden("z", OverrideState::Current)], ..World::whole() };
        (world, package("1.0.0", &[("a", "A")]), package("1.1.0", &[("a", "New")]))
    };
    let (world, now, next) = make();
    let mut plans = BTreeSet::from([world.plan(Some(&now), &next).unwrap().hash]);
    let mut undeployments = BTreeSet::from([world.undeploy(&now, None, &[]).hash]);

    for change in &changes {
        let (mut world, mut now, mut next) = make();
        change(&mut world, &mut now, &mut next);
        plans.insert(world.plan(Some(&now), &next).unwrap().hash);
        undeployments.insert(world.undeploy(&now, None, &[]).hash);
    }

    assert_eq!(plans.len(), changes.len() + 1);
    // The last change is of what taking away does not follow from.
    assert_eq!(undeployments.len(), changes.len());
}

#[test]
fn a_hash_does_not_follow_from_the_order_in_which_a_store_lists() {
    let overrides = vec![overridden("a", OverrideState::Current), overridden("b", OverrideState::Current)];
    let requirements = vec![needs("x", "other", "*"), needs("y", "other", "^1")];
    let mut world = World { overrides, requirements, ..World::whole() };
    world.generations.push((workspace(), 3));
    let next = package("1.0.0", &[]);
    let hash = world.plan(None, &next).unwrap().hash;

    world.overrides.reverse();
    world.requirements.reverse();
    world.generations.reverse();

    assert_eq!(world.plan(None, &next).unwrap().hash, hash);
}

#[test]
fn a_package_that_nothing_uses_may_be_taken_away() {
    let plan = World::whole().undeploy(&package("1.0.0", &[("a", "A")]), None, &[]);

    assert_eq!(plan.removed, [key("a")]);
    assert!(plan.block().is_empty() && plan.allows(UndeployMode::Block));
}

#[test]
fn what_uses_a_package_is_listed_and_decides_which_mode_goes_on() {
    let package = package("1.0.0", &[("a", "A")]);
    let used = PackageUse { key: key("a"), kind: "project".to_owned(), id: "7".to_owned() };
    let by_work = World::whole().undeploy(&package, None, &[used]);
    let overrides = vec![overridden("a", OverrideState::Orphaned)];
    let by_override = World { overrides, ..World::whole() }.undeploy(&package, None, &[]);
    let requirements = vec![needs("fan", "test.notes", "^1")];
    let by_package = World { requirements, ..World::whole() }.undeploy(&package, None, &[]);

    let allowed =
        |plan: &UndeployPlan| UndeployMode::ALL.iter().map(|mode| plan.allows(*mode)).collect::<Vec<_>>();
    assert_eq!(by_work.block(), ["project 7 uses note/test.notes:a"]);
    assert_eq!(allowed(&by_work), [false, true, true]);
    assert!(by_override.block()[0].ends_with("has an override of note/test.notes:a (CUSTOMIZATION)"));
    assert_eq!(allowed(&by_override), [false, true, true]);
    assert_eq!(by_package.block(), ["package `fan` requires `test.notes` ^1"]);
    assert_eq!(allowed(&by_package), [false, false, true]);
}

#[test]
fn systems_version_may_stand_in() {
    let requirements = vec![needs("fan", "test.notes", "^1")];
    let world = World { requirements, ..World::whole() };
    let package = package("1.2.0", &[]);

    assert!(world.undeploy(&package, Some("1.1.0"), &[]).required_by.is_empty());
    assert_eq!(world.undeploy(&package, Some("2.0.0"), &[]).required_by[0].id, id("fan"));
}
