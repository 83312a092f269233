//! Items: the cards of the Canvas.

use chrono::NaiveDate;
use guildhall_core::enumeration;
use guildhall_core::{
    ItemId, Link, Name, PhaseId, ProductId, ProductVersionId, ProjectId, Text, UserId, WorkspaceId,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{ItemPatch, OrchestrationError, Position, Status, merge::merged};

enumeration! {
    /// What a card is.
    ItemKind {
        /// Something that people do.
        Activity = "ACTIVITY",
        /// A product to work with.
        Application = "APPLICATION",
    }
}

/// A card inside a phase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The project on whose board it lies.
    pub project_id: ProjectId,
    /// The phase in which it stands.
    pub phase_id: PhaseId,
    /// What it is.
    #[serde(flatten)]
    pub content: ItemContent,
    /// How far the work on it has come.
    pub status: Status,
    /// The status that restoring goes back to; set while it is archived, and only then.
    pub restored_status: Option<Status>,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Who works on it: members of the project, each once, in ascending order of their ids.
    pub assignees: Vec<UserId>,
    /// Where it stands in its phase, among archived items too.
    pub position: Position,
}

/// What a card is, with what belongs to that kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ItemContent {
    /// Something that people do.
    Activity {
        /// What it is called.
        name: Name,
        /// What is to be done.
        description: Option<Text>,
        /// What it is done with.
        attachment: Attachment,
    },
    /// A product to work with.
    Application {
        /// What it is called on this board.
        name: Name,
        /// What it is used for.
        description: Option<Text>,
        /// The product.
        application: AppUse,
    },
}

/// What hangs on an activity.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Attachment {
    /// Nothing.
    None,
    /// A page elsewhere.
    Link(Link),
    /// A product.
    Application(AppUse),
}

/// A product version as one item uses it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AppUse {
    /// The workspace that owns the product: this one, or System.
    pub product_workspace_id: WorkspaceId,
    /// The product.
    pub product_id: ProductId,
    /// The version that the item pins.
    pub product_version_id: ProductVersionId,
    /// The item's own configuration, a JSON object.
    pub config: Map<String, Value>,
}

impl ItemContent {
    /// Which kind it is.
    pub const fn kind(&self) -> ItemKind {
        match self {
            Self::Activity { .. } => ItemKind::Activity,
            Self::Application { .. } => ItemKind::Application,
        }
    }

    /// What it is called.
    pub const fn name(&self) -> &Name {
        match self {
            Self::Activity { name, .. } | Self::Application { name, .. } => name,
        }
    }

    /// The words under the name.
    pub const fn description(&self) -> Option<&Text> {
        match self {
            Self::Activity { description, .. } | Self::Application { description, .. } => {
                description.as_ref()
            }
        }
    }

    /// The link on an activity.
    pub const fn link(&self) -> Option<&Link> {
        match self {
            Self::Activity { attachment: Attachment::Link(link), .. } => Some(link),
            Self::Activity { .. } | Self::Application { .. } => None,
        }
    }

    /// The product that is used, by an application or attached to an activity.
    pub const fn application(&self) -> Option<&AppUse> {
        match self {
            Self::Activity { attachment: Attachment::Application(application), .. }
            | Self::Application { application, .. } => Some(application),
            Self::Activity { .. } => None,
        }
    }

    fn set_link(&mut self, link: Option<Link>) -> Result<(), OrchestrationError> {
        match (self, link) {
            (Self::Activity { attachment, .. }, link)
                if !matches!(attachment, Attachment::Application(_)) =>
            {
                *attachment = link.map_or(Attachment::None, Attachment::Link);
                Ok(())
            }
            (_, None) => Ok(()),
            (_, Some(_)) => Err(OrchestrationError::LinkNotAllowed),
        }
    }

    fn patch_config(&mut self, patch: Option<Map<String, Value>>) -> Result<(), OrchestrationError> {
        match self {
            Self::Activity { attachment: Attachment::Application(AppUse { config, .. }), .. }
            | Self::Application { application: AppUse { config, .. }, .. } => {
                let before = std::mem::take(config);
                *config = patch.map(|patch| merged(before, patch)).unwrap_or_default();
                Ok(())
            }
            Self::Activity { .. } if patch.is_none() => Ok(()),
            Self::Activity { .. } => Err(OrchestrationError::ConfigNotAllowed),
        }
    }
}

impl Item {
    /// The item with the changes of a patch, whose assignees have been checked.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::UseArchive`], [`OrchestrationError::LinkNotAllowed`] or
    /// [`OrchestrationError::ConfigNotAllowed`].
    pub(crate) fn patched(mut self, patch: ItemPatch) -> Result<Self, OrchestrationError> {
        let (ItemContent::Activity { name, description, .. }
        | ItemContent::Application { name, description, .. }) = &mut self.content;
        if let Some(new) = patch.name {
            *name = new;
        }
        if let Some(new) = patch.description {
            *description = new;
        }
        if let Some(link) = patch.link {
            self.content.set_link(link)?;
        }
        if let Some(config) = patch.config {
            self.content.patch_config(config)?;
        }
        if let Some(status) = patch.status {
            self.status = self.status.change_to(status)?;
        }
        self.due_date = patch.due_date.unwrap_or(self.due_date);
        self.assignees = patch.assignees.unwrap_or(self.assignees);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{activity, application, item};

    fn link() -> Link {
        "https://example.test/brief".parse().unwrap()
    }

    #[test]
    fn a_link_on_an_activity_can_be_set_and_taken_away() {
        let set = ItemPatch { link: Some(Some(link())), ..ItemPatch::default() };
        let cleared = ItemPatch { link: Some(None), ..ItemPatch::default() };

        let with_link = item(1, 1).patched(set).unwrap();
        let without = with_link.clone().patched(cleared).unwrap();

        assert_eq!(with_link.content.link(), Some(&link()));
        assert_eq!(without.content, activity("Item 1"));
    }

    #[test]
    fn a_link_never_replaces_an_application() {
        let attached = ItemContent::Activity {
            name: "Review".parse().unwrap(),
            description: None,
            attachment: Attachment::Application(application(7)),
        };

        for content in [attached, crate::testing::application_item("Review", 7)] {
            let item = Item { content, ..item(1, 1) };
            let set = ItemPatch { link: Some(Some(link())), ..ItemPatch::default() };
            let cleared = ItemPatch { link: Some(None), ..ItemPatch::default() };

            assert_eq!(item.clone().patched(set), Err(OrchestrationError::LinkNotAllowed));
            assert_eq!(item.clone().patched(cleared), Ok(item));
        }
    }

    #[test]
    fn only_an_application_has_a_configuration() {
        let config: Map<String, Value> = [("mode".to_owned(), Value::from("dark"))].into_iter().collect();
        let patch = ItemPatch { config: Some(Some(config.clone())), ..ItemPatch::default() };
        let app = Item { content: crate::testing::application_item("Review", 7), ..item(1, 1) };

        let configured = app.patched(patch.clone()).unwrap();

        assert_eq!(configured.content.application().unwrap().config, config);
        assert_eq!(item(2, 1).patched(patch), Err(OrchestrationError::ConfigNotAllowed));
    }

    #[test]
    fn an_item_is_serialized_flat_so_that_each_changed_field_shows() {
        let json = serde_json::to_value(item(1, 1)).unwrap();

        assert_eq!(json["kind"], "ACTIVITY");
        assert_eq!(json["name"], "Item 1");
        assert_eq!(json["attachment"], "NONE");
        assert_eq!(json["status"], "TO_DO");
    }
}
