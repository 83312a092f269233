//! Invitations: who sends them, and what becomes of them.

mod accept;
mod send;

use guildhall_identity::User;
use guildhall_kernel::{AcceptInvitation, InviteMember, Request};
use guildhall_tenancy::WorkspaceRole;

use crate::support::{World, parsed};

const GUEST: &str = "guest@elsewhere.test";

fn invite(email: &str, role: WorkspaceRole) -> InviteMember {
    InviteMember { email: parsed(email), role, node_ids: None, firstname: None, lastname: None }
}

impl World {
    /// Invites an address, and answers the token of the link.
    async fn token_for(&self, inviter: &User, command: InviteMember) -> String {
        let invited = self.kernel.invite_member(&self.ask(inviter), command).await.unwrap();
        token_of(&invited.accept_url.unwrap())
    }

    /// Somebody who takes an invitation with nothing but its token.
    fn taking(&self, token: &str) -> AcceptInvitation {
        AcceptInvitation {
            token: token.to_owned(),
            password: None,
            firstname: None,
            lastname: None,
            workspace: None,
            caller: None,
            request_id: self.ask(&self.admin).id,
        }
    }

    /// Somebody without an account who takes an invitation.
    fn signing_up(&self, token: &str) -> AcceptInvitation {
        AcceptInvitation {
            password: Some(parsed("a password for tests")),
            firstname: Some(parsed("New")),
            lastname: Some(parsed("Guest")),
            ..self.taking(token)
        }
    }

    /// Somebody who is signed in and takes an invitation.
    fn taking_as(&self, asked: &Request, token: &str) -> AcceptInvitation {
        AcceptInvitation { caller: Some(asked.caller), ..self.taking(token) }
    }
}

fn token_of(link: &str) -> String {
    link.split_once("#token=").map(|(_, token)| token.to_owned()).unwrap()
}
