//! Giving meta roles to members of projects. To give one is to grant the product roles that are mapped to it.

use std::collections::BTreeSet;

use guildhall_authz::{GivenBy, MetaRole};
use guildhall_core::{AccountId, MetaRoleCode, RoleId};
use guildhall_orchestration::{Project, ProjectRole};

use crate::{KernelError, code, work::Work};

/// What somebody may not give, and why.
type Ungiven = (RoleId, KernelError);

impl Work<'_> {
    /// The meta roles that a member of the project is to have besides the one that his role implies: in order, each once. Those
    /// that he does not have `already` the caller must be able to give, as what the inner refusal says he is not.
    pub(crate) async fn read_meta_roles(
        &self,
        project: &Project,
        role: ProjectRole,
        wanted: &[MetaRoleCode],
        already: &[MetaRoleCode],
    ) -> Result<Result<Vec<MetaRoleCode>, Ungiven>, KernelError> {
        let implied = role.meta_role();
        let wanted: BTreeSet<&MetaRoleCode> = wanted.iter().filter(|code| **code != implied).collect();
        let new: Vec<_> = wanted.iter().copied().filter(|code| !already.contains(code)).collect();
        if !new.is_empty() {
            let known = self.meta_roles().list().await?;
            for code in &new {
                self.is_given(code, &known)?;
            }
            if let Err(ungiven) = self.may_give_mapped(project.account_id, &new).await? {
                return Ok(Err(ungiven));
            }
        }
        Ok(Ok(wanted.into_iter().cloned().collect()))
    }

    /// Whether somebody gives the meta role at all, and the caller is one who does. He manages the project's members.
    fn is_given(&self, code: &MetaRoleCode, known: &[MetaRole]) -> Result<(), KernelError> {
        let Some(meta_role) = known.iter().find(|known| known.code == *code) else {
            let detail = format!("there is no meta role `{code}`");
            return Err(KernelError::Refused { code: "unknown_meta_role", detail });
        };
        if meta_role.built_in {
            let detail = format!("`{code}` follows from a role: give the member that role");
            return Err(KernelError::Refused { code: "meta_role_implied", detail });
        }
        match meta_role.given_by {
            GivenBy::Owner => Ok(()),
            GivenBy::WorkspaceAdmin => self.require(&code::MEMBER_MANAGE, self.view().root()),
        }
    }

    /// Nobody gives what he does not hold: the rule is asked for each role that a product in use maps to one of them.
    async fn may_give_mapped(
        &self,
        account: AccountId,
        codes: &[&MetaRoleCode],
    ) -> Result<Result<(), Ungiven>, KernelError> {
        if self.administers() {
            return Ok(Ok(()));
        }
        let in_use = self.items().list_products_in_use().await?;
        let here: BTreeSet<_> =
            in_use.iter().filter(|used| used.account_id == account).map(|used| used.product_id).collect();
        for product in here {
            for mapping in self.product_mappings().list_by_product(product).await? {
                if !codes.iter().any(|code| mapping.meta_roles.contains(code)) {
                    continue;
                }
                let Some(role) = self.view().roles.get(&mapping.role_id) else { continue };
                let (who, now) = (self.principal(), self.now());
                let lacks = |permission: &&_| !self.view().snapshot.allows(who, permission, account, now);
                if let Some(lacking) = role.permissions.iter().find(lacks) {
                    return Ok(Err((role.id, KernelError::Forbidden(lacking.code.clone()))));
                }
            }
        }
        Ok(Ok(()))
    }
}
