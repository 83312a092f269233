//! A user on the wire, as he sees himself.

use chrono::{DateTime, Utc};
use guildhall_core::{Email, Name, UserId};
use guildhall_identity::User;
use serde::Serialize;
use utoipa::ToSchema;

/// The signed-in user.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeView {
    /// The user's id.
    pub id: UserId,
    /// The login identity.
    pub email: Email,
    /// Given name.
    pub firstname: Name,
    /// Family name.
    pub lastname: Name,
    /// The agency that he works for.
    pub agency: Option<Name>,
    /// The country that he works in.
    pub country: Option<Name>,
    /// His department.
    pub department: Option<Name>,
    /// His job title.
    pub job_title: Option<Name>,
    /// Where his desk is.
    pub office_location: Option<Name>,
    /// The language that he reads.
    pub display_language: Option<Name>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
}

impl From<User> for MeView {
    fn from(user: User) -> Self {
        let profile = user.profile;
        Self {
            id: user.id,
            email: user.email,
            firstname: profile.firstname,
            lastname: profile.lastname,
            agency: profile.agency,
            country: profile.country,
            department: profile.department,
            job_title: profile.job_title,
            office_location: profile.office_location,
            display_language: profile.display_language,
            created_at: user.created_at,
        }
    }
}
