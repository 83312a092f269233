//! What a snapshot was told, told again; and what it takes to keep that.

use chrono::{DateTime, Utc};
use guildhall_core::GrantId;

use super::{
    Snapshot,
    held::{Held, Holding, Membership},
};
use crate::{Facts, Grant, GroupMember, Holder, ProductInUse, ProjectMember};

/// What a map keeps beside an entry's key and value, and what keeping a thing behind a pointer takes.
const BESIDE: usize = 24;

impl Snapshot {
    /// The facts that the snapshot answers from, sorted, but for the roles themselves: two snapshots of the same roles that answer
    /// this alike answer everything alike. It takes as long as compiling does.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts { accounts: self.tree.accounts_again().collect(), ..Facts::default() };
        for (holder, held) in self.holders.iter() {
            self.tell(*holder, held, &mut facts);
        }
        for account in &facts.accounts {
            let products = self.tree.number(account.id).and_then(|project| self.auto_roles.products(project));
            let used = products.into_iter().flatten();
            facts
                .products_in_use
                .extend(used.map(|product| ProductInUse { account: account.id, product: *product }));
        }
        facts.mappings = self.auto_roles.mappings().to_vec();
        facts.accounts.sort_by_key(|account| account.id);
        facts.grants.sort_by_key(|grant| (grant.holder, grant.account, grant.role, grant.id));
        facts.group_members.sort_by_key(|member| (member.user, member.group));
        facts.members.sort_by(|one, other| {
            (one.user, one.account, &one.meta_roles).cmp(&(other.user, other.account, &other.meta_roles))
        });
        facts.products_in_use.sort_by_key(|used| (used.account, used.product));
        facts.mappings.sort_by(|one, other| (one.role, &one.meta_role).cmp(&(other.role, &other.meta_role)));
        facts
    }

    /// What one holder has, where account and role are still there.
    fn tell(&self, holder: Holder, held: &Held, facts: &mut Facts) {
        let grants =
            held.holdings.iter().zip(&held.grants).enumerate().filter_map(|(place, (holding, id))| {
                self.roles.owner(holding.role)?;
                let role = self.roles.id(holding.role)?;
                let account = self.tree.id_again(holding.account)?;
                Some(Grant { id: *id, holder, role, account, expires_at: held.end(place) })
            });
        facts.grants.extend(grants);
        let Holder::User(user) = holder else { return };
        facts.group_members.extend(held.groups.iter().map(|group| GroupMember { group: *group, user }));
        let members = held.memberships.iter().filter_map(|membership| {
            let meta_roles = vec![self.auto_roles.code(membership.meta_role)?.clone()];
            Some(ProjectMember { account: self.tree.id_again(membership.account)?, user, meta_roles })
        });
        facts.members.extend(members);
    }

    /// About how many bytes it takes to keep the snapshot, if nothing of it were shared.
    pub fn memory(&self) -> usize {
        self.tree.memory() + self.holders.len() * (size_of::<Holder>() + BESIDE) + self.held_memory
    }
}

impl Held {
    /// About how many bytes it takes to keep what one holder has.
    pub(super) fn memory(&self) -> usize {
        size_of::<Self>()
            + BESIDE
            + self.holdings.len() * (size_of::<Holding>() + size_of::<Option<GrantId>>())
            + self.ends() * size_of::<(u32, DateTime<Utc>)>()
            + size_of_val(&*self.groups)
            + self.memberships.len() * size_of::<Membership>()
    }
}
