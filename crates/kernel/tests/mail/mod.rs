//! Letters: what is written, and what becomes of it.

mod addresses;
mod deliver;
mod invitations;
mod passwords;

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard},
    time::Duration,
};

use async_trait::async_trait;
use guildhall_core::{Caller, Credential, Principal, SessionId};
use guildhall_identity::{Identity, User};
use guildhall_kernel::{AcceptInvitation, InviteMember, Kernel, Mail, MailError, Mailer, Request, SignIn};
use guildhall_tenancy::WorkspaceRole;

use crate::support::{World, parsed};

pub const GUEST: &str = "guest@elsewhere.test";

/// Keeps what it is given, and answers as it is told.
#[derive(Default)]
pub struct Recorder {
    taken: Mutex<Vec<Mail>>,
    answers: Mutex<VecDeque<MailError>>,
}

impl Recorder {
    /// Refuses the next letters so, one after the other.
    fn refusing(answers: impl IntoIterator<Item = MailError>) -> Self {
        Self { answers: Mutex::new(answers.into_iter().collect()), ..Self::default() }
    }

    pub fn taken(&self) -> MutexGuard<'_, Vec<Mail>> {
        self.taken.lock().unwrap()
    }

    /// Whom letters went to, in order.
    fn recipients(&self) -> Vec<String> {
        self.taken().iter().map(|mail| mail.to.to_string()).collect()
    }

    /// The secret in the newest letter to an address.
    fn token_for(&self, to: &str) -> String {
        let taken = self.taken();
        let letter = taken.iter().rev().find(|mail| mail.to.as_str() == to && mail.text.contains("#token="));
        let (_, rest) = letter.unwrap().text.split_once("#token=").unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

#[async_trait]
impl Mailer for Recorder {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        if let Some(answer) = self.answers.lock().unwrap().pop_front() {
            return Err(answer);
        }
        self.taken().push(mail.clone());
        Ok(())
    }
}

pub fn invite(email: &str) -> InviteMember {
    let role = WorkspaceRole::External;
    InviteMember { email: parsed(email), role, node_ids: None, firstname: None, lastname: None }
}

impl World {
    /// Somebody who takes an invitation with a password and names.
    fn taker(&self, token: &str, password: &str) -> AcceptInvitation {
        AcceptInvitation {
            token: token.to_owned(),
            password: Some(parsed(password)),
            firstname: Some(parsed("New")),
            lastname: Some(parsed("Guest")),
            workspace: None,
            caller: None,
            request_id: self.ask(&self.admin).id,
        }
    }

    /// Gives somebody a password.
    async fn with_password(&self, user: &User, password: &str) {
        let kernel = &self.kernel;
        kernel.reset_by_operator(&user.email, &parsed(password)).await.unwrap();
    }

    /// Whether an address signs in to the workspace with a password.
    async fn signs_in(&self, email: &str, password: &str) -> bool {
        let sign_in = SignIn {
            email: parsed(email),
            password: parsed(password),
            address: None,
            workspace: Some(self.workspace.id),
            request_id: self.ask(&self.admin).id,
        };
        self.kernel.sign_in(sign_in).await.is_ok()
    }

    /// A request of somebody from a session of his.
    pub async fn ask_from_session(&self, user: &User) -> (Request, SessionId) {
        let unit = self.unit().await;
        let ids = guildhall_core::SystemIds;
        let session = Identity::new(&*unit, self.clock(), &ids)
            .open_session(user.id, Some(self.workspace.id), chrono::TimeDelta::hours(1))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        let credential = Credential::Session(session.id);
        let caller = Caller::trusted(Principal::User(user.id), credential, Some(self.workspace.id));
        (Request { caller, ..self.ask(user) }, session.id)
    }

    async fn find_user(&self, id: guildhall_core::UserId) -> User {
        self.unit().await.users().find(id).await.unwrap().unwrap()
    }
}

/// Delivers what is written beside the answer to a request; waits for it for a while.
pub async fn deliver_soon(kernel: &Kernel, mailer: &Recorder) -> usize {
    for _ in 0..100 {
        let attempts = kernel.deliver_due_mail(mailer).await.unwrap();
        if attempts > 0 {
            return attempts;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    0
}
