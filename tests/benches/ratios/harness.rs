//! Turns, medians and the table.

use std::error::Error;
use std::time::{Duration, Instant};

/// How a bench ends.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// One call of a floor or a subject. It times itself, so that making ready and tidying up do not count.
pub(crate) type Turn<'a> = &'a mut dyn FnMut() -> Outcome<Duration>;

/// In how many parts a run is looked at, to show how much its ratio moves.
const PARTS: usize = 5;

/// How long each call took, in the order of the calls.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// One more, for what is timed within another turn.
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    pub(crate) fn median(&self) -> Duration {
        median(&self.0)
    }

    /// The median of each part of the run.
    fn parts(&self) -> impl Iterator<Item = Duration> {
        self.0.chunks(self.0.len().div_ceil(PARTS).max(1)).map(median)
    }
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Lets each take its turn, `rounds` times; another one goes first in each round. A tenth as many
/// rounds go before and are not kept.
#[expect(clippy::needless_pass_by_value, reason = "a list of closures is written where it is used")]
pub(crate) fn by_turns<const N: usize>(rounds: usize, turns: [Turn<'_>; N]) -> Outcome<[Times; N]> {
    let mut kept = [const { Times(Vec::new()) }; N];
    let warm = rounds / 10;
    for round in 0..warm + rounds {
        for place in 0..N {
            let at = (round + place) % N;
            let took = turns[at]()?;
            if round >= warm {
                kept[at].0.push(took);
            }
        }
    }
    Ok(kept)
}

/// How long `work` takes, and what it gives.
pub(crate) fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<(Duration, T), E> {
    let start = Instant::now();
    let out = work()?;
    Ok((start.elapsed(), out))
}

/// Prints each line as soon as it is known.
pub(crate) struct Report;

impl Report {
    /// Prints the machine and the head of the table.
    pub(crate) fn begin() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        // Only Linux tells, and only a reader in doubt needs it.
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split(' ').next().unwrap_or_default();
        println!("{cores} cores, load at the start {load}\n");
        println!(
            "{:58} {:>9} {:>9}  {:23} {:>8}",
            "", "floor", "ours", "ratio (parts of the run)", "goal"
        );
        Self
    }

    /// `ours` against `floor`, and whether that is within `goal`.
    pub(crate) fn ratio(&mut self, name: &str, floor: &Times, ours: &Times, goal: Option<f64>) {
        let ratio = quotient(ours.median(), floor.median());
        let parts: Vec<f64> =
            ours.parts().zip(floor.parts()).map(|(ours, floor)| quotient(ours, floor)).collect();
        let low = parts.iter().copied().fold(f64::INFINITY, f64::min);
        let high = parts.iter().copied().fold(0.0, f64::max);
        let spread = format!("{ratio:.2}  ({low:.2} to {high:.2})");
        let goal = goal.map_or(String::new(), |goal| {
            format!("{:>8}  {}", format!("<= {goal}"), verdict(ratio <= goal))
        });
        println!(
            "{name:58} {:>9} {:>9}  {spread:23} {goal}",
            show(floor.median()),
            show(ours.median()),
        );
    }

    /// `ours` alone, and whether that is within `goal`.
    pub(crate) fn at_most(&mut self, name: &str, ours: &Times, goal: Duration) {
        let median = ours.median();
        println!(
            "{name:58} {:>9} {:>9}  {:23} {:>8}  {}",
            "",
            show(median),
            "",
            format!("<= {}", show(goal)),
            verdict(median <= goal),
        );
    }

    /// How many a second, and how many times that of `alone`.
    pub(crate) fn rate(&mut self, name: &str, each: &Times, alone: &Times) {
        let rate = 1.0 / each.median().as_secs_f64();
        let times = quotient(alone.median(), each.median());
        println!("{name:58} {:>9} {:>9}  {times:.1} times alone", "", format!("{rate:.0}/s"));
    }
}

fn quotient(above: Duration, below: Duration) -> f64 {
    above.as_secs_f64() / below.as_secs_f64()
}

fn verdict(within: bool) -> &'static str {
    if within { "ok" } else { "over" }
}

fn show(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1_000.0 { format!("{micros:.0} us") } else { format!("{:.2} ms", micros / 1e3) }
}
