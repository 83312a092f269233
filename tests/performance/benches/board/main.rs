//! A Canvas of 50 phases and 5,000 items with a task each, over HTTP, with authentication, rights and everything else on, beside a
//! bare axum route that reads the same rows of the same SQLite file, with the same pragmas, through SQLx, and writes them as JSON;
//! one that answers the same bytes from memory; and one that changes a single row. Each side is a process of its own, asked by the
//! same client over a connection that stays open, by turns.
//!
//! `just bench --bench board`; it builds the program first. `GUILDHALL_BINARY` names another one.

mod bare;
mod client;
mod demo;

use std::time::Duration;

use self::{bare::Bare, client::Connection, demo::Demo};

/// How often a side is asked in one turn, and how many turns there are.
const COLD_IN_A_ROW: usize = 10;
const KEPT_IN_A_ROW: usize = 100;
const WRITES_IN_A_ROW: usize = 200;
const TURNS: usize = 5;

fn main() {
    if let Some("bare") = std::env::args().nth(1).as_deref() {
        return bare::serve();
    }
    let demo = Demo::start();
    let bare = Bare::start(&demo.folder, &demo.project);
    let (mut ours, mut theirs) = (Connection::to(demo.address), Connection::to(bare.address));
    let bytes = ours.ask(&demo.canvas()).len();
    bare.keep(&mut theirs, &ours.ask(&demo.canvas()));
    println!("\n{bytes} bytes of ours, {} of the bare route's, which derives nothing.\n", theirs.ask(&bare.read()).len());
    println!("Requests per second, one after the other, medians of {TURNS} turns:\n");
    println!("| | guildhall | bare | ratio |\n|---|---:|---:|---:|");
    report("a board that has changed", || {
        let cold = (0..COLD_IN_A_ROW).map(|turn| {
            ours.ask(&demo.change_status(turn));
            ours.time(&demo.canvas())
        });
        (rate(cold.collect()), rate((0..COLD_IN_A_ROW).map(|_| theirs.time(&bare.read())).collect()))
    });
    report("a board that has not", || {
        let kept = (0..KEPT_IN_A_ROW).map(|_| ours.time(&demo.canvas())).collect();
        (rate(kept), rate((0..KEPT_IN_A_ROW).map(|_| theirs.time(&bare.kept())).collect()))
    });
    report("a status", || {
        let ours = (0..WRITES_IN_A_ROW).map(|turn| ours.time(&demo.change_status(turn))).collect();
        (rate(ours), rate((0..WRITES_IN_A_ROW).map(|turn| theirs.time(&bare.write(turn))).collect()))
    });
    report("a move", || {
        let ours = (0..WRITES_IN_A_ROW).map(|turn| ours.time(&demo.reorder(turn))).collect();
        (rate(ours), rate((0..WRITES_IN_A_ROW).map(|turn| theirs.time(&bare.write(turn))).collect()))
    });
}

fn rate(times: Vec<Duration>) -> f64 {
    times.len() as f64 / times.iter().sum::<Duration>().as_secs_f64()
}

/// One turn to warm up, which does not count, and then all that do.
fn report(what: &str, mut turn: impl FnMut() -> (f64, f64)) {
    turn();
    let (ours, theirs): (Vec<f64>, Vec<f64>) = (0..TURNS).map(|_| turn()).unzip();
    let (ours, theirs) = (median(ours), median(theirs));
    println!("| {what} | {ours:.1} | {theirs:.1} | {:.2} |", ours / theirs);
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
