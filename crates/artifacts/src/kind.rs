//! Kinds: what sort of things artifacts are, and what may be done with each.

use std::{collections::BTreeMap, fmt};

use guildhall_core::{Fault, PermissionCode};
use jsonschema::Validator;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{KindName, Pattern};

include!(concat!(env!("OUT_DIR"), "/kinds.rs"));

/// How many faults one check lists.
const MAX_FAULTS: usize = 50;

/// What a workspace may change in what it inherits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OverrideRule {
    /// Nothing.
    None,
    /// What stands at these places and below.
    Fields(Vec<Pattern>),
    /// Everything that is not locked.
    Full,
    /// Entries may be added and made stricter; made looser only where the entry says `loosenable`.
    Tighten,
}

/// Where a package may put artifacts of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DeployableIn {
    /// Into the System space, for every workspace that is entitled to it.
    System,
    /// Into one workspace.
    Workspace,
}

impl DeployableIn {
    /// `SYSTEM` or `WORKSPACE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "SYSTEM",
            Self::Workspace => "WORKSPACE",
        }
    }
}

/// What a kind's file says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definition {
    name: KindName,
    description: String,
    schema_version: u32,
    #[serde(rename = "override")]
    override_rule: OverrideRule,
    #[serde(default)]
    locked: Vec<Pattern>,
    #[serde(default)]
    merge_keys: BTreeMap<Pattern, String>,
    #[serde(default)]
    secret: Vec<Pattern>,
    deployable_in: Vec<DeployableIn>,
    read: PermissionCode,
    write: PermissionCode,
    schema: Value,
}

/// One sort of artifact.
pub struct Kind {
    definition: Definition,
    validator: Validator,
}

impl Kind {
    /// The kind that a file describes: its fields are those of the files in `kinds/`.
    ///
    /// # Errors
    /// A plain sentence that says what is wrong with the file.
    pub fn parse(text: &str) -> Result<Self, String> {
        let definition: Definition = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let validator = jsonschema::options()
            .offline()
            .should_validate_formats(false)
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&definition.schema)
            .map_err(|error| format!("`{}` has no valid JSON Schema: {error}", definition.name))?;
        Ok(Self { definition, validator })
    }

    /// What it is called.
    pub fn name(&self) -> &KindName {
        &self.definition.name
    }

    /// What it is for, in a sentence.
    pub fn description(&self) -> &str {
        &self.definition.description
    }

    /// The number of its schema; raised where a content that was valid no longer is.
    pub fn schema_version(&self) -> u32 {
        self.definition.schema_version
    }

    /// The JSON Schema of a content (draft 2020-12).
    pub fn schema(&self) -> &Value {
        &self.definition.schema
    }

    /// What a workspace may change in what it inherits.
    pub fn override_rule(&self) -> &OverrideRule {
        &self.definition.override_rule
    }

    /// What no override may change, whatever the rule.
    pub fn locked(&self) -> &[Pattern] {
        &self.definition.locked
    }

    /// For each array whose elements have names: the field that holds the name.
    pub fn merge_keys(&self) -> &BTreeMap<Pattern, String> {
        &self.definition.merge_keys
    }

    /// Fields that are written and never read, inherited or exported.
    pub fn secret(&self) -> &[Pattern] {
        &self.definition.secret
    }

    /// Where a package may put artifacts of the kind.
    pub fn is_deployable_in(&self, place: DeployableIn) -> bool {
        self.definition.deployable_in.contains(&place)
    }

    /// The platform's code that its readers hold.
    pub fn read(&self) -> &PermissionCode {
        &self.definition.read
    }

    /// The platform's code that its writers hold.
    pub fn write(&self) -> &PermissionCode {
        &self.definition.write
    }

    /// What an artifact of this content is called in lists: its `name`, `title` or `label`, or the name among its `labels`.
    pub fn title<'c>(&self, content: &'c Value) -> Option<&'c str> {
        ["/name", "/title", "/label", "/labels/name"]
            .iter()
            .find_map(|place| content.pointer(place)?.as_str())
    }

    /// Everything that keeps a content from being of this kind, at most 50 faults.
    pub fn check(&self, content: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        for error in self.validator.iter_errors(content).take(MAX_FAULTS) {
            let detail: String = error.masked().to_string().chars().take(300).collect();
            faults.push(Fault::new(error.instance_path().as_str(), detail));
        }
        faults
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.definition.fmt(f)
    }
}

/// Every kind that there is.
#[derive(Debug, Default)]
pub struct Kinds(BTreeMap<KindName, Kind>);

impl Kinds {
    /// The kinds that come with the crate: one for each file in its folder `kinds/`.
    ///
    /// # Errors
    /// A plain sentence that says what is wrong with which file; a test holds that nothing is.
    pub fn built_in() -> Result<Self, String> {
        let mut kinds = Self::default();
        for (file, text) in FILES {
            kinds.add(Kind::parse(text).map_err(|error| format!("{file}: {error}"))?);
        }
        Ok(kinds)
    }

    /// Adds a kind, in place of one with the same name.
    pub fn add(&mut self, kind: Kind) {
        self.0.insert(kind.name().clone(), kind);
    }

    /// The kind of that name, if there is one.
    pub fn find(&self, name: &KindName) -> Option<&Kind> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests;
