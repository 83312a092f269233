//! The package that every platform begins with. Its source is the folder `packages/guildhall.base`.

use guildhall_core::Fault;

use super::{Packed, pack};
use crate::Kinds;

include!(concat!(env!("OUT_DIR"), "/base.rs"));

/// Packs what every workspace begins with: workflow templates, view presets and a theme.
///
/// # Errors
/// What is wrong with it, which a test holds to be nothing with the kinds that are built in.
pub fn base_package(kinds: &Kinds) -> Result<Packed, Vec<Fault>> {
    pack(FILES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect(), kinds)
}

#[cfg(test)]
mod tests;
