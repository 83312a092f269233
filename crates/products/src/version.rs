//! Versions of a product: what it runs, what it needs, and which roles it knows.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use guildhall_core::{Level, Name, ProductId, ProductVersionId, RowVersion, ValueError, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{AppRole, Entry, ProductsError, Requirement, Slug, config::merged};

/// How far a version has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VersionState {
    /// Being made; launched by its publishers alone.
    Draft,
    /// In use; keeps all but its name and its configuration.
    Published,
    /// Not to be added any more; still launched from items that hold it.
    Retired,
}

impl VersionState {
    /// The state as it is spelled on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Published => "PUBLISHED",
            Self::Retired => "RETIRED",
        }
    }
}

impl FromStr for VersionState {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        [Self::Draft, Self::Published, Self::Retired]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| ValueError::new("must be DRAFT, PUBLISHED or RETIRED"))
    }
}

/// One version of a product.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProductVersion {
    /// The version's id.
    pub id: ProductVersionId,
    /// Whose version it is.
    pub product_id: ProductId,
    /// The space that the product lives in.
    pub home: WorkspaceId,
    /// What people call this version.
    pub name: Name,
    /// How it runs, and from where.
    #[serde(flatten)]
    pub entry: Entry,
    /// The readable part of its route in the shell.
    pub slug: Slug,
    /// What must be there where it is launched, each once.
    pub required_context: Vec<Requirement>,
    /// The product's roles as this version knows them, no code twice.
    pub roles: Vec<AppRole>,
    /// Whether it leaves it to the platform to say who may do what.
    pub uses_open_authorization: bool,
    /// The JSON Schema that the configuration keeps to.
    pub config_schema: Option<Value>,
    /// The custom configuration, which the product finds in its context.
    pub config: Map<String, Value>,
    /// How far it has come.
    pub state: VersionState,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Counts the changes of this row.
    pub version: RowVersion,
}

impl ProductVersion {
    /// What it requires and a place lacks: `path` are the levels of the node path, `in_project` whether it is a project's.
    pub fn missing(&self, path: &[Level], in_project: bool) -> Vec<Requirement> {
        self.required_context.iter().filter(|needed| !needed.is_met(path, in_project)).cloned().collect()
    }

    /// Whether it may be used at a place.
    ///
    /// # Errors
    ///
    /// [`ProductsError::ProductIncompatible`] with everything that is missing.
    pub fn require(&self, path: &[Level], in_project: bool) -> Result<(), ProductsError> {
        let missing = self.missing(path, in_project);
        if missing.is_empty() { Ok(()) } else { Err(ProductsError::ProductIncompatible { missing }) }
    }

    /// The configuration of one use of the version: its own, under a JSON merge patch (RFC 7396) of whoever uses it.
    pub fn configured(&self, own: &Map<String, Value>) -> Map<String, Value> {
        merged(self.config.clone(), own.clone())
    }

    /// Whether its state lets somebody launch it: a draft its publishers, a retired version whoever comes from an item that
    /// holds it.
    pub fn may_launch(&self, from_its_item: bool, publishes: bool) -> bool {
        match self.state {
            VersionState::Draft => publishes,
            VersionState::Published => true,
            VersionState::Retired => from_its_item,
        }
    }

    /// A draft, put into use.
    ///
    /// # Errors
    ///
    /// [`ProductsError::WrongState`] where it is no draft.
    pub fn publish(self, now: DateTime<Utc>) -> Result<Self, ProductsError> {
        match self.state {
            VersionState::Draft => {
                Ok(Self { state: VersionState::Published, published_at: Some(now), ..self })
            }
            state @ (VersionState::Published | VersionState::Retired) => {
                Err(ProductsError::WrongState { state, act: "published" })
            }
        }
    }

    /// A published version, taken out of use.
    ///
    /// # Errors
    ///
    /// [`ProductsError::WrongState`] where it is not published.
    pub fn retire(self) -> Result<Self, ProductsError> {
        match self.state {
            VersionState::Published => Ok(Self { state: VersionState::Retired, ..self }),
            state @ (VersionState::Draft | VersionState::Retired) => {
                Err(ProductsError::WrongState { state, act: "retired" })
            }
        }
    }
}

