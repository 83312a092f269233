//! Meta roles: what products map their own roles to, the same for every workspace.

mod create;
mod delete;
mod give;
mod show;
mod update;

pub use show::MetaRoleShown;
