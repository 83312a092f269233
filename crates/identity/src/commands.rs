//! What the use cases of this domain are asked to do.

use chrono::{DateTime, Utc};
use guildhall_core::{Email, Name, ProductId, UserId, WorkspaceId};

use crate::{PasswordHash, Profile, ServiceAccountKind};

/// An account for a person.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// The login identity; must be free.
    pub email: Email,
    /// What is known of him.
    pub profile: Profile,
    /// The hash of his password; without one he can't sign in by password yet.
    pub password: Option<PasswordHash>,
    /// Whether the address is shown to be his.
    pub verified: bool,
}

impl NewUser {
    /// An unverified user without a password.
    pub fn named(email: Email, firstname: Name, lastname: Name) -> Self {
        Self { email, profile: Profile::named(firstname, lastname), password: None, verified: false }
    }
}

/// What a user changes of his profile. `None` leaves a field alone, `Some(None)` clears it.
#[derive(Debug, Clone, Default)]
pub struct ProfilePatch {
    /// Given name.
    pub firstname: Option<Name>,
    /// Family name.
    pub lastname: Option<Name>,
    /// Agency.
    pub agency: Option<Option<Name>>,
    /// Country.
    pub country: Option<Option<Name>>,
    /// Department.
    pub department: Option<Option<Name>>,
    /// Job title.
    pub job_title: Option<Option<Name>>,
    /// Office location.
    pub office_location: Option<Option<Name>>,
    /// Display language, a BCP 47 tag.
    pub display_language: Option<Option<Name>>,
}

impl ProfilePatch {
    /// The profile after the change.
    pub fn apply(self, profile: Profile) -> Profile {
        Profile {
            firstname: self.firstname.unwrap_or(profile.firstname),
            lastname: self.lastname.unwrap_or(profile.lastname),
            agency: self.agency.unwrap_or(profile.agency),
            country: self.country.unwrap_or(profile.country),
            department: self.department.unwrap_or(profile.department),
            job_title: self.job_title.unwrap_or(profile.job_title),
            office_location: self.office_location.unwrap_or(profile.office_location),
            display_language: self.display_language.unwrap_or(profile.display_language),
        }
    }
}

/// A machine identity to make.
#[derive(Debug, Clone)]
pub struct NewServiceAccount {
    /// The workspace that it belongs to.
    pub home: WorkspaceId,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub kind: ServiceAccountKind,
    /// Its product; must be there for `PRODUCT` and for nothing else.
    pub product_id: Option<ProductId>,
    /// Who makes it.
    pub created_by: Option<UserId>,
}

/// A key to make.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// For whom it will act.
    pub user_id: UserId,
    /// What he calls it.
    pub name: Name,
    /// Whether it changes nothing.
    pub read_only: bool,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
}
