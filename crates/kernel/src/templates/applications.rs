//! The products that the items of a template use, as they are to be had where a project is made.

use std::collections::BTreeMap;

use guildhall_core::{Level, NodeId};
use guildhall_orchestration::{AppUse, ItemPlace, Template, TemplateApplication};
use guildhall_products::{ProductVersion, ProductsError, Requirement, VersionState};

use crate::{KernelError, UnusableItem, items::check_item_config, work::Work};

/// How many items a refusal names.
const MOST_NAMED: usize = 100;

impl Work<'_> {
    /// The product of each item of a template that uses one, for a project under this node. Refuses where one of them is not
    /// to be had here, or requires a level that the node's path lacks.
    pub(super) async fn uses_of(
        &self,
        template: &Template,
        node: Option<NodeId>,
    ) -> Result<BTreeMap<ItemPlace, AppUse>, KernelError> {
        let mut uses = BTreeMap::new();
        if template.applications().next().is_none() {
            return Ok(uses);
        }
        let levels = self.path_levels(node).await?;
        let versions = self.usable_versions().await?;
        let mut unusable = Vec::new();
        for (place, item, named) in template.applications() {
            match self.use_of(named, &versions, &levels)? {
                Ok(used) => {
                    check_item_config(Some(&used))?;
                    uses.insert(place, used);
                }
                Err(missing) => unusable.push(UnusableItem {
                    phase: template.phases.get(place.0).map(|phase| phase.key.clone()).unwrap_or_default(),
                    item: item.key.clone(),
                    name: item.name.to_string(),
                    missing,
                }),
            }
        }
        if unusable.is_empty() {
            return Ok(uses);
        }
        unusable.truncate(MOST_NAMED);
        Err(KernelError::TemplateUnusable { items: unusable })
    }

    /// The published versions of the products that are available here, newest first.
    pub(super) async fn usable_versions(&self) -> Result<Vec<ProductVersion>, KernelError> {
        let mut versions = self.product_versions().list_published().await?;
        versions.retain(|version| {
            version.state == VersionState::Published && self.view().products.contains(&version.product_id)
        });
        versions.sort_by_key(|version| std::cmp::Reverse((version.published_at, version.id)));
        Ok(versions)
    }

    /// The version that an item uses: the one that it names while that is published, else the newest of its product. The missing
    /// levels where it does not fit; none of them where there is no such product.
    fn use_of(
        &self,
        named: &TemplateApplication,
        versions: &[ProductVersion],
        levels: &[Level],
    ) -> Result<Result<AppUse, Vec<Requirement>>, KernelError> {
        let pinned = || versions.iter().find(|version| Some(version.id) == named.product_version_id);
        let found = match (named.product_id, &named.slug) {
            (Some(product), _) => pinned()
                .filter(|version| version.product_id == product)
                .or_else(|| versions.iter().find(|version| version.product_id == product)),
            (None, Some(slug)) => {
                let spelled = || versions.iter().filter(|version| version.slug.as_str() == slug);
                let here = self.space()?;
                spelled().find(|version| version.home == here).or_else(|| spelled().next())
            }
            (None, None) => None,
        };
        let Some(version) = found else { return Ok(Err(Vec::new())) };
        match version.require(levels, true) {
            Ok(()) => Ok(Ok(AppUse {
                product_workspace_id: version.home,
                product_id: version.product_id,
                product_version_id: version.id,
                config: named.config.clone(),
            })),
            Err(ProductsError::ProductIncompatible { missing }) => Ok(Err(missing)),
            Err(other) => Err(other.into()),
        }
    }
}
