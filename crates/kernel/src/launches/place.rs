//! Where a product is launched, and whether somebody may launch it there.
//!
//! The same look-up serves the launch itself, its tokens and its redeeming, so that what ends in between ends them all.

use guildhall_core::{ItemId, NodeId, Principal, ProductId, ProductVersionId, ProjectId, UserId};
use guildhall_orchestration::{Item, Project, Status};
use guildhall_products::{Product, ProductVersion, ProductsError, VersionState, is_available};
use guildhall_tenancy::{Node, levels_of_path};

use super::LaunchProduct;
use crate::{KernelError, code, work::Work};

/// All that a launch stands on, as one user may launch it. Made by the look-up alone.
pub(crate) struct LaunchPlace {
    /// The product.
    pub(super) product: Product,
    /// The version.
    pub(super) version: ProductVersion,
    /// The project that it is launched from.
    pub(super) project: Option<Project>,
    /// The item that it is launched from.
    pub(super) item: Option<Item>,
    /// The nodes from the first level down to the one launched on.
    pub(super) path: Vec<Node>,
    /// Whether the user publishes the product.
    pub(super) publishes: bool,
}

impl Work<'_> {
    /// Everything that the launch names, where `user` may launch it there now.
    pub(crate) async fn find_launch_place(
        &self,
        user: UserId,
        launch: &LaunchProduct,
    ) -> Result<LaunchPlace, KernelError> {
        check_shape(launch)?;
        let who = Principal::User(user);
        let project = match launch.project_id {
            Some(id) => Some(self.launchable_project(who, id).await?),
            None => None,
        };
        let item = match (&project, launch.item_id) {
            (Some(project), Some(id)) => Some(self.launchable_item(project, id, launch).await?),
            _ => None,
        };
        let node = match (&project, launch.node_id) {
            (Some(project), _) => project.node_id,
            (None, Some(id)) => Some(self.launchable_node(who, id).await?),
            (None, None) => None,
        };
        let (product, version, publishes) =
            self.launchable_version(who, launch.product_version_id, item.is_some()).await?;
        if project.is_none() {
            self.require_launch_outside(who, product.id)?;
        }
        let path = self.path_of(node).await?;
        version.require(&levels_of_path(&path), project.is_some())?;
        Ok(LaunchPlace { product, version, project, item, path, publishes })
    }

    async fn launchable_project(&self, who: Principal, id: ProjectId) -> Result<Project, KernelError> {
        let project = self.authorize_project_for(who, id, &code::PRODUCT_LAUNCH).await?;
        project.ensure_active()?;
        Ok(project.into_inner())
    }

    /// The item, which holds the version that is launched.
    async fn launchable_item(
        &self,
        project: &Project,
        id: ItemId,
        launch: &LaunchProduct,
    ) -> Result<Item, KernelError> {
        let item = self.items().find(id).await?.filter(|item| item.project_id == project.id);
        let item = item.ok_or(KernelError::NotFound)?;
        let held = item.content.application().map(|application| application.product_version_id);
        if held != Some(launch.product_version_id) {
            return Err(ProductsError::LaunchMismatch("the item holds another version").into());
        }
        if item.status == Status::Archived {
            let detail = "an archived item launches nothing; restore it first".to_owned();
            return Err(KernelError::Refused { code: "item_archived", detail });
        }
        Ok(item)
    }

    async fn launchable_node(&self, who: Principal, id: NodeId) -> Result<NodeId, KernelError> {
        let node = self.authorize_node_for(who, id, &code::NODE_READ).await?;
        Ok(node.into_inner().live()?.id)
    }

    /// The version with its product. From an item it is enough that the product may be used here; otherwise the user must
    /// see the product too, and a draft is seen by its publishers alone.
    async fn launchable_version(
        &self,
        who: Principal,
        id: ProductVersionId,
        from_item: bool,
    ) -> Result<(Product, ProductVersion, bool), KernelError> {
        let version = self.product_versions().find(id).await?.ok_or(KernelError::NotFound)?;
        let product = self.products().find(version.product_id).await?.ok_or(KernelError::NotFound)?;
        let reachable = self.reaches(&product).await?;
        let publishes = self.publishes_for(who, product.home);
        if from_item && !reachable {
            return Err(ProductsError::NotOffered.into());
        }
        let seen = from_item
            || reachable
                && (self.allows(who, &code::PRODUCT_READ, self.organisation()?)
                    || self.holds_code_of(who, product.id));
        if !seen || (version.state == VersionState::Draft && !publishes) {
            return Err(KernelError::NotFound);
        }
        if !version.may_launch(from_item, publishes) {
            return Err(ProductsError::WrongState { state: version.state, act: "launched here" }.into());
        }
        Ok((product, version, publishes))
    }

    /// Outside projects those launch who may launch any product, and holders of a code of this one.
    fn require_launch_outside(&self, who: Principal, product: ProductId) -> Result<(), KernelError> {
        let any = self.allows(who, &code::PRODUCT_LAUNCH, self.organisation()?);
        if any || self.holds_code_of(who, product) {
            Ok(())
        } else {
            Err(KernelError::Forbidden(code::PRODUCT_LAUNCH))
        }
    }

    /// Whether the product may be used in this workspace, as far as offers and switches go.
    pub(crate) async fn reaches(&self, product: &Product) -> Result<bool, KernelError> {
        let offer = self.product_offers().find(product.id).await?;
        let switch = self.product_switches().find(product.id).await?;
        Ok(is_available(product.home, &offer, switch.map(|switch| switch.available), self.space()?))
    }
}

/// What can be said of a launch without looking anything up.
fn check_shape(launch: &LaunchProduct) -> Result<(), ProductsError> {
    match (launch.project_id, launch.item_id, launch.node_id) {
        (None, Some(_), _) => Err(ProductsError::LaunchMismatch("an item needs its project")),
        (Some(_), _, Some(_)) => Err(ProductsError::LaunchMismatch("a project has its own node")),
        _ => Ok(()),
    }
}
