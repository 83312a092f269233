//! Creating a project.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{ProjectId, UserId};
pub use guildhall_orchestration::CreateProject;

use crate::{Begun, Event, Kernel, KernelError, Outcome, ProjectShown, Request, code, work::Work};

impl Kernel {
    /// Creates a project; its creator owns it.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not create projects; [`KernelError::NotFound`] where he does not
    /// see the node.
    pub async fn create_project(
        &self,
        request: &Request,
        command: CreateProject,
    ) -> Result<Outcome<ProjectShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_project(request, ProjectId::new(id)).await?));
            }
        };
        let creator = may_create(&work, &command).await?;
        work.require_live(command.node_id).await?;
        let project = self.orchestration(&*work).create_project(creator, command).await?;
        work.raise(Epoch::Workspace, &[Change::Project(project.id), creator.into()]).await?;
        let event = Event::new("project.created", project.id.uuid(), project.name.to_string());
        work.finish(event.in_project(project.id).creating(&project)).await?;
        Ok(Outcome::Done(self.find_project(request, project.id).await?))
    }
}

/// A project is made by a person, where he may make one, under a node that he sees.
pub(crate) async fn may_create(work: &Work<'_>, command: &CreateProject) -> Result<UserId, KernelError> {
    if let Some(node) = command.node_id {
        work.authorize_node(node, &code::NODE_READ).await?;
        work.require(&code::PROJECT_CREATE, node.account())?;
    } else {
        work.require(&code::PROJECT_CREATE, work.organisation()?)?;
    }
    work.caller().user().ok_or(KernelError::Forbidden(code::PROJECT_CREATE))
}
