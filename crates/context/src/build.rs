//! From the facts of a launch to the context object.

use std::iter;

use guildhall_core::{AccountId, Level};

use crate::{
    Additional, AppInstance, AppInstanceId, ContextError, ContextInput, Hierarchy, HierarchyItem,
    HierarchyItemType, LaunchedItem, LaunchedProject, OsContext, PathNode, ProjectFacts, ProjectItem,
    Required, Tenant, VersionFacts, WorkspaceFacts,
};

#[cfg(test)]
mod tests;

/// Builds the context object of one launch.
///
/// # Errors
/// [`ContextError::MissingContext`] with everything that the version requires and the launch lacks.
pub fn build(input: ContextInput) -> Result<OsContext, ContextError> {
    let ContextInput { workspace, path, project, version, user, permissions, theme, navigation } = input;
    let missing = missing(&version.required_context, &path, project.is_some());
    if !missing.is_empty() {
        return Err(ContextError::MissingContext { missing });
    }
    let item = project.as_ref().and_then(|project| project.item.as_ref());
    let instance =
        item.map_or(AppInstanceId::Version(version.version_id), |item| AppInstanceId::Item(item.id));
    Ok(OsContext {
        base_url: format!("application/{instance}/{}", version.slug),
        hierarchy: with_tenant(&workspace, &path),
        workspace: without_tenant(&path),
        tenant: tenant(workspace),
        additional: project.as_ref().map(additional).unwrap_or_default(),
        project: project.map(launched_project),
        permissions,
        user_details: user,
        custom_config: version.config.clone(),
        app_instance: app_instance(instance, version),
        navigation_tree: navigation,
        original_theme: theme.clone(),
        theme,
    })
}

/// What is required and neither on the path nor given by a project.
fn missing(required: &[Required], path: &[PathNode], in_project: bool) -> Vec<Required> {
    let present = |required: &Required| match required {
        Required::Level(level) => path.iter().any(|node| node.level == *level),
        Required::Project => in_project,
    };
    required.iter().filter(|required| !present(required)).cloned().collect()
}

fn tenant(workspace: WorkspaceFacts) -> Tenant {
    let WorkspaceFacts { id, az_id, organisation_az_id, name } = workspace;
    Tenant { id, az_id, organisation_az_id, name }
}

fn with_tenant(workspace: &WorkspaceFacts, path: &[PathNode]) -> Hierarchy {
    let root = HierarchyItem {
        az_id: workspace.az_id,
        parent_az_id: None,
        name: workspace.name.clone(),
        item_type: HierarchyItemType::Tenant,
        custom_type_name: None,
        md_id: None,
        categories: Vec::new(),
    };
    Hierarchy {
        az_id: path.last().map_or(workspace.az_id, |leaf| leaf.az_id),
        mapping: iter::once(root)
            .chain(items(path, Some(workspace.az_id)))
            .map(|item| (item.az_id, item))
            .collect(),
    }
}

fn without_tenant(path: &[PathNode]) -> Option<Hierarchy> {
    let leaf = path.last()?;
    Some(Hierarchy { az_id: leaf.az_id, mapping: items(path, None).map(|item| (item.az_id, item)).collect() })
}

/// The nodes of the path, the first of them under `above`. The organisation, under which a first-level node hangs in the
/// authorization tree, is left out: products climb to the tenant.
fn items(path: &[PathNode], above: Option<AccountId>) -> impl Iterator<Item = HierarchyItem> {
    let parents = iter::once(above).chain(path.iter().map(|node| Some(node.az_id)));
    path.iter().zip(parents).map(|(node, parent_az_id)| HierarchyItem {
        az_id: node.az_id,
        parent_az_id,
        name: node.name.clone(),
        item_type: item_type(&node.level),
        custom_type_name: node.level.custom_name().cloned(),
        md_id: node.md_id.clone(),
        categories: node.categories.clone(),
    })
}

fn item_type(level: &Level) -> HierarchyItemType {
    match level {
        Level::Client => HierarchyItemType::Client,
        Level::Market => HierarchyItemType::Market,
        Level::Brand => HierarchyItemType::Brand,
        Level::Custom(_) => HierarchyItemType::Custom,
    }
}

fn additional(project: &ProjectFacts) -> Additional {
    let item = project.item.as_ref();
    Additional {
        project_az_id: Some(project.az_id),
        phase_id: item.map(|item| item.phase_id),
        item_id: item.map(|item| item.id),
        item_type: item.map(|item| item.kind),
    }
}

fn launched_project(project: ProjectFacts) -> LaunchedProject {
    let ProjectFacts { id, az_id, name, item } = project;
    let items = item.into_iter().map(|LaunchedItem { id, kind, name, .. }| ProjectItem { id, kind, name });
    LaunchedProject { id, name, az_id, items: items.collect() }
}

fn app_instance(id: AppInstanceId, version: VersionFacts) -> AppInstance {
    let VersionFacts { product_id, product_name, version_id, version_name, slug, .. } = version;
    AppInstance { id, product_id, product_name, version_id, version_name, slug }
}
