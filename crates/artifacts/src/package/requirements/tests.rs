use rstest::rstest;

use super::*;
use crate::package::tests::manifest;

fn need(id: &str, version: &str) -> Requirement {
    Requirement { id: id.parse().unwrap(), version: version.parse().unwrap() }
}

/// What packages require, as in `b>a@^1 b>c@*`.
fn known(text: &str) -> Vec<(PackageId, Vec<Requirement>)> {
    let mut known: BTreeMap<PackageId, Vec<Requirement>> = BTreeMap::new();
    for line in text.split_whitespace() {
        let (id, required) = line.split_once('>').unwrap();
        let (needed, version) = required.split_once('@').unwrap();
        known.entry(id.parse().unwrap()).or_default().push(need(needed, version));
    }
    known.into_iter().collect()
}

fn ids(dependents: &[Dependent]) -> Vec<String> {
    dependents.iter().map(|dependent| format!("{} {}", dependent.id, dependent.version)).collect()
}

#[rstest]
#[case("^1.2", Some("1.2.0"), true)]
#[case("^1.2", Some("1.9.3"), true)]
#[case("^1.2", Some("2.0.0"), false)]
#[case("1.2", Some("1.3.0"), true)]
#[case(">=1, <3", Some("2.5.0"), true)]
#[case("*", Some("0.0.1"), true)]
#[case("*", None, false)]
#[case("^1.2", Some("1.3.0-beta.1"), false)]
#[case("^1.3.0-beta", Some("1.3.0-beta.1"), true)]
fn a_requirement_is_met_by_a_version_that_fits(
    #[case] required: &str,
    #[case] deployed: Option<&str>,
    #[case] met: bool,
) {
    let manifest = manifest("a", "1.0.0", &[("b", required)]);
    let version: Option<Version> = deployed.map(|version| version.parse().unwrap());
    let deployed = version.iter().map(|version| ("b".parse().unwrap(), version.clone())).collect();

    let unmet = unmet(&manifest, &deployed);

    assert_eq!(unmet.is_empty(), met);
    assert!(unmet.iter().all(|need| need.id.as_str() == "b" && need.deployed == version));
}

#[rstest]
#[case("", None)]
#[case("b>a@*", Some("a, b, a"))]
#[case("b>c@* b>d@* c>e@* d>a@9 e>a@*", Some("a, b, d, a"))]
#[case("b>c@* c>b@*", None)]
#[case("b>c@* a>a@*", None)]
fn a_way_back_is_found_whatever_the_versions(#[case] others: &str, #[case] expected: Option<&str>) {
    let manifest = manifest("a", "1.0.0", &[("b", "*")]);

    let cycle = find_cycle(&manifest, &known(others));

    let joined = cycle.map(|way| way.iter().map(PackageId::as_str).collect::<Vec<_>>().join(", "));
    assert_eq!(joined.as_deref(), expected);
}

#[test]
fn a_long_chain_is_followed_to_its_end() {
    let name = |number: usize| format!("p{number}");
    let next = |number: usize| (name(number).parse().unwrap(), vec![need(&name(number + 1), "*")]);
    let mut chain: Vec<(PackageId, Vec<Requirement>)> = (0..20_000).map(next).collect();
    chain.push((name(20_000).parse().unwrap(), vec![need("a", "*")]));

    let cycle = find_cycle(&manifest("a", "1.0.0", &[("p0", "*")]), &chain).unwrap();

    assert_eq!(cycle.len(), 20_003);
}

#[test]
fn what_was_met_and_no_longer_is_is_broken() {
    let others = known("z>a@^1 b>a@^1.1 c>a@^2 d>z@^1");
    let (id, old, new) = ("a".parse().unwrap(), "1.1.0".parse().unwrap(), "2.0.0".parse().unwrap());

    assert_eq!(ids(&broken_by(&id, Some(&old), Some(&new), &others)), ["b ^1.1", "z ^1"]);
    assert_eq!(ids(&broken_by(&id, Some(&new), Some(&old), &others)), ["c ^2"]);
    assert_eq!(ids(&broken_by(&id, Some(&old), None, &others)), ["b ^1.1", "z ^1"]);
    assert!(broken_by(&id, None, Some(&new), &others).is_empty());
    assert_eq!(ids(&required_by(&id, &others)), ["b ^1.1", "c ^2", "z ^1"]);
}
