//! What products of Open OS ask beside the permission query. The workspace follows from what they ask about.

mod ancestors;
mod groups;
mod organization_unit;
mod people;
mod place;
mod tree;

pub use ancestors::Ancestor;
pub use groups::{Changes, GroupPlace, GroupRole};
pub use organization_unit::{CreateOrganizationUnit, OrganizationUnitMade};
pub use people::{PeopleFound, PeopleQuery};
pub use tree::{TreeNode, WorkspaceTree};
