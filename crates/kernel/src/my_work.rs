//! What the caller has to do.

use chrono::NaiveDate;
use guildhall_core::{Page, PageRequest};
use guildhall_orchestration::AssignedWork;

use crate::{Kernel, KernelError, Request};

/// A page of what somebody has to do, as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyWork {
    /// What it is, due first first.
    pub page: Page<AssignedWork>,
    /// The day, in UTC: whatever was due before it is overdue.
    pub today: NaiveDate,
}

impl Kernel {
    /// A page of the unfinished items and tasks that the caller is assigned to, in all active projects of the workspace:
    /// overdue ones first, then by the day on which they are due, those without one last.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the workspace is not there for the caller, or he is no person.
    pub async fn list_my_work(&self, request: &Request, page: &PageRequest) -> Result<MyWork, KernelError> {
        let work = self.read(request).await?;
        let user = work.caller().user().ok_or(KernelError::NotFound)?;
        let page = work.items().list_assigned(user, page).await?;
        Ok(MyWork { page, today: work.now().date_naive() })
    }
}
