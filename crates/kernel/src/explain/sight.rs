//! How much of a path its reader sees.

use guildhall_authz::AccountKind;
use guildhall_core::{AccountId, Name, NodeId};

use super::StepShown;
use crate::{KernelError, code, work::Work};

impl Work<'_> {
    /// The account by name, where the caller sees its node or project.
    pub(super) async fn show_step(&self, account: AccountId) -> Result<StepShown, KernelError> {
        let known = |kind, name| StepShown::Known { id: account, kind, name };
        if account == AccountId::PLATFORM {
            return Ok(known(AccountKind::Platform, None));
        }
        Ok(match self.account_seen(account, &code::ROLE_READ).await? {
            None => StepShown::Hidden,
            Some(kind) => known(kind, self.name_of(account, kind).await?),
        })
    }

    async fn name_of(&self, account: AccountId, kind: AccountKind) -> Result<Option<Name>, KernelError> {
        Ok(match kind {
            AccountKind::Platform | AccountKind::Organisation => None,
            AccountKind::Workspace => self.view().workspace.as_ref().map(|workspace| workspace.name.clone()),
            AccountKind::Node => {
                self.hierarchy().find(NodeId::new(account.uuid())).await?.map(|node| node.name)
            }
            AccountKind::Project => {
                let all = self.projects().list_accounts().await?;
                match all.into_iter().find(|project| project.account_id == account) {
                    Some(project) => {
                        self.projects().find(project.project_id).await?.map(|project| project.name)
                    }
                    None => None,
                }
            }
        })
    }
}
