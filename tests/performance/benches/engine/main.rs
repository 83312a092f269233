//! What one question costs: the engine beside the bare walk, `cedar-policy` and `casbin`, on the same facts, asked the same questions
//! in the same minute. `just bench` runs it.

#[path = "../support/mod.rs"]
mod support;

mod casbin;
mod cedar;

use std::time::Duration;

use guildhall_authz::{ListQuery, Snapshot};
use guildhall_core::Principal;

use self::{
    casbin::Casbin,
    cedar::Cedar,
    support::{
        bare_walk::BareWalk,
        clock::{Contestant, race, shown},
        world::{Question, World},
    },
};

const QUESTIONS: usize = 1 << 14;

fn main() {
    checks_beside_peers();
    for accounts in [1_000, 100_000, 1_000_000] {
        beside_the_bare_walk(accounts);
    }
}

/// A small world, in which everybody can take part: 1,000 accounts, 100 users, 1,000 grants.
fn checks_beside_peers() {
    let mut world = World::new(1_000, 100, 10);
    let questions = world.questions(QUESTIONS);
    let snapshot = Snapshot::new(&world.facts).unwrap();
    let (walk, cedar, casbin) = (BareWalk::new(&world.facts), Cedar::new(&world), Casbin::new(&world));
    let texts = Texts::new(&world, &questions);
    let requests: Vec<_> = questions.iter().map(|question| Cedar::request(&world, question)).collect();
    let asked: Vec<_> = questions.iter().map(|question| Casbin::request(&world, question)).collect();
    let engine = |at: usize| ask(&snapshot, &world, &questions[at]);
    let by_hand = |at: usize| texts.ask(&walk, &world, at);
    let by_role = |at: usize| cedar.allows_by_role(&requests[at]);
    let by_user = |at: usize| cedar.allows_by_user(questions[at].user, &requests[at]);
    let of_casbin = |at: usize| casbin.allows(&asked[at]);
    agree(&engine, &[("bare walk", &by_hand), ("cedar", &by_role), ("cedar", &by_user)], QUESTIONS);
    agree(&engine, &[("casbin", &of_casbin)], 500);

    let mut contestants: Vec<Contestant<'_>> = vec![
        ("engine", Box::new(|at| engine(at % QUESTIONS).into())),
        ("bare walk over text ids", Box::new(|at| by_hand(at % QUESTIONS).into())),
        ("cedar, one policy per role", Box::new(|at| by_role(at % QUESTIONS).into())),
        ("cedar, one policy set per user", Box::new(|at| by_user(at % QUESTIONS).into())),
        ("casbin", Box::new(|at| of_casbin(at % QUESTIONS).into())),
    ];
    let times = race(&mut contestants, 9, Duration::from_millis(150));
    println!("\nOne check, 1,000 accounts, 100 users, 1,000 grants and {} to groups:\n", 50);
    print_beside(&contestants, &times);
}

