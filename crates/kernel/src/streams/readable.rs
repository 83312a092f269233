//! Who may be told of an event.

use guildhall_core::{AccountId, NodeId, ProductId};

use super::round::Found;
use crate::{EventStub, code, rights::Rights};

/// Whether the caller may read what the event is about: all of it where he reads the log, what happens in the projects that he
/// reads, and of the workspace itself what he sees in its lists. What can't be judged by an id is left out.
pub(super) fn may_read(rights: &Rights<'_>, found: &Found) -> bool {
    let root = rights.view.root();
    if rights.may(&code::AUDIT_READ, root) {
        return true;
    }
    if found.stub.project_id.is_some() {
        return found.account.is_some_and(|account| rights.may(&code::PROJECT_READ, account));
    }
    sees_subject(rights, &found.stub, root)
}

fn sees_subject(rights: &Rights<'_>, stub: &EventStub, root: AccountId) -> bool {
    match stub.subject_kind.as_str() {
        "workspace" => rights.may(&code::WORKSPACE_READ, root),
        "node" => rights.may(&code::NODE_READ, NodeId::new(stub.subject_id).account()),
        "member" => rights.may(&code::MEMBER_READ, root),
        "product" => {
            rights.view.products.contains(&ProductId::new(stub.subject_id))
                && rights.may(&code::PRODUCT_READ, root)
        }
        _ => false,
    }
}
