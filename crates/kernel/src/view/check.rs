//! Whether what decisions are made from is what the database says.

use std::fmt::Debug;

use guildhall_core::{Access, Scope, WorkspaceId};

use super::{View, ViewCounts};
use crate::{Kernel, KernelError, facts};

impl Kernel {
    /// How this kernel's views of workspaces were made since it began.
    pub fn view_counts(&self) -> ViewCounts {
        self.views().counts()
    }

    /// Compares the view by which requests in a workspace are decided with one that is made from everything the database says.
    /// `None` where they agree, as they must; else what differs.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where there is no such workspace.
    pub async fn check_view(&self, workspace: WorkspaceId) -> Result<Option<String>, KernelError> {
        let scope = Scope::of(workspace);
        let unit = self.unit(scope, Access::Read).await?;
        let view = self.find_view(&*unit, scope, Access::Read).await?;
        let anew = facts::load(&*unit, scope, view.epochs).await?;
        Ok(difference(&view, &anew))
    }
}

fn difference(kept: &View, anew: &View) -> Option<String> {
    let (of_kept, of_anew) = (kept.snapshot.facts(), anew.snapshot.facts());
    compare("workspace", kept.workspace.as_slice(), anew.workspace.as_slice())
        .or_else(|| compare("products", kept.products.iter(), anew.products.iter()))
        .or_else(|| compare("roles", kept.roles.values(), anew.roles.values()))
        .or_else(|| compare("accounts", &of_kept.accounts, &of_anew.accounts))
        .or_else(|| compare("grants", &of_kept.grants, &of_anew.grants))
        .or_else(|| compare("group members", &of_kept.group_members, &of_anew.group_members))
        .or_else(|| compare("project members", &of_kept.members, &of_anew.members))
        .or_else(|| compare("products in use", &of_kept.products_in_use, &of_anew.products_in_use))
        .or_else(|| compare("mappings", &of_kept.mappings, &of_anew.mappings))
}

/// What only one of two lists has.
fn compare<'a, T: PartialEq + Debug + 'a>(
    what: &str,
    kept: impl IntoIterator<Item = &'a T>,
    anew: impl IntoIterator<Item = &'a T>,
) -> Option<String> {
    let (kept, anew) = (Vec::from_iter(kept), Vec::from_iter(anew));
    if kept == anew {
        return None;
    }
    let only_kept: Vec<_> = kept.iter().filter(|one| !anew.contains(one)).collect();
    let missing: Vec<_> = anew.iter().filter(|one| !kept.contains(one)).collect();
    Some(format!("{what}: kept {only_kept:?}, missing {missing:?}"))
}
