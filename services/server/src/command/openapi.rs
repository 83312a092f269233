//! `guildhall openapi`.

use super::serve::announce;
use crate::app::document;

pub(super) fn run() -> anyhow::Result<()> {
    announce(&document().to_pretty_json()?)
}
