//! How fresh an answer must be, and the tokens by which a client says so.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use guildhall_authz::Epochs;
use guildhall_core::WorkspaceId;
use uuid::Uuid;

use crate::Kernel;

/// What tokens are sealed for.
const PURPOSE: &[u8] = b"consistency";

/// How fresh the answer of a permission query must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Consistency {
    /// At most a second old, and never older than what this node has acknowledged.
    #[default]
    Recent,
    /// That, and no older than a write.
    AtLeast(Written),
    /// As new as the database.
    Full,
}

/// The state of one workspace's rights after a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    workspace: WorkspaceId,
    epochs: Epochs,
}

impl Written {
    /// Whether a state of a workspace has everything that this one has.
    pub(crate) fn is_in(&self, workspace: WorkspaceId, epochs: Epochs) -> bool {
        self.workspace == workspace
            && epochs.platform >= self.epochs.platform
            && epochs.system >= self.epochs.system
            && epochs.workspace >= self.epochs.workspace
    }
}

impl Kernel {
    /// A token for the state of a workspace's rights as this node knows it, which has every write that it has
    /// acknowledged. It is sealed, since the numbers tell how busy the platform is.
    pub fn consistency_token(&self, workspace: WorkspaceId) -> Option<String> {
        let Epochs { platform, system, workspace: own } = self.known().latest(workspace);
        let numbers = [platform, system, own].map(i64::to_be_bytes).concat();
        let plain = [workspace.uuid().as_bytes().as_slice(), &numbers].concat();
        let sealed = self.settings().master_key.seal(&plain, PURPOSE).ok()?;
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The state that a token stands for; `None` for a text that is no token of this platform.
    pub fn open_consistency_token(&self, token: &str) -> Option<Written> {
        let sealed = URL_SAFE_NO_PAD.decode(token).ok()?;
        let plain = self.settings().master_key.open(&sealed, PURPOSE).ok()?;
        let (workspace, numbers) = plain.split_first_chunk::<16>()?;
        let (chunks, []) = numbers.as_chunks::<8>() else { return None };
        let &[platform, system, own] = chunks else { return None };
        let epochs = Epochs {
            platform: i64::from_be_bytes(platform),
            system: i64::from_be_bytes(system),
            workspace: i64::from_be_bytes(own),
        };
        Some(Written { workspace: WorkspaceId::new(Uuid::from_bytes(*workspace)), epochs })
    }
}
