//! Which levels a workspace's hierarchy has, and what may stand under what.

use std::{collections::BTreeSet, fmt, str::FromStr};

use guildhall_core::{Level, ValueError};
use serde::{Deserialize, Serialize};

use crate::TenancyError;

/// What a node may stand directly under: the workspace itself, or a node of a level. Spelled `TENANT`, or as the level is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Above {
    /// The workspace.
    Workspace,
    /// A node of that level.
    Level(Level),
}

/// One level, and where its nodes may stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelRule {
    /// The level: `CLIENT`, `MARKET`, `BRAND`, or a name of the workspace's own.
    pub level: Level,
    /// What its nodes may stand directly under: `TENANT`, which is the workspace, or levels of the same list.
    #[cfg_attr(feature = "openapi", schema(max_items = 21))]
    pub under: Vec<Above>,
}

/// The levels of one workspace: each once, each leading up to the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<LevelRule>", into = "Vec<LevelRule>")]
pub struct Levels(Vec<LevelRule>);

/// What is wrong with a list of levels, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelFault {
    /// The place in the list, as a JSON pointer (RFC 6901) such as `/2/under/0`.
    pub pointer: String,
    /// What is wrong there.
    pub detail: String,
}

impl Levels {
    /// The most levels of one workspace.
    pub const MAX: usize = 20;

    /// Holds a list to the rules: no level twice (custom names differ in more than case), each stands under something, and
    /// only under the workspace or levels of the list; from each one some way leads up to the workspace.
    ///
    /// # Errors
    ///
    /// [`TenancyError::LevelsInvalid`] with all that is wrong; [`TenancyError::TooMany`].
    pub fn new(rules: Vec<LevelRule>) -> Result<Self, TenancyError> {
        if rules.len() > Self::MAX {
            return Err(TenancyError::TooMany { field: "levels", max: Self::MAX });
        }
        let mut faults = repeated(&rules);
        faults.extend(unknown(&rules));
        if faults.is_empty() {
            faults.extend(unreachable(&rules));
        }
        if faults.is_empty() { Ok(Self(rules)) } else { Err(TenancyError::LevelsInvalid { faults }) }
    }

    /// The rules, in the order in which the workspace lists them.
    pub fn rules(&self) -> &[LevelRule] {
        &self.0
    }

    /// Whether the workspace has the level.
    pub fn contains(&self, level: &Level) -> bool {
        self.0.iter().any(|rule| rule.level == *level)
    }

    /// Whether a node of the level may stand directly under one of level `parent`; `None` is the workspace itself.
    ///
    /// # Errors
    ///
    /// [`TenancyError::LevelUnknown`], [`TenancyError::LevelNotAllowed`].
    pub fn check(&self, level: &Level, parent: Option<&Level>) -> Result<(), TenancyError> {
        let Some(rule) = self.0.iter().find(|rule| rule.level == *level) else {
            return Err(TenancyError::LevelUnknown { level: level.clone() });
        };
        let allowed = rule.under.iter().any(|above| match above {
            Above::Workspace => parent.is_none(),
            Above::Level(above) => parent == Some(above),
        });
        if allowed {
            Ok(())
        } else {
            Err(TenancyError::LevelNotAllowed { level: level.clone(), parent: parent.cloned() })
        }
    }
}

/// Clients under the workspace, markets under it or under a client, brands under a client or a market.
impl Default for Levels {
    fn default() -> Self {
        let under = |level| Above::Level(level);
        Self(vec![
            LevelRule { level: Level::Client, under: vec![Above::Workspace] },
            LevelRule { level: Level::Market, under: vec![Above::Workspace, under(Level::Client)] },
            LevelRule { level: Level::Brand, under: vec![under(Level::Client), under(Level::Market)] },
        ])
    }
}

impl TryFrom<Vec<LevelRule>> for Levels {
    type Error = TenancyError;

    fn try_from(rules: Vec<LevelRule>) -> Result<Self, TenancyError> {
        Self::new(rules)
    }
}

impl From<Levels> for Vec<LevelRule> {
    fn from(levels: Levels) -> Self {
        levels.0
    }
}

fn repeated(rules: &[LevelRule]) -> Vec<LevelFault> {
    let mut seen = BTreeSet::new();
    let again = rules.iter().enumerate().filter(|(_, rule)| !seen.insert(folded(&rule.level)));
    again.map(|(at, _)| fault(format!("/{at}/level"), "stands in the list already")).collect()
}

fn folded(level: &Level) -> String {
    level.to_string().to_lowercase()
}

fn unknown(rules: &[LevelRule]) -> Vec<LevelFault> {
    let levels: BTreeSet<&Level> = rules.iter().map(|rule| &rule.level).collect();
    let mut faults = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        if rule.under.is_empty() {
            faults.push(fault(format!("/{at}/under"), "names nothing that the level may stand under"));
        }
        for (place, above) in rule.under.iter().enumerate() {
            if matches!(above, Above::Level(level) if !levels.contains(level)) {
                faults.push(fault(format!("/{at}/under/{place}"), "is no level of the list"));
            }
        }
    }
    faults
}

/// Levels that stand under each other alone never reach the workspace, so that no node of them could ever be made.
fn unreachable(rules: &[LevelRule]) -> Vec<LevelFault> {
    let mut reached: BTreeSet<&Level> = BTreeSet::new();
    loop {
        let next: Vec<&Level> = rules
            .iter()
            .filter(|rule| !reached.contains(&rule.level))
            .filter(|rule| {
                rule.under.iter().any(|above| match above {
                    Above::Workspace => true,
                    Above::Level(level) => reached.contains(level),
                })
            })
            .map(|rule| &rule.level)
            .collect();
        if next.is_empty() {
            break;
        }
        reached.extend(next);
    }
    let lost = rules.iter().enumerate().filter(|(_, rule)| !reached.contains(&rule.level));
    lost.map(|(at, _)| fault(format!("/{at}/under"), "leads nowhere up to the workspace")).collect()
}

fn fault(pointer: String, detail: &str) -> LevelFault {
    LevelFault { pointer, detail: detail.to_owned() }
}

impl FromStr for Above {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if text == "TENANT" { Ok(Self::Workspace) } else { text.parse().map(Self::Level) }
    }
}

impl TryFrom<String> for Above {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Above> for String {
    fn from(above: Above) -> Self {
        above.to_string()
    }
}

impl fmt::Display for Above {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workspace => f.write_str("TENANT"),
            Self::Level(level) => level.fmt(f),
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Above {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <Level as utoipa::PartialSchema>::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Above {}

#[cfg(test)]
mod tests;
