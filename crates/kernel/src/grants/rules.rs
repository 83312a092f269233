//! What can be granted to whom, whoever grants it.

use guildhall_authz::{AccountKind, Holder, NewGrant, Owner};
use guildhall_core::{AccountId, GroupId, RoleId, ServiceAccountId};
use guildhall_identity::ServiceAccountKind;

use crate::{
    BuiltinRole, KernelError, NamedPerson, code, place::unknown, project_members::seen_member, work::Work,
};

impl Work<'_> {
    /// Refuses what no grant can be: on an account, to a holder, or of a role that the caller may not know of, one and the same
    /// answer for what is not there; and what memberships alone give.
    pub(crate) async fn check_grant(&self, grant: &NewGrant) -> Result<(), KernelError> {
        let kind = self.account_seen(grant.account, &code::ROLE_GRANT).await?;
        let kind = kind.ok_or_else(|| unknown("account"))?;
        self.check_role(grant.role, kind)?;
        match grant.holder {
            Holder::User(user) => {
                let seen = seen_member(self, &NamedPerson::User(user)).await?;
                seen.map(drop).ok_or_else(|| unknown("member"))
            }
            Holder::Group(group) => self.check_group(group, grant.account).await,
            Holder::ServiceAccount(account) => self.check_service_account(account).await,
        }
    }

    fn check_role(&self, role: RoleId, account: AccountKind) -> Result<(), KernelError> {
        let role = self.view().roles.get(&role).ok_or_else(|| unknown("role"))?;
        if role.owner != Owner::Platform {
            return Ok(());
        }
        let builtin = BuiltinRole::of(role.id).filter(|role| role.is_for_people_here());
        let builtin = builtin.ok_or_else(|| unknown("role"))?;
        if !builtin.is_granted() || (builtin.is_of_project() && account == AccountKind::Project) {
            let detail = format!("`{}` follows from membership: change the members instead", role.code);
            return Err(KernelError::Refused { code: "use_members", detail });
        }
        let on_node = matches!(account, AccountKind::Node | AccountKind::Organisation);
        if builtin == BuiltinRole::Assigned && !on_node {
            let detail = "people are assigned to nodes, or to the organisation for all of them".to_owned();
            return Err(KernelError::Refused { code: "not_a_node", detail });
        }
        Ok(())
    }

    async fn check_group(&self, group: GroupId, account: AccountId) -> Result<(), KernelError> {
        let group = self.groups().find(group).await?.filter(|group| self.sees_group(group));
        let group = group.ok_or_else(|| unknown("group"))?;
        if self.view().snapshot.path(account).contains(&group.account) {
            return Ok(());
        }
        let detail = "a group holds roles on its own account and below alone".to_owned();
        Err(KernelError::Refused { code: "outside_of_group", detail })
    }

    async fn check_service_account(&self, id: ServiceAccountId) -> Result<(), KernelError> {
        let account = self.service_accounts().find(id).await?;
        let manages = self.may(&code::SERVICE_ACCOUNT_MANAGE, self.view().root());
        let automation = |kind| manages && kind == ServiceAccountKind::Automation;
        let account = account.filter(|account| automation(account.kind));
        account.map(drop).ok_or_else(|| unknown("service account"))
    }
}
