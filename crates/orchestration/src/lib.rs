#![doc = include_str!("../README.md")]

mod assigned;
mod assignees;
mod board;
mod commands;
mod error;
mod item;
mod merge;
mod order;
mod outline;
mod phase;
mod ports;
mod position;
mod preset;
mod progress;
mod project;
mod room;
mod searched;
mod selection;
mod service;
mod slug;
mod status;
mod task;
mod template;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use assigned::{AssignedWork, MemberProject, WorkSubject};
pub use assignees::{AssigneeChanges, assignee_changes};
pub use board::{Board, BoardItem, BoardPhase};
pub use commands::{
    AddMember, CreateItem, CreatePhase, CreateProject, CreateTask, ItemPatch, MoveItem, MoveTask, PhasePatch,
    ProjectPatch, TaskPatch,
};
pub use error::{OrchestrationError, Thing};
pub use item::{AppUse, Attachment, Item, ItemContent, ItemKind};
pub use order::{ProjectKey, ProjectOrder};
pub use outline::{Outline, PhaseOutline, StatusCounts};
pub use phase::Phase;
pub use ports::{
    ItemRepository, OrchestrationStore, PhaseRepository, ProductInUse, ProjectAccount, ProjectFilter,
    ProjectMemberRepository, ProjectRepository, ProjectTemplateRepository, TaskRepository,
    ViewChoiceRepository,
};
pub use position::{Arrangement, Gap, Place, Position, arrange};
pub use preset::{ViewChoice, ViewPreset, check_field_names};
pub use progress::{PhaseState, Progress};
pub use project::{Gating, Project, ProjectMember, ProjectRole, ProjectState};
pub use room::CardCounts;
pub use searched::Searched;
pub use selection::{CanvasFields, ItemField, PhaseField, Selection, TaskField};
pub use service::{ItemCopy, Orchestration, PhaseCopy, RemovedMember, Transfer, Withdrawal};
pub use slug::slug;
pub use status::Status;
pub use task::Task;
pub use template::{
    ItemPlace, Template, TemplateApplication, TemplateCounts, TemplateItem, TemplatePhase, TemplateTask,
    TemplateUse, check_template,
};
