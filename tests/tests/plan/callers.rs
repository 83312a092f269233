//! The people who call.

use guildhall_testkit::{Client, TestServer};

use super::By;
use crate::world::{self, Ids};

/// One client for each of them.
pub struct Callers {
    pub admin: Client,
    pub back: Client,
    pub platform: Client,
    pub system: Client,
    pub visitor: Client,
}

impl Callers {
    /// Those of `wpp`, whose product's service account is among the ids.
    pub async fn of_wpp(server: &TestServer, own: &Ids) -> anyhow::Result<Self> {
        let platform = server.sign_in("", "platform-admin@demo.test").await?;
        Ok(Self {
            admin: server.sign_in("wpp", "workspace-admin@wpp.test").await?,
            back: world::back_end(server, "wpp", own).await?,
            system: platform.with("guildhall-workspace", "system"),
            platform,
            visitor: server.visitor("wpp"),
        })
    }

    /// The one who makes a call.
    pub fn of(&self, by: By) -> &Client {
        match by {
            By::Admin => &self.admin,
            By::Back => &self.back,
            By::Platform => &self.platform,
            By::System => &self.system,
            By::Visitor => &self.visitor,
        }
    }
}
