//! What can be done to a phase, on an open unit of work whose board is locked.

use guildhall_core::{AccountId, ItemId, PhaseId, ProjectId, TaskId};
use guildhall_orchestration::{CreatePhase, Item, Phase, PhasePatch, Place, Project, Status};
use serde::Serialize;

use crate::{Event, KernelError, board::CardChange, code, work::Work};

/// One thing to do to a phase.
#[derive(Debug, Clone, PartialEq)]
pub enum PhaseChange {
    /// Add one.
    Create(CreatePhase),
    /// Change what it is called, is for and who answers for it.
    Update(PhaseId, PhasePatch),
    /// Move it in its workflow.
    Move(PhaseId, Place<PhaseId>),
    /// Copy it with all that is not archived in it.
    Duplicate(PhaseId),
    /// Delete it for good.
    Delete(PhaseId),
}

/// A copy, as its event tells it.
#[derive(Serialize)]
struct Copied<'a> {
    #[serde(flatten)]
    phase: &'a Phase,
    copy_of: PhaseId,
    items: Vec<ItemId>,
    tasks: Vec<TaskId>,
}

impl CardChange for PhaseChange {
    type Card = Phase;

    fn may_raise(&self) -> bool {
        matches!(self, Self::Duplicate(_))
    }

    async fn raises(&self, work: &Work<'_>, _project: ProjectId) -> Result<bool, KernelError> {
        let Self::Duplicate(id) = self else { return Ok(false) };
        Ok(originals(work, *id).await?.iter().any(|item| item.content.application().is_some()))
    }

    fn require(&self, work: &Work<'_>, account: AccountId) -> Result<(), KernelError> {
        work.require(&code::WORKFLOW_EDIT, account)?;
        let assigns = match self {
            Self::Create(command) => !command.assignees.is_empty(),
            Self::Update(_, patch) => patch.assignees.is_some(),
            Self::Duplicate(_) => true,
            Self::Move(..) | Self::Delete(_) => false,
        };
        if assigns { work.require(&code::WORKFLOW_ASSIGN, account) } else { Ok(()) }
    }

    async fn act(self, work: &Work<'_>, project: &Project) -> Result<(Event, Phase), KernelError> {
        let orchestration = work.kernel().orchestration(work.store());
        let find = |id| orchestration.find_phase(project.id, id);
        Ok(match self {
            Self::Create(command) => {
                let phase = orchestration.create_phase(project, command).await?;
                (event("phase.created", &phase).creating(&phase), phase)
            }
            Self::Update(id, patch) => {
                let before = find(id).await?;
                let after = orchestration.update_phase(project, &before, patch).await?;
                (event("phase.changed", &after).changing(&before, &after), after)
            }
            Self::Move(id, place) => {
                let before = find(id).await?;
                let after = orchestration.move_phase(project, &before, place).await?;
                (event("phase.moved", &after).changing(&before, &after), after)
            }
            Self::Duplicate(id) => {
                let original = find(id).await?;
                require_copyable(work, project, id).await?;
                let copy = orchestration.duplicate_phase(project, &original).await?;
                let items = copy.items.iter().map(|item| item.id).collect();
                let tasks = copy.tasks.iter().map(|task| task.id).collect();
                let copied = Copied { phase: &copy.phase, copy_of: id, items, tasks };
                (event("phase.duplicated", &copy.phase).creating(&copied), copy.phase)
            }
            Self::Delete(id) => {
                let phase = find(id).await?;
                orchestration.delete_phase(project, &phase).await?;
                (event("phase.deleted", &phase).removing(&phase), phase)
            }
        })
    }
}

/// What would be copied with a phase.
async fn originals(work: &Work<'_>, id: PhaseId) -> Result<Vec<Item>, KernelError> {
    let mut items = work.items().list_by_phase(id).await?;
    items.retain(|item| item.status != Status::Archived);
    Ok(items)
}

/// Each product that a copy would use can be used anew.
async fn require_copyable(work: &Work<'_>, project: &Project, id: PhaseId) -> Result<(), KernelError> {
    let mut asked = Vec::new();
    for item in &originals(work, id).await? {
        let Some(used) = item.content.application() else { continue };
        if !asked.contains(&used.product_version_id) {
            work.require_usable(used, project).await?;
            asked.push(used.product_version_id);
        }
    }
    Ok(())
}

fn event(kind: &'static str, phase: &Phase) -> Event {
    Event::new(kind, phase.id.uuid(), phase.name.to_string())
}
