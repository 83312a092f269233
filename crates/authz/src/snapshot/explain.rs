//! Why somebody has a permission on an account, or why not.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Principal};

use super::{Holding, Snapshot};
use crate::{Explanation, Holder, Permission, Reason};

impl Snapshot {
    /// Why the principal has the permission on the account, or why not: every reason at once, not only the first.
    pub fn explain(
        &self,
        principal: Principal,
        permission: &Permission,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> Explanation {
        let mut explanation = Explanation { path: self.path(account), ..Explanation::default() };
        let Some(permission) = self.roles.permission(permission) else { return explanation };
        explanation.roles = self.roles.holding(permission);
        let Some(account) = self.tree.number(account) else { return explanation };
        let giving = self.holdings_on_path(principal, account).filter(|(_, holding)| {
            self.roles.held(holding.role).is_some_and(|role| role.contains(permission))
        });
        for (holder, holding) in giving {
            let list =
                if holding.holds_at(now) { &mut explanation.reasons } else { &mut explanation.expired };
            list.extend(self.reason(holder, holding));
        }
        explanation
    }

    fn reason(&self, holder: Holder, holding: &Holding) -> Option<Reason> {
        Some(Reason {
            account: self.tree.ids([holding.account]).next()?,
            role: self.roles.id(holding.role)?,
            group: match holder {
                Holder::Group(group) => Some(group),
                Holder::User(_) | Holder::ServiceAccount(_) => None,
            },
            source: holding.source.clone(),
            expires_at: holding.expires_at,
        })
    }
}
