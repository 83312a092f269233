//! Changing a board: one way for one change and for many.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{AccountId, EventId, EventRecord, ProjectId, RowVersion};
use guildhall_orchestration::Project;
use uuid::Uuid;

use crate::{
    Authorized, Begun, Event, Kernel, KernelError, Outcome, Request, code, items::ItemChange,
    phases::PhaseChange, tasks::TaskChange, work::Work,
};

/// The most changes that one request makes.
pub const MOST_CHANGES: usize = 100;

/// One thing to do to a board.
#[derive(Debug, Clone, PartialEq)]
pub enum BoardChange {
    /// To a phase.
    Phase(PhaseChange),
    /// To an item.
    Item(ItemChange),
    /// To a task.
    Task(TaskChange),
}

/// What many changes at once have done.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardChanged {
    /// The event of each change, in their order.
    pub events: Vec<EventRecord>,
    /// The board's version as these changes have left it; `None` where they were made before, and others have come since.
    pub version: Option<RowVersion>,
}

impl From<PhaseChange> for BoardChange {
    fn from(change: PhaseChange) -> Self {
        Self::Phase(change)
    }
}

impl From<ItemChange> for BoardChange {
    fn from(change: ItemChange) -> Self {
        Self::Item(change)
    }
}

impl From<TaskChange> for BoardChange {
    fn from(change: TaskChange) -> Self {
        Self::Task(change)
    }
}

/// Something that can be done to a board, on an open unit of work whose board is locked.
pub(crate) trait CardChange: Sized + Send + Sync {
    /// What it is done to: as it has become, or as it was where it is gone.
    type Card: Send;

    /// Whether it may change what members may do by products.
    fn may_raise(&self) -> bool;

    /// Whether it does.
    fn raises(
        &self,
        work: &Work<'_>,
        project: ProjectId,
    ) -> impl Future<Output = Result<bool, KernelError>> + Send;

    /// Refuses where the caller may not do such a thing to this board.
    fn require(&self, work: &Work<'_>, account: AccountId) -> Result<(), KernelError>;

    /// Does it, and answers its event, which is still to be written.
    fn act(
        self,
        work: &Work<'_>,
        project: &Project,
    ) -> impl Future<Output = Result<(Event, Self::Card), KernelError>> + Send;
}

impl CardChange for BoardChange {
    type Card = ();

    fn may_raise(&self) -> bool {
        match self {
            Self::Phase(change) => change.may_raise(),
            Self::Item(change) => change.may_raise(),
            Self::Task(change) => change.may_raise(),
        }
    }

    async fn raises(&self, work: &Work<'_>, project: ProjectId) -> Result<bool, KernelError> {
        match self {
            Self::Phase(change) => change.raises(work, project).await,
            Self::Item(change) => change.raises(work, project).await,
            Self::Task(change) => change.raises(work, project).await,
        }
    }

    fn require(&self, work: &Work<'_>, account: AccountId) -> Result<(), KernelError> {
        match self {
            Self::Phase(change) => change.require(work, account),
            Self::Item(change) => change.require(work, account),
            Self::Task(change) => change.require(work, account),
        }
    }

    async fn act(self, work: &Work<'_>, project: &Project) -> Result<(Event, ()), KernelError> {
        let event = match self {
            Self::Phase(change) => change.act(work, project).await?.0,
            Self::Item(change) => change.act(work, project).await?.0,
            Self::Task(change) => change.act(work, project).await?.0,
        };
        Ok((event, ()))
    }
}

/// Where a change of one card has come to.
pub(crate) enum Step<'k, C> {
    /// It is made, and still to be shown and committed.
    Made(Box<Made<'k, C>>),
    /// It was made before, under the same idempotency key, to this card.
    Before(Uuid),
}

/// A change that is not committed yet.
pub(crate) struct Made<'k, C> {
    /// The work that it was made in.
    pub(crate) work: Work<'k>,
    /// The project, with the board's new version.
    pub(crate) project: Authorized<Project>,
    /// What it is to tell.
    pub(crate) event: Event,
    /// What it was made to.
    pub(crate) card: C,
}

