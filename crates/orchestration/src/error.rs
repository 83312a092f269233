//! Why a use case was refused.

use std::fmt;

use chrono::NaiveDate;
use guildhall_core::{ItemId, Name, PhaseId, StoreError, UserId};
use thiserror::Error;

/// What a use case looked for and did not find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A project of the workspace.
    Project,
    /// A member of the project.
    Member,
    /// A phase of the project.
    Phase,
    /// An item of the project.
    Item,
    /// A task of the project.
    Task,
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Project => "project",
            Self::Member => "member",
            Self::Phase => "phase",
            Self::Item => "item",
            Self::Task => "task",
        })
    }
}

/// Why a use case of this domain was refused; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OrchestrationError {
    /// There is none with that id, or it belongs to another project.
    #[error("there is no such {0}")]
    NotFound(Thing),
    /// Nothing in an archived project may change; it can be restored.
    #[error("the project is archived")]
    ProjectArchived,
    /// Only what was put away is removed for good.
    #[error("the project is not archived")]
    ProjectNotArchived,
    /// The field `start_date` would be after the field `due_date`.
    #[error("the start date {start_date} is after the due date {due_date}")]
    StartAfterDue {
        /// The start date as it would be.
        start_date: NaiveDate,
        /// The due date as it would be.
        due_date: NaiveDate,
    },
    /// The user is a member of the project already; his role is changed, not added.
    #[error("the user is a member of the project already")]
    AlreadyMember,
    /// A project always keeps an owner.
    #[error("the last owner of a project can be neither removed nor given another role")]
    LastOwner,
    /// Only members of the project can be assigned.
    #[error("only members of the project can be assigned")]
    NotAMember {
        /// Those who are not, in ascending order.
        user_ids: Vec<UserId>,
    },
    /// `ARCHIVED` is entered by archiving and left by restoring, never by changing the status.
    #[error("the status `ARCHIVED` is entered by archiving and left by restoring")]
    UseArchive,
    /// The card that the place names does not stand under the same parent.
    #[error("the named neighbour does not stand there")]
    NotANeighbour,
    /// A phase is deleted only once it holds no items; archived ones count.
    #[error("the phase still has items")]
    PhaseNotEmpty {
        /// What stands in the phase, archived items too, in its order.
        items: Vec<(ItemId, Name)>,
    },
    /// Where gating is strict, nothing begins before its phase has come.
    #[error("the current phase is `{name}`: nothing of a later phase can be begun yet")]
    PhaseNotReached {
        /// The current phase.
        current: PhaseId,
        /// What it is called.
        name: Name,
    },
    /// Only an activity without an application can have a link.
    #[error("an item with an application has no link")]
    LinkNotAllowed,
    /// Only an item with an application has a configuration.
    #[error("an item without an application has no configuration")]
    ConfigNotAllowed,
    /// A board holds so many cards and no more, archived ones among them.
    #[error("a board has at most {most} {what}s; delete some, or begin another project")]
    BoardTooLarge {
        /// What there would be too many of.
        what: Thing,
        /// How many there may be.
        most: usize,
    },
    /// A template's day would be before the year 1 or after the year 9999.
    #[error("day {day} from {start} is no date that can be kept")]
    DateOutOfReach {
        /// The day that days are counted from.
        start: NaiveDate,
        /// How many days later.
        day: i32,
    },
    /// An item of a template has not what its kind needs, or too much.
    #[error("the template's item `{key}` is not what its kind says")]
    TemplateInvalid {
        /// The item's key.
        key: String,
    },
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
