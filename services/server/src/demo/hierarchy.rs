//! The demo's hierarchies: one client, one market and one brand in each workspace.

use guildhall_core::{Level, NodeId};
use guildhall_kernel::{Kernel, KernelError, NodeShown, Request};
use guildhall_tenancy::NewNode;

use super::{acting, parsed};

/// Client, market and brand by the prefix of their workspace.
const PATHS: [(&str, [&str; 3]); 3] = [
    ("wpp", ["Example Beverages", "Germany", "Example Lemonade"]),
    ("choreograph", ["Example Motors", "France", "Example City Car"]),
    ("wavemaker", ["Example Foods", "Spain", "Example Soup"]),
];

pub(super) async fn fill(kernel: &Kernel) -> Result<(), KernelError> {
    for (prefix, [client, market, brand]) in PATHS {
        let workspace = acting::workspace(kernel, prefix).await?;
        let request = acting::request(kernel, &workspace, &format!("workspace-admin@{prefix}.test")).await?;
        if !kernel.read_hierarchy(&request, true).await?.is_empty() {
            continue;
        }
        let client = create(kernel, &request, None, Level::Client, client).await?;
        let market = create(kernel, &request, Some(client), Level::Market, market).await?;
        create(kernel, &request, Some(market), Level::Brand, brand).await?;
    }
    Ok(())
}

async fn create(
    kernel: &Kernel,
    request: &Request,
    parent: Option<NodeId>,
    level: Level,
    name: &str,
) -> Result<NodeId, KernelError> {
    let node = NewNode { level, name: parsed(name)?, md_id: None, categories: Vec::new() };
    match kernel.create_node(request, parent, node).await?.into_inner() {
        NodeShown::Whole { node, .. } => Ok(node.id),
        NodeShown::Outline { id, .. } => Ok(id),
    }
}
