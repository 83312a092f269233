//! Ways in: their limits, switching, and new passwords.

mod api_keys;
mod keys;
mod limits;
mod meanwhile;
mod passwords;
mod switch;

use guildhall_core::{Caller, Credential, Principal, Secret, WorkspaceId};
use guildhall_identity::User;
use guildhall_kernel::{Request, SignIn, SignedIn};

use crate::support::{World, parsed};

/// The password that people of the world have who were made with one.
const PASSWORD: &str = "a password for tests";

fn sign_in(email: &str, password: &str, workspace: Option<WorkspaceId>) -> SignIn {
    SignIn {
        email: parsed(email),
        password: parsed(password),
        workspace,
        address: None,
        request_id: parsed("01900000-0000-7000-8000-0000000000aa"),
    }
}

/// The admin of the workspace, signed in there.
async fn signed_in(world: &World) -> SignedIn {
    let command = sign_in("admin@first.test", PASSWORD, Some(world.workspace.id));
    world.kernel.sign_in(command).await.unwrap()
}

/// A request from a session.
fn from(world: &World, user: &User, session: &SignedIn) -> Request {
    let credential = Credential::Session(session.session.id);
    let caller = Caller::trusted(Principal::User(user.id), credential, session.session.workspace_id);
    Request { caller, ..world.ask(user) }
}

/// The secret at the end of a link.
fn secret_of(link: &str) -> String {
    link.rsplit_once('=').unwrap().1.to_owned()
}

/// A secret that nobody made.
fn forged() -> String {
    Secret::new([9; 32]).reveal()
}
