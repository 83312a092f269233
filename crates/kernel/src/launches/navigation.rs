//! The shell's menu where nobody has made another one.

use guildhall_context::{NavigationItem, NavigationTree};
use guildhall_core::{PermissionCode, Principal};

use crate::{KernelError, code, work::Work};

/// One entry of the menu, and the code on the workspace that it is there for; `None` where everybody has it.
struct Entry {
    id: &'static str,
    label: &'static str,
    href: &'static str,
    needs: Option<PermissionCode>,
}

const ENTRIES: [Entry; 4] = [
    Entry { id: "projects", label: "Projects", href: "/projects", needs: None },
    Entry { id: "marketplace", label: "Marketplace", href: "/marketplace", needs: None },
    Entry { id: "devhub", label: "Products", href: "/devhub", needs: Some(code::PRODUCT_PUBLISH) },
    Entry { id: "admin", label: "Administration", href: "/admin", needs: Some(code::WORKSPACE_SETTINGS) },
];

/// The entries that are for somebody.
pub(super) fn navigation(work: &Work<'_>, who: Principal) -> Result<NavigationTree, KernelError> {
    let root = work.view().root();
    let items = ENTRIES
        .iter()
        .filter(|entry| entry.needs.as_ref().is_none_or(|code| work.allows(who, code, root)))
        .map(item)
        .collect::<Result<_, _>>()?;
    Ok(NavigationTree { items })
}

fn item(entry: &Entry) -> Result<NavigationItem, KernelError> {
    let unnamed = |_| KernelError::Internal(format!("`{}` is no name", entry.label));
    Ok(NavigationItem {
        id: entry.id.to_owned(),
        label: entry.label.parse().map_err(unnamed)?,
        href: Some(entry.href.to_owned()),
        children: Vec::new(),
    })
}
