//! Why somebody has a permission on an account, or why not.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Principal};

use super::{Having, Origin, Snapshot, bits::Bits};
use crate::{Explanation, Holder, Owner, Permission, Reason, Source};

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
        let gives = |role: &Bits| role.contains(permission);
        for having in self.having(self.lists_of(principal), account) {
            if self.roles.held(having.role).is_some_and(gives) {
                let holds = having.holds_at(now);
                let list = if holds { &mut explanation.reasons } else { &mut explanation.expired };
                list.extend(self.reason(having));
            }
        }
        // They come holder by holder.
        let Explanation { path, reasons, expired, .. } = &mut explanation;
        for list in [reasons, expired] {
            list.sort_by_key(|reason| path.iter().position(|account| *account == reason.account));
        }
        explanation
    }

    fn reason(&self, having: Having<'_>) -> Option<Reason> {
        let source = match having.origin {
            Origin::Holding(place) => match having.by.held.grants.get(place)? {
                Some(grant) => Source::Grant(*grant),
                None => Source::Derived,
            },
            Origin::MetaRole(meta_role) => Source::AutoRole {
                product: match self.roles.owner(having.role)? {
                    Owner::Product(product) => product,
                    Owner::Platform | Owner::Workspace(_) => return None,
                },
                meta_role: self.auto_roles.code(meta_role)?.clone(),
            },
        };
        Some(Reason {
            account: self.tree.id(having.account)?,
            role: self.roles.id(having.role)?,
            group: match having.by.holder {
                Holder::Group(group) => Some(group),
                Holder::User(_) | Holder::ServiceAccount(_) => None,
            },
            source,
            expires_at: having.end(),
        })
    }
}
