//! Users: they exist once per platform.

use chrono::{DateTime, Utc};
use guildhall_core::{Email, Name, RowVersion, UserId};
use serde::Serialize;

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// The login identity.
    pub email: Email,
    /// What the user says of himself.
    pub profile: Profile,
    /// Whether the platform lets him in at all.
    pub active: bool,
    /// Whether a mailed link, or the operator, has shown that the address is his.
    pub verified: bool,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// Counts the changes of the account.
    #[serde(skip)]
    pub version: RowVersion,
}

impl User {
    /// First and last name, as people read it.
    pub fn display_name(&self) -> String {
        display_name(self.profile.firstname.as_str(), self.profile.lastname.as_str())
    }
}

/// First and last name, as people read them.
pub fn display_name(firstname: &str, lastname: &str) -> String {
    format!("{firstname} {lastname}")
}

/// What a user says of himself. Only he changes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
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
    /// The language that he reads, as a BCP 47 tag.
    pub display_language: Option<Name>,
}

impl Profile {
    /// A profile with a name and nothing else.
    pub fn named(firstname: Name, lastname: Name) -> Self {
        Self {
            firstname,
            lastname,
            agency: None,
            country: None,
            department: None,
            job_title: None,
            office_location: None,
            display_language: None,
        }
    }
}
