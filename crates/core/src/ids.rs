//! Ids: one type for each thing that has a name, all of them UUIDs of version 7 where we make them.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use uuid::{Uuid, fmt::Hyphenated};

use crate::ValueError;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id that is known to name such a thing.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID, for a store or a wire format.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            /// Takes the hyphenated form alone: an id has one spelling, but for its case.
            fn from_str(text: &str) -> Result<Self, ValueError> {
                let parsed = Uuid::try_parse(text).ok().filter(|_| text.len() == Hyphenated::LENGTH);
                parsed.map(Self).ok_or_else(|| ValueError::new("is no UUID"))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::SchemaFormat::Custom("uuid".to_owned())))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )+};
}

ids! {
    /// A person; exists once per platform.
    UserId;
    /// A machine identity with grants of its own.
    ServiceAccountId;
    /// A tenant: an agency or a client organization.
    WorkspaceId;
    /// A point in the authorization tree.
    AccountId;
    /// One entity of a workspace's hierarchy.
    NodeId;
    /// A project.
    ProjectId;
    /// A phase of a project's workflow.
    PhaseId;
    /// A card on the Canvas: an activity or an application.
    ItemId;
    /// A piece of work inside an item.
    TaskId;
    /// An application registered with the platform.
    ProductId;
    /// One version of a product.
    ProductVersionId;
    /// A named set of permissions.
    RoleId;
    /// Members of a workspace who hold roles together.
    GroupId;
    /// A role of the platform's that products map their own roles to.
    MetaRoleId;
    /// A role given to somebody on an account.
    GrantId;
    /// An offer of membership.
    InvitationId;
    /// A letter that goes out by mail.
    MailId;
    /// A sign-in that has not ended.
    SessionId;
    /// A key by which a program acts for a user in one workspace.
    ApiKeyId;
    /// One launch of a product.
    LaunchId;
    /// One version of an artifact.
    ArtifactVersionId;
    /// One version of a package, as it was uploaded.
    PackageVersionId;
    /// One recorded change.
    EventId;
    /// One HTTP request, or one command of the command line.
    RequestId;
    /// A key that signs access tokens.
    SigningKeyId;
}

impl WorkspaceId {
    /// The reserved workspace that owns what is shared. Nobody is a member of it.
    pub const SYSTEM: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));

    /// Whether this is the System workspace.
    pub fn is_system(self) -> bool {
        self == Self::SYSTEM
    }
}

impl AccountId {
    /// The root of the authorization tree.
    pub const PLATFORM: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0010));
    /// The account of the System workspace.
    pub const SYSTEM: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0011));
    /// The organisation account of the System workspace.
    pub const SYSTEM_ORGANISATION: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0012));
}

impl ServiceAccountId {
    /// Whoever works on the database itself, from the command line.
    pub const OPERATOR: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0020));
}

impl MetaRoleId {
    /// What an owner of a project has.
    pub const PROJECT_OWNER: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0200));
    /// What a contributor of a project has.
    pub const PROJECT_CONTRIBUTOR: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0201));
    /// What a viewer of a project has.
    pub const PROJECT_VIEWER: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0202));
}

impl NodeId {
    /// The node's account, which has the same id.
    pub const fn account(self) -> AccountId {
        AccountId(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        let id = WorkspaceId::SYSTEM;

        let read: WorkspaceId = id.to_string().parse().unwrap();

        assert_eq!(read, id);
        assert!("nonsense".parse::<WorkspaceId>().is_err());
    }

    #[test]
    fn an_id_is_read_in_one_spelling() {
        let id = WorkspaceId::SYSTEM.uuid();
        let others = [id.simple().to_string(), id.braced().to_string(), id.urn().to_string()];

        for text in others {
            assert!(text.parse::<WorkspaceId>().is_err(), "{text}");
            assert!(serde_json::from_value::<WorkspaceId>(text.into()).is_err());
        }
    }

    #[test]
    fn a_node_and_its_account_share_one_id() {
        let node = NodeId::new(Uuid::from_u128(7));

        assert_eq!(node.account().uuid(), node.uuid());
    }
}
