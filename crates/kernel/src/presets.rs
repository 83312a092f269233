//! View presets: which fields the Canvas shows. They are artifacts; here they are read as what they say.

mod choice;
mod create;
mod delete;
mod list;
mod show;
mod update;

pub use choice::ViewChosen;
pub use create::CreatePreset;
pub use show::PresetShown;
pub(crate) use show::usable_preset;
pub use update::PresetPatch;
