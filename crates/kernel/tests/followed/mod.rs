//! What the platform follows of artifacts: System ships it, a workspace has it otherwise, and nobody else notices.

mod letters;
mod looks;
mod settings;

use guildhall_artifacts::{ArtifactKey, ArtifactsError, Seen};
use guildhall_core::Fault;
use guildhall_identity::User;
use guildhall_kernel::{KernelError, Request};
use serde_json::Value;

use crate::support::{World, parsed};

pub fn key(kind: &str, name: &str) -> ArtifactKey {
    ArtifactKey { kind: parsed(kind), name: parsed(name) }
}

impl World {
    /// Writes an artifact, whatever is there.
    pub async fn put(&self, ask: &Request, key: ArtifactKey, content: Value) -> Result<(), KernelError> {
        let seen = match self.kernel.find_artifact(ask, &key).await {
            Ok(present) => Seen::Version(present.found.version),
            Err(_) => Seen::Nothing,
        };
        self.kernel.write_artifact(ask, key, content, None, seen).await.map(drop)
    }

    async fn ship(&self, kind: &str, name: &str, content: Value) {
        self.put(&self.ask_in_system(), key(kind, name), content).await.unwrap();
    }

    async fn customize(&self, kind: &str, name: &str, content: Value) {
        self.put(&self.ask(&self.admin), key(kind, name), content).await.unwrap();
    }

    /// A request of the second workspace's admin there.
    pub async fn ask_in_other(&self) -> Request {
        self.ask_in(Some(self.other.id), &self.other_admin().await)
    }

    async fn other_admin(&self) -> User {
        let unit = self.unit().await;
        unit.users().find_by_email(&parsed("admin@second.test")).await.unwrap().unwrap()
    }
}

/// The places at which a content was refused.
pub fn refused_at(result: Result<(), KernelError>) -> Vec<String> {
    let Err(KernelError::Artifacts(ArtifactsError::Invalid { faults })) = result else {
        panic!("not refused: {result:?}")
    };
    faults.into_iter().map(|Fault { pointer, .. }| pointer).collect()
}
