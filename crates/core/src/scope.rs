//! What a unit of work may see.

use crate::WorkspaceId;

/// Whose rows a unit of work sees. There is no scope that sees the rows of two workspaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One workspace's rows, what the System space shares, and the platform's tables.
    Workspace(WorkspaceId),
    /// The System space's rows and the platform's tables.
    System,
    /// The platform's tables alone: users, sessions, workspaces, directories.
    Platform,
}

impl Scope {
    /// The scope of one workspace's rows, be it the System workspace.
    pub fn of(workspace: WorkspaceId) -> Self {
        if workspace.is_system() { Self::System } else { Self::Workspace(workspace) }
    }

    /// The workspace whose rows are in scope; the System workspace for [`Scope::System`].
    pub fn workspace(self) -> Option<WorkspaceId> {
        match self {
            Self::Workspace(id) => Some(id),
            Self::System => Some(WorkspaceId::SYSTEM),
            Self::Platform => None,
        }
    }
}

/// Whether a unit of work may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Reads alone; never waits for a writer.
    Read,
    /// Reads and writes.
    Write,
}
