//! What a move would do to whom, found by comparing the engine's answers before and after.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_authz::{Facts, Holder, Permission, Snapshot};
use guildhall_core::{AccountId, Name, NodeId, PermissionCode, Principal, ProjectId, Scope, UserId};
use guildhall_identity::User;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::relocate::Prepared;
use crate::{KernelError, code, facts, work::Work};

/// How many changes are compared for a plan; with more of them the plan holds while no right of the workspace changes.
const MOST_COMPARED: usize = 20_000;

/// How many changes and how many projects a plan shows.
const MOST_SHOWN: usize = 500;

/// A plan in short: whoever moves by it moves only if exactly that would happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanHash(String);

impl From<String> for PlanHash {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<PlanHash> for String {
    fn from(hash: PlanHash) -> Self {
        hash.0
    }
}

/// What a move would do, as far as its reader may know.
#[derive(Debug, Clone, PartialEq)]
pub struct MovePlan {
    /// The plan in short, over all of it, also over what this reader is not shown.
    pub plan: PlanHash,
    /// The projects that would move along, by id; those that the reader may read.
    pub projects: Vec<(ProjectId, Name)>,
    /// Who would gain or lose what, by user and then down the tree; on accounts where the reader may ask about others, and
    /// about himself.
    pub changes: Vec<RightsChange>,
    /// Whether `projects` and `changes` are all that the reader may know, or only the first ones.
    pub complete: bool,
}

/// What one user would gain or lose on one account.
#[derive(Debug, Clone, PartialEq)]
pub struct RightsChange {
    /// The user.
    pub user: User,
    /// The node or the project.
    pub account: MovedAccount,
    /// The codes that he would hold and does not.
    pub gained: Vec<PermissionCode>,
    /// The codes that he holds and would not.
    pub lost: Vec<PermissionCode>,
}

/// An account that would move along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedAccount {
    /// The account.
    pub id: AccountId,
    /// The project that it belongs to; a node's where there is none.
    pub project_id: Option<ProjectId>,
    /// What people call it.
    pub name: Name,
}

/// One line of the comparison.
#[derive(Serialize)]
struct Row {
    user: UserId,
    account: AccountId,
    gained: BTreeSet<Permission>,
    lost: BTreeSet<Permission>,
}

