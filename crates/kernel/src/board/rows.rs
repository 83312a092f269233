//! A board as it is read: over what several domains keep, in as few statements as can be.

use std::collections::BTreeMap;

use async_trait::async_trait;
use guildhall_core::{Email, Name, ProductId, ProductVersionId, ProjectId, RowVersion, StoreError, UserId};
use guildhall_identity::User;
use guildhall_orchestration::{Item, Phase, Project, ProjectRole, Task};
use guildhall_products::Slug;
use serde::Serialize;

/// All that a board's answer follows from, besides who reads it: at the same stamp it is the same board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BoardStamp {
    /// The version of the project's own row.
    pub project: RowVersion,
    /// The version of the board, which every change of cards or members raises.
    pub board: RowVersion,
    /// The sum of the versions of its members' accounts: it grows when one of them changes his name.
    pub people: i64,
    /// The sum of the versions of the products that it uses.
    pub products: i64,
    /// How often the workspace has changed artifacts, among which are its overlays on products.
    pub overlays: i64,
}

/// A project with what its board's answer follows from.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardHeading {
    /// The project.
    pub project: Project,
    /// What the asker is in it.
    pub role: Option<ProjectRole>,
    /// The stamp.
    pub stamp: BoardStamp,
}

/// Everything on a board that is not archived, in any order, with whom and what it names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoardRows {
    /// The phases.
    pub phases: Vec<Phase>,
    /// The items.
    pub items: Vec<Item>,
    /// The tasks of these items, and of archived ones.
    pub tasks: Vec<Task>,
    /// The project's members, among whom all assignees are.
    pub people: BTreeMap<UserId, PersonShown>,
    /// The products that the items use.
    pub applications: BTreeMap<ProductVersionId, ApplicationRow>,
}

/// A person, as a card names him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonShown {
    /// Who it is.
    pub id: UserId,
    /// Given name.
    pub firstname: Name,
    /// Family name.
    pub lastname: Name,
    /// The address.
    pub email: Email,
}

/// A product version that items use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRow {
    /// The product.
    pub product_id: ProductId,
    /// What the product calls itself.
    pub product_name: Name,
    /// The readable part of its route in the shell.
    pub slug: Slug,
}

impl From<User> for PersonShown {
    fn from(user: User) -> Self {
        let User { id, email, profile, .. } = user;
        Self { id, firstname: profile.firstname, lastname: profile.lastname, email }
    }
}

/// Reads boards whole.
#[async_trait]
pub trait BoardReader: Send + Sync {
    /// The project, what the user is in it, and what its board's answer follows from. One statement.
    async fn find_heading(
        &self,
        project: ProjectId,
        user: Option<UserId>,
    ) -> Result<Option<BoardHeading>, StoreError>;
    /// Everything on the board. One statement, however much it is.
    async fn list_rows(&self, project: ProjectId) -> Result<BoardRows, StoreError>;
}
