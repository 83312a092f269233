//! What a launched product is told.

use guildhall_context::{
    ContextInput, ItemKind, LaunchedItem, NavigationTree, OsContext, PathNode, ProjectFacts, Required, Theme,
    UserDetails, VersionFacts, WorkspaceFacts, build,
};
use guildhall_core::{Principal, UserId};
use guildhall_identity::User;
use guildhall_orchestration::Item;
use guildhall_products::Requirement;
use guildhall_tenancy::{Color, Node, Workspace};

use super::{navigation::navigation, place::LaunchPlace};
use crate::{Kernel, KernelError, followed::Followed, products::Overlays, work::Work};

impl Kernel {
    /// The context object of a launch, as the world is now.
    pub(crate) async fn build_context(
        &self,
        work: &Work<'_>,
        user: UserId,
        place: &LaunchPlace,
    ) -> Result<OsContext, KernelError> {
        let who = work.users().find(user).await?.ok_or(KernelError::NotFound)?;
        let workspace = work.view().workspace.as_ref().ok_or(KernelError::WorkspaceRequired)?;
        let held =
            work.product_codes(Principal::User(user), place.product.id, workspace.organisation_account_id);
        let overlay = work.overlay_on(&place.product).await?;
        let (theme, navigation) = self.looks(work, workspace, Principal::User(user)).await?;
        Ok(build(ContextInput {
            workspace: workspace_facts(workspace),
            path: place.path.iter().map(path_node).collect(),
            project: place.project.as_ref().map(|project| ProjectFacts {
                id: project.id,
                az_id: project.account_id,
                name: project.name.clone(),
                item: place.item.as_ref().map(launched_item),
            }),
            version: version_facts(place, &overlay),
            user: user_details(who),
            permissions: held.into_iter().collect(),
            theme,
            navigation,
        })?)
    }

    /// How products look in a workspace, and the shell's menu there for somebody: what the workspace follows, or what is
    /// built in. Its own font and color are laid over any theme.
    async fn looks(
        &self,
        work: &Work<'_>,
        workspace: &Workspace,
        who: Principal,
    ) -> Result<(Theme, NavigationTree), KernelError> {
        let space = work.artifact_spaces().find().await?;
        let theme = self.followed(work.unit(), &space, Followed::Theme).await?;
        let theme =
            theme.map_or_else(Theme::default, |found| Theme::described(found.document.content.value()));
        let menu = match self.followed(work.unit(), &space, Followed::Navigation).await? {
            Some(found) => work.menu_for(who, found.document.content.value()),
            None => navigation(work, who)?,
        };
        Ok((branded(theme, workspace), menu))
    }
}

fn workspace_facts(workspace: &Workspace) -> WorkspaceFacts {
    WorkspaceFacts {
        id: workspace.id,
        az_id: workspace.account_id,
        organisation_az_id: workspace.organisation_account_id,
        name: workspace.name.clone(),
    }
}

fn path_node(node: &Node) -> PathNode {
    PathNode {
        az_id: node.id.account(),
        level: node.level.clone(),
        name: node.name.clone(),
        md_id: node.md_id.clone(),
        categories: node.categories.clone(),
    }
}

fn launched_item(item: &Item) -> LaunchedItem {
    LaunchedItem {
        id: item.id,
        kind: match item.content.kind() {
            guildhall_orchestration::ItemKind::Activity => ItemKind::Activity,
            guildhall_orchestration::ItemKind::Application => ItemKind::Application,
        },
        name: item.content.name().clone(),
        phase_id: item.phase_id,
    }
}

fn version_facts(place: &LaunchPlace, overlay: &Overlays) -> VersionFacts {
    let version = overlay.version(place.version.clone());
    let application = place.item.as_ref().and_then(|item| item.content.application());
    let required = place.version.required_context.iter().map(|requirement| match requirement {
        Requirement::Level(level) => Required::Level(level.clone()),
        Requirement::Project => Required::Project,
    });
    VersionFacts {
        product_id: place.product.id,
        product_name: overlay.product(place.product.clone()).name,
        version_id: place.version.id,
        version_name: place.version.name.clone(),
        slug: place.version.slug.as_str().to_owned(),
        required_context: required.collect(),
        config: match application {
            Some(application) => version.configured(&application.config),
            None => version.config,
        },
    }
}

fn user_details(user: User) -> UserDetails {
    UserDetails {
        id: user.id,
        firstname: user.profile.firstname,
        lastname: user.profile.lastname,
        email: user.email,
        agency: user.profile.agency,
        country: user.profile.country,
        department: user.profile.department,
        job_title: user.profile.job_title,
        office_location: user.profile.office_location,
        display_language: user.profile.display_language,
    }
}

fn branded(theme: Theme, workspace: &Workspace) -> Theme {
    let own = workspace.settings.theme.as_ref();
    theme.branded(
        own.and_then(|own| own.font_url.as_ref()).map(ToString::to_string),
        own.and_then(|own| own.primary_color.as_ref()).map(Color::as_str),
    )
}