impl Work<'_> {
    /// Compares everybody's rights on what would move.
    pub(super) async fn plan_move(
        &self,
        id: NodeId,
        prepared: &Prepared,
        parent_id: Option<NodeId>,
    ) -> Result<MovePlan, KernelError> {
        let branch =
            [id].into_iter().chain(prepared.tree.descendants(Some(id)).into_iter().map(|node| node.id));
        let nodes: Vec<NodeId> = branch.collect();
        let accounts: Vec<AccountId> = nodes
            .iter()
            .map(|node| node.account())
            .chain(prepared.projects.iter().map(|project| project.account_id))
            .collect();
        let rows = match &prepared.change {
            Some(change) => self.compare(change.before.id, parent_id, &accounts).await?,
            None => Vec::new(),
        };
        let plan = self.hash(id, parent_id, &accounts, &rows)?;
        let (names, projects_complete) = self.names(&nodes, prepared).await?;
        let (changes, changes_complete) = self.shown(rows, &names).await?;
        let moved = names.values().filter_map(|account| Some((account.project_id?, account.name.clone())));
        let mut projects: Vec<_> = moved.collect();
        projects.sort();
        Ok(MovePlan { plan, projects, changes, complete: projects_complete && changes_complete })
    }

    /// Facts as they are and facts with the node under its new parent, compiled and asked about everybody.
    async fn compare(
        &self,
        id: NodeId,
        parent_id: Option<NodeId>,
        accounts: &[AccountId],
    ) -> Result<Vec<Row>, KernelError> {
        let mut facts = facts::gather(self.unit(), Scope::of(self.space()?)).await?.facts;
        let users = users_in(&facts);
        let before = Snapshot::new(&facts)?;
        let new_parent = parent_id.map_or(self.organisation()?, NodeId::account);
        let mut old_parent = new_parent;
        for account in facts.accounts.iter_mut().filter(|account| account.id == id.account()) {
            old_parent = account.parent.replace(new_parent).unwrap_or(new_parent);
        }
        let after = Snapshot::new(&facts)?;
        let mut rows = Vec::new();
        for user in users {
            let who = Principal::User(user);
            let held = |snapshot: &Snapshot, account| snapshot.permissions(who, account, self.now());
            // Only what comes from above changes, so for most people nothing does.
            if held(&before, old_parent) == held(&after, new_parent) {
                continue;
            }
            for account in accounts {
                let (was, will_be) = (held(&before, *account), held(&after, *account));
                let (gained, lost) = (&will_be - &was, &was - &will_be);
                if !gained.is_empty() || !lost.is_empty() {
                    rows.push(Row { user, account: *account, gained, lost });
                }
                if rows.len() >= MOST_COMPARED {
                    return Ok(rows);
                }
            }
        }
        Ok(rows)
    }

    fn hash(
        &self,
        id: NodeId,
        parent_id: Option<NodeId>,
        accounts: &[AccountId],
        rows: &[Row],
    ) -> Result<PlanHash, KernelError> {
        let epochs = (rows.len() >= MOST_COMPARED).then(|| format!("{:?}", self.view().epochs));
        let told = serde_json::to_vec(&(id, parent_id, accounts, rows, epochs))
            .map_err(|error| KernelError::Internal(error.to_string()))?;
        Ok(PlanHash(Sha256::digest(&told).iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// What moves along, by account, as far as the caller sees it; and whether that is all of it.
    async fn names(
        &self,
        nodes: &[NodeId],
        prepared: &Prepared,
    ) -> Result<(BTreeMap<AccountId, MovedAccount>, bool), KernelError> {
        let mut names = BTreeMap::new();
        for node in nodes.iter().filter_map(|node| prepared.tree.node(*node)) {
            let id = node.id.account();
            if self.may(&code::NODE_READ, id) {
                names.insert(id, MovedAccount { id, project_id: None, name: node.name.clone() });
            }
        }
        let readable = prepared.projects.iter().filter(|one| self.may(&code::PROJECT_READ, one.account_id));
        let ids: Vec<ProjectId> = readable.map(|project| project.project_id).collect();
        let shown = ids.get(..MOST_SHOWN).unwrap_or(&ids);
        for project in self.projects().list_by_ids(shown).await? {
            let (id, project_id) = (project.account_id, Some(project.id));
            names.insert(id, MovedAccount { id, project_id, name: project.name });
        }
        Ok((names, shown.len() == ids.len()))
    }

    /// The changes that the caller may know of, and whether these are all of them.
    async fn shown(
        &self,
        rows: Vec<Row>,
        names: &BTreeMap<AccountId, MovedAccount>,
    ) -> Result<(Vec<RightsChange>, bool), KernelError> {
        let compared_all = rows.len() < MOST_COMPARED;
        let may_know = |row: &Row| {
            names.contains_key(&row.account)
                && (self.caller().user() == Some(row.user) || self.may(&code::PERMISSIONS_QUERY, row.account))
        };
        let mut rows: Vec<Row> = rows.into_iter().filter(may_know).collect();
        let complete = compared_all && rows.len() <= MOST_SHOWN;
        rows.truncate(MOST_SHOWN);
        let ids: BTreeSet<UserId> = rows.iter().map(|row| row.user).collect();
        let users = self.users().list_by_ids(&Vec::from_iter(ids)).await?;
        let users: BTreeMap<UserId, User> = users.into_iter().map(|user| (user.id, user)).collect();
        let changes = rows.into_iter().filter_map(|row| {
            Some(RightsChange {
                user: users.get(&row.user)?.clone(),
                account: names.get(&row.account)?.clone(),
                gained: codes(row.gained),
                lost: codes(row.lost),
            })
        });
        Ok((changes.collect(), complete))
    }
}

/// Everybody who may hold anything.
fn users_in(facts: &Facts) -> BTreeSet<UserId> {
    let holders = facts.grants.iter().filter_map(|grant| match grant.holder {
        Holder::User(user) => Some(user),
        Holder::ServiceAccount(_) | Holder::Group(_) => None,
    });
    let of_groups = facts.group_members.iter().map(|member| member.user);
    holders.chain(of_groups).chain(facts.members.iter().map(|member| member.user)).collect()
}

/// By their spelling; two owners' codes that are spelled alike stand once.
fn codes(permissions: BTreeSet<Permission>) -> Vec<PermissionCode> {
    let codes: BTreeSet<PermissionCode> = permissions.into_iter().map(|permission| permission.code).collect();
    codes.into_iter().collect()
}
