//! Who can hold a role: those who ask, and groups of them.

use guildhall_core::{GroupId, Principal, ServiceAccountId, UserId};
use serde::{Serialize, Serializer, ser::SerializeMap};
use uuid::Uuid;

/// Whom a role is given to. A group asks for nothing itself: what it holds, each of its members holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holder {
    /// A person.
    User(UserId),
    /// A machine identity.
    ServiceAccount(ServiceAccountId),
    /// A group, on behalf of its members.
    Group(GroupId),
}

impl Holder {
    /// The bare id, whichever kind it is.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::User(id) => id.uuid(),
            Self::ServiceAccount(id) => id.uuid(),
            Self::Group(id) => id.uuid(),
        }
    }
}

impl From<Principal> for Holder {
    fn from(principal: Principal) -> Self {
        match principal {
            Principal::User(id) => Self::User(id),
            Principal::ServiceAccount(id) => Self::ServiceAccount(id),
        }
    }
}

/// `{"user_id": ...}`, `{"service_account_id": ...}` or `{"group_id": ...}`.
impl Serialize for Holder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::User(id) => map.serialize_entry("user_id", id)?,
            Self::ServiceAccount(id) => map.serialize_entry("service_account_id", id)?,
            Self::Group(id) => map.serialize_entry("group_id", id)?,
        }
        map.end()
    }
}
