//! The people of a workspace, searched.

use guildhall_core::UserId;
use guildhall_identity::User;

use super::place::read_in;
use crate::{Kernel, KernelError, Request, members::Acquainted, work::Work};

/// How many users are read at a time.
const BATCH: usize = 1_000;

/// Which people, and which of them are answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// A text that a name or the address has in it, in any case of its letters.
    pub search: String,
    /// How many to skip.
    pub offset: usize,
    /// How many to answer at most.
    pub limit: usize,
}

/// A part of the people who were found.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleFound {
    /// How many there are in all.
    pub total_count: usize,
    /// Those of this part, by family name, given name and id.
    pub people: Vec<User>,
}

impl Kernel {
    /// The members of the request's workspace whom the caller may know of.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`] where the request names no workspace; [`KernelError::Forbidden`] for a service
    /// account without `MEMBER_READ`.
    pub async fn find_people(
        &self,
        request: &Request,
        query: &PeopleQuery,
    ) -> Result<PeopleFound, KernelError> {
        let workspace = request.caller.workspace().ok_or(KernelError::WorkspaceRequired)?;
        let work = read_in(self, request, workspace).await?;
        let searched = query.search.to_lowercase();
        let mut found = known_people(&work).await?;
        found.retain(|user| is_found(user, &searched));
        found.sort_by_cached_key(|user| {
            let folded = |name: &guildhall_core::Name| name.as_str().to_lowercase();
            (folded(&user.profile.lastname), folded(&user.profile.firstname), user.id)
        });
        let total_count = found.len();
        Ok(PeopleFound {
            total_count,
            people: found.into_iter().skip(query.offset).take(query.limit).collect(),
        })
    }
}

async fn known_people(work: &Work<'_>) -> Result<Vec<User>, KernelError> {
    let members = match work.acquainted().await? {
        Acquainted::All => work.workspace_members().list_all().await?,
        Acquainted::Only(users) => work.workspace_members().list_by_users(&Vec::from_iter(users)).await?,
    };
    let ids: Vec<UserId> = members.into_iter().map(|member| member.user_id).collect();
    let mut people = Vec::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        people.extend(work.users().list_by_ids(batch).await?);
    }
    Ok(people)
}

fn is_found(user: &User, searched: &str) -> bool {
    let names = format!("{} {}", user.profile.firstname, user.profile.lastname).to_lowercase();
    names.contains(searched) || user.email.as_str().to_lowercase().contains(searched)
}
