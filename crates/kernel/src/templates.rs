//! Workflow templates: projects saved as templates, and made from them. They are artifacts; here they are read as what they
//! say.

mod applications;
mod create_project;
mod delete;
mod list;
mod save;
mod show;
mod update;

pub use save::SaveTemplate;
pub use show::TemplateShown;
pub use update::TemplatePatch;
