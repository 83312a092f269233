//! The permission query over HTTP, with authentication on, beside a bare axum route that answers the same from a hash map: the
//! limit of the machine. Both are processes of their own and are asked by the same client over connections that stay open, in
//! turns. `just bench` builds the program first; GUILDHALL_BINARY names another one.

mod client;
mod demo;
mod limit;

use std::time::Duration;

use self::{client::Asked, demo::Demo, limit::Limit};

/// How long one turn lasts.
const TURN: Duration = Duration::from_secs(2);
const TURNS: usize = 5;

fn main() {
    if let Some("limit") = std::env::args().nth(1).as_deref() {
        return limit::serve();
    }
    let demo = Demo::start();
    let limit = Limit::start(&demo);
    println!("\nThe permission query over HTTP, requests per second, medians of {TURNS} turns of {TURN:?}:\n");
    println!("| connections | guildhall | the limit | ratio |");
    println!("|---|---|---|---|");
    for connections in [1, 16, 64] {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            ours.push(client::rate(&demo.asked, connections, TURN));
            theirs.push(client::rate(&limit.asked, connections, TURN));
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!("| {connections} | {ours:.0} | {theirs:.0} | {:.2} |", ours / theirs);
    }
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// Both must say the same.
fn agree(one: &Asked, other: &Asked) {
    assert_eq!(client::answer(one), client::answer(other), "the limit answers something else");
}
