//! From a template to what lies on a new project's board.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use guildhall_core::{IdGenerator, ItemId, PhaseId, ProjectId, TaskId};

use super::{ItemPlace, Template, TemplateItem, TemplatePhase, TemplateTask};
use crate::{
    AppUse, Attachment, Item, ItemContent, ItemKind, OrchestrationError, Phase, Position, Status, Task,
    project::ensure_dates_in_order,
};

/// What lies on a board.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Structure {
    pub(crate) phases: Vec<Phase>,
    pub(crate) items: Vec<Item>,
    pub(crate) tasks: Vec<Task>,
}

/// The board that is laid out.
struct Layout<'a> {
    project_id: ProjectId,
    start: Option<NaiveDate>,
    uses: &'a BTreeMap<ItemPlace, AppUse>,
    ids: &'a dyn IdGenerator,
    structure: Structure,
}

impl Template {
    /// Phases, items and tasks for a project, nobody assigned and everything to do. Days count from the start; without one nothing
    /// has a date. `uses` has the product of each item that uses one.
    pub(crate) fn lay_out(
        &self,
        project_id: ProjectId,
        start: Option<NaiveDate>,
        uses: &BTreeMap<ItemPlace, AppUse>,
        ids: &dyn IdGenerator,
    ) -> Result<Structure, OrchestrationError> {
        let mut layout = Layout { project_id, start, uses, ids, structure: Structure::default() };
        let mut position = Position::first();
        for (nth, phase) in self.phases.iter().enumerate() {
            layout.phase(nth, phase, next(&mut position))?;
        }
        Ok(layout.structure)
    }
}

impl Layout<'_> {
    fn phase(
        &mut self,
        nth: usize,
        from: &TemplatePhase,
        position: Position,
    ) -> Result<(), OrchestrationError> {
        let (start_date, due_date) = (self.date(from.start_day)?, self.date(from.due_day)?);
        ensure_dates_in_order(start_date, due_date)?;
        let id = PhaseId::new(self.ids.uuid());
        self.structure.phases.push(Phase {
            id,
            project_id: self.project_id,
            name: from.name.clone(),
            objective: from.objective.clone(),
            deliverables: from.deliverables.clone(),
            start_date,
            due_date,
            assignees: Vec::new(),
            position,
        });
        let mut position = Position::first();
        for (index, item) in from.items.iter().enumerate() {
            self.item(id, (nth, index), item, next(&mut position))?;
        }
        Ok(())
    }

    fn item(
        &mut self,
        phase_id: PhaseId,
        place: ItemPlace,
        from: &TemplateItem,
        position: Position,
    ) -> Result<(), OrchestrationError> {
        let id = ItemId::new(self.ids.uuid());
        let due_date = self.date(from.due_day)?;
        self.structure.items.push(Item {
            id,
            project_id: self.project_id,
            phase_id,
            content: content(from, self.uses.get(&place).cloned())?,
            status: Status::ToDo,
            restored_status: None,
            due_date,
            assignees: Vec::new(),
            position,
        });
        let mut position = Position::first();
        for task in &from.tasks {
            let task = self.task(id, task, next(&mut position))?;
            self.structure.tasks.push(task);
        }
        Ok(())
    }

    fn task(
        &self,
        item_id: ItemId,
        from: &TemplateTask,
        position: Position,
    ) -> Result<Task, OrchestrationError> {
        Ok(Task {
            id: TaskId::new(self.ids.uuid()),
            project_id: self.project_id,
            item_id,
            title: from.title.clone(),
            description: from.description.clone(),
            status: Status::ToDo,
            restored_status: None,
            due_date: self.date(from.due_day)?,
            assignees: Vec::new(),
            position,
        })
    }

    /// The date of a day, counted from the start.
    fn date(&self, day: Option<i32>) -> Result<Option<NaiveDate>, OrchestrationError> {
        let Some((start, day)) = self.start.zip(day) else { return Ok(None) };
        let date = start.checked_add_signed(TimeDelta::days(day.into()));
        let date = date.filter(|date| (1..=9_999).contains(&date.year()));
        date.map(Some).ok_or(OrchestrationError::DateOutOfReach { start, day })
    }
}

fn content(from: &TemplateItem, used: Option<AppUse>) -> Result<ItemContent, OrchestrationError> {
    let (name, description) = (from.name.clone(), from.description.clone());
    match (from.kind, used, &from.link) {
        (ItemKind::Application, Some(application), None) => {
            Ok(ItemContent::Application { name, description, application })
        }
        (ItemKind::Application, ..) | (ItemKind::Activity, Some(_), Some(_)) => {
            Err(OrchestrationError::TemplateInvalid { key: from.key.clone() })
        }
        (ItemKind::Activity, Some(application), None) => {
            Ok(ItemContent::Activity { name, description, attachment: Attachment::Application(application) })
        }
        (ItemKind::Activity, None, link) => {
            let attachment = link.clone().map_or(Attachment::None, Attachment::Link);
            Ok(ItemContent::Activity { name, description, attachment })
        }
    }
}

/// The position, which moves on to the one after it.
fn next(position: &mut Position) -> Position {
    let after = position.after();
    std::mem::replace(position, after)
}
