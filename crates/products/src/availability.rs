//! In which workspaces a product may be used.

use std::str::FromStr;

use guildhall_core::{ProductId, ValueError, WorkspaceId};
use serde::{Deserialize, Serialize};

/// To whom the System space offers one of its products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "offer", content = "workspace_ids", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Offer {
    /// To every workspace, also to those that come later.
    All,
    /// To these workspaces: at least one, each once, in the order of their ids.
    List(Vec<WorkspaceId>),
    /// To nobody.
    None,
}

/// The word for an [`Offer`] on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OfferKind {
    /// To every workspace.
    All,
    /// To a list of workspaces.
    List,
    /// To nobody.
    None,
}

impl OfferKind {
    /// The kind as it is spelled on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::List => "LIST",
            Self::None => "NONE",
        }
    }
}

impl FromStr for OfferKind {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        [Self::All, Self::List, Self::None]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| ValueError::new("must be ALL, LIST or NONE"))
    }
}

impl Offer {
    /// An offer from its two fields on the wire.
    ///
    /// # Errors
    ///
    /// A list must name a workspace, anything else must not, and the System space is no workspace to offer to.
    pub fn new(kind: OfferKind, mut workspaces: Vec<WorkspaceId>) -> Result<Self, ValueError> {
        if kind != OfferKind::List && !workspaces.is_empty() {
            return Err(ValueError::new("workspaces are named with LIST alone"));
        }
        if kind == OfferKind::List && workspaces.is_empty() {
            return Err(ValueError::new("LIST must name at least one workspace"));
        }
        if workspaces.iter().any(|id| id.is_system()) {
            return Err(ValueError::new("the System space can't be offered its own product"));
        }
        workspaces.sort_unstable();
        workspaces.dedup();
        Ok(match kind {
            OfferKind::All => Self::All,
            OfferKind::List => Self::List(workspaces),
            OfferKind::None => Self::None,
        })
    }

    /// The word for it.
    pub fn kind(&self) -> OfferKind {
        match self {
            Self::All => OfferKind::All,
            Self::List(_) => OfferKind::List,
            Self::None => OfferKind::None,
        }
    }

    /// The workspaces that it names.
    pub fn workspaces(&self) -> &[WorkspaceId] {
        match self {
            Self::List(workspaces) => workspaces,
            Self::All | Self::None => &[],
        }
    }

    /// Whether it holds for a workspace.
    pub fn includes(&self, workspace: WorkspaceId) -> bool {
        match self {
            Self::All => true,
            Self::List(workspaces) => workspaces.contains(&workspace),
            Self::None => false,
        }
    }
}

/// A workspace's own word on a product that it could use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// The product.
    pub product_id: ProductId,
    /// Whether the workspace wants it.
    pub available: bool,
}

/// Whether a product may be used in a workspace: its own, or a System product that is offered to it, unless it has switched
/// it off for itself. `switch` is that workspace's own. That something is published is asked apart, see
/// [`was_published`](crate::was_published).
pub fn is_available(home: WorkspaceId, offer: &Offer, switch: Option<bool>, workspace: WorkspaceId) -> bool {
    let reachable = home == workspace || (home.is_system() && offer.includes(workspace));
    reachable && switch.unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::testing::workspace;

    #[rstest]
    #[case::all(Offer::All, None, true)]
    #[case::named(Offer::List(vec![workspace(1)]), None, true)]
    #[case::not_named(Offer::List(vec![workspace(2)]), None, false)]
    #[case::nobody(Offer::None, None, false)]
    #[case::switched_off(Offer::All, Some(false), false)]
    #[case::switched_on(Offer::All, Some(true), true)]
    #[case::a_switch_is_no_offer(Offer::None, Some(true), false)]
    fn a_system_product_is_available_where_it_is_offered_and_wanted(
        #[case] offer: Offer,
        #[case] switch: Option<bool>,
        #[case] available: bool,
    ) {
        assert_eq!(is_available(WorkspaceId::SYSTEM, &offer, switch, workspace(1)), available);
    }

    #[test]
    fn a_workspaces_own_product_needs_no_offer() {
        assert!(is_available(workspace(1), &Offer::None, None, workspace(1)));
        assert!(!is_available(workspace(1), &Offer::None, Some(false), workspace(1)));
    }

    #[test]
    fn a_product_of_another_workspace_is_never_available() {
        assert!(!is_available(workspace(2), &Offer::All, Some(true), workspace(1)));
    }

    #[test]
    fn only_a_list_names_workspaces() {
        let ids = vec![workspace(2), workspace(1), workspace(2)];

        assert_eq!(
            Offer::new(OfferKind::List, ids.clone()),
            Ok(Offer::List(vec![workspace(1), workspace(2)]))
        );
        assert!(Offer::new(OfferKind::All, ids).is_err());
        assert!(Offer::new(OfferKind::List, Vec::new()).is_err());
        assert!(Offer::new(OfferKind::List, vec![WorkspaceId::SYSTEM]).is_err());
    }
}
