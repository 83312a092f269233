//! What happens while a password is being checked, which takes long.

use std::sync::Arc;

use async_trait::async_trait;
use guildhall_core::{Credential, StoreError};
use guildhall_identity::{Password, PasswordHash, PasswordHasher};
use guildhall_kernel::{ChangePassword, CreateApiKey, Kernel, KernelError, Unauthenticated};
use guildhall_testkit::PlainHasher;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{PASSWORD, from, secret_of, sign_in, signed_in};
use crate::support::{World, parsed};

const NEW: &str = "another password";

/// Waits with its word on a password until it is let go.
#[derive(Clone)]
struct Slow(Arc<Gate>);

struct Gate {
    checked: Semaphore,
    open: Semaphore,
}

impl Default for Slow {
    fn default() -> Self {
        Self(Arc::new(Gate { checked: Semaphore::new(0), open: Semaphore::new(0) }))
    }
}

#[async_trait]
impl PasswordHasher for Slow {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, StoreError> {
        PlainHasher.hash(password).await
    }

    async fn verify(&self, password: &Password, stored: Option<PasswordHash>) -> Result<bool, StoreError> {
        let right = PlainHasher.verify(password, stored).await;
        self.0.checked.add_permits(1);
        self.0.open.acquire().await.map(SemaphorePermit::forget).unwrap();
        right
    }
}

/// The password is replaced by a mailed link after it was found right and before anything came of it.
async fn replaced_meanwhile<T: Send + 'static>(
    world: &World,
    act: impl AsyncFnOnce(Kernel) -> Result<T, KernelError>,
) -> Result<T, KernelError> {
    let slow = Slow::default();
    let link = world.kernel.reset_link_by_operator(&world.admin.email).await.unwrap();
    let replace = async {
        slow.0.checked.acquire().await.unwrap().forget();
        world.kernel.complete_password_reset(&secret_of(&link), &parsed(NEW)).await.unwrap();
        slow.0.open.add_permits(1);
    };
    let (acted, ()) = tokio::join!(act(world.checking_by(Arc::new(slow.clone()))), replace);
    acted
}

#[tokio::test]
async fn a_password_that_was_replaced_while_it_was_checked_opens_no_session() {
    let world = World::new().await;
    let wrong = |end: KernelError| {
        assert!(matches!(end, KernelError::Unauthenticated(Unauthenticated::WrongCredentials)), "{end}");
    };
    let who = || sign_in("admin@first.test", PASSWORD, None);

    wrong(replaced_meanwhile(&world, async |slow| slow.sign_in(who()).await).await.unwrap_err());

    let world = World::new().await;
    wrong(replaced_meanwhile(&world, async |slow| slow.password_token(who()).await).await.unwrap_err());
}

#[tokio::test]
async fn a_password_that_was_replaced_while_it_was_checked_is_not_changed_back() {
    let world = World::new().await;
    let ask = from(&world, &world.admin, &signed_in(&world).await);
    let back = ChangePassword { current: parsed(PASSWORD), new: parsed(PASSWORD), address: None };

    let end = replaced_meanwhile(&world, async |slow| slow.change_password(&ask, back).await).await;

    assert!(matches!(end, Err(KernelError::Refused { code: "wrong_password", .. })), "{end:?}");
    assert!(world.kernel.sign_in(sign_in("admin@first.test", NEW, None)).await.is_ok());
}

#[tokio::test]
async fn a_session_that_has_ended_since_it_was_admitted_makes_no_other_way_in() {
    let world = World::new().await;
    let session = signed_in(&world).await;
    let ask = from(&world, &world.admin, &session);
    assert!(matches!(ask.caller.credential(), Credential::Session(id) if id == session.session.id));
    let key = || CreateApiKey { name: parsed("Key"), read_only: true, expires_at: None };
    let made = world.kernel.create_api_key(&ask, key()).await.unwrap();
    world.kernel.sign_out(&ask).await.unwrap();

    let created = world.kernel.create_api_key(&ask, key()).await.map(drop);
    let rotated = world.kernel.rotate_api_key(&ask, made.key.id).await.map(drop);
    let switched = world.kernel.switch_workspace(&ask, world.workspace.id).await.map(drop);

    for end in [created, rotated, switched] {
        assert!(matches!(end, Err(KernelError::Unauthenticated(Unauthenticated::Invalid))), "{end:?}");
    }
}