/// Checks and lists in a world of some size, which only the bare walk can follow.
fn beside_the_bare_walk(accounts: usize) {
    let mut world = World::new(accounts, accounts.min(100_000) / 10, 10);
    let questions = world.questions(QUESTIONS);
    let admin = world.add_admin();
    let snapshot = Snapshot::new(&world.facts).unwrap();
    let walk = BareWalk::new(&world.facts);
    let texts = Texts::new(&world, &questions);
    let engine = |at: usize| ask(&snapshot, &world, &questions[at]);
    let by_hand = |at: usize| texts.ask(&walk, &world, at);
    agree(&engine, &[("bare walk", &by_hand)], QUESTIONS);
    let few = 64;
    let mut contestants: Vec<Contestant<'_>> = vec![
        ("engine", Box::new(|at| engine(at % QUESTIONS).into())),
        ("bare walk over text ids", Box::new(|at| by_hand(at % QUESTIONS).into())),
    ];
    let times = race(&mut contestants, 9, Duration::from_millis(150));
    println!("\nOne check, {accounts} accounts, any of {QUESTIONS} questions:\n");
    print_beside(&contestants, &times);
    let mut contestants: Vec<Contestant<'_>> = vec![
        ("engine", Box::new(|at| engine(at % few).into())),
        ("bare walk over text ids", Box::new(|at| by_hand(at % few).into())),
    ];
    let times = race(&mut contestants, 9, Duration::from_millis(100));
    println!("\nOne check, {accounts} accounts, one of {few} questions that were asked before:\n");
    print_beside(&contestants, &times);
    let everything = ListQuery::all(world.organisation);
    let (text, who) = (world.organisation.to_string(), admin.to_string());
    let mut contestants: Vec<Contestant<'_>> = vec![
        (
            "engine, all",
            Box::new(|_| snapshot.list(Principal::User(admin), &everything, world.now).accounts.len()),
        ),
        ("bare walk over text ids, all", Box::new(|_| walk.list(&who, &text, world.now).len())),
    ];
    let times = race(&mut contestants, 7, Duration::from_millis(150));
    println!(
        "\nA list of the workspace, {accounts} accounts, by somebody who has something on all of them:\n"
    );
    print_beside(&contestants, &times);
    for (below, what) in [(world.clients[0], "below a client"), (world.organisation, "of the workspace")] {
        let text = below.to_string();
        let page = ListQuery { limit: 100, ..ListQuery::all(below) };
        let count = |at: usize| {
            let listed =
                snapshot.list(questions[at % QUESTIONS].principal(), &ListQuery::all(below), world.now);
            listed.accounts.len()
        };
        for at in 0..100 {
            assert_eq!(count(at), walk.list(&texts.users[at], &text, world.now).len(), "lists differ");
        }
        let first = |at: usize| {
            let listed = snapshot.list(questions[at % QUESTIONS].principal(), &page, world.now);
            listed.total_count
        };
        let by_hand = |at: usize| walk.list(&texts.users[at % QUESTIONS], &text, world.now).len();
        let mut contestants: Vec<Contestant<'_>> = vec![
            ("engine, all", Box::new(count)),
            ("engine, the first 100 and how many there are", Box::new(first)),
            ("bare walk over text ids, all", Box::new(by_hand)),
        ];
        let mut times = race(&mut contestants, 7, Duration::from_millis(150));
        println!("\nA list {what}, {accounts} accounts:\n");
        // The bare walk is what the others are measured by, and printed second.
        contestants.swap(1, 2);
        times.swap(1, 2);
        print_beside(&contestants, &times);
    }
}

fn ask(snapshot: &Snapshot, world: &World, question: &Question) -> bool {
    let permission = &world.permissions[question.permission];
    snapshot.allows(question.principal(), permission, question.account, world.now)
}

/// The questions in words, for those who know no numbers.
struct Texts {
    users: Vec<String>,
    accounts: Vec<String>,
    permissions: Vec<String>,
}

impl Texts {
    fn new(world: &World, questions: &[Question]) -> Self {
        Self {
            users: questions.iter().map(|question| question.user.to_string()).collect(),
            accounts: questions.iter().map(|question| question.account.to_string()).collect(),
            permissions: questions
                .iter()
                .map(|question| world.permissions[question.permission].to_string())
                .collect(),
        }
    }

    fn ask(&self, walk: &BareWalk, world: &World, at: usize) -> bool {
        walk.allows(&self.users[at], &self.permissions[at], &self.accounts[at], world.now)
    }
}

/// Nobody is measured who answers something else.
fn agree(engine: &dyn Fn(usize) -> bool, others: &[(&str, &dyn Fn(usize) -> bool)], questions: usize) {
    let mut allowed = 0;
    for at in 0..questions {
        let answer = engine(at);
        allowed += usize::from(answer);
        for (name, other) in others {
            assert_eq!(other(at), answer, "{name} answers question {at} otherwise");
        }
    }
    assert!(
        allowed * 20 > questions,
        "too few of the questions are answered by yes: {allowed} of {questions}"
    );
}

/// Times, and how many times faster the engine (which is first) is than each.
fn print_beside(contestants: &[Contestant<'_>], times: &[f64]) {
    println!("| | median | times the engine |\n|---|---:|---:|");
    for ((name, _), time) in contestants.iter().zip(times) {
        println!("| {name} | {} | {:.2} |", shown(*time), time / times[0]);
    }
}
