//! Timing: rounds of all contestants in turn, so that whatever else the machine does falls on all of them; of the rounds the median.
//!
//! Time is the processor's, spent by this thread: on a machine that has nothing else to do it is the wall clock's.

use std::{hint::black_box, time::Duration};

use cpu_time::ThreadTime;

/// One contestant: asked the question of a number, it answers a number, lest the compiler leaves it out.
pub type Contestant<'a> = (&'a str, Box<dyn FnMut(usize) -> usize + 'a>);

/// How long one question takes each of them, by the median of the rounds, in nanoseconds. A round lasts about `round`.
pub fn race(contestants: &mut [Contestant<'_>], rounds: usize, round: Duration) -> Vec<f64> {
    let counts: Vec<usize> = contestants.iter_mut().map(|(_, ask)| questions_in(round, ask)).collect();
    let mut times = vec![Vec::new(); contestants.len()];
    for turn in 0..rounds {
        for (place, (_, ask)) in contestants.iter_mut().enumerate() {
            let count = counts[place];
            let start = ThreadTime::now();
            for question in 0..count {
                black_box(ask(black_box(turn * count + question)));
            }
            times[place].push(start.elapsed().as_nanos() as f64 / count as f64);
        }
    }
    times.iter_mut().map(|times| median(times)).collect()
}

fn questions_in(round: Duration, ask: &mut Box<dyn FnMut(usize) -> usize + '_>) -> usize {
    let start = ThreadTime::now();
    let mut asked = 0;
    while asked == 0 || start.elapsed() < round {
        black_box(ask(asked));
        asked += 1;
    }
    asked
}

/// The middle of some numbers.
pub fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// The number below which that part of them lies.
pub fn quantile(numbers: &mut [f64], part: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[((numbers.len() - 1) as f64 * part) as usize]
}

/// A time that people can read.
pub fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        ns if ns < 1e3 => format!("{ns:.0} ns"),
        ns if ns < 1e6 => format!("{:.1} µs", ns / 1e3),
        ns if ns < 1e9 => format!("{:.2} ms", ns / 1e6),
        ns => format!("{:.2} s", ns / 1e9),
    }
}
