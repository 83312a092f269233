//! Who is asking.

use uuid::Uuid;

use crate::{ApiKeyId, LaunchId, ProductId, ServiceAccountId, SessionId, UserId, WorkspaceId};

/// The user or machine on whose behalf code runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Principal {
    /// A person.
    User(UserId),
    /// A machine identity.
    ServiceAccount(ServiceAccountId),
}

impl Principal {
    /// The bare id, whichever kind it is.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::User(id) => id.uuid(),
            Self::ServiceAccount(id) => id.uuid(),
        }
    }
}

/// How the caller proved who he is, which bounds what he may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// A password that was checked just now: opens a session and nothing else.
    Password,
    /// A signed-in user's session: the whole API.
    Session(SessionId),
    /// A user's API key: what he may do in its workspace, but for making credentials.
    ApiKey {
        /// The key.
        key: ApiKeyId,
        /// Whether it changes nothing.
        read_only: bool,
    },
    /// A product's token for the user who launched it: that product's questions alone.
    ProductToken {
        /// The product that the token was made for.
        product: ProductId,
        /// The launch that it was made in.
        launch: LaunchId,
    },
    /// A service account's client credentials.
    ClientCredentials {
        /// The product of a `PRODUCT` account, which bounds it to questions about that product.
        product: Option<ProductId>,
    },
    /// Code that embeds the platform, or the command line: trusted by whoever wrote it.
    Embedded,
}

/// Who asks, how he proved it, and in which workspace he acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller {
    principal: Principal,
    credential: Credential,
    workspace: Option<WorkspaceId>,
}

impl Caller {
    /// A caller that is taken at its word. The platform itself makes callers in `Kernel::enter` alone; code that
    /// embeds it names this function wherever it vouches for somebody.
    pub const fn trusted(
        principal: Principal,
        credential: Credential,
        workspace: Option<WorkspaceId>,
    ) -> Self {
        Self { principal, credential, workspace }
    }

    /// Who asks.
    pub const fn principal(&self) -> Principal {
        self.principal
    }

    /// How he proved it.
    pub const fn credential(&self) -> Credential {
        self.credential
    }

    /// The workspace that he acts in; `None` for the platform itself.
    pub const fn workspace(&self) -> Option<WorkspaceId> {
        self.workspace
    }

    /// The person, where the caller is one.
    pub const fn user(&self) -> Option<UserId> {
        match self.principal {
            Principal::User(id) => Some(id),
            Principal::ServiceAccount(_) => None,
        }
    }
}
