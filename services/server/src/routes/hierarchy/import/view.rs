//! What came of a table, on the wire.

use guildhall_core::{Level, Name, NodeId};
use guildhall_kernel::Imported;
use guildhall_tenancy::{ImportFault, ImportPlan, Node, PlannedNode};
use serde::Serialize;
use utoipa::ToSchema;

/// What a table adds or would add, what is there already, and what is wrong with it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportView {
    /// What was added; of a dry run what would be. Each node after the one that it stands under.
    pub added: Vec<ImportedNodeView>,
    /// What is there already.
    pub present: Vec<ImportedNodeView>,
    /// Of a dry run: all that is wrong, by line, at most a thousand. With any of them nothing would be added.
    pub faults: Vec<FaultView>,
}

/// A node of a table.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportedNodeView {
    /// The line of the table, counted from 1; the header is the first.
    pub line: u64,
    /// The node's id; `null` where it is not there yet.
    pub id: Option<NodeId>,
    /// Its level.
    pub level: Level,
    /// Its name.
    pub name: Name,
}

/// One thing that is wrong with a table.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FaultView {
    /// The line, counted from 1; the header is the first.
    pub line: u64,
    /// The column; `null` for the line as a whole.
    pub column: Option<&'static str>,
    /// What is wrong there.
    pub detail: String,
}

impl From<ImportPlan> for ImportView {
    fn from(plan: ImportPlan) -> Self {
        let ImportPlan { add, present, faults } = plan;
        let planned = |PlannedNode { line, node, .. }: PlannedNode| ImportedNodeView {
            line,
            id: None,
            level: node.level,
            name: node.name,
        };
        Self {
            added: add.into_iter().map(planned).collect(),
            present: present.into_iter().map(Into::into).collect(),
            faults: faults.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Imported> for ImportView {
    fn from(imported: Imported) -> Self {
        let Imported { added, present } = imported;
        Self {
            added: added.into_iter().map(Into::into).collect(),
            present: present.into_iter().map(Into::into).collect(),
            faults: Vec::new(),
        }
    }
}

impl From<(u64, Node)> for ImportedNodeView {
    fn from((line, node): (u64, Node)) -> Self {
        Self { line, id: Some(node.id), level: node.level, name: node.name }
    }
}

impl From<ImportFault> for FaultView {
    fn from(fault: ImportFault) -> Self {
        let ImportFault { line, column, detail } = fault;
        Self { line, column: column.map(guildhall_tenancy::ImportColumn::as_str), detail }
    }
}
