//! A user on the wire, as a platform admin sees him.

use chrono::{DateTime, Utc};
use guildhall_core::{Email, Name, PermissionCode, UserId};
use guildhall_kernel::UserShown;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Answer;

/// A user of the platform.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlatformUserView {
    /// The user's id.
    pub id: UserId,
    /// The login identity.
    pub email: Email,
    /// Given name.
    pub firstname: Name,
    /// Family name.
    pub lastname: Name,
    /// Whether the platform lets him in.
    pub active: bool,
    /// Whether a mailed link, or the operator, has shown that the address is his.
    pub verified: bool,
    /// Whether he is a platform admin.
    pub platform_admin: bool,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// What the reader may do with him.
    pub permissions: Vec<PermissionCode>,
}

impl From<UserShown> for PlatformUserView {
    fn from(shown: UserShown) -> Self {
        let UserShown { user, platform_admin, permissions } = shown;
        Self {
            id: user.id,
            email: user.email,
            firstname: user.profile.firstname,
            lastname: user.profile.lastname,
            active: user.active,
            verified: user.verified,
            platform_admin,
            created_at: user.created_at,
            permissions,
        }
    }
}

/// The user as he is answered, with his entity tag.
pub(super) fn answer(shown: UserShown) -> Answer<PlatformUserView> {
    let version = shown.user.version;
    Answer::of(shown.into()).tagged(version)
}
