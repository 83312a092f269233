//! Who and what a board mentions by id.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::{Name, ProductVersionId, UserId};
use guildhall_orchestration::{AppUse, BoardItem, BoardPhase, Task};
use guildhall_products::Slug;

use super::PersonShown;
use crate::{KernelError, work::Work};

/// The people and products that a part of a board mentions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mentioned {
    /// Those who are assigned to anything of it.
    pub people: BTreeMap<UserId, PersonShown>,
    /// The product versions that its items use.
    pub applications: BTreeMap<ProductVersionId, ApplicationShown>,
}

/// A product version, as an item names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationShown {
    /// What the product is called.
    pub product_name: Name,
    /// The readable part of its route in the shell.
    pub slug: Slug,
}

/// Ids, collected from whatever they stand in.
#[derive(Default)]
pub(crate) struct Mentions<'a> {
    users: BTreeSet<UserId>,
    uses: BTreeMap<ProductVersionId, &'a AppUse>,
}

impl<'a> Mentions<'a> {
    pub(crate) fn phase(mut self, phase: &'a BoardPhase) -> Self {
        self.users.extend(&phase.phase.assignees);
        phase.items.iter().fold(self, Self::item)
    }

    pub(crate) fn item(mut self, item: &'a BoardItem) -> Self {
        self.users.extend(&item.item.assignees);
        self.uses.extend(item.item.content.application().map(|used| (used.product_version_id, used)));
        item.tasks.iter().fold(self, Self::task)
    }

    pub(crate) fn task(mut self, task: &'a Task) -> Self {
        self.users.extend(&task.assignees);
        self
    }

    /// Reads what the ids name.
    pub(crate) async fn read(self, work: &Work<'_>) -> Result<Mentioned, KernelError> {
        let users = Vec::from_iter(self.users);
        let people = work.users().list_by_ids(&users).await?.into_iter();
        let people = people.map(|user| (user.id, PersonShown::from(user))).collect();
        let mut applications = BTreeMap::new();
        if self.uses.is_empty() {
            return Ok(Mentioned { people, applications });
        }
        let overlays = work.overlays().await?;
        for (id, used) in self.uses {
            let product = work.products().find(used.product_id).await?;
            let version = work.product_versions().find(id).await?;
            applications.extend(product.zip(version).map(|(product, version)| {
                (id, ApplicationShown { product_name: overlays.product(product).name, slug: version.slug })
            }));
        }
        Ok(Mentioned { people, applications })
    }
}
