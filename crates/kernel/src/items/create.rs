//! Adding an item.

use chrono::NaiveDate;
use guildhall_core::{ItemId, Link, Name, PhaseId, ProductVersionId, ProjectId, Text, UserId};
use guildhall_orchestration::{AppUse, Attachment, ItemContent, Place, Project};
use serde_json::{Map, Value};

use super::ItemChange;
use crate::{ItemShown, Kernel, KernelError, Outcome, Request, work::Work};

/// An item to add.
#[derive(Debug, Clone, PartialEq)]
pub struct AddItem {
    /// The phase to put it in.
    pub phase_id: PhaseId,
    /// What it is.
    pub content: NewContent,
    /// The day on which it is due.
    pub due_date: Option<NaiveDate>,
    /// Who works on it, in any order.
    pub assignees: Vec<UserId>,
    /// Where in the phase.
    pub place: Place<ItemId>,
}

/// What an item is to be.
#[derive(Debug, Clone, PartialEq)]
pub enum NewContent {
    /// Something that people do.
    Activity {
        /// What it is called.
        name: Name,
        /// What is to be done.
        description: Option<Text>,
        /// A page elsewhere that it is done with.
        link: Option<Link>,
    },
    /// Something that people do with a product.
    ActivityWithProduct {
        /// What it is called.
        name: Name,
        /// What is to be done.
        description: Option<Text>,
        /// The product.
        product: UseProduct,
    },
    /// A product to work with.
    Application {
        /// What it is called on this board; as the product, where nobody says.
        name: Option<Name>,
        /// What it is used for.
        description: Option<Text>,
        /// The product.
        product: UseProduct,
    },
}

/// A product version for an item to use.
#[derive(Debug, Clone, PartialEq)]
pub struct UseProduct {
    /// The version that the item will pin.
    pub product_version_id: ProductVersionId,
    /// The item's own configuration, a JSON object.
    pub config: Map<String, Value>,
}

impl NewContent {
    pub(crate) const fn uses_product(&self) -> bool {
        matches!(self, Self::ActivityWithProduct { .. } | Self::Application { .. })
    }
}

impl Kernel {
    /// Adds an item to a phase. With a product, members get that product's roles by the same commit.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`, and for other assignees than himself without `WORKFLOW_ASSIGN`;
    /// [`KernelError::NotFound`] for a product that the caller may not know of; [`KernelError::Products`] where it does not
    /// fit; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn add_item(
        &self,
        request: &Request,
        project: ProjectId,
        command: AddItem,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        self.change_item(request, project, ItemChange::Create(command)).await
    }
}

/// Looks up what the new item uses.
pub(super) async fn resolve(
    work: &Work<'_>,
    project: &Project,
    content: NewContent,
) -> Result<ItemContent, KernelError> {
    project.ensure_active()?;
    Ok(match content {
        NewContent::Activity { name, description, link } => {
            let attachment = link.map_or(Attachment::None, Attachment::Link);
            ItemContent::Activity { name, description, attachment }
        }
        NewContent::ActivityWithProduct { name, description, product } => {
            let (application, _) = look_up(work, project, product).await?;
            ItemContent::Activity { name, description, attachment: Attachment::Application(application) }
        }
        NewContent::Application { name, description, product } => {
            let (application, product_name) = look_up(work, project, product).await?;
            ItemContent::Application { name: name.unwrap_or(product_name), description, application }
        }
    })
}

/// The product as the item will use it, and what it is called.
async fn look_up(
    work: &Work<'_>,
    project: &Project,
    product: UseProduct,
) -> Result<(AppUse, Name), KernelError> {
    let version = work.usable_version(product.product_version_id, project).await?;
    let found = work.products().find(version.product_id).await?;
    let found = found.ok_or_else(|| KernelError::Internal("a version has no product".into()))?;
    let name = work.overlay_on(&found).await?.product(found).name;
    let application = AppUse {
        product_workspace_id: version.home,
        product_id: version.product_id,
        product_version_id: version.id,
        config: product.config,
    };
    Ok((application, name))
}