/// The version that was published last among those in use, which says what the product's roles hold.
pub fn newest_published(versions: &[ProductVersion]) -> Option<&ProductVersion> {
    versions
        .iter()
        .filter(|version| version.state == VersionState::Published)
        .max_by_key(|version| (version.published_at, version.id))
}

/// Whether any of a product's versions has ever been published, without which the product is not there for anybody.
pub fn was_published(versions: &[ProductVersion]) -> bool {
    versions.iter().any(|version| version.published_at.is_some())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::testing;

    fn requiring(requirements: &[&str]) -> ProductVersion {
        let required_context = requirements.iter().map(|text| text.parse().unwrap()).collect();
        ProductVersion { required_context, ..testing::version(1) }
    }

    #[test]
    fn what_a_place_lacks_is_named_in_the_versions_order() {
        let version = requiring(&["CLIENT", "BRAND", "Region", "PROJECT"]);

        let missing = version.missing(&[Level::Client, Level::Custom("Region".parse().unwrap())], false);

        assert_eq!(missing, [Requirement::Level(Level::Brand), Requirement::Project]);
    }

    #[test]
    fn a_place_that_has_everything_is_compatible() {
        let version = requiring(&["BRAND", "PROJECT"]);

        assert_eq!(version.require(&[Level::Client, Level::Brand], true), Ok(()));
        assert_eq!(
            version.require(&[Level::Client], true),
            Err(ProductsError::ProductIncompatible { missing: vec![Requirement::Level(Level::Brand)] })
        );
    }

    #[test]
    fn one_use_changes_what_it_names_of_the_configuration_and_leaves_the_rest() {
        let config = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        let version = ProductVersion {
            config: config(r#"{"rounds": 2, "labels": {"a": 1, "b": 2}}"#),
            ..testing::version(1)
        };

        let configured = version.configured(&config(r#"{"labels": {"b": 3}}"#));

        assert_eq!(configured, config(r#"{"rounds": 2, "labels": {"a": 1, "b": 3}}"#));
        assert_eq!(version.configured(&Map::new()), version.config);
    }

    #[test]
    fn a_version_goes_from_draft_to_published_to_retired() {
        let published = testing::version(1).publish(testing::at(5)).unwrap();
        assert_eq!(
            (published.state, published.published_at),
            (VersionState::Published, Some(testing::at(5)))
        );

        let retired = published.retire().unwrap();

        assert_eq!((retired.state, retired.published_at), (VersionState::Retired, Some(testing::at(5))));
    }

    #[test]
    fn no_other_step_is_taken() {
        let retired = testing::published(1).retire().unwrap();

        assert!(testing::version(1).retire().is_err());
        assert!(testing::published(1).publish(testing::at(9)).is_err());
        assert!(retired.clone().publish(testing::at(9)).is_err());
        assert!(retired.retire().is_err());
    }

    #[rstest]
    #[case(VersionState::Draft, false, false, false)]
    #[case(VersionState::Draft, true, false, false)]
    #[case(VersionState::Draft, false, true, true)]
    #[case(VersionState::Published, false, false, true)]
    #[case(VersionState::Retired, false, true, false)]
    #[case(VersionState::Retired, true, false, true)]
    fn who_may_launch_depends_on_the_state(
        #[case] state: VersionState,
        #[case] from_its_item: bool,
        #[case] publishes: bool,
        #[case] allowed: bool,
    ) {
        let version = ProductVersion { state, ..testing::version(1) };

        assert_eq!(version.may_launch(from_its_item, publishes), allowed);
    }

    #[test]
    fn the_newest_is_the_one_published_last_and_still_in_use() {
        let retired = testing::published(3).retire().unwrap();
        let versions = [testing::published(2), testing::published(1), retired, testing::version(4)];

        assert_eq!(newest_published(&versions), versions.first());
        assert_eq!(newest_published(&versions[2..]), None);
        assert!(was_published(&versions[2..]));
        assert!(!was_published(&versions[3..]));
    }

    #[test]
    fn kind_and_url_stand_beside_the_other_fields_on_the_wire() {
        let wire = serde_json::to_value(testing::version(1)).unwrap();

        assert_eq!(wire["kind"], "EMBEDDED");
        assert_eq!(wire["entry_url"], "https://board.example.test/");
    }
}
