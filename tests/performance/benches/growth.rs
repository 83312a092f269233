//! What grows with the number of accounts and grants, and what does not. `just bench` runs it; `GUILDHALL_GROWTH` names the largest
//! number of accounts (1,000,000 without it, which takes about 8 GB while facts and snapshot both are there).

#[path = "support/mod.rs"]
mod support;

use std::{alloc::System, collections::BTreeSet, hint::black_box};

use cpu_time::ThreadTime;
use guildhall_authz::{Account, AccountKind, Facts, Holder, Snapshot};
use guildhall_core::{AccountId, UserId};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use self::support::{
    clock::{median, quantile, shown},
    world::{Question, World},
};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CHANGES: usize = 101;

fn main() {
    let largest: usize =
        std::env::var("GUILDHALL_GROWTH").map_or(1_000_000, |text| text.parse().expect("a number"));
    println!(
        "\n| accounts | grants | users | compiled in | bytes a grant | a check, any | a check, again | \
         one grant (median, 99 %) | one account | one move |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    );
    for (accounts, users, each) in [
        (1_000, 1_000, 10),
        (10_000, 10_000, 10),
        (100_000, 100_000, 10),
        (1_000_000, 1_000_000, 1),
        (1_000_000, 100_000, 10),
        (1_000_000, 1_000_000, 10),
    ] {
        if accounts <= largest {
            measure(accounts, users, each);
        }
    }
}

fn measure(accounts: usize, users: usize, each: usize) {
    let mut world = World::new(accounts, users, each);
    let region = Region::new(ALLOCATOR);
    let start = ThreadTime::now();
    let mut snapshot = Snapshot::new(&world.facts).unwrap();
    let compiled = start.elapsed().as_nanos() as f64;
    let stats = region.change();
    let bytes = stats.bytes_allocated as f64 - stats.bytes_deallocated as f64;
    let grants = world.facts.grants.len();

    let questions = world.questions(1 << 20);
    let (any, again) = (checks(&snapshot, &world, &questions), checks(&snapshot, &world, &questions[..256]));
    let mut granted = grants_seen(&mut snapshot, &mut world);
    let mut added = accounts_added(&mut snapshot, &mut world);
    let mut moved = accounts_moved(&mut snapshot, &mut world);
    println!(
        "| {} | {grants} | {users} | {} | {:.0} | {} | {} | {}, {} | {} | {} |",
        world.facts.accounts.len(),
        shown(compiled),
        bytes / grants as f64,
        shown(any),
        shown(again),
        shown(median(&mut granted)),
        shown(quantile(&mut granted, 0.99)),
        shown(median(&mut added)),
        shown(median(&mut moved)),
    );
}

/// How long one check takes, over a second of them.
fn checks(snapshot: &Snapshot, world: &World, questions: &[Question]) -> f64 {
    let mut rounds: Vec<f64> = (0..5)
        .map(|_| {
            let (start, mut asked, mut allowed) = (ThreadTime::now(), 0_usize, 0_usize);
            while start.elapsed().as_millis() < 200 {
                for question in questions.iter().cycle().skip(asked % questions.len()).take(10_000) {
                    let permission = &world.permissions[question.permission];
                    let (who, account) = (question.principal(), question.account);
                    allowed += usize::from(snapshot.allows(who, permission, account, world.now));
                }
                asked += 10_000;
            }
            black_box(allowed);
            start.elapsed().as_nanos() as f64 / asked as f64
        })
        .collect();
    median(&mut rounds)
}

/// From the rows of one user, of which one is new, to the snapshot in which it counts, and the end of the one before.
fn grants_seen(snapshot: &mut Snapshot, world: &mut World) -> Vec<f64> {
    let users: Vec<UserId> =
        (0..CHANGES).map(|_| world.users[world.numbers.below(world.users.len())]).collect();
    let mut rows: Vec<Facts> = users.iter().map(|_| Facts::default()).collect();
    let places = |holder| users.iter().enumerate().filter(move |(_, user)| Holder::User(**user) == holder);
    let asked: BTreeSet<Holder> = users.iter().map(|user| Holder::User(*user)).collect();
    for grant in world.facts.grants.iter().filter(|grant| asked.contains(&grant.holder)) {
        places(grant.holder).for_each(|(place, _)| rows[place].grants.push(*grant));
    }
    for member in world.facts.group_members.iter().filter(|row| asked.contains(&Holder::User(row.user))) {
        places(Holder::User(member.user)).for_each(|(place, _)| rows[place].group_members.push(*member));
    }
    let timed = users.iter().zip(&mut rows).map(|(user, rows)| {
        let grant = world.grant(Holder::User(*user));
        rows.grants.push(grant);
        time(|| *snapshot = snapshot.with_holder(Holder::User(*user), rows).unwrap())
    });
    timed.collect()
}

fn accounts_added(snapshot: &mut Snapshot, world: &mut World) -> Vec<f64> {
    let timed = (0..CHANGES / 4).map(|_| {
        let parent = Some(world.clients[world.numbers.below(world.clients.len())]);
        let account = Account { id: AccountId::new(world.numbers.id()), parent, kind: AccountKind::Project };
        time(|| *snapshot = snapshot.with_accounts(&[account]).unwrap())
    });
    timed.collect()
}

fn accounts_moved(snapshot: &mut Snapshot, world: &mut World) -> Vec<f64> {
    let timed = (0..CHANGES / 4).map(|_| {
        let id = world.projects[world.numbers.below(world.projects.len())];
        let parent = Some(world.clients[world.numbers.below(world.clients.len())]);
        time(|| {
            *snapshot = snapshot.with_accounts(&[Account { id, parent, kind: AccountKind::Project }]).unwrap()
        })
    });
    timed.collect()
}

fn time(act: impl FnOnce()) -> f64 {
    let start = ThreadTime::now();
    act();
    start.elapsed().as_nanos() as f64
}
