use chrono::TimeDelta;
use guildhall_core::Clock as _;
use guildhall_kernel::Request;
use serde_json::{Value, json};

use super::{key, refused_at};
use crate::{mail::invite, support::World};

const NAME: &str = "invitations.lifetime_days";

fn days(value: impl Into<Value>) -> Value {
    let value: Value = value.into();
    json!({ "name": "Days that an invitation is good", "value": value })
}

/// How long an invitation is good that goes out now.
async fn lifetime(world: &World, ask: &Request, email: &str) -> TimeDelta {
    let invited = world.kernel.invite_member(ask, invite(email)).await.unwrap();
    invited.invitation.expires_at - world.clock().now()
}

#[tokio::test]
async fn an_invitation_is_good_as_long_as_system_says_and_a_workspace_says_otherwise() {
    let world = World::new().await;
    let (first, second) = (world.ask(&world.admin), world.ask_in_other().await);
    assert_eq!(lifetime(&world, &first, "a@elsewhere.test").await, TimeDelta::days(7));

    world.ship("setting", NAME, days(json!(14))).await;
    world.customize("setting", NAME, days(json!(2))).await;

    assert_eq!(lifetime(&world, &first, "b@elsewhere.test").await, TimeDelta::days(2));
    assert_eq!(lifetime(&world, &second, "b@elsewhere.test").await, TimeDelta::days(14));
}

#[tokio::test]
async fn an_invitation_that_is_sent_again_is_good_as_long_as_a_new_one() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    let id = world.kernel.invite_member(&ask, invite("a@elsewhere.test")).await.unwrap().invitation.id;
    world.customize("setting", NAME, days(json!(2))).await;

    let again = world.kernel.resend_invitation(&ask, id).await.unwrap().invitation;

    assert_eq!(again.expires_at - world.clock().now(), TimeDelta::days(2));
}

#[tokio::test]
async fn a_value_that_the_platform_can_not_follow_is_refused_and_other_names_are_free() {
    let world = World::new().await;
    let system = world.ask_in_system();

    let refused = refused_at(world.put(&system, key("setting", NAME), days(json!(31))).await);
    let free = world.put(&system, key("setting", "reviews.rounds"), days(json!({ "most": 3 }))).await;

    assert_eq!(refused, ["/value"]);
    assert!(free.is_ok());
}