impl Kernel {
    /// Makes one change, up to its commit.
    pub(crate) async fn change_card<'k, C: CardChange>(
        &'k self,
        request: &'k Request,
        project: ProjectId,
        change: C,
    ) -> Result<Step<'k, C::Card>, KernelError> {
        let changes = vec![change];
        let work = match self.begin_board(request, &changes).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(subject) => return Ok(Step::Before(subject)),
        };
        let (project, made) = work.change_board(project, changes).await.map_err(KernelError::alone)?;
        let lost = || KernelError::Internal("a change has no event".into());
        let (event, card) = made.into_iter().next().ok_or_else(lost)?;
        Ok(Step::Made(Box::new(Made { work, project, event, card })))
    }

    /// Deletes a card.
    pub(crate) async fn delete_card(
        &self,
        request: &Request,
        project: ProjectId,
        change: impl CardChange,
    ) -> Result<(), KernelError> {
        match self.change_card(request, project, change).await? {
            Step::Made(made) => made.work.finish(made.event).await,
            Step::Before(_) => Ok(()),
        }
    }

    /// Makes many changes to one board, one after the other, all of them or none. Each asks for the rights that it asks for
    /// alone, and has its own event.
    ///
    /// # Errors
    /// [`KernelError::InChanges`] names the change that was refused, or all for which the caller lacks a permission;
    /// [`KernelError::Refused`] for none and for more than a hundred.
    pub async fn change_board(
        &self,
        request: &Request,
        project: ProjectId,
        changes: Vec<BoardChange>,
    ) -> Result<Outcome<BoardChanged>, KernelError> {
        let count = changes.len();
        if !(1..=MOST_CHANGES).contains(&count) {
            let detail = format!("make between 1 and {MOST_CHANGES} changes at once");
            return Err(KernelError::Refused { code: "too_many_changes", detail });
        }
        let work = match self.begin_board(request, &changes).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(last) => {
                let events = self.board_events(request, project, EventId::new(last), count).await?;
                return Ok(Outcome::Replayed(BoardChanged { events, version: None }));
            }
        };
        let (board, made) = work.change_board(project, changes).await?;
        let last = work.finish_all(made.into_iter().map(|(event, ())| event).collect()).await?;
        let events = self.board_events(request, project, last, count).await?;
        Ok(Outcome::Done(BoardChanged { events, version: Some(board.board_version) }))
    }

    async fn begin_board<'k, C: CardChange>(
        &'k self,
        request: &'k Request,
        changes: &[C],
    ) -> Result<Begun<'k>, KernelError> {
        if changes.iter().any(C::may_raise) {
            self.begin_raising(request).await
        } else {
            self.begin(request).await
        }
    }

    /// What was done, read off the log: the events of one request follow each other there.
    async fn board_events(
        &self,
        request: &Request,
        project: ProjectId,
        last: EventId,
        count: usize,
    ) -> Result<Vec<EventRecord>, KernelError> {
        let work = self.read(request).await?;
        work.authorize_project(project, &code::PROJECT_READ).await?;
        Ok(work.events().list_until(last, count).await?)
    }
}

impl Work<'_> {
    /// Locks the board and makes the changes; answers the project, and what each change tells and was made to.
    async fn change_board<C: CardChange>(
        &self,
        project: ProjectId,
        changes: Vec<C>,
    ) -> Result<(Authorized<Project>, Vec<(Event, C::Card)>), KernelError> {
        let project = self.lock_seen_board(project).await?;
        let refused = |(at, change): (usize, &C)| {
            change.require(self, project.account_id).err().map(|error| (at, error))
        };
        let refused: Vec<_> = changes.iter().enumerate().filter_map(refused).collect();
        if !refused.is_empty() {
            return Err(KernelError::InChanges { refused });
        }
        self.expect_board(&project)?;
        for (at, change) in changes.iter().enumerate() {
            if change.raises(self, project.id).await.map_err(KernelError::in_change(at))? {
                self.raise(Epoch::Workspace, &[Change::Project(project.id)]).await?;
                break;
            }
        }
        let mut made = Vec::with_capacity(changes.len());
        for (at, change) in changes.into_iter().enumerate() {
            let (event, card) = change.act(self, &project).await.map_err(KernelError::in_change(at))?;
            made.push((event.in_project(project.id), card));
        }
        Ok((project, made))
    }
}

impl KernelError {
    fn in_change(at: usize) -> impl Fn(Self) -> Self {
        move |error| Self::InChanges { refused: vec![(at, error)] }
    }

    /// The error of the only change.
    fn alone(self) -> Self {
        match self {
            Self::InChanges { refused } => match refused.into_iter().next() {
                Some((_, error)) => error,
                None => Self::Internal("a change was refused without a reason".into()),
            },
            other => other,
        }
    }
}
