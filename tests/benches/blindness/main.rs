//! Whether somebody on the network can tell a sync with a choice, with none, and with a choice taken
//! back apart: by length, count and order, which must be the same to the byte, and by time, which is
//! measured. `cargo bench -p attune-tests --bench blindness [SYNCS OF EACH]`.
//!
//! Three syncs are watched in each trial, through a tap between real vaults and a real relay: the
//! phone's that carries the choice, the desk's that takes it in, and the phone's that takes the
//! receipt. The three kinds come in random order, and each trial starts from the same settled state.
//! What the classifiers may use: how long each message took, each gap between messages, the total.

mod tell;
mod trial;

use attune_tests::dice::Dice;
use attune_tests::tap::Tap;
use attune_tests::world::World;

use tell::{Samples, Verdict};
use trial::{Kind, Trial};

/// What is watched, in this order.
const WATCHED: [&str; 3] =
    ["the phone's sync", "the desk's next sync", "the phone's sync after that"];

fn main() {
    let each: usize = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(100);
    let seed = Dice::seed(8);
    println!("{each} of each kind, seed {seed}\n");
    let mut dice = Dice::new(seed);
    let mut world = World::paired();
    let tap = Tap::before(world.relay.address());
    for kind in Kind::ALL {
        // Not kept: the first of everything is slow.
        Trial::run(&mut world, &tap, kind);
    }
    let mut trials = Vec::new();
    for kind in shuffled(each, &mut dice) {
        trials.push(Trial::run(&mut world, &tap, kind));
    }
    shapes(&trials);
    println!("\n| time | classifier | right | by chance | p |\n|---|---|---|---|---|");
    for (at, watched) in WATCHED.iter().enumerate() {
        let samples = Samples::of(&trials, at);
        for verdict in samples.verdicts(&mut dice) {
            print(watched, &verdict);
        }
        println!("{}", samples.most_telling());
    }
    let control = Samples::of(&trials, 0).with_a_hint();
    for verdict in control.verdicts(&mut dice) {
        print("control: a choice's first pause 20 % longer", &verdict);
    }
}

fn print(watched: &str, verdict: &Verdict) {
    let Verdict { classifier, right, chance, p } = verdict;
    println!("| {watched} | {classifier} | {right} | {chance} | {p:.3} |");
}

/// The kinds in random order, so many of each.
fn shuffled(each: usize, dice: &mut Dice) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Kind::ALL.into_iter().cycle().take(3 * each).collect();
    tell::shuffle(&mut kinds, dice);
    kinds
}

/// Length, count and order of all that passed: one shape for each watched sync, or the difference.
fn shapes(trials: &[Trial]) {
    println!("| length, count, order | messages | shapes among all trials |\n|---|---|---|");
    for (at, watched) in WATCHED.iter().enumerate() {
        let mut shapes: Vec<_> = trials.iter().map(|trial| trial.shape(at)).collect();
        let messages = shapes.first().map_or(0, Vec::len);
        shapes.sort_unstable();
        shapes.dedup();
        println!("| {watched} | {messages} | {} |", shapes.len());
    }
}
