//! The shell's menu, from a `navigation` artifact.

use guildhall_context::{NavigationItem, NavigationTree};
use guildhall_core::{Name, PermissionCode, Principal};
use serde_json::Value;

use crate::work::Work;

impl Work<'_> {
    /// The entries of a menu that are for somebody: those that need no code, or one of the platform's that he holds on the
    /// workspace. A heading below which nothing is left is left out.
    pub(crate) fn menu_for(&self, who: Principal, document: &Value) -> NavigationTree {
        NavigationTree { items: self.entries_for(who, document.get("items")) }
    }

    fn entries_for(&self, who: Principal, entries: Option<&Value>) -> Vec<NavigationItem> {
        let entries = entries.and_then(Value::as_array).into_iter().flatten();
        entries.filter_map(|entry| self.entry_for(who, entry)).collect()
    }

    fn entry_for(&self, who: Principal, entry: &Value) -> Option<NavigationItem> {
        let text = |field: &str| entry.get(field).and_then(Value::as_str);
        if let Some(needs) = text("needs") {
            let code: PermissionCode = needs.parse().ok()?;
            if !self.allows(who, &code, self.view().root()) {
                return None;
            }
        }
        let href = text("href").map(ToOwned::to_owned);
        let children = self.entries_for(who, entry.get("children"));
        if href.is_none() && children.is_empty() {
            return None;
        }
        let label: Name = text("label")?.parse().ok()?;
        Some(NavigationItem { id: text("id")?.to_owned(), label, href, children })
    }
}
