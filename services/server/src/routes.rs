//! The HTTP API: one file for each operation, one folder for each resource.

mod activity;
mod api_keys;
mod artifact_drafts;
mod artifact_kinds;
mod artifacts;
mod audit;
mod canvas;
mod changes;
mod contract;
mod events;
mod grants;
mod groups;
pub mod health;
mod hierarchy;
mod invitations;
mod items;
mod launches;
mod me;
mod members;
mod meta_roles;
mod oauth;
mod packages;
mod password_resets;
mod permissions;
mod phases;
mod place;
mod products;
mod project_members;
mod projects;
mod roles;
mod search;
mod service_accounts;
mod sessions;
mod tasks;
mod templates;
mod users;
mod view_presets;
mod well_known;
mod workspace;
mod workspaces;

use axum::Router;
use guildhall_kernel::Kernel;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use crate::problem::ProblemBody;

#[derive(OpenApi)]
#[openapi(
    info(title = "Guildhall", description = "An open, multitenant work platform. A workspace is named by its host \
        (`<prefix>.<base domain>`) or, on the base domain, by the header `Guildhall-Workspace`."),
    components(schemas(ProblemBody, contract::ContractErrorBody)),
    modifiers(&Bearer),
    security(("bearer" = []))
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The platform's own documented routes, and the document of all routes: it is large while it is made, so that it is made once.
pub fn api() -> (Router<Kernel>, utoipa::openapi::OpenApi) {
    let (router, document) = own().split_for_parts();
    (router, whole(document))
}

/// The routes that products of Open OS call, with the layers that are theirs alone.
pub fn contract(kernel: &Kernel) -> Router<Kernel> {
    contract::layered(kernel)
}

/// The token endpoint, whose errors have a shape of their own.
pub fn tokens(kernel: &Kernel) -> Router<Kernel> {
    oauth::layered(oauth::router().split_for_parts().0, kernel)
}

/// The document of all of them.
pub fn document() -> utoipa::openapi::OpenApi {
    whole(own().into_openapi())
}

fn whole(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    document.merge(oauth::router().into_openapi());
    document.merge(contract::router().into_openapi());
    document
}

fn own() -> OpenApiRouter<Kernel> {
    let v1 = OpenApiRouter::new()
        .merge(activity::router())
        .merge(api_keys::router())
        .merge(artifact_drafts::router())
        .merge(artifact_kinds::router())
        .merge(artifacts::router())
        .merge(audit::router())
        .merge(canvas::router())
        .merge(changes::router())
        .merge(events::router())
        .merge(grants::router())
        .merge(groups::router())
        .merge(hierarchy::router())
        .merge(invitations::router())
        .merge(items::router())
        .merge(launches::router())
        .merge(me::router())
        .merge(members::router())
        .merge(meta_roles::router())
        .merge(packages::router())
        .merge(permissions::router())
        .merge(password_resets::router())
        .merge(phases::router())
        .merge(products::router())
        .merge(project_members::router())
        .merge(projects::router())
        .merge(roles::router())
        .merge(search::router())
        .merge(service_accounts::router())
        .merge(sessions::router())
        .merge(tasks::router())
        .merge(templates::router())
        .merge(users::router())
        .merge(view_presets::router())
        .merge(workspace::router())
        .merge(workspaces::router());
    OpenApiRouter::with_openapi(Document::openapi()).merge(well_known::router()).nest("/api/v1", v1)
}
