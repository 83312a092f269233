//! Redeeming a launch's one-time code.

use guildhall_context::OsContext;
use guildhall_core::{Access, Credential, Principal, ProductId, Scope, Secret, WorkspaceId};
use guildhall_products::{Launch, ProductsError};

use super::token::launch_ended;
use crate::{
    AccessToken, Event, Kernel, KernelError, Request, code,
    work::{Admission, Work},
};

/// What a product's back end learns of a launch, this once.
#[derive(Debug, Clone)]
pub struct Redeemed {
    /// The context, built as the code was redeemed: the one to trust.
    pub context: OsContext,
    /// A token for the user in the product.
    pub token: AccessToken,
}

impl Kernel {
    /// Redeems a one-time code for the product whose service account presents it. The workspace is the code's, whatever
    /// host was called. Everything that the launch stood on is asked again.
    ///
    /// # Errors
    /// [`ProductsError::UnknownLaunch`] for a code that is wrong or another product's, or where the product may not be used
    /// any more: they look alike; [`ProductsError::LaunchExpired`], [`ProductsError::LaunchRedeemed`];
    /// [`KernelError::Refused`] where what the launch stood on has ended; [`KernelError::Forbidden`] for whoever is no
    /// product's service account.
    pub async fn redeem_launch(&self, request: &Request, code: &str) -> Result<Redeemed, KernelError> {
        let product = redeemer(request)?;
        let secret: Secret = code.parse().map_err(|_| ProductsError::UnknownLaunch)?;
        let workspace = self.workspace_of_code(&secret).await?.ok_or(ProductsError::UnknownLaunch)?;
        let request = Request { idempotency_key: None, ..request.in_workspace(workspace) };
        let work = self.admit_redeemer(&request, workspace).await?;
        let launch = self.products(&*work, workspace).redeem_launch(&secret, product).await?;
        let context = self.rebuild(&work, &launch).await?;
        let token = self.product_token(&work, &launch)?;
        let event = Event::new("launch.redeemed", launch.id.uuid(), product_name(&context));
        let before = Launch { redeemed_at: None, ..launch.clone() };
        let event = Event { project_id: launch.project_id, ..event.changing(&before, &launch) };
        work.finish(event).await?;
        Ok(Redeemed { context, token })
    }

    async fn workspace_of_code(&self, code: &Secret) -> Result<Option<WorkspaceId>, KernelError> {
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        Ok(unit.directory().find_launch_code(&code.hash()).await?.map(|(workspace, _)| workspace))
    }

    /// The code's workspace, for a product that may be used there.
    async fn admit_redeemer<'k>(
        &'k self,
        request: &'k Request,
        workspace: WorkspaceId,
    ) -> Result<Work<'k>, KernelError> {
        let scope = Scope::of(workspace);
        let admitted = Work::open(self, request, scope, Access::Write, Admission::User).await;
        let work = admitted.map_err(unknown_where_hidden)?;
        work.require(&code::LAUNCH_REDEEM, work.view().root()).map_err(unknown_where_hidden)?;
        Ok(work)
    }

    /// The context as it would be if the user launched now.
    async fn rebuild(&self, work: &Work<'_>, launch: &Launch) -> Result<OsContext, KernelError> {
        if !work.lives_on(launch).await? || !work.is_admitted(Principal::User(launch.user_id)) {
            return Err(launch_ended());
        }
        let place = work.find_launch_place(launch.user_id, &launch.into()).await;
        let place = place.map_err(|error| match error {
            KernelError::Store(_) | KernelError::Internal(_) => error,
            _ => launch_ended(),
        })?;
        self.build_context(work, launch.user_id, &place).await
    }
}

/// The product whose back end asks.
fn redeemer(request: &Request) -> Result<ProductId, KernelError> {
    match request.caller.credential() {
        Credential::ClientCredentials { product: Some(product) } => Ok(product),
        Credential::ProductToken { .. } => Err(KernelError::TokenAudience),
        _ => Err(KernelError::Forbidden(code::LAUNCH_REDEEM)),
    }
}

/// A workspace in which the product may not be used says nothing about its codes.
fn unknown_where_hidden(error: KernelError) -> KernelError {
    match error {
        KernelError::NotFound | KernelError::Forbidden(_) | KernelError::WorkspaceInactive => {
            ProductsError::UnknownLaunch.into()
        }
        other => other,
    }
}

fn product_name(context: &OsContext) -> String {
    context.app_instance.product_name.to_string()
}
