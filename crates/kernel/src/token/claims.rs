//! What an access token says.

use chrono::{DateTime, Utc};
use guildhall_core::{LaunchId, ProductId, ServiceAccountId, SessionId, UserId, WorkspaceId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::API_AUDIENCE;

/// The claims of an access token (RFC 9068, 2.2, and ours).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The issuer: the platform's public URL, on every host.
    pub iss: String,
    /// `guildhall`, or the product that the token is for.
    pub aud: String,
    /// The user, or the service account.
    pub sub: Uuid,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// When it ends.
    pub exp: i64,
    /// The token's own id.
    pub jti: Uuid,
    /// The session behind a user's token.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sid: Option<SessionId>,
    /// The one workspace that the token acts in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub workspace: Option<WorkspaceId>,
    /// The client that the token was given to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub azp: Option<Uuid>,
    /// The launch behind a product's token.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub launch: Option<LaunchId>,
    /// The client id of a service account.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub client_id: Option<ServiceAccountId>,
}

/// A signed token, as its holder gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The JWT.
    pub text: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Who a token is for, by its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A signed-in user: the whole API.
    User { user: UserId, session: SessionId, workspace: Option<WorkspaceId> },
    /// A user inside a launched product: that product's questions.
    Product { user: UserId, session: SessionId, product: ProductId, workspace: WorkspaceId, launch: LaunchId },
    /// A service account.
    Client(ServiceAccountId),
}

impl Subject {
    /// The claims of a token for this subject.
    pub(crate) fn claims(self, issuer: &str, id: Uuid, now: DateTime<Utc>, ends: DateTime<Utc>) -> Claims {
        let base = Claims {
            iss: issuer.to_owned(),
            aud: API_AUDIENCE.to_owned(),
            sub: id,
            iat: now.timestamp(),
            exp: ends.timestamp(),
            jti: id,
            sid: None,
            workspace: None,
            azp: None,
            launch: None,
            client_id: None,
        };
        match self {
            Self::User { user, session, workspace } => {
                Claims { sub: user.uuid(), sid: Some(session), workspace, ..base }
            }
            Self::Product { user, session, product, workspace, launch } => Claims {
                aud: product.to_string(),
                sub: user.uuid(),
                sid: Some(session),
                azp: Some(product.uuid()),
                workspace: Some(workspace),
                launch: Some(launch),
                ..base
            },
            Self::Client(client) => Claims { sub: client.uuid(), client_id: Some(client), ..base },
        }
    }
}

impl Claims {
    /// Reads back whom the token is for; `None` where the claims of two kinds are mixed.
    pub(crate) fn subject(&self) -> Option<Subject> {
        match (self.aud == API_AUDIENCE, self.sid, self.launch, self.workspace, self.client_id) {
            (true, Some(session), None, workspace, None) => {
                Some(Subject::User { user: UserId::new(self.sub), session, workspace })
            }
            (true, None, None, None, Some(client)) if client.uuid() == self.sub => {
                Some(Subject::Client(client))
            }
            (false, Some(session), Some(launch), Some(workspace), None) => {
                let product = self.aud.parse().ok()?;
                Some(Subject::Product { user: UserId::new(self.sub), session, product, workspace, launch })
            }
            _ => None,
        }
    }
}
