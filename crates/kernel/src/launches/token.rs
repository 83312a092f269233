//! Tokens for a product that runs.

use guildhall_core::LaunchId;
use guildhall_products::Launch;

use super::create::signed_in;
use crate::{AccessToken, Kernel, KernelError, Request, token::Subject, work::Work};

impl Kernel {
    /// A product token for the user who launched, as long as he may still launch it there and the session in which he did
    /// has not ended.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] for the launches of others; [`KernelError::Refused`] where the session has ended; else as
    /// [`Kernel::create_launch`].
    pub async fn create_launch_token(
        &self,
        request: &Request,
        id: LaunchId,
    ) -> Result<AccessToken, KernelError> {
        let (user, _) = signed_in(request)?;
        let work = self.read(request).await?;
        let launch = work.launches().find(id).await?.filter(|launch| launch.user_id == user);
        let launch = launch.ok_or(KernelError::NotFound)?;
        if !work.lives_on(&launch).await? {
            return Err(launch_ended());
        }
        work.find_launch_place(user, &(&launch).into()).await?;
        self.product_token(&work, &launch)
    }

    pub(super) fn product_token(&self, work: &Work<'_>, launch: &Launch) -> Result<AccessToken, KernelError> {
        self.issue(Subject::Product {
            user: launch.user_id,
            session: launch.session_id,
            product: launch.product_id,
            workspace: work.space()?,
            launch: launch.id,
        })
    }
}

impl Work<'_> {
    /// Whether the session that launched has not ended, and its user may sign in at all.
    pub(super) async fn lives_on(&self, launch: &Launch) -> Result<bool, KernelError> {
        let session = self.sessions().find(launch.session_id).await?;
        let live =
            session.is_some_and(|session| session.user_id == launch.user_id && session.is_live(self.now()));
        let user = self.users().find(launch.user_id).await?;
        Ok(live && user.is_some_and(|user| user.active))
    }
}

/// What the launch stood on is there no more. Who asks learns no more than that.
pub(super) fn launch_ended() -> KernelError {
    let detail = "what was launched has ended; launch again".to_owned();
    KernelError::Refused { code: "launch_ended", detail }
}
