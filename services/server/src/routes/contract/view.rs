//! Users as products of Open OS read them.

use chrono::{DateTime, Utc};
use guildhall_core::{Email, Name, UserId};
use guildhall_identity::User;
use serde::Serialize;
use utoipa::ToSchema;

/// A user, in the spelling of the Open OS contract.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractUserView {
    /// The user's id.
    id: UserId,
    /// Given name.
    firstname: Name,
    /// Family name.
    lastname: Name,
    /// The login identity.
    email: Email,
    /// Whether the platform lets him in at all.
    active: bool,
    /// The agency that he works for.
    agency: Option<Name>,
    /// The country that he works in.
    country: Option<Name>,
    /// His department.
    department: Option<Name>,
    /// His job title.
    job_title: Option<Name>,
    /// Where his desk is.
    office_location: Option<Name>,
    /// The language that he reads.
    display_language: Option<Name>,
    /// When the account was made.
    created_at: DateTime<Utc>,
}

impl From<User> for ContractUserView {
    fn from(user: User) -> Self {
        let profile = user.profile;
        Self {
            id: user.id,
            firstname: profile.firstname,
            lastname: profile.lastname,
            email: user.email,
            active: user.active,
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
