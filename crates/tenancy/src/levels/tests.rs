use rstest::rstest;

use super::*;

fn level(name: &str) -> Level {
    name.parse().unwrap()
}

/// `Region: TENANT Region` as a rule.
fn rule(text: &str) -> LevelRule {
    let (name, under) = text.split_once(':').unwrap();
    LevelRule {
        level: level(name),
        under: under.split_whitespace().map(|above| above.parse().unwrap()).collect(),
    }
}

fn levels(rules: &[&str]) -> Result<Levels, TenancyError> {
    Levels::new(rules.iter().map(|text| rule(text)).collect())
}

fn pointers(rules: &[&str]) -> Vec<String> {
    match levels(rules) {
        Err(TenancyError::LevelsInvalid { faults }) => {
            faults.into_iter().map(|fault| fault.pointer).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case("CLIENT", None)]
#[case("MARKET", None)]
#[case("MARKET", Some("CLIENT"))]
#[case("BRAND", Some("CLIENT"))]
#[case("BRAND", Some("MARKET"))]
fn the_default_rules_say_which_may_stand_under_which(#[case] name: &str, #[case] parent: Option<&str>) {
    assert_eq!(Levels::default().check(&level(name), parent.map(level).as_ref()), Ok(()));
}

#[rstest]
#[case("CLIENT", Some("CLIENT"))]
#[case("CLIENT", Some("BRAND"))]
#[case("MARKET", Some("MARKET"))]
#[case("MARKET", Some("BRAND"))]
#[case("BRAND", None)]
#[case("BRAND", Some("BRAND"))]
#[case("BRAND", Some("Region"))]
fn nothing_else_may(#[case] name: &str, #[case] parent: Option<&str>) {
    let (name, parent) = (level(name), parent.map(level));

    let refused = Levels::default().check(&name, parent.as_ref()).unwrap_err();

    assert_eq!(refused, TenancyError::LevelNotAllowed { level: name, parent });
}

#[test]
fn a_level_that_the_workspace_does_not_have_stands_nowhere() {
    let refused = Levels::default().check(&level("Region"), None).unwrap_err();

    assert_eq!(refused, TenancyError::LevelUnknown { level: level("Region") });
}

#[test]
fn a_refused_level_names_itself_and_its_place() {
    let below_workspace = Levels::default().check(&Level::Brand, None).unwrap_err();
    let below_brand = Levels::default().check(&Level::Client, Some(&Level::Brand)).unwrap_err();

    assert_eq!(below_workspace.to_string(), "`BRAND` can't stand under the workspace");
    assert_eq!(below_brand.to_string(), "`CLIENT` can't stand under `BRAND`");
}

#[test]
fn a_workspace_has_levels_of_its_own_which_may_stand_under_themselves() {
    let own = levels(&["Region: TENANT Region", "CLIENT: Region"]).unwrap();

    assert_eq!(own.check(&level("Region"), Some(&level("Region"))), Ok(()));
    assert_eq!(own.check(&Level::Client, Some(&level("Region"))), Ok(()));
    assert!(own.check(&Level::Client, None).is_err());
    assert!(!own.contains(&Level::Brand));
}

#[test]
fn what_is_wrong_is_said_all_at_once_and_where() {
    assert_eq!(
        pointers(&["Region: TENANT", "REGION: TENANT", "CLIENT:", "MARKET: TENANT BRAND"]),
        ["/1/level", "/2/under", "/3/under/1"]
    );
}

#[test]
fn levels_that_stand_under_each_other_alone_lead_nowhere() {
    assert_eq!(
        pointers(&["CLIENT: TENANT", "MARKET: BRAND", "BRAND: MARKET", "Line: Line"]),
        ["/1/under", "/2/under", "/3/under"]
    );
}

#[test]
fn a_workspace_has_a_bounded_number_of_levels() {
    let many = (0..=20).map(|n| rule(&format!("L{n}: TENANT"))).collect();

    assert_eq!(Levels::new(many), Err(TenancyError::TooMany { field: "levels", max: 20 }));
}

#[test]
fn nothing_above_is_called_like_a_word_of_the_platforms() {
    for bad in ["PROJECT", "tenant", "custom", ""] {
        assert!(bad.parse::<Above>().is_err(), "{bad}");
    }
    assert_eq!("TENANT".parse(), Ok(Above::Workspace));
    assert_eq!(Above::Level(level("Region")).to_string(), "Region");
}
