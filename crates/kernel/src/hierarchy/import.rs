//! Adding many nodes at once, from a table.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{Name, NodeId};
use guildhall_tenancy::{ImportPlan, ImportTable, Node, plan_import};
use serde::Serialize;

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, code, work::Work};

/// What came of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// What was added, with the line that says so, each node after the one that it stands under.
    pub added: Vec<(u64, Node)>,
    /// What had been there already, with the line that names it.
    pub present: Vec<(u64, Node)>,
}

/// An added node, as the event of an import lists it.
#[derive(Serialize)]
struct Listed<'a> {
    id: NodeId,
    parent_id: Option<NodeId>,
    #[serde(rename = "type")]
    level: String,
    name: &'a Name,
}

/// What an import tells of itself.
#[derive(Serialize)]
struct Told<'a> {
    added: usize,
    present: usize,
    nodes: Vec<Listed<'a>>,
}

impl Kernel {
    /// What a table would add, what is there already, and all that is wrong with it. Changes nothing.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `NODE_READ` and `NODE_MANAGE` on the whole organisation.
    pub async fn plan_hierarchy_import(
        &self,
        request: &Request,
        table: ImportTable,
    ) -> Result<ImportPlan, KernelError> {
        let work = self.read(request).await?;
        may_import(&work)?;
        let tree = self.tenancy(&*work).read_tree().await?;
        Ok(plan_import(table, &tree, work.levels()?))
    }

    /// Adds what a table says and is not there yet: all of it or, where anything is wrong, nothing.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `NODE_READ` and `NODE_MANAGE` on the whole organisation;
    /// [`KernelError::ImportRefused`] with all that is wrong.
    pub async fn import_hierarchy(
        &self,
        request: &Request,
        table: ImportTable,
    ) -> Result<Outcome<Imported>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            // What it added then is there now.
            Begun::Replay(_) => {
                let plan = self.plan_hierarchy_import(request, table).await?;
                return Ok(Outcome::Replayed(Imported { added: Vec::new(), present: plan.present }));
            }
        };
        may_import(&work)?;
        request.expect_no_version()?;
        let tree = self.tenancy(&*work).read_tree().await?;
        let plan = plan_import(table, &tree, work.levels()?);
        if !plan.faults.is_empty() {
            return Err(KernelError::ImportRefused { faults: plan.faults });
        }
        let lines: Vec<u64> = plan.add.iter().map(|planned| planned.line).collect();
        let nodes = self.tenancy(&*work).import_nodes(plan.add).await?;
        if nodes.is_empty() {
            let workspace = work.space()?.uuid();
            work.finish_unchanged(workspace).await?;
        } else {
            let added: Vec<_> = nodes.iter().map(|node| Change::Node(node.id)).collect();
            work.raise(Epoch::Workspace, &added).await?;
            let event = told(&work, &nodes, plan.present.len())?;
            work.finish(event).await?;
        }
        let added = lines.into_iter().zip(nodes).collect();
        Ok(Outcome::Done(Imported { added, present: plan.present }))
    }
}

/// A table may name any node of the workspace, so it takes the right to all of them.
fn may_import(work: &Work<'_>) -> Result<(), KernelError> {
    let organisation = work.organisation()?;
    work.require(&code::NODE_READ, organisation)?;
    work.require(&code::NODE_MANAGE, organisation)
}

/// One event for all of it: somebody did one thing, and the log stays short while others wait for its lock.
fn told(work: &Work<'_>, nodes: &[Node], present: usize) -> Result<Event, KernelError> {
    let told = Told { added: nodes.len(), present, nodes: nodes.iter().map(listed).collect() };
    Ok(Event::new("hierarchy.imported", work.space()?.uuid(), None).creating(&told))
}

fn listed(node: &Node) -> Listed<'_> {
    Listed { id: node.id, parent_id: node.parent_id, level: node.level.to_string(), name: &node.name }
}
