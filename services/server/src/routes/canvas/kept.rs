//! Canvases as they were answered, so that an unchanged one is not read and written again.

use std::sync::Arc;

use axum::body::Bytes;
use guildhall_core::WorkspaceId;
use guildhall_kernel::CanvasState;
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};

/// How many bytes all of them take together.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A hash over everything that an answer follows from, its reader's rights among it: what has the same is the same answer.
pub type Fingerprint = [u8; 32];

/// Answers by what they follow from. Nobody gets one but by a state that was found for him.
#[derive(Clone)]
pub struct KeptCanvases(Arc<Cache<Fingerprint, Bytes>>);

impl Default for KeptCanvases {
    fn default() -> Self {
        let weigh = |_: &Fingerprint, bytes: &Bytes| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        Self(Arc::new(Cache::builder().max_capacity(MAX_BYTES).weigher(weigh).build()))
    }
}

impl KeptCanvases {
    /// The answer.
    pub fn find(&self, fingerprint: &Fingerprint) -> Option<Bytes> {
        self.0.get(fingerprint)
    }

    /// Keeps an answer.
    pub fn keep(&self, fingerprint: Fingerprint, bytes: Bytes) {
        self.0.insert(fingerprint, bytes);
    }
}

/// The fingerprint of a state in a workspace; `None` where the state can't be written, which then nothing may stand for.
pub fn fingerprint_of(workspace: Option<WorkspaceId>, state: &CanvasState) -> Option<Fingerprint> {
    let written = serde_json::to_vec(&(workspace, state)).ok()?;
    Some(Sha256::digest(&written).into())
}
