//! The hierarchy of a workspace, flat.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use guildhall_core::{AccountId, Name, NodeId, WorkspaceId};
use guildhall_kernel::{Kernel, WorkspaceTree};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    error::{ContractError, ContractErrors},
    extract::{Asked, Path},
};

/// A workspace's hierarchy.
#[derive(Debug, Serialize, ToSchema)]
pub struct HierarchyTreeView {
    /// Each node by its account, the tenant among them.
    mapping: BTreeMap<AccountId, TreeNodeView>,
}

/// A node of the tree.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TreeNodeView {
    /// The node's account.
    az_id: AccountId,
    /// What people call it.
    name: Name,
    /// `CLIENT`, `MARKET`, `BRAND`, a custom level's name, or `TENANT` for the workspace.
    #[serde(rename = "type")]
    level: String,
    /// What the workspace's own master data calls it.
    md_id: Option<Name>,
    /// The accounts of what stands directly below.
    children: Vec<AccountId>,
}

impl From<WorkspaceTree> for HierarchyTreeView {
    fn from(tree: WorkspaceTree) -> Self {
        let top = tree.account_id;
        let tenant = TreeNodeView {
            az_id: top,
            name: tree.name,
            level: "TENANT".to_owned(),
            md_id: None,
            children: Vec::new(),
        };
        let mut mapping = BTreeMap::from([(top, tenant)]);
        for node in tree.nodes {
            let az_id = node.id.account();
            let parent = node.parent_id.map_or(top, NodeId::account);
            // Parents come first; one that is not shown has no place for children.
            if let Some(parent) = mapping.get_mut(&parent) {
                parent.children.push(az_id);
            }
            let level = node.level.to_string();
            let view =
                TreeNodeView { az_id, name: node.name, level, md_id: node.md_id, children: Vec::new() };
            mapping.insert(az_id, view);
        }
        Self { mapping }
    }
}

/// Read the hierarchy of a workspace
#[utoipa::path(
    get,
    path = "/api/v2/tenants/{workspace_id}/hierarchy-tree",
    tag = "open os contract",
    params(("workspace_id" = Uuid, Path, description = "The tenant's id, which is the workspace's")),
    responses((status = 200, body = HierarchyTreeView), ContractErrors)
)]
pub async fn find_hierarchy_tree(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(workspace): Path<WorkspaceId>,
) -> Result<Json<HierarchyTreeView>, ContractError> {
    Ok(Json(kernel.find_workspace_tree(&request, workspace).await?.into()))
}
