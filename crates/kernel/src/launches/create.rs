//! Launching a product.

use guildhall_context::OsContext;
use guildhall_core::{Credential, ItemId, NodeId, ProductVersionId, ProjectId, Secret, SessionId, UserId};
use guildhall_products::{CreateLaunch, EntryKind, Launch, LaunchItem, ProductVersion};

use super::place::LaunchPlace;
use crate::{Event, Kernel, KernelError, Request};

/// Which version is to be launched, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaunchProduct {
    /// The version.
    pub product_version_id: ProductVersionId,
    /// The project to launch it from.
    pub project_id: Option<ProjectId>,
    /// The item of that project to launch it from.
    pub item_id: Option<ItemId>,
    /// The node to launch it on, outside projects.
    pub node_id: Option<NodeId>,
}

impl From<&Launch> for LaunchProduct {
    fn from(launch: &Launch) -> Self {
        Self {
            product_version_id: launch.product_version_id,
            project_id: launch.project_id,
            item_id: launch.item_id,
            node_id: launch.node_id,
        }
    }
}

/// A launch as the user who made it sees it, this once.
#[derive(Debug, Clone)]
pub struct Launched {
    /// The launch.
    pub launch: Launch,
    /// Where the product opens. For a product that opens as a page of its own it ends in `#launch_code=` and the code,
    /// which browsers keep to themselves; for all others it carries nothing.
    pub url: String,
    /// What the product is told.
    pub context: OsContext,
    /// The one-time code for the product's back end.
    pub code: Secret,
}

impl Kernel {
    /// Launches a version for the caller, in a project or outside.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] for what the caller may not know of, [`KernelError::Forbidden`] where he may not launch,
    /// [`KernelError::Products`] where item, version and place do not go together or the place lacks what the version
    /// requires, [`KernelError::TokenAudience`] for whoever is no user with a session.
    pub async fn create_launch(
        &self,
        request: &Request,
        command: LaunchProduct,
    ) -> Result<Launched, KernelError> {
        let (user, session) = signed_in(request)?;
        let work = self.begin_once(request).await?;
        let place = work.find_launch_place(user, &command).await?;
        let context = self.build_context(&work, user, &place).await?;
        let products = self.products(&*work, work.space()?);
        let create = launch_at(user, session, &place, &command);
        let (launch, code) = products.create_launch(&place.product, &place.version, create).await?;
        let event = Event::new("launch.created", launch.id.uuid(), place.product.name.to_string());
        let event = Event { project_id: launch.project_id, ..event.creating(&launch) };
        work.finish(event).await?;
        Ok(Launched { url: url(&place.version, &code), launch, context, code })
    }
}

/// Only a person launches, and what he launches ends with his session.
pub(super) fn signed_in(request: &Request) -> Result<(UserId, SessionId), KernelError> {
    match (request.caller.user(), request.caller.credential()) {
        (Some(user), Credential::Session(session)) => Ok((user, session)),
        _ => Err(KernelError::TokenAudience),
    }
}

fn launch_at(
    user_id: UserId,
    session_id: SessionId,
    place: &LaunchPlace,
    command: &LaunchProduct,
) -> CreateLaunch {
    let item = place.item.as_ref().map(|item| LaunchItem {
        id: item.id,
        product_version_id: item.content.application().map(|application| application.product_version_id),
    });
    CreateLaunch {
        user_id,
        session_id,
        publishes: place.publishes,
        project_id: command.project_id,
        item,
        node_id: command.node_id,
    }
}

fn url(version: &ProductVersion, code: &Secret) -> String {
    let mut url = version.entry.url().url().clone();
    if version.entry.kind() == EntryKind::Link {
        url.set_fragment(Some(&format!("launch_code={}", code.reveal())));
    }
    url.into()
}
